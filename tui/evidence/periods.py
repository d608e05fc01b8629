"""EDTF dates as periods: the first and last day of each."""

import calendar
from datetime import date
from functools import cache
from typing import NamedTuple

from tui.briefing import edtf


class Period(NamedTuple):
    """The days on which something may have happened. An open end is None."""

    first: int | None
    """The proleptic Gregorian ordinal of the first possible day, as in `datetime.date.toordinal`."""
    last: int | None
    """The ordinal of the last possible day."""
    unsure: bool
    """Whether the date is uncertain or approximate, so that its ends are no bounds."""
    interval: bool
    """Whether the date is a stretch of time, and not one day that is known inexactly."""


@cache
def period(text: str) -> Period | None:
    """Return the period of an EDTF date; None for other text."""
    try:
        found = edtf.parse(text)
    except ValueError:
        return None
    ends = [end for end in (found.start, found.end) if end]
    unsure = any(end.qualifier for end in ends)
    first = _first(found.start) if found.start else None
    last = _last(found.last) if found.last else None
    return Period(first, last, unsure, found.interval)


def _first(day: edtf.Day) -> int:
    year, month, number = edtf.sort_key_of(day)
    return date(max(1, int(year)), month or 1, number or 1).toordinal()


def _last(day: edtf.Day) -> int:
    written, month, number = edtf.latest(day)
    year = max(1, int(written))
    if month > 12:
        # A winter runs into the next year; a date without a month runs to December.
        year, month = (year, 12) if month == 99 else (min(9999, year + 1), month - 12)
    return date(year, month, min(number, calendar.monthrange(year, month)[1])).toordinal()
