"""A painter of frames, which sends changed cells alone."""

from collections.abc import Iterable, Iterator

from textual.strip import Strip

from tui.kiosk.terminal.cell_cache import CellCache
from tui.kiosk.terminal.cells import Cells, CellStyle, Depth
from tui.kiosk.terminal.row_compositor import RowsUpdate
from tui.reader.textual_internals import ChopsUpdate, CompositorUpdate, LayoutUpdate

Shown = tuple[Strip, Cells]
"""A part of a row, and its cells."""


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
        self._rows: dict[int, dict[int, Shown]] = {}
        self._style: CellStyle | None = None

    def forget(self) -> None:
        """Drop the known screen, so that the next frame is whole."""
        self._rows.clear()
        self._style = None

    def paint(self, update: CompositorUpdate) -> str:
        """Return the text that brings the terminal to a frame. Empty if nothing changes."""
        written: list[str] = []
        for row, strips in _rows_of(update):
            shown = self._rows.setdefault(row, {})
            if _is_shown(strips, shown):
                continue
            if strips.keys() != shown.keys():
                self._part(shown, strips)
            for start, strip in strips.items():
                known = shown.get(start)
                if known is not None and known[0] is strip:
                    continue
                cells = self._cache.of(strip, self.depth)
                before = known[1] if known else None
                if before is not None and len(before.texts) != len(cells.texts):
                    self._part(shown, strips)
                    before = None
                if before is not cells:
                    written.append(self._changed(row, start, before, cells))
                shown[start] = strip, cells
        return "".join(written)

    def _part(self, shown: dict[int, Shown], strips: dict[int, Strip]) -> None:
        """Drop parts of a row with other bounds than before."""
        parts = {start: len(self._cache.of(strip, self.depth).texts) for start, strip in strips.items()}
        for start, (_, cells) in list(shown.items()):
            width = len(cells.texts)
            if parts.get(start) == width:
                continue
            if any(other < start + width and start < other + length for other, length in parts.items()):
                del shown[start]

    def _changed(self, row: int, start: int, before: Cells | None, cells: Cells) -> str:
        """Return the text of the changed cells of a part."""
        first, text, self._style = self._cache.change(before, cells, self._style)
        return f"\x1b[{row + 1};{start + first + 1}H{text}" if text else ""


def _is_shown(strips: dict[int, Strip], shown: dict[int, Shown]) -> bool:
    """Whether a row shows some parts already."""
    if len(strips) != len(shown):
        return False
    for start, strip in strips.items():  # no generator: this is asked for every row
        known = shown.get(start)
        if known is None or known[0] is not strip:
            return False
    return True


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
