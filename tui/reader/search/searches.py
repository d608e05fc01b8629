"""Both searches of a screen, each imported and created at first use."""

from pathlib import Path
from typing import TYPE_CHECKING

from tui.reader.layout_screen import Companion
from tui.reader.page_screen import PageScreen
from tui.reader.themes import Theme
from tui.reader.widgets.query_line import QueryLine
from tui.reader.widgets.status_line import Hint
from tui.session.search.locations import query_of
from tui.state.records import Location

if TYPE_CHECKING:
    from tui.reader.search.find import Find
    from tui.reader.search.search_pane import SearchPane


class Searches(Companion):
    """Finding in a briefing, and the search of the library."""

    def __init__(self, screen: PageScreen) -> None:
        """Prepare both."""
        self._screen = screen
        self._find: Find | None = None
        self._pane: SearchPane | None = None

    @property
    def find(self) -> "Find":
        """Finding in the briefing on the screen."""
        if self._find is None:
            from tui.reader.search.find import Find

            self._find = Find(self._screen)
        return self._find

    @property
    def pane(self) -> "SearchPane":
        """The search of the library, at the top of the screen."""
        if self._pane is None:
            from tui.reader.search.search_pane import SearchPane

            self._pane = SearchPane(self._screen, self.find)
            _mounted = self._screen.mount(self._pane, after=self._screen.masthead)
        return self._pane

    @property
    def is_open(self) -> bool:
        """Whether the screen shows the search of the library."""
        return query_of(self._screen.location) is not None

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys of the search, while it is open."""
        return self.pane.hints if self.is_open else ()

    @property
    def typing_line(self) -> QueryLine | None:
        """The line in which the reader types; None where keys are commands."""
        lines = (self._screen.find_bar, *((self._pane.line,) if self._pane else ()))
        return next((line for line in lines if line.is_typing), None)

    @property
    def target(self) -> str:
        """The target of the current match, in a row of several commands."""
        view = self._screen.view
        return self._find.finding.target_on(view.page, view.spot.current) if self._find else ""

    def mark(self) -> None:
        """Mark matches on the page."""
        if self._find:
            self._find.mark()

    def arrive(self, location: Location) -> None:
        """Show the query of a location."""
        if self._pane or self.is_open:
            self.pane.arrive(location)

    def divide(self) -> None:
        """Take the rows of the screen that the search needs."""
        if self._pane or self.is_open:
            self.pane.divide()

    def moved(self) -> None:
        """Fetch the next hits at the end of the list."""
        if self._pane:
            self._pane.moved()

    def leads(self, kind: str) -> bool:
        """Whether a link of a kind belongs to the search's pages."""
        return self._pane is not None and kind in self._pane.links

    def follow(self, kind: str, rest: str) -> bool:
        """Follow a link of the search's pages. Return whether the link is one."""
        return self._pane is not None and self._pane.follow(kind, rest)

    def position(self, index: int) -> str:
        """Return the position of a hit in the list."""
        return self.pane.results.position(index)

    def clear(self) -> bool:
        """Remove the marks; return whether there were any."""
        return self._find is not None and self._find.give_over()

    def restyle(self, theme: Theme) -> None:
        """Take another theme."""
        if self._pane:
            self._pane.below.restyle(theme)

    def library_changed(self, *only: Path) -> None:
        """Update the index for all or some files, after any search."""
        if self._pane and self._screen.session.search.is_used:
            self._pane.requests.update(only or None)
            if self.is_open:  # without the hits that are gone
                self._screen.show_anew()
