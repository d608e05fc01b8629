"""The searches of one screen, each made when it is first wanted: a start knows nothing of them."""

from pathlib import Path
from typing import TYPE_CHECKING

from tui.reader.layout_screen import Companion
from tui.reader.themes import Theme
from tui.session.search.locations import query_of
from tui.state.records import Location

if TYPE_CHECKING:
    from tui.reader.screen import ReaderScreen
    from tui.reader.search.room import SearchRoom
    from tui.reader.searching import Search


class Searches(Companion):
    """Holds what finds in a briefing and what searches everything, and tells those that are there what happens."""

    def __init__(self, screen: "ReaderScreen") -> None:
        """Have neither yet."""
        self._screen = screen
        self._here: Search | None = None
        self._room: SearchRoom | None = None

    @property
    def here(self) -> "Search":
        """What finds in the briefing that is shown."""
        if self._here is None:
            from tui.reader.searching import Search

            self._here = Search(self._screen)
        return self._here

    @property
    def room(self) -> "SearchRoom":
        """What searches everything, with its place at the top of the screen."""
        if self._room is None:
            from tui.reader.search.room import SearchRoom

            self._room = SearchRoom(self._screen, self._screen.theme)
            _mounted = self._screen.mount(self._room, after=self._screen.masthead)
        return self._room

    @property
    def is_open(self) -> bool:
        """Whether the screen shows the search over everything."""
        return query_of(self._screen.location) is not None

    @property
    def is_typing(self) -> bool:
        """Whether the reader types in the box of the search over everything."""
        return self._room is not None and self._room.box.is_typing

    def mark(self) -> None:
        """Mark on the page what was found."""
        if self._here:
            self._here.mark()

    def arrive(self, location: Location) -> None:
        """Show at a place what belongs there."""
        if self._room or self.is_open:
            self.room.arrive(location)

    def divide(self) -> None:
        """Give the search over everything the rows that it needs, or none."""
        if self._room or self.is_open:
            self.room.divide()

    def moved(self) -> None:
        """Let the list go on where the reader comes to its end."""
        if self._room:
            self._room.moved()

    def follow(self, kind: str, rest: str) -> bool:
        """Follow a link of the search's pages; tell whether it was one."""
        return self._room is not None and self._room.follow(kind, rest)

    def position(self, index: int) -> str:
        """Return the position of a hit in the list."""
        return self.room.listed.position(index)

    def clear(self) -> bool:
        """Mark nothing any more; tell whether anything was marked."""
        return self._here is not None and self._here.give_over()

    def restyle(self, theme: Theme) -> None:
        """Take another theme."""
        if self._room:
            self._room.box.below.restyle(theme)

    def library_changed(self, *only: Path) -> None:
        """Bring what is searched up to date, if it was ever searched: all of it, or these briefings' files alone."""
        if self._room:
            self._room.library_changed(only or None)
