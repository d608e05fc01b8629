"""The division of a table: labels, cells, and fixed head and foot."""

from typing import Final, NamedTuple

_TALL: Final = 16
"""Rows from which there is room for the summary, the ratings below the numbers, and the legend."""
_AIRY: Final = 24
"""Rows from which an empty row parts the body from the foot."""
_LOW: Final = 8
"""Rows below which nothing but the numbers of the columns is left of head and foot."""
_LABEL: Final = (12, 51)
"""The fewest cells of a label, and those of a number with the longest name."""
_WIDEST: Final = 9
"""The most cells of a column, where there is room for all."""
_GUTTER: Final = 3
_EDGE: Final = 2
"""Cells right of the last column, for the scrollbar and the sign that more columns follow."""


class Frame(NamedTuple):
    """A table's size in cells and rows."""

    width: int
    gutter: int
    label: int
    """Cells of the label of a row, the space behind it included."""
    cell: int
    """Cells of a column."""
    columns: int
    """The number of visible columns."""
    above: int
    """Rows of the head."""
    below: int
    """Rows of the foot."""
    rows: int
    """Rows of the body."""

    @property
    def left(self) -> int:
        """Cells before the first column."""
        return self.gutter + self.label

    def column_at(self, x: int) -> int | None:
        """Return the visible column at a cell.

        It is -1 at the label, and None right of the last column.
        """
        if x < self.left:
            return -1
        at = (x - self.left) // self.cell
        return at if at < self.columns else None


def frame(width: int, height: int, *, columns: int, digits: int) -> Frame:
    """Divide a table.

    Args:
        width: cells of the view.
        height: its rows.
        columns: how many columns there are.
        digits: characters of the longest number over a column; cells must hold two glyphs as well.
    """
    gutter = _GUTTER if width > 30 else 1
    cell = max(2, digits) + 1
    room = max(0, width - gutter - _EDGE)
    label = min(_LABEL[1], max(min(_LABEL[0], room // 2), room * 2 // 5))
    shown = max(1, min(columns, (room - label) // cell))
    if shown == columns:  # names come first, then wider columns
        cell = max(cell, min(_WIDEST, (room - max(label, _LABEL[1])) // columns))
    label = max(label, room - shown * cell)
    above, below = (4, 4) if height >= _AIRY else (4, 3) if height >= _TALL else (2, 2) if height >= _LOW else (1, 0)
    above, below = min(above, max(0, height - 1)), min(below, max(0, height - above - 1))
    return Frame(width, gutter, label, cell, shown, above, below, max(0, height - above - below))
