"""The screen on which drafts are settled: each in the words that it rests on, and a key for each answer."""

from collections.abc import Callable
from typing import Final, NamedTuple

from textual import events
from textual.app import ComposeResult

from tui.authoring.drafts import own_words
from tui.authoring.settling import ChangedOutsideError, Draft, Settling, SettlingError
from tui.briefing.kinds import KINDS
from tui.library.volume import Volume
from tui.reader.editor import run_editor
from tui.reader.textual_internals import SizedScreen
from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Chrome
from tui.reader.widgets.masthead import Masthead
from tui.reader.widgets.page_view import PageView
from tui.reader.widgets.status_line import StatusLine
from tui.reader.widgets.typesetter import Typesetter
from tui.render.drafts import draft_page
from tui.render.page import Block, Page, Para, Span, fixed, line
from tui.session.keymap import shown
from tui.session.viewport import Spot

_LOOK_EVERY: Final = 1.0
"""Seconds between looks at whether somebody else has written the file."""
_KINDS: Final = {kind.letter.lower(): kind.name for kind in KINDS.values()}
"""The kinds by their letters."""
_ASKED: Final = f"{', '.join(f'{letter} {name}' for letter, name in _KINDS.items())}?"


class DraftsScreen(SizedScreen, inherit_bindings=False):
    """Settles the drafts of one file."""

    DEFAULT_CSS = "DraftsScreen { layout: vertical; } DraftsScreen StatusLine { height: 2; }"
    ALLOW_SELECT = False

    def __init__(
        self,
        settling: Settling,
        volume: Volume | None,
        theme: Theme,
        typesetter: Typesetter,
        *,
        done: Callable[[], None],
        name: str = "",
    ) -> None:
        """Make the screen.

        Args:
            settling: the drafts; there is one at least.
            volume: the briefing as it was last read; None where it cannot be opened.
            theme: the theme.
            typesetter: lays the pages out.
            done: is told of the end.
            name: the id of the draft to begin with; the first one that is none of these.
        """
        super().__init__()
        self.settling = settling
        self._volume = volume
        self._title = volume.edition.title if volume else str(settling.path)
        self._done = done
        self._asks_kind = False
        self._helps = False
        self._trouble = ""
        """Why the file could not be read anew; empty where it could."""
        self.at = self._place_of(name)
        self.view = PageView(typesetter, theme, name="page", marks_current=False)
        self._masthead = Masthead(theme)
        self.status = StatusLine(theme)

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield self._masthead
        yield self.view
        yield self.status

    def on_mount(self) -> None:
        """Show the first draft, and begin to watch the file."""
        self.status.show_keys(tuple((shown(one.keys[0]), one.hint, one.name) for one in SETTLING if one.hint))
        self.set_interval(_LOOK_EVERY, self.look_at_file)
        self.show()

    @property
    def draft(self) -> Draft | None:
        """The draft that is shown; None where there are none any more."""
        drafts = self.settling.drafts
        return drafts[self.at] if self.at < len(drafts) else None

    def show(self) -> None:
        """Show the current draft."""
        self._helps = False
        self.view.show(self._page(), Spot())
        self._masthead.tell(f"Drafts of {self._title}", "", (), (), "")
        self._tell_position()

    def _tell_position(self) -> None:
        left, drafts = self.settling.left, len(self.settling.drafts)
        self.status.tell(f"{self.at + 1:,}/{drafts:,}, {left:,} left" if drafts else "")

    def _page(self) -> Page:
        draft = self.draft
        if self._trouble or draft is None:
            said = self._trouble or "The file has no drafts any more."
            return fixed(
                "Drafts", [Block("none", (line(said, "warning" if self._trouble else "meta", indent=6),))], cursor=False
            )
        said = str(draft.values.get(draft.statement, ""))
        return draft_page(self._volume, draft, own_words(said) or said)

    def show_keys(self) -> None:
        """Show what the keys do."""
        rows = [(" ".join(map(shown, one.keys)), one.words) for one in SETTLING]
        paras = tuple(Para((Span(f"{keys:<16}", "note"), Span(words)), keep=True) for keys, words in rows)
        self.view.show(fixed("Keys", [Block("help", paras, space=0)], cursor=False), Spot())
        self._helps = True

    # Going

    def go(self, place: int) -> None:
        """Show another draft, or the first or the last one."""
        self.at = max(0, min(place, len(self.settling.drafts) - 1))
        self.show()

    def scroll(self, part: float) -> None:
        """Scroll the page by a part of its height."""
        self.view.scroll_rows(round(part * self.view.room))

    def leave(self) -> None:
        """Go back to the reader; from the keys, to the draft."""
        if self._helps:
            self.show()
        else:
            self._done()

    # Answers

    def answer(self, act: Callable[[int], None], said: str) -> None:
        """Write an answer into the file, and show the next draft that is not settled."""
        draft = self.draft
        if draft is None or not self._write(lambda: act(self.at)):
            return
        self.at = self.settling.next_open(self.at)
        self.show()
        more = "u takes it back" if self.settling.left else "every draft is settled; Esc goes back"
        self.status.say(f"{said} {draft.id}; {more}.")

    def ask_kind(self) -> None:
        """Ask for the kind that the draft is to be of."""
        self._asks_kind = True
        self.status.tell("")  # the kinds need the whole line
        self.status.say(_ASKED, passing=True)

    def undo(self) -> None:
        """Take the last answer back, and show its draft."""
        places: list[int] = []
        if self._write(lambda: places.append(self.settling.undo())):
            self.at = places[0]
            self.show()
            self.status.say("Took the last answer back.")

    def edit(self) -> None:
        """Open the editor at the draft, and read the file anew afterwards."""
        draft = self.draft
        if said := run_editor(self.app, self.settling.path, draft.id if draft else ""):
            self.status.say(said, warns=True)
        elif self.settling.has_changed():
            self._read("Edited; the file was read anew.")

    def look_at_file(self) -> None:
        """Read the file anew where somebody else has written it."""
        if self.settling.has_changed():
            self._read("The file was changed outside; it was read anew, and nothing was written over it.")

    def _write(self, act: Callable[[], None]) -> bool:
        """Do what writes the file; return whether it was written."""
        if self._trouble:
            self.status.say("The file cannot be read; e opens the editor.", warns=True)
            return False
        try:
            act()
        except ChangedOutsideError:
            self._read(
                "The file was changed outside; it was read anew, and your answer was not written: give it again."
            )
        except SettlingError as error:
            said = str(error)
            self.status.say(f"{said[:1].upper()}{said[1:]}.", warns=True)
        else:
            return True
        return False

    def _read(self, said: str) -> None:
        name = self.draft.id if self.draft else ""
        try:
            self.settling.read()
            self._trouble = ""
        except SettlingError as error:
            self._trouble = said = str(error)
        self.at = self._place_of(name) if not self._trouble else self.at
        self.show()
        self.status.say(said, warns=True)

    def _place_of(self, name: str) -> int:
        """Return the place of a draft; of none of this name, that of the first one, or where one stands."""
        places = {draft.id: place for place, draft in enumerate(self.settling.drafts)}
        return places.get(name, min(getattr(self, "at", 0), max(0, len(places) - 1)))

    # Events

    def on_key(self, event: events.Key) -> None:
        """Do what a key stands for."""
        event.stop()
        event.prevent_default()
        if self._asks_kind:
            self._asks_kind = False
            self.status.say("")
            self._tell_position()
            if kind := _KINDS.get((event.character or "").lower()):
                self._change_kind(kind)
            elif event.key != "escape":
                self.status.say(f"Write one of: {_ASKED} t asks again.", warns=True)
            return
        if command := _BY_KEY.get(event.key) or _BY_KEY.get(event.character or ""):
            self._run(command)

    def _change_kind(self, kind: str) -> None:
        draft = self.draft
        if draft and self._write(lambda: self.settling.change_kind(self.at, kind)):
            self.show()
            self.status.say(f"{draft.id} is proposed as {KINDS[kind].title.lower()} now; u takes it back.")

    def _run(self, command: "SettlingCommand") -> None:
        self.status.say("")
        if self._helps and command.name not in {"leave", "help"}:
            self.show()
        command.run(self)

    def on_resize(self, event: events.Resize) -> None:
        """Leave the page most of the rows."""
        height = event.size.height
        self._masthead.styles.height = 3 if height >= 20 else 1 if height >= 10 else 0
        self.status.styles.height = 2 if height >= 10 else 1

    def on_chrome_clicked(self, message: Chrome.Clicked) -> None:
        """Do what was clicked in the status line."""
        name = message.target.partition(":")[2]
        for command in SETTLING:
            if command.name == name:
                self._run(command)


class SettlingCommand(NamedTuple):
    """Something that can be done here."""

    name: str
    keys: tuple[str, ...]
    words: str
    run: Callable[[DraftsScreen], None]
    hint: str = ""
    """A word for the footer; empty where the footer does not tell it."""


SETTLING: Final = (
    SettlingCommand(
        "accept",
        ("a", "enter"),
        "accept it: no draft any more",
        lambda on: on.answer(on.settling.accept, "Accepted"),
        "accept",
    ),
    SettlingCommand("edit", ("e", "E"), "edit it in $EDITOR", DraftsScreen.edit, "edit"),
    SettlingCommand("kind", ("t",), "change its kind, with a letter", DraftsScreen.ask_kind, "kind"),
    SettlingCommand(
        "drop", ("d", "delete"), "drop it from the file", lambda on: on.answer(on.settling.drop, "Dropped"), "drop"
    ),
    SettlingCommand("undo", ("u",), "take the last answer back", DraftsScreen.undo, "undo"),
    SettlingCommand("next", ("n", "j", "down"), "next, without an answer", lambda on: on.go(on.at + 1), "next"),
    SettlingCommand("previous", ("p", "k", "up"), "previous", lambda on: on.go(on.at - 1), "previous"),
    SettlingCommand("next-open", (")",), "next that is not settled", lambda on: on.go(on.settling.next_open(on.at))),
    SettlingCommand("first", ("g", "home"), "first", lambda on: on.go(0)),
    SettlingCommand("last", ("G", "end"), "last", lambda on: on.go(len(on.settling.drafts))),
    SettlingCommand("page-down", ("space", "pagedown"), "scroll down", lambda on: on.scroll(0.8)),
    SettlingCommand("page-up", ("b", "pageup"), "scroll up", lambda on: on.scroll(-0.8)),
    SettlingCommand("help", ("?", "f1"), "these keys", DraftsScreen.show_keys, "keys"),
    SettlingCommand("leave", ("escape", "q"), "back to the reader", DraftsScreen.leave, "leave"),
)
"""The one table of what can be done here: its keys, the footer and the page of keys are made from it."""
_BY_KEY: Final = {key: command for command in SETTLING for key in command.keys}
