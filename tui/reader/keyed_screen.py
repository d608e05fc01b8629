"""Screens over the reader's own, each with a table of keys.

One such screen lies there at a time, and each is closed once.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

from tui.reader.handover import stop_process
from tui.reader.textual_internals import SizedScreen
from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Chrome
from tui.reader.widgets.masthead import Masthead
from tui.reader.widgets.page_view import PageView
from tui.reader.widgets.status_line import StatusLine
from tui.render.page import Block, Para, Span, fixed
from tui.render.signs import signs_in
from tui.session.keymap import shown
from tui.session.own_pages import signs_blocks
from tui.session.viewport import Spot


def lay(app: App[Any], screen: Screen[None]) -> None:
    """Lay a screen over the reader's, unless one lies there by then."""

    def push() -> None:
        if len(app.screen_stack) == 1:
            _ = app.push_screen(screen)  # it is mounted in its own time

    app.call_later(push)


def lift(app: App[Any], screen: Screen[None]) -> None:
    """Take a screen away, if it is still on top by then."""

    def pop() -> None:
        if len(app.screen_stack) > 1 and app.screen is screen:
            _ = app.pop_screen()

    app.call_later(pop)


class KeyCommand(NamedTuple):
    """A command of such a screen."""

    name: str
    keys: tuple[str, ...]
    words: str
    run: Callable[[Any], None]
    """The function, which takes the screen."""
    hint: str = ""
    """A word for the footer; empty where the footer leaves the command out."""


class KeyedScreen(SizedScreen, inherit_bindings=False):
    """A masthead, a view, and a status line with the commands' keys."""

    DEFAULT_CSS = "KeyedScreen { layout: vertical; }"
    ALLOW_SELECT = False

    def __init__(
        self, theme: Theme, view: PageView, commands: Sequence[KeyCommand], done: Callable[[Any], None]
    ) -> None:
        """Create the screen.

        Args:
            theme: the theme.
            view: shows the content or the keys.
            commands: the table of commands, among them `keys` and `leave`.
            done: is called with the result at the end, once.
        """
        super().__init__()
        self._commands = commands
        self._by_key = {key: command for command in commands for key in command.keys}
        self._done = done
        self._is_over = False
        self.helps = False
        """Whether the keys are shown."""
        self.base_view = view
        self.masthead = Masthead(theme)
        self.status = StatusLine(theme)

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield self.masthead
        yield self.base_view
        yield from self.parts_below()
        yield self.status

    def parts_below(self) -> Iterable[Widget]:
        """Return the widgets between view and status line. Subclasses override this."""
        return ()

    def on_mount(self) -> None:
        """Show the content, and the hints of the keys."""
        hints = tuple((shown(one.keys[0]), one.hint, one.name) for one in self._commands if one.hint)
        self.status.show_keys(lambda: hints)
        self.show_content()

    @property
    def standing(self) -> Offset:
        """The cell of the current line."""
        return self.base_view.region.offset + self.base_view.standing

    def show_content(self) -> None:
        """Show the content in place of the keys. Subclasses extend this."""
        self.helps = False

    def tell(self) -> None:
        """Update the other parts after a command. Subclasses override this."""

    def show_keys(self) -> None:
        """Show the keys and their commands."""
        self.helps = True
        rows = [(" ".join(map(shown, one.keys)), one.words) for one in self._commands]
        width = max(len(keys) for keys, _ in rows) + 2
        paras = tuple(Para((Span(f"{keys:<{width}}", "note"), Span(words)), keep=True) for keys, words in rows)
        signs = signs_blocks(signs_in(self.base_view.shown_spans()), leads=False)
        self.base_view.mark_matches(lambda _place: (), None)
        self.base_view.show(fixed("Keys", [Block("help", paras, space=0), *signs], cursor=False), Spot())

    def leave(self) -> None:
        """Leave without a result; from the keys, go back to the content."""
        if self.helps:
            self.show_content()
        else:
            self.finish(None)

    def finish(self, result: object) -> None:
        """Return the result once; later keys belong to another screen."""
        if not self._is_over:
            self._is_over = True
            self._done(result)

    def on_key(self, event: events.Key) -> None:
        """Run the command of a key."""
        event.stop()
        event.prevent_default()
        if event.key == "ctrl+z":
            if trouble := stop_process(self.app):
                self.status.say(trouble, warns=True)
        elif not self.awaits(event) and (
            command := self._by_key.get(event.key) or self._by_key.get(event.character or "")
        ):
            self._run(command)

    def awaits(self, event: events.Key) -> bool:
        """Handle the answer to a question; return whether the key was one. Subclasses override this."""
        return False

    def _run(self, command: KeyCommand) -> None:
        self.status.say("")
        if self.helps and command.name not in {"leave", "keys"}:
            self.show_content()
            return
        command.run(self)
        self.tell()

    def on_resize(self, event: events.Resize) -> None:
        """Leave the view most of the rows."""
        height = event.size.height
        self.masthead.styles.height = 3 if height >= 20 else 1 if height >= 10 else 0
        self.divide(height)
        self.call_after_refresh(self.tell)

    def divide(self, height: int) -> None:
        """Divide the rows among the parts below. Subclasses extend this."""
        self.status.stand(2 if height >= 10 else 1)

    def on_chrome_clicked(self, message: Chrome.Clicked) -> None:
        """Run the command that was clicked in the status line."""
        name = message.target.partition(":")[2]
        for command in self._commands:
            if command.name == name:
                self._run(command)
