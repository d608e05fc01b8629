"""The parts of the reader's screen, arranged for the current location."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from tui.library.records import Entity, Entry, Source
from tui.library.volume import Volume
from tui.reader.guarded_app import GuardedApp
from tui.reader.textual_internals import SizedScreen
from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Middle, blank_rows
from tui.reader.widgets.find_bar import FindBar
from tui.reader.widgets.masthead import Masthead
from tui.reader.widgets.notes_pane import NotesPane
from tui.reader.widgets.page_view import PageView
from tui.reader.widgets.status_line import Hint, StatusLine
from tui.reader.widgets.typesetter import Typesetter
from tui.render.page import MEASURE, Page
from tui.session.arrangement import arrange
from tui.session.masthead import masthead_of
from tui.session.outline import outline_page
from tui.session.own_pages import Hinted
from tui.session.session import Session
from tui.session.viewport import Spot
from tui.state.records import Location

if TYPE_CHECKING:
    from tui.reader.widgets.chooser import Chooser, Offer
    from tui.session.goals import Goal


class Companion:
    """A feature that follows the screen, such as searches. Each method does nothing here."""

    @property
    def is_open(self) -> bool:
        """Whether the screen shows a page of the feature."""
        return False

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys of the feature; empty where the screen's own keys count."""
        return ()

    def mark(self) -> None:
        """Mark matches on the page."""

    def arrive(self, location: Location) -> None:
        """Show the feature's part of a location."""

    def divide(self) -> None:
        """Take the rows of the screen that the feature needs."""

    def moved(self) -> None:
        """Follow a move of the reader on the page."""

    def leads(self, kind: str) -> bool:
        """Whether a link of a kind is the feature's."""
        return False

    def follow(self, kind: str, rest: str) -> bool:
        """Follow a link, if it is the feature's; return whether it is."""
        return False

    def position(self, index: int) -> str:
        """Return the position of a block on a page of the feature."""
        return ""

    def restyle(self, theme: Theme) -> None:
        """Take another theme."""


class LayoutScreen(SizedScreen, inherit_bindings=False):
    """Shows one location."""

    app: GuardedApp
    DEFAULT_CSS = (
        "LayoutScreen { layout: vertical; layers: default over; } #middle { height: 1fr; } #outline { width: 34; }"
    )

    class StateChanged(Message):
        """The reader's state is to be saved."""

    def __init__(self, session: Session, start: Location, theme: Theme) -> None:
        """Create the screen; it opens at a location."""
        super().__init__()
        self.session = session
        self.location = start
        self.theme = theme
        self.volume: Volume | None = None
        """The edition on the screen; None on a page of no briefing."""
        self.wants_outline = True
        self.typesetter = typesetter = session.shared.kept(Typesetter)
        self.masthead = Masthead(theme)
        self.pages = PageView(typesetter, theme, name="page")
        self.table: PageView | None = None
        """Shows the matrix; created when it is first opened."""
        self.view = self.pages
        self.notes = NotesPane(typesetter, theme)
        self.outline = PageView(typesetter, theme, name="outline", centred=False, leads=True)
        self.status = StatusLine(theme)
        self.hinted: dict[str, Hinted] = {}
        """The footer's commands by the view of the evidence; empty for other pages."""
        self.find_bar = FindBar(theme)
        self.middle = Middle(theme)
        self.companion = Companion()
        self.chooser: Chooser | None = None
        """The list over the page; created when it is first opened."""

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield self.masthead
        with self.middle:
            yield self.outline
            yield self.pages
            yield self.notes
        yield self.status
        yield self.find_bar

    # The location

    @property
    def here(self) -> Location:
        """The current location, with the current and the topmost block."""
        page, spot = self.view.page, self.view.spot
        if not len(page):
            return self.location
        return self.location._replace(block=page.ids[spot.current], top=page.ids[spot.top], row=spot.row)

    @property
    def item(self) -> Entry | Source | Entity | None:
        """The entry, source or entity of the current block."""
        return self.session.item(self.here)

    @property
    def standing(self) -> Offset:
        """The cell of the current block, or of its focused link."""
        if self.chooser and self.chooser.is_open:
            return self.chooser.standing
        return self.view.region.offset + self.view.standing

    @property
    def zoomed(self) -> bool:
        """Whether the page stands alone, in one column. The reader's choice is kept."""
        return bool(self.session.state.setting("zoom"))

    def save_soon(self) -> None:
        """Request a save of the reader's state, if the state is kept."""
        if self.session.state.is_kept:
            self.post_message(self.StateChanged())

    # Parts

    def seat(self, page: Page) -> None:
        """Choose the view for a page: the table for the matrix."""
        if page.grid and self.table is None:
            from tui.reader.widgets.grid_view import GridView

            self.table = GridView(self.typesetter, self.theme)
            # Its size comes with the next layout; nothing here has to wait for it.
            self.call_later(self.query_one("#middle").mount, self.table, after=self.pages)
        view = self.table if page.grid and self.table else self.pages
        if view is not self.view:
            self.view.display, view.display = False, True
            self.view = view

    def choose(self, offer: "Offer") -> None:
        """Open the list over the page. The footer has its keys as long."""
        from tui.reader.widgets.chooser import Chooser

        if self.chooser is None:
            self.chooser = Chooser(self.theme)
            _mounted = self.mount(self.chooser)
        chooser, hints = self.chooser, self.status.hints
        chooser.close()
        chooser.open(offer, lambda: self.status.show_keys(lambda: hints))
        self.status.show_keys(lambda: chooser.hints)
        self.divide(self.size.width, self.size.height)

    def look_again(self, found: "Callable[[str], Sequence[Goal]]") -> None:
        """Show the present goals of a function, if its list is open."""
        if self.chooser:
            self.chooser.look_again(found)

    def divide(self, width: int, height: int) -> None:
        """Divide the screen among its parts."""
        parts = arrange(
            width,
            height,
            peeking=bool(self.notes.opened),
            outline=self.wants_outline,
            zoomed=self.zoomed,
            wide=self.view.page.measure > MEASURE,
            table=self.view is self.table,
        )
        self.companion.divide()
        self.masthead.styles.height = 0 if self.companion.is_open else parts.masthead
        self.status.stand(parts.status)
        self.status.let_hints(show=parts.hints)
        if self.chooser:
            above = 0 if self.companion.is_open else parts.masthead
            self.chooser.stand(above, height - above - parts.status)
        self.outline.display = parts.outline > 0 and self.session.volume(self.location.briefing) is not None
        self.notes.stand(parts, has_any=self.session.has_notes(self.location) or bool(self.notes.opened))

    def tell(self) -> None:
        """Update the other parts for the current block."""
        location = self.here
        self.volume = volume = self.session.volume(location.briefing)
        self.masthead.tell(*masthead_of(self.session, volume, location, self.view.page.title))
        self.tell_position()
        opened = self.notes.opened
        has_notes = self.session.has_notes(location) or bool(
            opened
        )  # an entry's own page has them only while one is open
        self.notes.tell(volume, (self.view.holder or self.item) if has_notes else None)
        if opened and not self.notes.opened:  # the current block has no footnotes
            self.divide(self.size.width, self.size.height)
        if self.outline.display and volume:
            page, current = outline_page(self.session, volume, location)
            self.outline.show(page, Spot(current, self.outline.spot.top, 0))

    def tell_position(self) -> None:
        """Show the number of the current entry."""
        number, whole = self.view.page.counter(self.view.spot.current)
        position = f"{number:,}/{whole:,}" if number and whole > 1 else ""
        if self.companion.is_open:
            position = self.companion.position(self.view.spot.current)
        self.status.tell(position)

    def say(self, message: str, *, warns: bool = False, passing: bool = False) -> None:
        """Show a message in the status line until a key or click.

        A passing message is not kept in the list of messages.
        """
        self.status.say(message, warns=warns, passing=passing)
        if self.find_bar.is_typing:
            self.find_bar.answer(message, warns=warns)

    def say_progress(self, message: str) -> None:
        """Show the progress of some work, or nothing at its end. It replaces no other message."""
        if self.status.shows_progress or not self.status.message:
            self.say(message, passing=True)
            self.status.shows_progress = True

    def restyle(self, theme: Theme) -> None:
        """Take another theme."""
        self.theme = self.middle.theme = theme
        for part in (self.masthead, self.status, self.pages, self.notes, self.outline, self.find_bar, self.companion):
            part.restyle(theme)
        for made in (self.table, self.chooser):
            if made:
                made.restyle(theme)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the blank rows behind the parts."""
        return blank_rows(crop, self.theme)
