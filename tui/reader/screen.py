"""The one screen: it routes what the reader does to the page, the footnotes, the history and the state."""

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset, Region
from textual.strip import Strip

from tui.library.records import Entity, Entry, Source
from tui.library.volume import Volume
from tui.reader.clipboard import copy
from tui.reader.find_bar import FindBar
from tui.reader.middle import Middle, blank_rows
from tui.reader.remarks import Remarks
from tui.reader.searches import Searches
from tui.reader.slow_pages import Fetching
from tui.reader.textual_internals import SizedScreen
from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Chrome, Masthead, StatusLine
from tui.reader.widgets.notes_pane import NotesPane
from tui.reader.widgets.page_view import PageView
from tui.render.page import MEASURE, Page
from tui.render.views import view_of
from tui.session.arrangement import arrange
from tui.session.history import History
from tui.session.outline import outline_page
from tui.session.session import Session, leads_to_itself
from tui.session.titles import masthead_of
from tui.session.viewport import Spot
from tui.state.store import Location

if TYPE_CHECKING:
    from tui.reader.app import BriefingApp

_COPIED: Final = frozenset({"plain", "address"})
"""The pages that show a part of a briefing and belong to none."""


class ReaderScreen(SizedScreen, inherit_bindings=False):
    """Shows one place at a time."""

    app: "BriefingApp"
    DEFAULT_CSS = "ReaderScreen { layout: vertical; } #middle { height: 1fr; } #outline { width: 34; }"

    def __init__(self, session: Session, start: Location, theme: Theme) -> None:
        """Make the screen; it opens at a place."""
        super().__init__()
        self.session = session
        self.history = History()
        self.location = start
        self.theme = theme
        self.awaited: Callable[[ReaderScreen, str], None] | None = None
        """What the next key belongs to, such as the letter of a mark; None where keys are commands."""
        self.volume: Volume | None = None
        """The edition that is on the screen; None on a page of no briefing."""
        self.wants_outline = True
        self.zoomed = False
        typesetter = self.app.typesetter
        self.masthead = Masthead(theme)
        self.pages = PageView(typesetter, theme, name="page")
        self.table: PageView | None = None
        """Shows the matrix; made when it is first opened."""
        self.view = self.pages
        self.notes = NotesPane(typesetter, theme)
        self.outline = PageView(typesetter, theme, name="outline", centred=False, leads=True)
        self.status = StatusLine(theme)
        self.find_bar = FindBar(theme)
        self.middle = Middle(theme)
        self.searches = Searches(self)
        self.fetching = Fetching(self)
        self.remarks = Remarks(self)

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield self.masthead
        with self.middle:
            yield self.outline
            yield self.pages
            yield self.notes
        yield self.status
        yield self.find_bar

    def on_mount(self) -> None:
        """Open the place that was asked for."""
        self.history.visit(self.location)
        self.show(self.location)

    def begin(self, location: Location) -> None:
        """Begin anew at a place, as if nobody had been here before."""
        self.history = History()
        self.searches.clear()
        self.status.messages.forget()
        self.history.visit(location)
        self.show(location)

    # Places

    @property
    def here(self) -> Location:
        """The place as it stands now, with what is current and what is on top."""
        page, spot = self.view.page, self.view.spot
        if not len(page):
            return self.location
        return self.location._replace(block=page.ids[spot.place], top=page.ids[spot.top], row=spot.row)

    def go(self, location: Location, then: Callable[[], None] = lambda: None) -> None:
        """Go to a place, so that Back leads here; something may be done when one is there."""

        def arrive() -> None:
            self.leave(location)
            self.history.visit(location)
            self.show(location)
            then()

        self.fetching.when_at_hand(location, arrive)

    def leave(self, to: Location) -> None:
        """Note where one is, and that the current entry was read, before going elsewhere."""
        self.history.update(self.here)
        self.session.leave(self.here, to)
        self.note_read()

    def lead_away(self, gone: Collection[str]) -> bool:
        """Forget briefings that are gone; lead who reads one of them to the library, say so, and tell whether it was done."""
        before = self.history.behind
        copied = self.location.page in _COPIED and before is not None and before.briefing in gone
        self.history.forget(gone, _COPIED)
        if self.location.briefing not in gone and not copied:
            return False
        self.awaited = None
        self.searches.clear()
        if self.find_bar.has_focus_within:
            self.app.call_later(self.find_bar.close)
        self.history.visit(Location())
        self.show(Location())
        self.say("The briefing that you read was removed; here is the library.", warns=True)
        return True

    def show(self, location: Location) -> None:
        """Show a place without a step in the history."""
        self.fetching.when_at_hand(location, partial(self._show, location))

    def _show(self, location: Location) -> None:
        location = self.session.resolved(location)
        page = self.session.page(location)
        at = page.place_of(location.block) if location.block else 0
        top = page.place_of(location.top) if location.top else None
        spot = Spot(at or 0, top if top is not None else at or 0, location.row if top is not None else 0)
        if location.briefing != self.location.briefing or location.page != self.location.page:
            self.notes.open(0)
            self._change_page(self.location.page, location.page)
        self.location = location
        self._seat(page)
        self.view.leads_on = lambda target: bool(target) and not leads_to_itself(target, location.page)
        self.view.glyph_of = lambda name: self.session.glyph(location.briefing, name, location.page)
        self.view.show(page, spot)
        self.divide(self.size.width, self.size.height)
        self.searches.mark()
        self.tell()
        self.status.show_keys(self.app.hints(view_of(location.page)))
        self.searches.arrive(location)
        self.remarks.tell(location.briefing)

    def _seat(self, page: Page) -> None:
        """Give a page the view that it needs."""
        if page.grid and self.table is None:
            from tui.reader.widgets.grid_view import GridView

            self.table = GridView(self.app.typesetter, self.theme)
            # Its size comes with the next layout; nothing here has to wait for it.
            self.call_later(self.query_one("#middle").mount, self.table, after=self.pages)
        view = self.table if page.grid and self.table else self.pages
        if view is not self.view:
            self.view.display, view.display = False, True
            self.view = view

    def _change_page(self, before: str, after: str) -> None:
        if (before == "plain") != (after == "plain"):
            self.app.let_mouse(select=after == "plain")
        if after == "library":
            self.app.refresh_library()

    def tell(self) -> None:
        """Tell the other parts what is current."""
        location = self.here
        self.volume = volume = self.session.volume(location.briefing)
        self.masthead.tell(*masthead_of(self.session, volume, location, self.view.page.title))
        self.tell_position()
        opened = self.notes.opened
        self.notes.tell(volume, (self.view.holder or self.item) if self.session.has_notes(location) else None)
        if opened and not self.notes.opened:  # what is current now has none
            self.divide(self.size.width, self.size.height)
        if self.outline.display and volume:
            page, current = outline_page(self.session, volume, location)
            self.outline.show(page, Spot(current, self.outline.spot.top, 0))

    def tell_position(self) -> None:
        """Tell which of how many entries is current."""
        number, whole = self.view.page.counter(self.view.spot.place)
        position = f"{number:,}/{whole:,}" if number and whole > 1 else ""
        if self.searches.is_open:
            position = self.searches.room.listed.position(self.view.spot.place)
        self.status.tell(position)

    @property
    def standing(self) -> Offset:
        """The cell of the current block, or of its link that has the focus."""
        return self.view.region.offset + self.view.standing

    @property
    def item(self) -> Entry | Source | Entity | None:
        """What the current block shows."""
        return self.session.item(self.here)

    def note_read(self) -> None:
        """Note that the current entry was read in its present revision."""
        self._note_read(self.item)

    def _note_read(self, item: Entry | Source | Entity | None) -> None:
        if item is not None and self.session.is_read_on(self.location.page):
            self.session.state.mark_read(self.location.briefing, [(item.id, item.digest)])
            self.app.save_soon()

    # What the reader does

    def move(self, action: Callable[[PageView], None]) -> None:
        """Move on the page; the entry that one leaves was read."""
        before = self.view.spot.place
        was = self.item
        action(self.view)
        if self.view.spot.place != before:
            self._note_read(was)
            self.tell()
            self.searches.moved()

    def follow(self, target: str) -> None:
        """Go where a link leads, open the footnote that it names, or copy the address that it is."""
        kind, _, rest = target.partition(":")
        if self.searches.follow(kind, rest):
            return
        if kind == "note":
            self.peek(int(rest))
        elif kind == "command":
            self.app.run_command(rest)
        elif kind in {"http", "https"}:
            copy(self.app, target, "the address")
        elif location := self.session.follow(target, self.here, self.notes.opened):
            self.go(location)

    def peek(self, place: int) -> None:
        """Open a footnote of the current entry, or go to it on the entry's own page; 0 closes the open one."""
        on_page = self.view.page.place_of(f"note:{place}") if self.location.page.startswith("entry:") else None
        if on_page is not None:
            self.move(lambda view: view.select(on_page))
            return
        volume, source = self.session.volume(self.location.briefing), self.notes.source_of(place)

        def opened() -> None:
            self.notes.open(place)
            self.divide(self.size.width, self.size.height)

        if volume is None or source is None:
            opened()
        else:
            self.fetching.when_read(volume, source, opened)

    def say(self, message: str, *, warns: bool = False, passing: bool = False) -> None:
        """Say something in the status line until the next key; what is passing, such as progress, is not kept."""
        self.status.say(message, warns=warns, passing=passing)
        if self.find_bar.has_focus_within:
            self.find_bar.answer(message, warns=warns)

    def divide(self, width: int, height: int) -> None:
        """Divide the screen."""
        parts = arrange(
            width,
            height,
            peeking=bool(self.notes.opened),
            outline=self.wants_outline,
            zoomed=self.zoomed,
            wide=self.view.page.measure > MEASURE,
            table=self.view is self.table,
        )
        self.searches.divide()
        self.masthead.styles.height = 0 if self.searches.is_open else parts.masthead
        self.status.styles.height = parts.status
        self.status.let_hints(show=parts.hints)
        self.outline.display = parts.outline > 0 and self.session.volume(self.location.briefing) is not None
        self.notes.stand(parts, has_any=self.session.has_notes(self.location))

    def restyle(self, theme: Theme) -> None:
        """Take another theme."""
        self.theme = self.middle.theme = theme
        for part in (self.masthead, self.status, self.pages, self.notes, self.outline, self.searches):
            part.restyle(theme)
        if self.table:
            self.table.restyle(theme)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give what lies behind the parts."""
        return blank_rows(crop, self.theme)

    # Events

    def on_resize(self) -> None:
        """Divide the screen anew; every view keeps its place."""
        if self.location.page == "help":  # its columns depend on the width
            self.session.forget_pages("")
            self.view.show(self.session.page(self.location), Spot())
        self.divide(*self.app.size)
        self.call_after_refresh(self.tell)

    def on_key(self, event: events.Key) -> None:
        """Give a key to what awaits it, or run its command."""
        if self.searches.is_typing or self.fetching.holds(event):
            return
        if self.find_bar.has_focus_within:
            self.find_bar.catch_up(event)
            return
        self.say("")
        if self.awaited is not None:
            awaited, self.awaited = self.awaited, None
            event.stop()
            if event.key != "escape":
                awaited(self, event.character or "")
            return
        if command := self.app.command_for(event):
            event.stop()
            event.prevent_default()
            self.app.run_command(command)

    def on_page_view_followed(self, message: PageView.Followed) -> None:
        """Follow a link that was clicked in any of the views."""
        self.follow(message.target)

    def on_page_view_moved(self, message: PageView.Moved) -> None:
        """Follow the page when the mouse moved it."""
        if message.view is self.view:
            self.tell()

    def on_chrome_clicked(self, message: Chrome.Clicked) -> None:
        """Follow what was clicked in the masthead or the status line."""
        self.follow(message.target)

    def on_find_bar_changed(self, message: FindBar.Changed) -> None:
        """Find the words as they are typed."""
        self.searches.here.look_for(message.words)

    async def on_find_bar_closed(self, message: FindBar.Closed) -> None:
        """Stay at what was found, or return to where the search began."""
        await self.find_bar.close()
        if message.accepted:
            self.searches.here.settle()
        else:
            self.searches.here.give_up()
