"""The axis of figures: numbers, floors, ceilings and ranges on cells."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from tui.evidence.number_scale import Scale
from tui.render import signs, words
from tui.render.evidence.bars import FILLED, cells_bar
from tui.render.page import Role, Span

_LINEAR: Final = 0.62
"""The share of the linear part of a broken axis."""
_BREAK: Final = 2
"""Cells of the break."""
_TURNS: Final = (1, 2, 5, 10, 20, 50, 100)
"""The numbers of steps from one mark to the next, as many as the labels need."""
_SHORT: Final = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
MARK, NUMBER, GAP = signs.YEAR.symbol, signs.DAY.symbol, signs.BREAK.symbol
BELOW, ABOVE = signs.BEYOND_LEFT.symbol, signs.BEYOND_RIGHT.symbol
_FIRST, _LAST = signs.RANGE.symbol, signs.RANGE.shapes
_EMPTY: Final = " "
_ROLES: Final[dict[str, Role]] = {GAP: "muted", _EMPTY: "muted"}


class NumberAxis:
    """An axis of numbers on some cells."""

    def __init__(self, scale: Scale, cells: int) -> None:
        """Create the axis; it has twelve cells at least."""
        self.scale = scale
        self.cells = max(12, cells)
        self.linear = max(2, round(self.cells * _LINEAR)) if scale.is_broken else self.cells
        """The cells of the linear part."""

    def cell(self, value: float) -> int:
        """Return the cell of a number. One beyond the axis has its first or last cell."""
        if value <= self.scale.near or not self.scale.is_broken:
            return round(self.scale.linear_share(value) * (self.linear - 1))
        begin = self.linear + _BREAK
        return begin + round(self.scale.far_share(value) * (self.cells - begin - 1))

    @cached_property
    def marks(self) -> dict[int, str]:
        """The labels of the axis by their cells."""
        placed: dict[int, tuple[int, int, str]] = {}
        for value in self._labelled():
            label, at = short_number(value), self.cell(value)
            start = max(0, min(self.cells - len(label), at - len(label) // 2))
            end = start + len(label)
            if end <= self.cells and all(end < other or start > behind for other, behind, _ in placed.values()):
                placed[at] = (start, end, label)
        return {at: label for at, (_, _, label) in placed.items()}

    def _labelled(self) -> Iterator[float]:
        """Yield the numbers of the marks, the ends first."""
        scale = self.scale
        yield from (scale.low, scale.far, scale.near)
        steps = round((scale.near - scale.low) / scale.step)
        widest = max(len(short_number(scale.near)), len(short_number(scale.low)))
        turn = next(
            (
                turn
                for turn in _TURNS
                if steps % turn == 0
                and scale.step * turn * (self.linear - 1) >= (widest + 1) * (scale.near - scale.low)
            ),
            steps,
        )
        yield from (scale.low + scale.step * number for number in range(turn, steps, turn))
        yield from scale.decades()

    def labels(self) -> tuple[Span, ...]:
        """Write the numbers above their marks."""
        cells = [_EMPTY] * self.cells
        for at, label in self.marks.items():
            start = max(0, min(self.cells - len(label), at - len(label) // 2))
            cells[start : start + len(label)] = label
        return (Span("".join(cells), "muted", whole=""),)

    def bar(self, low: float | None, high: float | None) -> tuple[Span, ...]:
        """Draw a number as a point, a range as a line.

        An open end is None.
        """
        cells = self._track()
        if low is None and high is None:
            return cells_bar(cells, _ROLES)
        first = 0 if low is None else self.cell(low)
        last = self.cells - 1 if high is None else self.cell(high)
        if low == high:
            cells[first] = NUMBER
            return cells_bar(cells, _ROLES)
        if first == last:  # a range needs two cells
            first, last = (first, last + 1) if last + 1 < self.cells else (first - 1, last)
        for at in range(first, last + 1):
            cells[at] = cells[at] if cells[at] == GAP else FILLED
        cells[first] = BELOW if low is None else _FIRST
        cells[last] = ABOVE if high is None else _LAST
        return cells_bar(cells, _ROLES)

    def _track(self) -> list[str]:
        cells = [_EMPTY] * self.cells
        for at in (*self.marks, *map(self.cell, self.scale.decades())):
            cells[at] = MARK
        if self.scale.is_broken:
            cells[self.linear : self.linear + _BREAK] = [GAP] * _BREAK
        return cells


def short_number(value: float) -> str:
    """Write a round number briefly: 10,000, 20m, 5bn."""
    for size, name in _SHORT:
        if abs(value) >= size:
            return f"{words.figure(round(value / size, 3))}{name}"
    return words.figure(round(value, 9))
