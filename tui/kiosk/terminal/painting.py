"""From the frames of the app to what is sent: only the cells that changed, each ink told once."""

from collections.abc import Iterable, Iterator

from textual.strip import Strip

from tui.kiosk.terminal.cells import Cells, Depth, Ink
from tui.kiosk.terminal.compositing import RowsUpdate
from tui.kiosk.terminal.kept_cells import KeptCells
from tui.reader.textual_internals import ChopsUpdate, CompositorUpdate, LayoutUpdate

Shown = tuple[Strip, Cells]
"""A part of a row as it came, and taken apart."""


class Screen:
    """What one visitor's terminal shows, and what must be sent for it to show something else."""

    def __init__(self, depth: Depth, kept: KeptCells) -> None:
        """Know nothing of what it shows.

        Args:
            depth: the colours of the terminal.
            kept: rows taken apart, for all screens of a process.
        """
        self.depth: Depth = depth
        self._kept = kept
        self._rows: dict[int, dict[int, Shown]] = {}
        self._ink: Ink | None = None

    def forget(self) -> None:
        """Take everything for unknown, so that the next frame is sent whole."""
        self._rows.clear()
        self._ink = None

    def paint(self, update: CompositorUpdate) -> str:
        """Give what changes the terminal to a frame; nothing where it shows that already."""
        written: list[str] = []
        for row, strips in _rows_of(update):
            shown = self._rows.setdefault(row, {})
            if strips.keys() != shown.keys():
                self._part(shown, strips)
            for start, strip in strips.items():
                known = shown.get(start)
                if known is not None and known[0] is strip:
                    continue
                cells = self._kept.of(strip, self.depth)
                before = known[1] if known else None
                if before is not None and len(before.texts) != len(cells.texts):
                    self._part(shown, strips)
                    before = None
                if before is not cells:
                    written += self._changed(row, start, before, cells)
                shown[start] = strip, cells
        return "".join(written)

    def _part(self, shown: dict[int, Shown], strips: dict[int, Strip]) -> None:
        """Forget parts of a row that are cut otherwise now, as a layer over them does."""
        parts = {start: len(self._kept.of(strip, self.depth).texts) for start, strip in strips.items()}
        for start, (_, cells) in list(shown.items()):
            width = len(cells.texts)
            if parts.get(start) == width:
                continue
            if any(other < start + width and start < other + length for other, length in parts.items()):
                del shown[start]

    def _changed(self, row: int, start: int, before: Cells | None, cells: Cells) -> Iterator[str]:
        """Write the cells of a stretch that are others than before."""
        pieces, self._ink = self._kept.change(before, cells, self._ink)
        at = -1
        for first, end, text in pieces:
            yield f"\x1b[{first - at}C" if at >= 0 else f"\x1b[{row + 1};{start + first + 1}H"
            yield text
            at = end


def _rows_of(update: CompositorUpdate) -> Iterator[tuple[int, dict[int, Strip]]]:
    """Give each row that a frame tells of, with its parts by their first cells."""
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
