"""A painter of frames, which sends changed cells alone."""

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Final

from textual.strip import Strip

from tui.kiosk.terminal.cell_cache import CellCache
from tui.kiosk.terminal.cells import Cells, CellStyle, Depth, blank
from tui.kiosk.terminal.row_compositor import RowsUpdate
from tui.kiosk.terminal.scrolling import found
from tui.kiosk.terminal.shown_row import ShownRow
from tui.reader.textual_internals import ChopsUpdate, CompositorUpdate, LayoutUpdate

_BLANK: Final = Strip([])
"""The strip of an erased part."""
_NOTHING: Final[dict[int, Strip]] = {}
_FEW: Final = 6
"""Rows of a frame that are not worth a search for moved ones."""


class Painter:
    """Knows the cells on one visitor's terminal, and writes changes."""

    def __init__(self, depth: Depth, cache: CellCache) -> None:
        """Begin with an unknown screen.

        Args:
            depth: the colours of the terminal.
            cache: the cells of rows, for all screens of a process.
        """
        self.depth: Depth = depth
        self._cache = cache
        self._rows: dict[int, ShownRow] = {}
        self._style: CellStyle | None = None

    def forget(self) -> None:
        """Drop the known screen, so that the next frame is whole."""
        self._rows.clear()
        self._style = None

    def paint(self, update: CompositorUpdate, *, is_able: bool = False) -> str:
        """Return the text that brings the terminal to a frame. Empty if nothing changes.

        Args:
            update: the frame.
            is_able: whether the terminal surely scrolls a region, and erases cells in the present background.
        """
        changed = self._unshown(update)
        written = [self._scroll(changed)] if is_able and len(changed) > _FEW else []
        change, style = self._cache.change, self._style
        for start, row, before, cells in self._replaced(changed):
            first, text, style = change(before, cells, style, erases=is_able)
            if text:
                written.append(f"\x1b[{row + 1};{start + first + 1}H{text}")
        self._style = style
        return "".join(written)

    def _replaced(self, changed: Mapping[int, dict[int, Strip]]) -> list[tuple[int, int, Cells | None, Cells]]:
        """Take over the parts of rows. Return each with its place, its former cells and its new ones."""
        replaced: list[tuple[int, int, Cells | None, Cells]] = []
        for row, parts in changed.items():
            shown = self._rows.get(row)
            if shown is None:
                shown = self._rows[row] = ShownRow()
            if parts.keys() != shown.strips.keys():
                shown.clear(parts, self._cells)
            for start, strip in parts.items():
                if shown.strips.get(start) is strip:
                    continue
                cells = self._cells(strip)
                before = shown.cells.get(start)
                if before is not None and len(before.texts) != len(cells.texts):
                    shown.clear(parts, self._cells)
                    before = None
                if before is not cells:
                    replaced.append((start, row, before, cells))
                shown.put(start, strip, cells)
        # Column by column: what stands below each other is mostly of one style.
        replaced.sort(key=itemgetter(0))
        return replaced

    def _unshown(self, update: CompositorUpdate) -> dict[int, dict[int, Strip]]:
        """Return the parts of rows that show not all of them."""
        changed = {}
        for row, parts in _rows_of(update):
            shown = self._rows.get(row)
            strips = shown.strips if shown else _NOTHING
            for start, strip in parts.items():  # no generator: this is asked for every row
                if strips.get(start) is not strip:
                    changed[row] = parts
                    break
        return changed

    def _cells(self, strip: Strip) -> Cells:
        return self._cache.of(strip, self.depth)

    def _scroll(self, changed: dict[int, dict[int, Strip]]) -> str:
        """Return the text that scrolls moved rows. All rows of the region are then to be shown."""
        scroll = found(self._rows, changed)
        if scroll is None:
            return ""
        region = range(scroll.top, scroll.end)
        was = {row: self._rows[row] for row in region}
        written = [scroll.text]
        for row in region:
            parts = changed.get(row, _NOTHING)
            if parts.keys() != was[row].strips.keys():
                changed[row] = was[row].strips | parts
            source = scroll.source(row)
            if source is not None:
                self._rows[row] = was[source]
                continue
            shown = self._rows[row] = ShownRow()
            if self._style is not None:
                written.append(f"\x1b[{row + 1}H\x1b[2K")
                for start, cells in was[row].cells.items():
                    shown.put(start, _BLANK, blank(len(cells.texts), self._style))
        return "".join(written)


def _rows_of(update: CompositorUpdate) -> Iterator[tuple[int, dict[int, Strip]]]:
    """Yield the rows of a frame with their parts by first cells."""
    if isinstance(update, RowsUpdate):
        yield from update.rows.items()
    elif isinstance(update, ChopsUpdate):
        for row, first, last in update.spans:
            parts = zip(update.chop_ends[row], update.chops[row].items(), strict=False)
            yield row, {start: strip for end, (start, strip) in parts if strip and start < last and end > first}
    elif isinstance(update, LayoutUpdate):
        for row, strips in enumerate(update.strips, update.region.y):
            yield row, dict(_placed(strips, update.region.x))


def _placed(strips: Iterable[Strip], start: int) -> Iterator[tuple[int, Strip]]:
    for strip in strips:
        yield start, strip
        start += strip.cell_length
