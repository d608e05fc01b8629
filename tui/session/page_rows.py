"""The rows of a page, counted only as far as needed."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from tui.render.page import Page

PART_ROWS: Final = 1 << 20
"""The first row number of a block's second part; the third begins at twice this. No part has so many rows."""
_FAR: Final = 1 << 30

Row = tuple[int, int]
"""The index of a block, and one of its rows."""
Extent = tuple[int, int]
"""The rows of a part of a block, its leading empty rows included, and the number of the block's parts."""


class Run(NamedTuple):
    """Rows of a part of a block."""

    block: int
    """The index of the block."""
    part: int
    first: int
    """The first row, counted within the part."""
    rows: int
    """The number of rows."""


class PageRows:
    """Counts rows of a page's blocks."""

    def __init__(self, page: Page, measure: Callable[[int, int], Extent]) -> None:
        """Prepare for a page. `measure` returns the extent of a part of a block."""
        self.page = page
        self.measure = measure

    def parts_from(self, index: int, part: int, direction: int) -> Iterator[Row]:
        """Yield the parts of blocks, down or up from a part."""
        while 0 <= index < len(self.page):
            yield index, part
            part += direction
            if not 0 <= part < self.measure(index, 0)[1]:
                index += direction
                part = self.measure(index, 0)[1] - 1 if direction < 0 <= index else 0

    def walk(self, index: int, row: int, rows: int) -> Row:
        """Return the row some rows below or above. Either end stops."""
        if not len(self.page):
            return 0, 0
        part, row = divmod(row, PART_ROWS)
        if part:  # a new edition of the page may have fewer
            part = min(part, self.measure(index, 0)[1] - 1)
        row += rows
        while row < 0 and (index or part):
            if part:
                part -= 1
                row += self.measure(index, part)[0]
            else:
                index -= 1
                part, height = self._last_part(index)
                row += height
        while row >= 0:
            height, parts = self.measure(index, part)
            if row < height or (part + 1 == parts and index == len(self.page) - 1):
                break
            index, part = (index, part + 1) if part + 1 < parts else (index + 1, 0)
            row -= height
        return index, part * PART_ROWS + max(0, row)

    def runs(self, index: int, row: int, room: int) -> Iterator[Run]:
        """Yield the rows of a window, part by part."""
        part, row = divmod(row, PART_ROWS)
        while room > 0 and index < len(self.page):
            height, parts = self.measure(index, part)
            rows = min(height - row, room)
            if rows > 0:
                yield Run(index, part, row, rows)
                room -= rows
            row = 0
            index, part = (index, part + 1) if part + 1 < parts else (index + 1, 0)

    def distance(self, start: Row, end: Row, most: int = _FAR) -> int:
        """Count the rows from a row to another, up to a limit.

        The result is -1 for a row above the first one, and exact only up to `most`.
        """
        if end < start:
            return -1
        (index, row), (last, last_row) = start, end
        part, row = divmod(row, PART_ROWS)
        last_part, last_row = divmod(last_row, PART_ROWS)
        rows = -row
        while (index, part) != (last, last_part) and rows <= most:
            height, parts = self.measure(index, part)
            rows += height
            index, part = (index, part + 1) if part + 1 < parts else (index + 1, 0)
        return rows + last_row

    def _last_part(self, index: int) -> tuple[int, int]:
        """Return the last part of a block, and its rows."""
        rows, parts = self.measure(index, 0)
        return (0, rows) if parts == 1 else (parts - 1, self.measure(index, parts - 1)[0])

    def end(self, index: int) -> Row:
        """Return the row after a block's last one, without counting all rows."""
        part, rows = self._last_part(index)
        return index, part * PART_ROWS + rows

    def height(self, index: int, most: int) -> int:
        """Count a block's rows, or just more than the window has."""
        return self.distance((index, 0), self.end(index), most)
