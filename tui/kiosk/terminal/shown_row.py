"""A row of a terminal, as far as it is known."""

from collections.abc import Callable, Mapping

from textual.strip import Strip

from tui.kiosk.terminal.cells import Cells


class ShownRow:
    """The known parts of a row, by their first cells."""

    __slots__ = ("cells", "strips", "width")

    def __init__(self) -> None:
        """Begin without parts."""
        self.strips: dict[int, Strip] = {}
        """What was painted."""
        self.cells: dict[int, Cells] = {}
        """The same as cells."""
        self.width = 0
        """The number of known cells."""

    def put(self, start: int, strip: Strip, cells: Cells) -> None:
        """Replace a part by one of the same width, or add it."""
        if start not in self.cells:
            self.width += len(cells.texts)
        self.strips[start] = strip
        self.cells[start] = cells

    def clear(self, parts: Mapping[int, Strip], cells_of: Callable[[Strip], Cells]) -> None:
        """Drop covered parts, save those of equal bounds.

        Args:
            parts: the other parts.
            cells_of: returns the cells of a strip.
        """
        bounds = [(start, start + len(cells_of(strip).texts)) for start, strip in parts.items()]
        for start, cells in list(self.cells.items()):
            end = start + len(cells.texts)
            if (start, end) not in bounds and any(first < end and start < behind for first, behind in bounds):
                self.width -= len(cells.texts)
                del self.cells[start], self.strips[start]
