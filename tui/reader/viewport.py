"""Where in a page one stands: which block is current, which row is topmost, and how moves change that.

Heights are asked for block by block and only near the view, so that a page of 20,000 blocks moves like one of 20.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tui.render.page import Page, fixed


class Spot(NamedTuple):
    """A position in a page."""

    place: int = 0
    """The current block."""
    top: int = 0
    """The topmost block."""
    row: int = 0
    """Which of that block's rows, empty ones before it included, is topmost."""


class Viewport:
    """A window of some rows on a page."""

    def __init__(self, rows_of: Callable[[int], int], space_before: Callable[[int], int]) -> None:
        """Make a window on an empty page.

        Args:
            rows_of: gives the rows of a block, empty ones before it included.
            space_before: gives how many of these are the empty ones.
        """
        self.page: Page = fixed("", [])
        self.spot = Spot()
        self.room = 0
        """Rows of the window."""
        self._rows_of = rows_of
        self._space_before = space_before

    def show(self, page: Page, spot: Spot) -> None:
        """Look at a page; what the page does not reach is brought into its bounds."""
        last = max(0, len(page) - 1)
        self.page = page
        self.spot = Spot(min(spot.place, last), min(spot.top, last), spot.row)
        self.settle()

    def settle(self) -> None:
        """Bring the spot into agreement with the window's size."""
        if self.room > 0 and len(self.page):
            self.spot = Spot(self.spot.place, *self._not_past_end(*self._walk(self.spot.top, self.spot.row, 0)))
            self._bring_in(self.spot.place)

    def select(self, place: int) -> None:
        """Make a block current and bring it into view."""
        if len(self.page):
            place = max(0, min(place, len(self.page) - 1))
            self.spot = Spot(place, self.spot.top, self.spot.row)
            self._bring_in(place)

    def step(self, direction: int) -> None:
        """Go to the next or previous block; one that is taller than the window is first read to its end."""
        if not len(self.page):
            return
        above, rows, room = self._rows_above(self.spot.place), self._rows_of(self.spot.place), self.room
        if direction > 0 and above + rows > room and rows > room:
            self.scroll(max(1, min(room - 2, above + rows - room)), keep_current=True)
        elif direction < 0 and above < 0:
            self.scroll(-max(1, min(room - 2, -above)), keep_current=True)
        else:
            self.select(self.spot.place + direction)

    def turn(self, rows: int) -> None:
        """Go some rows down or up; where the page goes no further, to its last or first block."""
        before = self.spot
        self.scroll(rows)
        if (self.spot.top, self.spot.row) == (before.top, before.row):
            self.select(len(self.page) - 1 if rows > 0 else 0)

    def scroll(self, rows: int, *, keep_current: bool = False) -> None:
        """Move the window by rows; the current block stays current as long as any of it can be seen."""
        top, row = self._walk(self.spot.top, self.spot.row, rows)
        self.spot = Spot(self.spot.place, *self._not_past_end(top, row))
        if not keep_current:
            self._keep_current_in_view()

    def reveal(self, place: int, row: int) -> None:
        """Make a block current and bring one of its rows into view, also where the block is taller than the window."""
        self.select(place)
        above = self._rows_above(place)
        if not 0 <= above + row < self.room:
            top = self._walk(place, row, -(self.room // 2))
            self.spot = Spot(place, *self._not_past_end(*top))

    def visible(self) -> Iterator[tuple[int, int]]:
        """Give, row by row of the window as far as the page goes, the block and which of its rows it is."""
        place, row, left = self.spot.top, self.spot.row, self.room
        while left > 0 and place < len(self.page):
            for number in range(row, min(self._rows_of(place), row + left)):
                yield place, number
                left -= 1
            place, row = place + 1, 0

    def at(self, window_row: int) -> tuple[int, int] | None:
        """Give the block and its row that stand in a row of the window; None behind the page's end."""
        return next((found for number, found in enumerate(self.visible()) if number == window_row), None)

    @property
    def at_start(self) -> bool:
        """Whether the page's first row is in view."""
        return (self.spot.top, self.spot.row) == (0, 0)

    def _walk(self, place: int, row: int, rows: int) -> tuple[int, int]:
        """Go some rows down or up from a row; stops at either end of the page."""
        row += rows
        while row < 0 and place > 0:
            place -= 1
            row += self._rows_of(place)
        while place < len(self.page) - 1 and row >= (height := self._rows_of(place)):
            row -= height
            place += 1
        return place, max(0, row)

    def _not_past_end(self, top: int, row: int) -> tuple[int, int]:
        """Keep the page's last row from rising above the bottom of the window."""
        if not len(self.page):
            return 0, 0
        last = len(self.page) - 1
        return min((top, row), self._walk(last, self._rows_of(last), -self.room))

    def _rows_above(self, place: int) -> int:
        """Count the rows from the top of the window to a block's first row; below 0 where it begins above it."""
        if place < self.spot.top:
            return -1
        rows = -self.spot.row
        for between in range(self.spot.top, place):
            rows += self._rows_of(between)
            if rows > self.room:
                break
        return rows

    def _bring_in(self, place: int) -> None:
        above, rows = self._rows_above(place), self._rows_of(place)
        if above < 0 or rows >= self.room:
            spot = (place, 0)
        elif above + rows > self.room:
            spot = self._walk(place, rows, -self.room)
        else:
            return
        self.spot = Spot(place, *self._not_past_end(*spot))

    def _keep_current_in_view(self) -> None:
        place, top, row = self.spot.place, self.spot.top, self.spot.row
        if place < top:
            # The first whose beginning is seen, where there is one.
            cut = row > self._space_before(top) and top < len(self.page) - 1
            self.spot = Spot(top + cut, top, row)
        elif self._rows_above(place) >= self.room:
            self.spot = Spot(self._walk(top, row, self.room - 1)[0], top, row)
