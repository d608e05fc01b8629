"""The axis of figures: numbers, floors, ceilings and ranges on cells."""

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
ABOUT: Final = signs.ABOUT.symbol
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
        self._is_tight = False

    def cell(self, value: float) -> int:
        """Return the cell of a number. One beyond the axis has its first or last cell."""
        if value <= self.scale.near or not self.scale.is_broken:
            return round(self.scale.linear_share(value) * (self.linear - 1))
        begin = self.linear + _BREAK
        return begin + round(self.scale.far_share(value) * (self.cells - begin - 1))

    @cached_property
    def marks(self) -> dict[int, str]:
        """The labels of the axis by their cells."""
        return dict(self._placed.values())

    @cached_property
    def _placed(self) -> dict[int, tuple[int, str]]:
        """The marks with their labels, by the first cell of the label.

        Both sides of a break come before the steps, and all steps of one length fit or none is marked.
        """
        scale, chosen = self.scale, list[float]()
        decades = list(scale.decades())
        ends = dict.fromkeys((scale.low, scale.near, *decades[:1], scale.far))
        self._is_tight = self._fit([*ends]) is None
        for value in ends:
            chosen += [value] if self._fit([*chosen, value]) is not None else []
        steps = round((scale.near - scale.low) / scale.step)
        for turn in (turn for turn in _TURNS if steps % turn == 0):
            between = [scale.low + scale.step * number for number in range(turn, steps, turn)]
            if self._fit([*chosen, *between]) is not None:
                chosen += between
                break
        for value in decades[1:]:
            chosen += [value] if value not in chosen and self._fit([*chosen, value]) is not None else []
        return self._fit(chosen) or {}

    def _fit(self, values: list[float]) -> dict[int, tuple[int, str]] | None:
        """Place each label over its own mark alone, or return None."""
        written = _tight_number if self._is_tight else short_number
        marks = [(self.cell(value), written(value)) for value in sorted(values)]
        ends = [at for at, _ in marks[1:]] + [self.cells]
        latest, limit = list[int](), self.cells
        for (at, label), end in zip(reversed(marks), reversed(ends), strict=True):
            latest.insert(0, min(at, min(end, limit) - len(label)))
            limit = latest[0] - 1
        placed: dict[int, tuple[int, str]] = {}
        free, before = 0, -1
        for (at, label), last in zip(marks, latest, strict=True):
            first = max(free, before + 1, at - len(label) + 1)
            if first > last:
                return None
            start = max(first, min(last, at - len(label) // 2))
            placed[start] = at, label
            free, before = start + len(label) + 1, at
        return placed

    def labels(self) -> tuple[Span, ...]:
        """Write the numbers above their marks."""
        cells = [_EMPTY] * self.cells
        for start, (_, label) in self._placed.items():
            cells[start : start + len(label)] = label
        return (Span("".join(cells), "muted", whole=""),)

    def bar(self, low: float | None, high: float | None, *, about: bool = False) -> tuple[Span, ...]:
        """Draw a number as a point, a range as a line.

        An open end is None. The point of a number that is said to be approximate is hollow.
        """
        cells = self._track()
        if low is None and high is None:
            return cells_bar(cells, _ROLES)
        first = 0 if low is None else self.cell(low)
        last = self.cells - 1 if high is None else self.cell(high)
        if low == high:
            cells[first] = ABOUT if about else NUMBER
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
        for at in self.marks:
            cells[at] = MARK
        if self.scale.is_broken:
            cells[self.linear : self.linear + _BREAK] = [GAP] * _BREAK
        return cells


def _tight_number(value: float) -> str:
    """Write a number for an axis with few cells: 10k."""
    return f"{short_number(value / 1000)}k" if 1000 <= abs(value) < 1e6 else short_number(value)


def short_number(value: float) -> str:
    """Write a round number briefly: 10,000, 20m, 5bn."""
    for size, name in _SHORT:
        if abs(value) >= size:
            return f"{words.figure(round(value / size, 3))}{name}"
    return words.figure(float(f"{value:.12g}"))  # the steps of an axis add up inexactly
