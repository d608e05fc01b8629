"""The search for moved rows, which the terminal can scroll by itself."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from textual.strip import Strip

from tui.kiosk.terminal.cells import Cells

Shown = tuple[Strip, Cells]
"""A part of a row, and its cells."""
Row = dict[int, Shown]
"""The parts of a row, by their first cells."""
_NARROW: Final = 12
"""Cells of a part that proves no move, such as a line or a scroll bar."""
_NOTHING: Final[Row] = {}
_LEAST: Final = 160
"""Cells that have to be saved; the scrolling itself takes some 40 bytes."""


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


def found(before: Mapping[int, Row], after: Mapping[int, Row]) -> Scroll | None:
    """Return the scrolling that saves the most. None where nothing is saved.

    Args:
        before: all rows that the terminal shows.
        after: the changed rows of the frame.
    """
    were: dict[tuple[int, Sequence[str]], int] = {}
    for row, parts in before.items():
        for start, (_, cells) in parts.items():
            if len(cells.texts) > _NARROW:
                were[start, cells.texts] = row
    moved: dict[int, list[int]] = {}
    for row, parts in after.items():
        for start, (_, cells) in parts.items():
            was = were.get((start, cells.texts), row)
            if was != row:
                moved.setdefault(was - row, []).append(row)
    if not moved:
        return None
    up, rows = max(moved.items(), key=lambda pair: len(pair[1]))
    scroll = Scroll(min(rows) + min(0, up), max(rows) + max(0, up) + 1, up)
    return scroll if _saved(scroll, before, after) >= _LEAST else None


def _saved(scroll: Scroll, before: Mapping[int, Row], after: Mapping[int, Row]) -> int:
    """Return the number of saved cells. Negative where a row is not wholly known."""
    saved = width = 0
    for row in range(scroll.top, scroll.end):
        now = before.get(row, _NOTHING)
        target = now | after.get(row, _NOTHING)
        source = scroll.source(row)
        scrolled = _NOTHING if source is None else before.get(source, _NOTHING)
        whole = 0
        for start, (_, cells) in target.items():
            length = len(cells.texts)
            whole += length
            was, moved = now.get(start), scrolled.get(start)
            if was is None or len(was[1].texts) != length:
                return -1
            saved += length * ((was[1].texts != cells.texts) - (moved is None or moved[1].texts != cells.texts))
        width = width or whole
        if whole != width:
            return -1
    return saved
