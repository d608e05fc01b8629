"""Going from location to location. A history and the read entries are kept."""

from collections.abc import Callable, Collection
from functools import partial
from importlib import import_module
from typing import Final

from textual import events
from textual.message import Message

from tui.library.records import Entity, Entry, Source
from tui.reader.clipboard import copy
from tui.reader.fetching import Fetching
from tui.reader.layout_screen import LayoutScreen
from tui.reader.themes import Theme
from tui.reader.widgets.page_view import PageView
from tui.render.views import view_of
from tui.session.commands import BY_NAME
from tui.session.history import History
from tui.session.links import follow, leads_to_itself
from tui.session.own_pages import hints
from tui.session.session import Session
from tui.session.viewport import FIRST_STOP, Spot
from tui.state.records import Location

_COPIED: Final = frozenset({"plain", "address"})
"""The pages that show a part of a briefing and belong to none."""


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
        self.fetching = Fetching(self, session.shared, lambda: self.location, self.say, self.take_key)
        self._remarked: set[tuple[str, str]] = set()
        """The editions whose remark was shown, each once in a session."""

    def on_mount(self) -> None:
        """Open the first location."""
        self.history.visit(self.location)
        self.show(self.location)

    def on_key(self, event: events.Key) -> None:
        """Handle a key."""
        self.take_key(event)

    def take_key(self, event: events.Key) -> None:
        """Handle a key, at once or after the awaited page. Subclasses override this."""

    def begin(self, location: Location) -> None:
        """Begin anew at a location, without history and messages."""
        self.history = History()
        self.status.messages.forget()
        self.history.visit(location)
        self.show(location)

    # Locations

    def go(self, location: Location, then: Callable[[], None] = lambda: None) -> None:
        """Go to a location, so that Back leads here. `then` is called on arrival."""

        def arrive() -> None:
            self.leave(location)
            self.history.visit(location)
            self.show(location)
            then()

        self._when_at_hand(location, arrive)

    def leave(self, to: Location) -> None:
        """Record the location, and its current entry as read, before going elsewhere."""
        self.history.update(self.here)
        self.session.leave(self.here, to)
        self.note_read()

    def forget(self, gone: Collection[str]) -> bool:
        """Remove briefings that are gone from the screen. Return whether the reader was in one of them."""
        before = self.history.behind
        copied = self.location.page in _COPIED and before is not None and before.briefing in gone
        self.history.forget(gone, _COPIED)
        if self.location.briefing not in gone and not copied:
            return False
        self.history.visit(Location())
        self.show(Location())
        self.say("The briefing that you read was removed; here is the library.", warns=True)
        return True

    def show(self, location: Location) -> None:
        """Show a location without a step in the history."""
        self._when_at_hand(location, partial(self._show, location))

    def _when_at_hand(self, location: Location, action: Callable[[], None]) -> None:
        """Call a function once the page and its list are ready."""
        lists = self.session.lists

        def list_first() -> None:
            if lists.is_at_hand(location):
                action()
            else:
                self.fetching.when_done(partial(lists.prepare, location, action))

        self.fetching.when_at_hand(location, list_first)

    def _show(self, location: Location) -> None:
        location = self.session.resolved(location)
        page = self.session.page(location)
        at = page.index_of(location.block) or 0 if location.block else FIRST_STOP
        top = page.index_of(location.top) if location.top else None
        spot = Spot(at, max(0, at)) if top is None else Spot(at, top, location.row)
        if location.briefing != self.location.briefing or location.page != self.location.page:
            self.notes.open(0)
            self.post_message(self.PageChanged(self.location.page, location.page))
        self.location = location
        self.seat(page)
        self.view.leads_on = lambda target: bool(target) and not leads_to_itself(target, location.page)
        self.view.glyph_of = lambda name: self.session.glyph(location.briefing, name, location.page)
        self.view.show(page, spot)
        self.divide(self.size.width, self.size.height)
        self.companion.mark()
        self.tell()
        has_notes = self.session.has_notes(location) or location.page.startswith("entry:")
        keys = hints(self.session.keymap, view_of(location.page))
        self.status.show_keys(tuple(hint for hint in keys if has_notes or hint[2] != "peek"))
        self.companion.arrive(location)
        self._show_remark()

    def _show_remark(self) -> None:
        """Show the author the edition's remark, once an edition.

        The remark says what cannot be read well. Strangers could do nothing about it.
        """
        volume = self.volume
        if volume is None or not volume.edition.remark or not self.app.allowances.machine:
            return
        edition = (volume.edition.id, volume.edition.digest)
        if edition not in self._remarked:
            self._remarked.add(edition)
            self.say(f"For the author: {volume.edition.remark}; see briefing check.")

    def note_read(self) -> None:
        """Record the current entry as read in its present revision."""
        self._note_read(self.item)

    def _note_read(self, item: Entry | Source | Entity | None) -> None:
        if item is not None and self.session.is_read_on(self.location.page):
            self.session.state.mark_read(self.location.briefing, [(item.id, item.digest)])
            self.save_soon()

    def move(self, action: Callable[[PageView], None]) -> None:
        """Move on the page; the entry that was current was read."""
        before = self.view.spot.current
        was = self.item
        action(self.view)
        if self.view.spot.current != before:
            self._note_read(was)
            self.tell()
            self.companion.moved()

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
            self._run_beneath(rest)
        elif kind in {"http", "https"}:
            copy(self.app, self.say, target, "the address")
        elif location := follow(self.session, target, self.here, self.notes.opened):
            self.go(location)

    def _run_beneath(self, command: str) -> None:
        """Go back from the help, and run a command there."""
        behind = self.history.behind
        if behind is None:
            self.run_command(command)
            return

        def run() -> None:
            self.leave(behind)
            self.history.back()
            self._show(behind)
            self.run_command(command)

        self._when_at_hand(behind, run)

    def _go_to_note(self, note: int) -> None:
        """Go to a footnote on its entry's page, or else open it."""
        on_page = self.view.page.index_of(f"note:{note}") if self.location.page.startswith("entry:") else None
        if on_page is None:
            self.peek(note)
        else:
            self.move(lambda view: view.select(on_page))

    def peek(self, note: int) -> None:
        """Open a footnote of the current entry by position. 0 closes the open footnote."""
        if note and self.location.page.startswith("entry:"):  # an entry's own page has no notes beside it till now
            self.notes.tell(self.volume, self.item)
        volume, source = self.session.volume(self.location.briefing), self.notes.source_of(note)

        def opened() -> None:
            self.notes.open(note)
            self.divide(self.size.width, self.size.height)

        if volume is None or source is None:
            opened()
        else:
            self.fetching.when_read(volume, source, opened)

    def run_command(self, name: str) -> None:
        """Run a command, where it is offered. Its module is imported at first use."""
        if name in self.session.keymap.keys:
            command = BY_NAME[name]
            module, _, function = command.run.partition(".")
            run = getattr(import_module(f"tui.reader.commands.{module}"), function)
            run(self, *(() if command.argument is None else (command.argument,)))
