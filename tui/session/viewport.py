"""Where in a page one stands: which block is current, which row is topmost, and how moves change that.

Heights are asked for block by block, of a huge block part by part, and only near the view, so that a page of 20,000
blocks moves like one of 20, and a block of a million lines like one of ten.
"""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from tui.render.page import Page, fixed

PART_ROWS: Final = 1 << 20
"""Rows of a block count on from here in its second part, from twice as many in its third: no part has so many."""
_FAR: Final = 1 << 30

Row = tuple[int, int]
"""A block and one of its rows."""


class Spot(NamedTuple):
    """A position in a page."""

    place: int = 0
    """The current block."""
    top: int = 0
    """The topmost block."""
    row: int = 0
    """Which of that block's rows, empty ones before it included, is topmost; see `PART_ROWS`."""


class Viewport:
    """A window of some rows on a page."""

    def __init__(
        self,
        rows_of: Callable[[int, int], int],
        space_before: Callable[[int], int],
        parts_of: Callable[[int], int] = lambda _place: 1,
        stops_at: Callable[[int], bool] = lambda _place: True,
    ) -> None:
        """Make a window on an empty page.

        Args:
            rows_of: gives the rows of a part of a block, empty ones before it included.
            space_before: gives how many of these are the empty ones.
            parts_of: counts the parts of a block.
            stops_at: whether a step may end at a block: whether it leads anywhere.
        """
        self.page: Page = fixed("", [])
        self.spot = Spot()
        self.room = 0
        """Rows of the window."""
        self._rows_of = rows_of
        self._space_before = space_before
        self._parts_of = parts_of
        self._stops_at = stops_at

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
            # In the midst of a block that is taller than the window one stays there.
            if self.spot.top != self.spot.place or self._height(self.spot.place) <= self.room:
                self._bring_in(self.spot.place)

    def select(self, place: int) -> None:
        """Make a block current and bring it into view."""
        if len(self.page):
            place = max(0, min(place, len(self.page) - 1))
            self.spot = Spot(place, self.spot.top, self.spot.row)
            self._bring_in(place)

    def step(self, direction: int) -> None:
        """Go to the next or previous block that leads anywhere, or scroll on to it; a tall one is first read to its end."""
        if not len(self.page):
            return
        place, room = self.spot.place, self.room
        below = self._distance(self._top, self._end(place), 2 * room)
        if direction > 0 and below > room and self._height(place) > room:
            self.scroll(max(1, min(room - 2, below - room)), keep_current=True)
        elif direction < 0 and (place, 0) < self._top and self.spot.top == place:
            self.scroll(-max(1, min(room - 2, self._distance((place, 0), self._top, room))), keep_current=True)
        elif (stop := self._next_stop(direction)) is not None:
            self.select(stop)
        else:
            self.scroll(direction * max(1, room - 2))

    def _next_stop(self, direction: int) -> int | None:
        """Find the block at which a step ends; None where nothing leads on so near that all text before it is seen."""
        place, near = self.spot.place + direction, True
        while 0 <= place < len(self.page) and (near or self._is_in_reach(place, direction)):
            if self._stops_at(place):
                return place
            place, near = place + direction, False
        return None

    def _is_in_reach(self, place: int, direction: int) -> bool:
        """Whether a window that begins or ends with a block still overlaps this one."""
        reach = max(1, self.room - 2)
        if direction > 0:
            return self._distance(self._top, (place, 0), 2 * self.room) <= self.room + reach - self._height(place)
        return self._distance((place, 0), self._top, self.room) <= reach

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
        if not 0 <= self._distance(self._top, (place, row), self.room) < self.room:
            top = self._walk(place, row, -(self.room // 2))
            self.spot = Spot(place, *self._not_past_end(*top))

    def visible(self) -> Iterator[Row]:
        """Give, row by row of the window as far as the page goes, the block and which of its rows it is."""
        place, left = self.spot.top, self.room
        part, row = divmod(self.spot.row, PART_ROWS)
        while left > 0 and place < len(self.page):
            for number in range(row, min(self._rows_of(place, part), row + left)):
                yield place, part * PART_ROWS + number
                left -= 1
            part, row = part + 1, 0
            if part >= self._parts_of(place):
                place, part = place + 1, 0

    def at(self, window_row: int) -> tuple[int, int] | None:
        """Return the block and its row that stand in a row of the window; None behind the page's end."""
        return next((found for number, found in enumerate(self.visible()) if number == window_row), None)

    def window_row(self, place: int, row: int) -> int:
        """Return the row of the window in which a row of a block stands; the nearest where it is not seen."""
        return max(0, min(self._distance(self._top, (place, row), self.room), self.room - 1))

    @property
    def part_here(self) -> Row:
        """The current block, and which of its parts is topmost; the first where the window begins above it."""
        return self.spot.place, self.spot.row // PART_ROWS if self.spot.top == self.spot.place else 0

    def parts_from(self, place: int, part: int, direction: int) -> Iterator[Row]:
        """Give parts of blocks, one after another down or up from one of them, to the end of the page."""
        while 0 <= place < len(self.page):
            yield place, part
            part += direction
            if not 0 <= part < self._parts_of(place):
                place += direction
                part = self._parts_of(place) - 1 if direction < 0 <= place else 0

    @property
    def at_start(self) -> bool:
        """Whether the page's first row is in view."""
        return (self.spot.top, self.spot.row) == (0, 0)

    @property
    def _top(self) -> Row:
        return self.spot.top, self.spot.row

    def _walk(self, place: int, row: int, rows: int) -> Row:
        """Go some rows down or up from a row; stops at either end of the page."""
        if not len(self.page):
            return 0, 0
        part, row = divmod(row, PART_ROWS)
        part = min(part, self._parts_of(place) - 1)  # a page that is another now may have fewer
        row += rows
        while row < 0 and (place or part):
            place, part = (place, part - 1) if part else (place - 1, self._parts_of(place - 1) - 1)
            row += self._rows_of(place, part)
        while row >= (height := self._rows_of(place, part)):
            if part + 1 < self._parts_of(place):
                part += 1
            elif place < len(self.page) - 1:
                place, part = place + 1, 0
            else:
                break
            row -= height
        return place, part * PART_ROWS + max(0, row)

    def _distance(self, start: Row, end: Row, most: int = _FAR) -> int:
        """Count the rows from one to another, as far as is asked for; below 0 where the other is above."""
        if end < start:
            return -1
        (place, row), (last, last_row) = start, end
        part, row = divmod(row, PART_ROWS)
        last_part, last_row = divmod(last_row, PART_ROWS)
        rows = -row
        while (place, part) != (last, last_part) and rows <= most:
            rows += self._rows_of(place, part)
            part += 1
            if part >= self._parts_of(place):
                place, part = place + 1, 0
        return rows + last_row

    def _end(self, place: int) -> Row:
        """Return the row behind the last of a block, without going through it."""
        part = self._parts_of(place) - 1
        return place, part * PART_ROWS + self._rows_of(place, part)

    def _height(self, place: int) -> int:
        """Count a block's rows, as far as they matter: one more than the window has is enough."""
        return self._distance((place, 0), self._end(place), self.room)

    def _not_past_end(self, top: int, row: int) -> Row:
        """Keep the page's last row from rising above the bottom of the window."""
        if not len(self.page):
            return 0, 0
        last = len(self.page) - 1
        return min((top, row), self._walk(*self._end(last), -self.room))

    def _bring_in(self, place: int) -> None:
        above, rows = self._distance(self._top, (place, 0), self.room), self._height(place)
        if above < 0 or rows >= self.room:
            spot = (place, 0)
        elif above + rows > self.room:
            spot = self._walk(*self._end(place), -self.room)
        else:
            return
        self.spot = Spot(place, *self._not_past_end(*spot))

    def _keep_current_in_view(self) -> None:
        place, top, row = self.spot.place, self.spot.top, self.spot.row
        if place < top:
            # The first whose beginning is seen, where there is one.
            cut = row > self._space_before(top) and top < len(self.page) - 1
            self.spot = Spot(top + cut, top, row)
        elif self._distance(self._top, (place, 0), self.room) >= self.room:
            self.spot = Spot(self._walk(top, row, self.room - 1)[0], top, row)
        if self.spot.place != place and not self._stops_at(self.spot.place):
            self.spot = self.spot._replace(place=self._stop_in_view())

    def _stop_in_view(self) -> int:
        """Find the first block in view that leads anywhere; the current one where none does."""
        place = self.spot.top + (self.spot.row > self._space_before(self.spot.top))
        while place < len(self.page) and self._distance(self._top, (place, 0), self.room) < self.room:
            if self._stops_at(place):
                return place
            place += 1
        return self.spot.place
