"""The screen for settling drafts. It shows the words that each draft rests on."""

from collections.abc import Callable
from typing import Final

from textual import events

from tui.authoring.drafts import own_words
from tui.authoring.errors import AuthoringError, ChangedOutsideError
from tui.authoring.settlements import Draft, Settling
from tui.briefing.kinds import KINDS
from tui.library.volume import Volume
from tui.reader.handover import run_editor
from tui.reader.keyed_screen import KeyCommand, KeyedScreen
from tui.reader.themes import Theme
from tui.reader.widgets.page_view import PageView
from tui.reader.widgets.typesetter import Typesetter
from tui.render.drafts import draft_page
from tui.render.page import Block, Page, fixed, line
from tui.session.viewport import Spot

_LOOK_EVERY: Final = 1.0
"""Seconds between looks at whether somebody else has written the file."""
_KINDS: Final = {kind.letter.lower(): kind.name for kind in KINDS.values() if not kind.is_judged}
"""The names of the kinds by their letters."""
_ASKED: Final = f"{', '.join(f'{letter} {name}' for letter, name in _KINDS.items())}?"


class DraftsScreen(KeyedScreen, inherit_bindings=False):
    """Settles the drafts of one file."""

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
        """Create the screen.

        Args:
            settling: the drafts; there is one at least.
            volume: the briefing as it was last read; None where it cannot be opened.
            theme: the theme.
            typesetter: lays the pages out.
            done: is called at the end.
            name: the id of the draft to begin with; for an unknown id, the first one.
        """
        self.view = PageView(typesetter, theme, name="page", marks_current=False)
        super().__init__(theme, self.view, SETTLING, lambda _result: done())
        self.settling = settling
        self._volume = volume
        self._title = volume.edition.title if volume else str(settling.path)
        self._asks_kind = False
        self._trouble = ""
        """The reason why the file could not be read anew; empty where it could."""
        self.at = self._place_of(name)

    def on_mount(self) -> None:
        """Show the first draft, and begin to watch the file."""
        super().on_mount()
        self.set_interval(_LOOK_EVERY, self.look_at_file)

    @property
    def draft(self) -> Draft | None:
        """The draft on the screen; None where no drafts are left."""
        drafts = self.settling.drafts
        return drafts[self.at] if self.at < len(drafts) else None

    def show_content(self) -> None:
        """Show the current draft."""
        super().show_content()
        self.view.show(self._page(), Spot())
        self.masthead.tell(f"Drafts of {self._title}", "", (), (), "")
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

    # Going

    def go(self, place: int) -> None:
        """Show the draft at an index, or the nearest draft."""
        self.at = max(0, min(place, len(self.settling.drafts) - 1))
        self.show_content()

    def scroll(self, part: float) -> None:
        """Scroll the page by a part of its height."""
        self.view.scroll_rows(round(part * self.view.room))

    # Answers

    def answer(self, act: Callable[[int], None], said: str) -> None:
        """Write an answer into the file, and show the next open draft."""
        draft = self.draft
        if draft is None or not self._write(lambda: act(self.at)):
            return
        self.at = self.settling.next_open(self.at)
        self.show_content()
        more = "u undoes it" if self.settling.left else "every draft is settled; Esc goes back"
        self.status.say(f"{said} {draft.id}; {more}.")

    def ask_kind(self) -> None:
        """Ask for the draft's new kind."""
        self._asks_kind = True
        self.status.tell("")  # the kinds need the whole line
        self.status.say(_ASKED, passing=True)

    def undo(self) -> None:
        """Take the last answer back, and show its draft."""
        places: list[int] = []
        if self._write(lambda: places.append(self.settling.undo())):
            self.at = places[0]
            self.show_content()
            self.status.say("Undid the last answer.")

    def edit(self) -> None:
        """Open the editor at the draft, and read the file anew afterwards."""
        draft = self.draft
        if said := run_editor(self.app, self.settling.path, draft.id if draft else ""):
            self.status.say(said, warns=True)
        elif self.settling.has_changed():
            self._read("Edited; the file was read again.")

    def look_at_file(self) -> None:
        """Read the file anew where somebody else has written it."""
        if self.settling.has_changed():
            self._read("Another program changed the file; it was read again, and nothing was overwritten.")

    def _write(self, act: Callable[[], None]) -> bool:
        """Run a function that writes the file; return whether it was written."""
        if self._trouble:
            self.status.say("The file cannot be read; e opens the editor.", warns=True)
            return False
        try:
            act()
        except ChangedOutsideError:
            self._read(
                "Another program changed the file; it was read again. Your answer was not written: give it again."
            )
        except AuthoringError as error:
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
        except AuthoringError as error:
            self._trouble = said = str(error)
        self.at = self._place_of(name) if not self._trouble else self.at
        self.show_content()
        self.status.say(said, warns=True)

    def _place_of(self, name: str) -> int:
        """Return the index of a draft by its id.

        An unknown id leaves the current index, as far as there are drafts.
        """
        places = {draft.id: place for place, draft in enumerate(self.settling.drafts)}
        return places.get(name, min(getattr(self, "at", 0), max(0, len(places) - 1)))

    # Events

    def awaits(self, event: events.Key) -> bool:
        """Take the letter of the kind, where it was asked for."""
        if not self._asks_kind:
            return False
        self._asks_kind = False
        self.status.say("")
        self._tell_position()
        if kind := _KINDS.get((event.character or "").lower()):
            self._change_kind(kind)
        elif event.key != "escape":
            self.status.say(f"Write one of: {_ASKED} t asks again.", warns=True)
        return True

    def _change_kind(self, kind: str) -> None:
        draft = self.draft
        if draft and self._write(lambda: self.settling.change_kind(self.at, kind)):
            self.show_content()
            self.status.say(f"{draft.id} is proposed as {KINDS[kind].title.lower()} now; u undoes it.")


SETTLING: Final = (
    KeyCommand(
        "accept",
        ("a", "enter"),
        "accept it as an entry",
        lambda on: on.answer(on.settling.accept, "Accepted"),
        "accept",
    ),
    KeyCommand("edit", ("e", "E"), "edit it in $EDITOR", DraftsScreen.edit, "edit"),
    KeyCommand("kind", ("t",), "change its kind, with a letter", DraftsScreen.ask_kind, "kind"),
    KeyCommand(
        "drop", ("d", "delete"), "drop it from the file", lambda on: on.answer(on.settling.drop, "Dropped"), "drop"
    ),
    KeyCommand("undo", ("u",), "undo the last answer", DraftsScreen.undo, "undo"),
    KeyCommand("next", ("n", "j", "down"), "next, without an answer", lambda on: on.go(on.at + 1), "next"),
    KeyCommand("previous", ("p", "k", "up"), "previous", lambda on: on.go(on.at - 1), "previous"),
    KeyCommand("next-open", (")",), "next that is not settled", lambda on: on.go(on.settling.next_open(on.at))),
    KeyCommand("first", ("g", "home"), "first", lambda on: on.go(0)),
    KeyCommand("last", ("G", "end"), "last", lambda on: on.go(len(on.settling.drafts))),
    KeyCommand("page-down", ("space", "pagedown"), "scroll down", lambda on: on.scroll(0.8)),
    KeyCommand("page-up", ("b", "pageup"), "scroll up", lambda on: on.scroll(-0.8)),
    KeyCommand("keys", ("?", "f1"), "these keys", DraftsScreen.show_keys, "keys"),
    KeyCommand("leave", ("escape", "q"), "back to the reader", DraftsScreen.leave, "leave"),
)
"""The commands; keys, footer and the page of keys are made from this table."""
