"""The search for moved rows, which the terminal can scroll by itself."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from textual.strip import Strip

from tui.kiosk.terminal.shown_row import ShownRow

_LEAST: Final = 160
"""Cells that have to be saved; the scrolling itself takes some 40 bytes."""
_NOTHING: Final[Mapping[int, Strip]] = {}


class Scroll(NamedTuple):
    """Rows that move together."""

    top: int
    """The first row of the region."""
    end: int
    """The row behind the region."""
    up: int
    """The rows by which the region moves up; negative for down."""

    @property
    def text(self) -> str:
        """The text that scrolls the region. Rows that come in are unknown then."""
        edge, step = (self.end, "\n" * self.up) if self.up > 0 else (self.top + 1, "\x1bM" * -self.up)
        return f"\x1b[{self.top + 1};{self.end}r\x1b[{edge};1H{step}\x1b[r"

    def source(self, row: int) -> int | None:
        """Return the former place of a row of the region. None where it comes in."""
        return row + self.up if self.top <= row + self.up < self.end else None


def found(before: Mapping[int, ShownRow], after: Mapping[int, dict[int, Strip]]) -> Scroll | None:
    """Return the scrolling that saves the most. None where nothing is saved.

    Args:
        before: all rows that the terminal shows.
        after: the changed rows of the frame.
    """
    # Views keep the strips of their rows, so that a moved row is the same object.
    were = {id(strip): row for row, shown in before.items() for strip in shown.strips.values()}
    moved: dict[int, list[int]] = {}
    for row, parts in after.items():
        for strip in parts.values():
            was = were.get(id(strip), row)
            if was != row:
                moved.setdefault(was - row, []).append(row)
    if not moved:
        return None
    up, rows = max(moved.items(), key=lambda pair: len(pair[1]))
    scroll = Scroll(min(rows) + min(0, up), max(rows) + max(0, up) + 1, up)
    return scroll if _saved(scroll, before, after) >= _LEAST else None


def _saved(scroll: Scroll, before: Mapping[int, ShownRow], after: Mapping[int, dict[int, Strip]]) -> int:
    """Return the number of saved cells. Negative where a row is not wholly known, or has other parts."""
    top, end, up = scroll
    saved, width = 0, before[top].width if top in before else 0
    for row in range(top, end):
        shown = before.get(row)
        if shown is None or shown.width != width:
            return -1
        strips = shown.strips
        moved = before[row + up].strips if top <= row + up < end and row + up in before else _NOTHING
        target = after.get(row, strips)
        for start, strip in (target if len(target) == len(strips) else strips | target).items():
            cells = shown.cells.get(start)
            if cells is None or strip.cell_length != len(cells.texts):
                return -1
            # What has to be written with and without scrolling saves nothing.
            if (is_moved := moved.get(start) is strip) is not (strips[start] is strip):
                saved += len(cells.texts) if is_moved else -len(cells.texts)
    return saved
