"""A painter of frames, which sends changed cells alone."""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Final

from textual.strip import Strip

from tui.kiosk.terminal.cell_cache import CellCache
from tui.kiosk.terminal.cells import Cells, CellStyle, Depth, blank
from tui.kiosk.terminal.row_compositor import RowsUpdate
from tui.kiosk.terminal.scrolling import Row, found
from tui.reader.textual_internals import ChopsUpdate, CompositorUpdate, LayoutUpdate

_BLANK: Final = Strip([])
"""The strip of an erased part."""
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
        self._rows: dict[int, Row] = {}
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
        changed = {row: self._parts(row, strips) for row, strips in _rows_of(update)}
        changed = {row: parts for row, parts in changed.items() if parts}
        written = [self._scroll(changed)] if is_able and len(changed) > _FEW else []
        pending: list[tuple[int, int, Cells | None, Cells]] = []
        for row, parts in changed.items():
            shown = self._rows.setdefault(row, {})
            if parts.keys() != shown.keys():
                _part(shown, parts)
            for start, part in parts.items():
                known = shown.get(start)
                if known is part:
                    continue
                before = known[1] if known else None
                if before is not None and len(before.texts) != len(part[1].texts):
                    _part(shown, parts)
                    before = None
                if before is not part[1]:
                    pending.append((start, row, before, part[1]))
                shown[start] = part
        # Column by column: what stands below each other is mostly of one style.
        pending.sort(key=itemgetter(0))
        written += (self._changed(row, start, before, cells, is_able=is_able) for start, row, before, cells in pending)
        return "".join(written)

    def _parts(self, row: int, strips: dict[int, Strip]) -> Row:
        """Return the parts of a row with their cells. Nothing where all are shown already."""
        shown = self._rows.get(row, {})
        if _is_shown(strips, shown):
            return {}
        return {
            start: known
            if (known := shown.get(start)) is not None and known[0] is strip
            else (strip, self._cache.of(strip, self.depth))
            for start, strip in strips.items()
        }

    def _scroll(self, changed: dict[int, Row]) -> str:
        """Return the text that scrolls moved rows. All rows of the region are then to be shown."""
        scroll = found(self._rows, changed)
        if scroll is None:
            return ""
        region = range(scroll.top, scroll.end)
        was = {row: self._rows[row] for row in region}
        written = [scroll.text]
        for row in region:
            changed[row] = was[row] | changed.get(row, {})
            source = scroll.source(row)
            if source is not None:
                self._rows[row] = dict(was[source])
            elif self._style is None:
                self._rows[row] = {}
            else:
                written.append(f"\x1b[{row + 1}H\x1b[2K")
                self._rows[row] = {
                    start: (_BLANK, blank(len(cells.texts), self._style)) for start, (_, cells) in changed[row].items()
                }
        return "".join(written)

    def _changed(self, row: int, start: int, before: Cells | None, cells: Cells, *, is_able: bool) -> str:
        """Return the text of the changed cells of a part."""
        first, text, self._style = self._cache.change(before, cells, self._style, erases=is_able)
        return f"\x1b[{row + 1};{start + first + 1}H{text}" if text else ""


def _part(shown: Row, parts: Row) -> None:
    """Drop parts of a row with other bounds than before."""
    for start, (_, cells) in list(shown.items()):
        width = len(cells.texts)
        if start in parts and len(parts[start][1].texts) == width:
            continue
        if any(other < start + width and start < other + len(new.texts) for other, (_, new) in parts.items()):
            del shown[start]


def _is_shown(strips: dict[int, Strip], shown: Row) -> bool:
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
