"""Rows taken apart and what changed from one to another, kept for all screens of a process."""

from typing import Final

from textual.strip import Strip

from tui.kiosk.terminal.cells import Cells, Depth, Ink, cells_of
from tui.kiosk.terminal.changes import Piece, changed
from tui.library.lru_cache import LruCache

_KEPT: Final = 2000
"""How many stretches of rows are kept taken apart; about 2 KB each."""
_KEPT_CHANGES: Final = 4000
"""How many changes are kept, a key making some forty; half a KB each."""
Change = tuple[tuple[Piece, ...], Ink | None]
"""What is to be written, and the ink that the terminal has then."""


class CellCache:
    """Cells of strips that come again: visitors share the rows of pages, and most rows of a frame were in the last one."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        # With what it was made of, so that no other object can have its identity meanwhile.
        self._cells: LruCache[tuple[int, Depth], tuple[Strip, Cells]] = LruCache(_KEPT, share=0.75)
        self._changes: LruCache[tuple[int, int, int], tuple[tuple[object, ...], Change]] = LruCache(
            _KEPT_CHANGES, share=0.75
        )

    def of(self, strip: Strip, depth: Depth) -> Cells:
        """Take a strip apart, or give what came of it before."""
        key = (id(strip), depth)
        kept = self._cells.use(key)
        if kept is None:
            kept = (strip, cells_of(strip, depth))
            self._cells.put(key, kept)
        return kept[1]

    def change(self, before: Cells | None, cells: Cells, ink: Ink | None) -> Change:
        """Give what is to be written for a terminal to show some cells in place of others.

        Args:
            before: what it shows; None where that is not known.
            cells: what it is to show, as many of them.
            ink: the ink that it has; None where that is not known.
        """
        key = (id(before), id(cells), id(ink))
        kept = self._changes.use(key)
        if kept is None:
            kept = ((before, cells, ink), changed(before, cells, ink))
            self._changes.put(key, kept)
        return kept[1]
