"""The viewport of a page: current block, topmost row, and moves.

Heights are computed part by part, and only near the window. So a page of 20,000 blocks moves like one of 20.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from tui.render.page import Page, fixed
from tui.session.page_rows import PART_ROWS, Extent, PageRows, Row
from tui.state.records import Location


class Spot(NamedTuple):
    """A position in a page."""

    current: int = 0
    """The index of the current block; `FIRST_STOP` for one that the window chooses."""
    top: int = 0
    """The index of the topmost block."""
    row: int = 0
    """The topmost row of that block, counted from its empty rows before the text; see `PART_ROWS`."""


FIRST_STOP: Final = -1
"""The current block of a page that opens.

It is the first stop in view below a heading, or else the first block.
"""


def carried(before: Page, after: Page, spot: Spot, kept: Location | None = None) -> Spot:
    """Return a spot on another form of a page.

    For a block that is not there, the nearest one before it counts. Blocks that the other form alone has are found by a kept
    location.
    """
    current, top = (place if place < 0 else _place(before, after, place) for place in (spot.current, spot.top))
    is_same = len(before) > 0 and before.ids[spot.top] == after.ids[top]
    spot = Spot(current, top, spot.row if is_same else 0)
    if kept and kept.block and (place := after.index_of(kept.block)) is not None:
        spot = spot._replace(current=place)
    if kept and kept.top and (place := after.index_of(kept.top)) is not None:
        spot = spot._replace(top=place, row=kept.row)
    return spot


def _place(before: Page, after: Page, place: int) -> int:
    names = reversed(before.ids[: place + 1])
    return next((at for name in names if (at := after.index_of(name)) is not None), 0)


class Window:
    """A window of some rows over a page."""

    def __init__(
        self,
        measure: Callable[[int, int], Extent],
        space_before: Callable[[int], int],
        stops_at: Callable[[int], bool] = lambda _index: True,
    ) -> None:
        """Create a window over an empty page.

        Args:
            measure: returns the extent of a part of a block.
            space_before: counts the empty rows before a block.
            stops_at: whether a step may end at a block, because it leads somewhere.
        """
        self.page: Page = fixed("", [])
        self.spot = self._asked = self._settled = Spot()
        self._is_exact = True
        """Whether nothing has moved since the page was shown."""
        self.room = 0
        """The number of rows of the window."""
        self.rows = PageRows(self.page, measure)
        self._space_before = space_before
        self._stops_at = stops_at

    def show(self, page: Page, spot: Spot) -> None:
        """Show a page. A spot beyond its end is moved to the end."""
        last = max(0, len(page) - 1)
        self.page = self.rows.page = page
        self._asked = Spot(min(spot.current, last), min(spot.top, last), spot.row)
        self.spot = self._settled = self._asked._replace(current=max(0, self._asked.current))
        self._is_exact = True
        self.settle()

    @property
    def asked(self) -> Spot:
        """The spot to which the reader has moved, before any adjustment."""
        return self._asked if self.spot == self._settled else self.spot

    def settle(self, rows: Sequence[int] = ()) -> None:
        """Adjust the spot to the window's size.

        Where nothing has moved since, the spot that was asked for counts: a window that grows again shows it again.

        Args:
            rows: rows of the current block that are to be in view, the most important one last.
        """
        if self.room > 0 and len(self.page):
            if self.spot != self._settled:
                self._asked, self._is_exact = self.spot, False
            current, top, row = self._asked
            self.spot = Spot(max(0, current), *self._not_past_end(*self.rows.walk(top, row, 0)))
            if current == FIRST_STOP:
                self.spot = self.spot._replace(current=self._first_stop())
                self._asked = self._asked._replace(current=self.spot.current or FIRST_STOP)
            # A reader who comes back finds the rows as they were. A spot amid a block that is taller than the window stays.
            is_amid = self.spot.top == current and self.rows.height(current, self.room) > self.room
            if not (is_amid or (self._is_exact and self.spot.current in self._blocks_in_view())):
                self._bring_in(self.spot.current)
            for row in rows:
                self._bring_in_row(row)
            self._settled = self.spot

    def _first_stop(self) -> int:
        """Find the first stop in view below a heading; elsewhere 0."""
        if self.spot.top or self.page.block(0).target:
            return 0
        return next(filter(self._stops_at, self._blocks_in_view()), 0)

    def _last_stop(self) -> int:
        """Find the last stop in view, or else return the last block."""
        return next(filter(self._stops_at, self._blocks_in_view()[::-1]), len(self.page) - 1)

    def visible(self) -> Iterator[Row]:
        """Yield block and row for each row of the window."""
        for index, part, first, count in self.rows.runs(self.spot.top, self.spot.row, self.room):
            start = part * PART_ROWS + first
            yield from ((index, row) for row in range(start, start + count))

    def at(self, window_row: int) -> tuple[int, int] | None:
        """Return block and row in a window's row; None beyond the page."""
        return next((found for number, found in enumerate(self.visible()) if number == window_row), None)

    def window_row(self, index: int, row: int) -> int:
        """Return the window's row of a block's row, or the nearest one."""
        return max(0, min(self.rows.distance(self._top, (index, row), self.room), self.room - 1))

    def shows(self, index: int, row: int) -> bool:
        """Whether a row of a block is in view."""
        return 0 <= self.rows.distance(self._top, (index, row), self.room) < self.room

    @property
    def part_here(self) -> Row:
        """The current block, and its topmost part in the window."""
        return self.spot.current, self.spot.row // PART_ROWS if self.spot.top == self.spot.current else 0

    @property
    def at_start(self) -> bool:
        """Whether the page's first row is in view."""
        return (self.spot.top, self.spot.row) == (0, 0)

    @property
    def _top(self) -> Row:
        return self.spot.top, self.spot.row

    def _not_past_end(self, top: int, row: int) -> Row:
        """Keep the page's last row at or below the window's bottom."""
        if not len(self.page):
            return 0, 0
        last = len(self.page) - 1
        return min((top, row), self._above(last))

    def _above(self, index: int) -> Row:
        """Return the topmost row of a window that ends with a block."""
        top, row = self.rows.walk(*self.rows.end(index), -self.room)
        is_cut = self.page.begins_whole and row > self._space_before(top) and top < index
        return (top + 1, 0) if is_cut else (top, row)

    def _bring_in(self, index: int) -> None:
        above, rows = self.rows.distance(self._top, (index, 0), self.room), self.rows.height(index, self.room)
        if above < 0 or rows >= self.room:
            spot = (index, 0)
        elif above + rows > self.room:
            spot = self._above(index)
        else:
            return
        self.spot = Spot(index, *self._not_past_end(*spot))

    def _bring_in_row(self, row: int) -> None:
        """Scroll no farther than a row of the current block needs."""
        index = self.spot.current
        if not self.shows(index, row):
            beyond = 0 if (index, row) < self._top else 1 - self.room
            self.spot = Spot(index, *self._not_past_end(*self.rows.walk(index, row, beyond)))

    def _blocks_in_view(self) -> list[int]:
        """List the blocks with a visible row of text, or the topmost."""
        runs = self.rows.runs(self.spot.top, self.spot.row, self.room)
        shown = [run.block for run in runs if run.part or run.first + run.rows > self._space_before(run.block)]
        return list(dict.fromkeys(shown)) or [self.spot.top]


class Viewport(Window):
    """A window that moves by keys."""

    def select(self, index: int) -> None:
        """Make a block current, and scroll it into view."""
        if len(self.page):
            index = max(0, min(index, len(self.page) - 1))
            self.spot = Spot(index, self.spot.top, self.spot.row)
            self._bring_in(index)

    def step(self, direction: int) -> None:
        """Go or scroll to the next or previous stop.

        A block that is taller than the window is first scrolled to its end.
        """
        if not len(self.page):
            return
        index, room = self.spot.current, self.room
        below = self.rows.distance(self._top, self.rows.end(index), 2 * room)
        if direction > 0 and below > room and self.rows.height(index, self.room) > room:
            self.scroll(max(1, min(room - 2, below - room)), keep_current=True)
        elif direction < 0 and (index, 0) < self._top and self.spot.top == index:
            self.scroll(-max(1, min(room - 2, self.rows.distance((index, 0), self._top, room))), keep_current=True)
        elif (stop := self._next_stop(direction, near=direction < 0 or below <= room)) is not None:
            self.select(stop)
        else:
            self.scroll(direction * max(1, room - 2))

    def can_step(self, direction: int) -> bool:
        """Whether a step leads anywhere."""
        before, stop = self.spot, self.spot.current + direction
        if 0 <= stop < len(self.page) and self.shows(stop, 0) and self._stops_at(stop):
            return True
        self.step(direction)
        after, self.spot = self.spot, before
        return after != before

    def _next_stop(self, direction: int, *, near: bool) -> int | None:
        """Find a step's stop, near enough that no text is skipped. `near` says that of the next block."""
        index = self.spot.current + direction
        while 0 <= index < len(self.page) and (near or self._is_in_reach(index, direction)):
            if self._stops_at(index):
                return index
            index, near = index + direction, False
        return None

    def _is_in_reach(self, index: int, direction: int) -> bool:
        """Whether a window at a block's edge would overlap the present window."""
        reach = max(1, self.room - 2)
        if direction > 0:
            rows = reach - self.rows.height(index, self.room)
            return self.rows.distance(self._top, (index, 0), 2 * self.room) <= self.room + rows
        return self.rows.distance((index, 0), self._top, self.room) <= reach

    def begin(self) -> None:
        """Go to the page's first row, and to its first stop."""
        if len(self.page):
            self.spot = Spot()
            self.spot = Spot(self._first_stop())

    def end(self) -> None:
        """Go to the last stop, or to the page's last row.

        A last block that is taller than the window is first shown from its beginning.
        """
        if not len(self.page):
            return
        last = len(self.page) - 1
        if self.spot.current < last and self.rows.height(last, self.room) > self.room:
            self.select(last)
            return
        self.spot = Spot(last, *self._not_past_end(*self.rows.end(last)))
        self.spot = self.spot._replace(current=self._last_stop())

    def turn(self, rows: int) -> None:
        """Scroll by rows. Where the page ends, select the outermost stop."""
        before = self.spot
        self.scroll(rows)
        if (self.spot.top, self.spot.row) == (before.top, before.row) and len(self.page):
            self.spot = self.spot._replace(current=self._last_stop() if rows > 0 else self._first_stop())

    def scroll(self, rows: int, *, keep_current: bool = False) -> None:
        """Scroll by rows. The current block stays current while it is visible."""
        top, row = self.rows.walk(self.spot.top, self.spot.row, rows)
        self.spot = Spot(self.spot.current, *self._not_past_end(top, row))
        if not keep_current:
            self._keep_current_in_view()

    def reveal(self, index: int, row: int) -> None:
        """Make a block current, and scroll one of its rows into view."""
        if index != self.spot.current:
            self.select(index)
        if not self.shows(index, row):
            top = self.rows.walk(index, row, -(self.room // 2))
            self.spot = Spot(index, *self._not_past_end(*top))

    def _keep_current_in_view(self) -> None:
        """Replace a current block out of view by the nearest stop."""
        shown = self._blocks_in_view()
        if self.spot.current in shown:
            return
        # A block whose beginning is visible, if any.
        begun = shown[self.spot.row > self._space_before(self.spot.top) :] or shown
        order = begun if self.spot.current < self.spot.top else begun[::-1]
        self.spot = self.spot._replace(current=next(filter(self._stops_at, order), order[0]))
