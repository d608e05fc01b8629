"""Rows taken apart and what changed from one to another, kept for all screens of a process."""

import itertools
from typing import Any, Final

from textual.strip import Strip

from tui.kiosk.terminal.cells import Cells, Depth, Ink, cells_of
from tui.kiosk.terminal.changes import Piece, changed

_KEPT: Final = 2000
"""How many stretches of rows are kept taken apart; about 2 KB each."""
_KEPT_CHANGES: Final = 4000
"""How many changes are kept, a key making some forty; half a KB each."""
Change = tuple[tuple[Piece, ...], Ink | None]
"""What is to be written, and the ink that the terminal has then."""


class KeptCells:
    """Cells of strips that come again: visitors share the rows of pages, and most rows of a frame were in the last one."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        # With what it was made of, so that no other object can have its identity meanwhile.
        self._cells: dict[tuple[int, Depth], tuple[Strip, Cells]] = {}
        self._changes: dict[tuple[int, int, int], tuple[tuple[object, ...], Change]] = {}

    def of(self, strip: Strip, depth: Depth) -> Cells:
        """Take a strip apart, or give what came of it before."""
        key = (id(strip), depth)
        kept = self._cells.get(key)
        if kept is None:
            kept = self._cells[key] = (strip, cells_of(strip, depth))
            _bound(self._cells, _KEPT)
        return kept[1]

    def change(self, before: Cells | None, cells: Cells, ink: Ink | None) -> Change:
        """Give what is to be written for a terminal to show some cells in place of others.

        Args:
            before: what it shows; None where that is not known.
            cells: what it is to show, as many of them.
            ink: the ink that it has; None where that is not known.
        """
        key = (id(before), id(cells), id(ink))
        kept = self._changes.get(key)
        if kept is None:
            kept = self._changes[key] = ((before, cells, ink), changed(before, cells, ink))
            _bound(self._changes, _KEPT_CHANGES)
        return kept[1]


def _bound(kept: dict[Any, Any], most: int) -> None:
    """Forget the oldest quarter where there are too many."""
    if len(kept) > most:
        for oldest in list(itertools.islice(kept, most // 4)):
            del kept[oldest]
