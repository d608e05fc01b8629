"""The reader's screen. It routes input to the page, searches and commands."""

from collections.abc import Callable, Collection, Sequence
from itertools import chain
from typing import Any, Final, Self

from textual import events
from textual.app import App

from tui.reader.page_screen import PageScreen
from tui.reader.search.searches import Searches
from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Chrome
from tui.reader.widgets.page_view import PageView
from tui.render.signs import Sign
from tui.session.session import Session
from tui.session.viewport import FIRST_STOP, Spot
from tui.state.records import Location

HELP: Final = frozenset({"help", "grammar"})
"""The pages of the help, which list the signs on another page or lead to that list."""


class ReaderScreen(PageScreen, inherit_bindings=False):
    """The one screen of the reader, over which others may lie."""

    def __init__(self, session: Session, start: Location, theme: Theme) -> None:
        """Create the screen; it opens at a location."""
        super().__init__(session, start, theme)
        self.awaited: Callable[[ReaderScreen, str], None] | None = None
        """Takes the next key, such as the letter of a mark; None where keys are commands."""
        self.companion = self.searches = Searches(self)
        self.signs: Sequence[Sign] = ()
        """The signs that were on the screen before the help."""

    @classmethod
    def of(cls, app: App[Any]) -> Self:
        """Return the reader's screen of an app, also from below other screens."""
        screen = app.screen_stack[0]
        if not isinstance(screen, cls):
            raise TypeError(screen)
        return screen

    def begin(self, location: Location, *, forgets: bool = True) -> None:
        """Begin anew at a location, without history and matches."""
        self.searches.clear()
        self._close_list()
        self.signs = ()
        super().begin(location, forgets=forgets)

    def leave(self, to: Location) -> None:
        """Record the location before going elsewhere. Before the help, keep the signs on the screen."""
        super().leave(to)
        if to.page in HELP and not (self.location.page in HELP or self.location.page.startswith("sign:")):
            from tui.render.signs import signs_in

            parts: list[PageView | Chrome] = [self.view, self.notes, self.outline]
            parts += [bar for bar in self.query(Chrome) if bar is not self.status]  # its keys are no signs
            shown = (part.shown_spans() for part in parts if part.is_on_screen)
            self.signs = signs_in(chain.from_iterable(shown))
            self.session.forget_pages("")

    def forget(self, gone: Collection[str]) -> bool:
        """Remove briefings that are gone from the screen. Return whether the reader was in one of them."""
        led_away = super().forget(gone)
        if led_away:
            self.awaited = None
            self.searches.clear()
            self._close_list()
            if self.find_bar.is_typing:
                self.find_bar.close()
        return led_away

    def on_resize(self) -> None:
        """Divide the screen anew; every view keeps its place."""
        self.lay_anew()
        self.call_after_refresh(self.tell)

    def lay_anew(self) -> None:
        """Divide the screen. The help's columns depend on width and choice."""
        if self.location.page == "help":
            self.session.forget_pages("")
            self.view.show(self.session.page(self.location), Spot(FIRST_STOP))
        self.divide(*self.app.size)

    def _close_list(self) -> None:
        if self.chooser:
            self.chooser.close()

    def on_key(self, event: events.Key) -> None:
        """Handle a key."""
        self.take_key(event)

    def take_key(self, event: events.Key) -> None:
        """Send a key to the part awaiting it, or run its command."""
        if self.chooser and self.chooser.is_open:
            if event.key == "ctrl+z":
                self.run_command("suspend")
            self.chooser.take(event)
            return
        if line := self.searches.typing_line:
            line.catch_up(event)
            return
        if self.fetching.holds(event):
            return
        self.say("")
        if self.awaited is not None:
            awaited, self.awaited = self.awaited, None
            event.stop()
            if event.key != "escape":
                awaited(self, event.character or "")
        elif command := self.session.keymap.command(event.key, event.character):
            event.stop()
            event.prevent_default()
            self.run_command(command)

    def on_paste(self, event: events.Paste) -> None:
        """Send a pasted text to the line in which the reader types."""
        if self.chooser and self.chooser.is_open:
            self.chooser.type(event.text)
        elif line := self.searches.typing_line:
            line.catch_up(event)

    def on_page_view_followed(self, message: PageView.Followed) -> None:
        """Follow a link that was clicked in any of the views."""
        self._clicked(message.target)

    def _clicked(self, target: str) -> None:
        """Follow a link. It ends an earlier message, and a wait for a key."""
        self.awaited = None
        self.say("")
        self.follow(target)

    def on_page_view_moved(self, message: PageView.Moved) -> None:
        """Follow the page when the mouse moved it."""
        if message.view is self.view:
            self.tell()

    def on_chrome_clicked(self, message: Chrome.Clicked) -> None:
        """Follow a click in the masthead, the status line or a list."""
        kind, _, rest = message.target.partition(":")
        if self.chooser and self.chooser.is_open and kind == "choose":
            self.chooser.choose(int(rest))
        elif self.chooser and self.chooser.is_open and kind == "command":
            self.chooser.do(rest)
        else:
            self._clicked(message.target)
