"""The axis of the timeline: days, periods and years on cells."""

from datetime import date
from typing import Final, NamedTuple

from tui.evidence.timeline import Item
from tui.render import signs
from tui.render.dates import short
from tui.render.evidence.bars import FILLED, TRACK, cells_bar
from tui.render.page import Role, Span

_YEARS: Final = 8
"""The most years of an axis that marks their beginnings."""
_FEWEST: Final = 7
"""The fewest cells between the beginnings of two named years."""
DAY, VAGUE, HERE, YEAR = (sign.symbol for sign in (signs.DAY, signs.VAGUE, signs.AS_OF, signs.YEAR))
BEFORE, BEHIND = signs.BEYOND_LEFT.symbol, signs.BEYOND_RIGHT.symbol
_ROLES: Final[dict[str, Role]] = {HERE: "note", BEFORE: "muted", BEHIND: "muted"}


class Axis(NamedTuple):
    """An axis of days, which are ordinals."""

    begin: int
    """The first day."""
    end: int
    """The last day."""
    day: int | None
    """The day of which the knowledge is shown; None for all of time."""
    cells: int

    def cell(self, day: int) -> int:
        """Return the cell of a day. A day beyond the axis has its first or last cell."""
        at = (day - self.begin) * self.cells // (self.end - self.begin + 1)
        return max(0, min(self.cells - 1, at))

    def slider(self) -> tuple[Span, ...]:
        """Draw the day on the axis; all of time is its end."""
        cells = [TRACK] * self.cells
        cells[-1 if self.day is None else self.cell(self.day)] = DAY
        return cells_bar(cells, _ROLES)

    def bar(self, item: Item) -> tuple[Span, ...]:
        """Draw a day as a point, a period as a line."""
        cells = self._track()
        first, last = item.period.first, item.period.last
        low = self.begin if first is None else first
        high = self.end if last is None else last
        exact = low == high
        sign = VAGUE if item.period.unsure or not (exact or item.period.interval) else FILLED
        start, stop = self.cell(low), self.cell(high)
        cells[start : stop + 1] = [DAY if exact and not item.period.unsure else sign] * (stop + 1 - start)
        if first is None or first < self.begin:
            cells[0] = BEFORE
        if last is None:
            cells[-1] = BEHIND
        if self.day is not None:
            at = self.cell(self.day)
            if cells[at] in {TRACK, YEAR}:
                cells[at] = HERE
        return cells_bar(cells, _ROLES)

    def years(self) -> tuple[Span, ...]:
        """Write the years, or the ends of a short axis."""
        first, last = date.fromordinal(self.begin).year, date.fromordinal(self.end).year
        if last == first:
            ends = short_day(self.begin), short_day(self.end)
            gap = max(3, self.cells - len(ends[0]) - len(ends[1]))
            between = " – " if gap == len(" – ") else " " * gap
            return (Span(f"{ends[0]}{between}{ends[1]}", "muted"),)
        cells = [" "] * (self.cells + 4)
        step = max(1, -(-(last - first) // max(1, self.cells // _FEWEST)))
        # The first year is named where the next one leaves room.
        for year in (*range(first + 1, last + 1, step), first):
            at = self.cell(max(self.begin, date(year, 1, 1).toordinal()))
            if not "".join(cells[max(0, at - 1) : at + 5]).strip():
                cells[at : at + 4] = f"{year:04}"
        return (Span("".join(cells).rstrip(), "muted"),)

    def _track(self) -> list[str]:
        cells = [TRACK] * self.cells
        years = range(date.fromordinal(self.begin).year + 1, date.fromordinal(self.end).year + 1)
        for year in years if len(years) <= _YEARS else ():
            cells[self.cell(date(year, 1, 1).toordinal())] = YEAR
        return cells


def short_day(ordinal: int) -> str:
    """Write a day briefly."""
    return short(date.fromordinal(ordinal).isoformat())
