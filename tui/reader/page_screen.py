"""Going from location to location. A history and the read entries are kept."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Final

from textual import events
from textual.message import Message

from tui.library.records import Entity, Entry, Source
from tui.reader import running
from tui.reader.clipboard import copy
from tui.reader.fetching import Fetching
from tui.reader.layout_screen import LayoutScreen
from tui.reader.remarks import Remarks
from tui.reader.themes import Theme
from tui.reader.widgets.page_view import PageView
from tui.session.commands import BY_NAME
from tui.session.history import NO_FOCUS, Focus, History
from tui.session.links import follow, leads_to_itself, lies_over
from tui.session.session import Session
from tui.session.viewport import FIRST_STOP, Spot
from tui.state.records import Location

_COPIED: Final = frozenset({"plain", "address"})
"""The pages that show a part of a briefing and belong to none."""
_SEARCH: Final = "search:"


_GONE: Final = "What you were led to is not here any more."
_NEAR: Final = "What you were led to was removed; this stands next to it."
_GONE_MARK: Final = "What this mark stands at was removed from the briefing."


class PageScreen(LayoutScreen, inherit_bindings=False):
    """Goes to locations, follows links and runs commands."""

    class PageChanged(Message):
        """Another page is shown."""

        def __init__(self, before: str, after: str) -> None:
            """Create a message with the names of both pages."""
            super().__init__()
            self.before = before
            self.after = after

    def __init__(self, session: Session, start: Location, theme: Theme) -> None:
        """Create the screen; it opens at a location."""
        super().__init__(session, start, theme)
        self.history = History()
        self.fetching = Fetching(self, session.shared, lambda: self.location, self.say_progress, self.take_key)
        self._remarks = Remarks()

    def on_mount(self) -> None:
        """Open the first location."""
        self.history.visit(self.location)
        self.show(self.location)

    def take_key(self, event: events.Key) -> None:
        """Handle a key, at once or after the awaited page. Subclasses override this."""

    def begin(self, location: Location, *, forgets: bool = True) -> None:
        """Begin anew at a location, without history.

        Args:
            location: where to begin.
            forgets: whether messages go too.
        """
        self.history = History()
        if forgets:
            self.status.messages.forget()
        self.history.visit(location)
        self.show(location)

    # Locations

    def go(self, location: Location, then: Callable[[], None] = lambda: None, *, unless_gone: str = "") -> None:
        """Go to a location, so that Back leads here.

        Args:
            location: where to go.
            then: called on arrival.
            unless_gone: the message in place of going, where the thing there was removed; empty to go near it.
        """

        def arrive() -> None:
            if unless_gone and self.session.kept.found(location).is_gone:
                self.say(unless_gone, warns=True)
                return
            self.leave(location)
            self.history.visit(location)
            self.show(location)
            then()

        self._when_at_hand(location, arrive)

    def uncover(self, then: Callable[[], None], *, anywhere: bool = False) -> bool:
        """Close pages over a briefing, or anywhere; then run an action.

        Return whether there is such a page.
        """
        covers = partial(lies_over, self.session)
        below = self.history.below(covers) if covers(self.location) else None
        if below is None or not (anywhere or below.briefing):
            return False

        def arrive() -> None:
            self.history.uncover(covers)
            self._show(below, self.history.focus)
            then()

        self._when_at_hand(below, arrive)
        return True

    def leave(self, to: Location) -> None:
        """Record the location, and its current entry as read, before going elsewhere."""
        self.history.update(self.here, self.view.focus_here._replace(opened=self.notes.opened))
        self.session.leave(self.here, to)
        self.note_read(self.item)

    def forget(self, gone: Collection[str]) -> bool:
        """Remove briefings that are gone from the screen. Return whether the reader was in one of them."""
        here = self.location
        read = here if not _is_over(here) else self.history.below(_is_over)
        self.history.forget(gone, _COPIED)
        if read is None or read.briefing not in gone:
            return False
        if here.page.startswith(_SEARCH):  # what is typed there is no command
            self.say("The briefing that you read was removed.", warns=True)
            return False
        self.history.visit(Location())
        self.show(Location())
        self.say("The briefing that you read was removed; here is the library.", warns=True)
        return True

    def show(self, location: Location, focus: Focus = NO_FOCUS, *, tells: bool = True) -> None:
        """Show a location without a step in the history.

        Args:
            location: where to go.
            focus: the link that has the focus, and the open footnote.
            tells: whether to say where what was there is gone; not in another form of a page, which may leave it out.
        """
        self._when_at_hand(location, partial(self._show, location, focus, tells=tells))

    def show_anew(self, *, tells: bool = True) -> None:
        """Show the same page as it is by now. Nothing that the reader has chosen, typed or asked for is lost."""
        here = self.here
        is_at_hand = self.session.shared.is_at_hand(here) and self.session.lists.is_at_hand(here)
        self.fetching.when_free(lambda: self.show(self.here, self.view.focus_here, tells=tells), waits=not is_at_hand)

    def _when_at_hand(self, location: Location, action: Callable[[], None]) -> None:
        """Call a function once the page and its list are ready."""
        lists = self.session.lists

        def list_first() -> None:
            if lists.is_at_hand(location):
                action()
            else:
                self.fetching.when_done(partial(lists.prepare, location, action))

        self.fetching.when_at_hand(location, list_first)

    def _show(self, location: Location, focus: Focus = NO_FOCUS, *, tells: bool = True) -> None:
        location, is_gone = self.session.kept.found(location)
        page = self.session.page(location)
        if (
            location[:2] == ("", "library")
            and len(page)
            and (not location.block or page.index_of(location.block) is None)
        ):
            location = Location("", "library", self.session.state.last_visited(), page.ids[0])
        place = page.index_of(location.block) if location.block else None
        at = FIRST_STOP if place is None else place
        top = page.index_of(location.top) if location.top else None
        spot = Spot(at, max(0, at)) if top is None else Spot(at, top, location.row)
        if location.briefing != self.location.briefing or location.page != self.location.page:
            self.notes.open(0)
            self.post_message(self.PageChanged(self.location.page, location.page))
        self.location = location
        self.seat(page)
        self.view.leads_on = lambda target: bool(target) and not leads_to_itself(target, location.page)
        self.view.glyph_of = lambda name: self.session.glyph(location.briefing, name, location.page)
        self.view.show(page, spot, location)
        self.view.refocus(focus)
        self.divide(self.size.width, self.size.height)
        self.companion.mark()
        self.tell()
        self.companion.arrive(location)
        if focus.opened and not is_gone:
            self.peek(focus.opened)
        if volume := self.volume:
            self._remarks.show(self, volume)
        if is_gone and tells:
            self.say(_NEAR if place is not None else _GONE, warns=True)

    def note_read(self, item: Entry | Source | Entity | None) -> None:
        """Record an entry of the page as read in its present revision."""
        if item is not None and self.session.is_read_on(self.location.page):
            self.session.state.mark_read(self.location.briefing, [(item.id, item.digest)])
            self.save_soon()

    def move(self, action: Callable[[PageView], None]) -> None:
        """Move on the page; the entry that was current was read."""
        before = self.view.spot.current
        was = self.item
        action(self.view)
        if self.view.spot.current != before:
            self.note_read(was)
            self.tell()
            self.companion.moved()
        else:
            self.tell_keys()

    # Links and commands

    def follow(self, target: str) -> None:
        """Follow a link to a location, a footnote or a command. An address is copied."""
        kind, _, rest = target.partition(":")
        if self.companion.follow(kind, rest):
            return
        if kind == "note":
            self._go_to_note(int(rest))
        elif kind == "command":
            self.run_command(rest)
        elif kind == "beneath":
            if not self.uncover(partial(self.run_command, rest), anywhere=True):
                self.run_command(rest)
        elif kind in {"http", "https"}:
            copy(self.app, self.say, target, "the address")
        elif location := follow(self.session, target, self.here, self.notes.opened):
            self.go(location, unless_gone=_GONE_MARK if kind == "mark" else "")

    def _go_to_note(self, note: int) -> None:
        """Go to a footnote on its entry's page; elsewhere open it.

        Back then leads to the footnote's number.
        """
        block = f"note:{note}"
        is_on_page = self.location.page.startswith("entry:") and block in self.view.page.ids
        if not is_on_page:
            self.peek(note)
        elif block != self.here.block:
            at = self.view.page.ids.index(block)
            self.go(self.here._replace(block=block), lambda: self.move(lambda view: view.select(at)))

    def peek(self, note: int) -> None:
        """Open a footnote of the current entry by position. 0 closes the open footnote."""
        if note:  # some pages have no notes beside them till now
            self.notes.tell(self.volume, self.view.holder or self.item)
        volume, source = self.session.volume(self.location.briefing), self.notes.source_of(note)

        def opened() -> None:
            self.notes.open(note)
            self.divide(self.size.width, self.size.height)
            self.tell_keys()

        if volume is None or source is None:
            opened()
        else:
            self.fetching.when_read(volume, source, opened)

    def run_command(self, name: str) -> None:
        """Run a command, or say that it is not offered.

        A command that acts on a briefing acts on the one beneath the help and its like, which are closed.
        """
        command = BY_NAME.get(name)
        if command is None:  # a key of the line in which one types
            return

        def act() -> None:
            running.run(self, command)
            self.tell_keys()

        if name not in self.session.keymap.keys:
            self.say(f"Not offered here: {command.words}.")
        elif not (command.beneath and self.uncover(act)):
            act()

    def tell(self) -> None:
        """Update the other parts, and the keys, for the current block."""
        super().tell()
        self.tell_keys()

    def tell_keys(self) -> None:
        """Show the keys that do something here, or in an open list."""
        self.status.show_keys(lambda: running.hints_here(self))


def _is_over(location: Location) -> bool:
    """Whether a page lies over another one, as the help does."""
    return not location.briefing and location.page != Location().page
