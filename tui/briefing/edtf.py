"""Dates in EDTF (ISO 8601-2:2019, levels 0 and 1 without times). They are parsed, ordered and written in words."""

import calendar
import re
from functools import lru_cache
from typing import Final, NamedTuple

EXAMPLES: Final = '"2025", "2025-04", "2025-04-10", "2024?", "2024~", "2024/2025" or "2024/.."'
MONTHS: Final = tuple(calendar.month_name)
SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_MONTH_OF_SEASON: Final = {21: 3, 22: 6, 23: 9, 24: 12}
QUALIFIERS: Final = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}
_ORDINALS: Final = {1: "st", 2: "nd", 3: "rd"}
_DATE: Final = re.compile(r"(\d{2}XX|\d{3}X|\d{4})(?:-(\d\d|XX))?(?:-(\d\d|XX))?([?~%])?", re.ASCII)
_PART: Final = (
    r"(?:[0-9]{2}XX|[0-9]{3}X|[0-9]{4})"
    r"(?:-(?:2[1-4]|XX(?:-XX)?|(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]|XX))?))?[?~%]?"
)
PATTERN: Final = rf"^(?:{_PART}(?:/(?:{_PART}|\.\.)?)?|(?:\.\.)?/{_PART})$"
"""The pattern of a date for schemas. Every valid date matches; a match need not be in the calendar."""
LONGEST: Final = 23
"""Characters of the longest date, an interval of two days with qualifiers."""


class Day(NamedTuple):
    """One end of an interval, or a whole date."""

    year: str
    """Four characters; an unknown digit is X."""
    month: int | None
    """1 to 12, or a season from 21 (spring) to 24 (winter); None where not given."""
    day: int | None
    """1 to 31; None where not given."""
    qualifier: str
    """Empty, or one of ``?``, ``~`` and ``%``."""
    unknown: str = ""
    """The parts that are declared unknown, in words: 2025-XX is a month of 2025, and 2025 the whole year."""

    @property
    def in_words(self) -> str:
        """The date in words: 10 April 2025, about 2024, spring 2025."""
        before = "" if self.day is None else f"{self.day} "
        if self.month is not None:
            before += f"{SEASONS.get(self.month) or MONTHS[self.month]} "
            before += "in " if self.year.endswith("X") else ""
        doubts = [f"{self.unknown} unknown"] if self.unknown else []
        if self.qualifier in {"?", "%"}:
            doubts.append(QUALIFIERS[self.qualifier])
        about = "about " if self.qualifier == "~" else ""
        doubt = f" ({', '.join(doubts)})" if doubts else ""
        return f"{about}{before}{_year_words(self.year)}{doubt}"


class Date(NamedTuple):
    """A date or an interval; an open or unknown end is None."""

    start: Day | None
    end: Day | None
    interval: bool
    unknown: bool = False
    """Whether the missing end is unknown, and not open."""

    @property
    def last(self) -> Day | None:
        """The end of an interval, or the whole date. None for an open end."""
        return self.end if self.interval else self.start

    @property
    def in_words(self) -> str:
        """The date or the interval in words, for a line of text."""
        start = self.start.in_words if self.start else ""
        if not self.interval:
            return start
        end = self.end.in_words if self.end else ""
        if start and end:
            return f"{start} to {end}"
        if self.unknown:
            return f"from {start} to an unknown date" if start else f"from an unknown date to {end}"
        return f"from {start}" if start else f"until {end}"


@lru_cache(maxsize=1024)
def parse(text: str) -> Date:
    """Read an EDTF date.

    Raises:
        ValueError: it is no EDTF date of level 0 or 1; the message says what is wrong and what to write.
    """
    if "/" not in text:
        return Date(_day(text, text), None, interval=False)
    left, _, right = text.partition("/")
    start = None if left in {"", ".."} else _day(left, text)
    end = None if right in {"", ".."} else _day(right, text)
    if start is None and end is None:
        msg = f"{text!r} is open at both ends; write {EXAMPLES}"
        raise ValueError(msg)
    if start and end and sort_key_of(start) > latest(end):
        msg = f"{text!r} ends before it starts; swap its ends"
        raise ValueError(msg)
    return Date(start, end, interval=True, unknown="" in {left, right})


def is_valid(text: str) -> bool:
    """Whether a text is an EDTF date."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def in_words(text: str) -> str:
    """Return an EDTF date in words. Another text is returned unchanged."""
    try:
        return parse(text).in_words
    except ValueError:
        return text


def sort_key(text: str) -> tuple[str, int, int]:
    """Return the sort key of a date, by its first possible day. Invalid dates come first."""
    try:
        date = parse(text)
    except ValueError:
        return ("", 0, 0)
    first = date.start or date.end
    return sort_key_of(first) if first else ("", 0, 0)


def sort_key_of(day: Day) -> tuple[str, int, int]:
    """Return the sort key of a day. A missing part counts as the earliest."""
    return (day.year.replace("X", "0"), _MONTH_OF_SEASON.get(day.month or 0, day.month or 0), day.day or 0)


def latest(day: Day) -> tuple[str, int, int]:
    """Return a day's sort key, with missing parts at their latest.

    The interval 2024-05/2024 may end in December.
    """
    month = 99 if day.month is None else _MONTH_OF_SEASON.get(day.month, day.month) + 2 * (day.month in SEASONS)
    return (day.year.replace("X", "9"), month, day.day or 99)


def _day(part: str, whole: str) -> Day:
    match = _DATE.fullmatch(part)
    if match is None:
        msg = f"{whole!r} is no EDTF date; write {EXAMPLES}"
        raise ValueError(msg)
    year, month, day, qualifier = match.groups()
    month_number = int(month) if month and month != "XX" else None
    day_number = int(day) if day and day != "XX" else None
    if month_number is not None and not (1 <= month_number <= 12 or month_number in SEASONS):
        msg = f"{whole!r} has no month {month}; months go from 01 to 12, seasons from 21 to 24"
        raise ValueError(msg)
    unknown = " and ".join(name for name, given in (("month", month), ("day", day)) if given == "XX")
    if day and (month_number in SEASONS or (day_number is not None and month_number is None)):
        msg = f"{whole!r} gives a day without its month; write {EXAMPLES}"
        raise ValueError(msg)
    if month_number and day_number is not None:
        _check_day(year, month_number, day_number, whole)
    return Day(year, month_number, day_number, qualifier or "", unknown)


def _year_words(year: str) -> str:
    """Return a year, decade or century in words; no two read alike."""
    if not year.endswith("X"):
        return year
    century = int(year[:2]) + 1
    last = century % 10 if century // 10 != 1 else 0
    said = f"the {century}{_ORDINALS.get(last, 'th')} century"
    if year.endswith("XX"):
        return said
    # “The 2000s” are a decade to some and a century to others.
    return f"the first decade of {said}" if year[2] == "0" else f"the {year[:3]}0s"


def _check_day(year: str, month: int, day: int, whole: str) -> None:
    # A year with unknown digits may be a leap year: 2000 stands for one.
    last = calendar.monthrange(int(year) if year.isdigit() and year != "0000" else 2000, month)[1]
    if not 1 <= day <= last:
        msg = f"{whole!r} is no day of the calendar: {MONTHS[month]} has {last} days"
        raise ValueError(msg)
