"""Dates as stretches of days, and ranges of any kind set side by side."""

import calendar
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from tui.briefing import edtf

Fit = Literal["same", "apart", "contains", "within", "overlap"]


class Range(NamedTuple):
    """From the least to the greatest value, both included; None where it is open."""

    low: float | None
    high: float | None


class Span(NamedTuple):
    """The days on which something may have been; None where nothing bounds them."""

    first: int | None
    """The proleptic Gregorian ordinal of the first possible day, as in `datetime.date.toordinal`."""
    last: int | None
    """That of the last possible day."""
    unsure: bool
    """Whether the date is uncertain or approximate, so that its ends are no bounds."""
    interval: bool
    """Whether it is a stretch of time rather than one day that is not exactly known."""

    @property
    def range(self) -> Range:
        """The same as a range."""
        return Range(self.first, self.last)


@cache
def span(text: str) -> Span | None:
    """Give the days of an EDTF date; None where there is no date, or none that can be read."""
    try:
        found = edtf.parse(text)
    except ValueError:
        return None
    ends = [end for end in (found.start, found.end) if end]
    unsure = any(end.qualifier for end in ends)
    first = _first(found.start) if found.start else None
    end = found.end if found.interval else found.start
    last = _last(end) if end else None
    return Span(first, last, unsure, found.interval)


def fit(one: Range, other: Range) -> Fit:
    """Say how two ranges lie to one another, seen from the one."""
    if one == other:
        return "same"
    shared = common(one, other)
    if shared is None:
        return "apart"
    return "contains" if shared == other else "within" if shared == one else "overlap"


def common(one: Range, other: Range) -> Range | None:
    """Give what two ranges have in common; None where they have nothing."""
    lows = [low for low in (one.low, other.low) if low is not None]
    highs = [high for high in (one.high, other.high) if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    return None if low is not None and high is not None and low > high else Range(low, high)


def _first(day: edtf.Day) -> int:
    year, month, number = edtf.sort_key_of(day)
    return date(max(1, int(year)), month or 1, number or 1).toordinal()


def _last(day: edtf.Day) -> int:
    written, month, number = edtf.latest(day)
    year = max(1, int(written))
    if month > 12:
        # A winter runs into the next year; what has no month runs to December.
        year, month = (year, 12) if month == 99 else (min(9999, year + 1), month - 12)
    return date(year, month, min(number, calendar.monthrange(year, month)[1])).toordinal()
