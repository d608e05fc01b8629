"""A cache of cells and changes, for all screens of a process."""

from typing import Final

from textual.strip import Strip

from tui.kiosk.terminal.cells import Cells, CellStyle, Depth, cells_of
from tui.kiosk.terminal.changes import Change, changed
from tui.library.lru_cache import LruCache

_KEPT: Final = 2000
"""The most cached stretches of rows, of about 2 KB each."""
_KEPT_CHANGES: Final = 4000
"""The most cached changes, of half a KB each. A key makes some forty."""


class CellCache:
    """Cells of strips, which visitors share and frames repeat."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        # Each value holds the objects that it was made of, so that no other object can have the same identity meanwhile.
        self._cells: LruCache[tuple[int, Depth], tuple[Strip, Cells]] = LruCache(_KEPT, share=0.75)
        self._changes: LruCache[tuple[int, int, int, bool], tuple[tuple[object, ...], Change]] = LruCache(
            _KEPT_CHANGES, share=0.75
        )

    def of(self, strip: Strip, depth: Depth) -> Cells:
        """Return the cells of a strip."""
        key = (id(strip), depth)
        kept = self._cells.use(key)
        if kept is None:
            kept = (strip, cells_of(strip, depth))
            self._cells.put(key, kept)
        return kept[1]

    def change(
        self, before: Cells | None, cells: Cells, cell_style: CellStyle | None, *, erases: bool = False
    ) -> Change:
        """Return the text that replaces some cells by others.

        Args:
            before: what it shows; None where that is not known.
            cells: what it is to show, as many of them.
            cell_style: the style that it has; None where that is not known.
            erases: whether the terminal erases cells in the present background.
        """
        key = (id(before), id(cells), id(cell_style), erases)
        kept = self._changes.use(key)
        if kept is None:
            kept = ((before, cells, cell_style), changed(before, cells, cell_style, erases=erases))
            self._changes.put(key, kept)
        return kept[1]
