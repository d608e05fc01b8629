"""Short dates: days as 10 Apr 2025, intervals with a dash."""

import calendar
import re
from datetime import date, datetime
from typing import Final

from tui.briefing import edtf

_MONTHS: Final = tuple(calendar.month_abbr)
_NUMBERED: Final = re.compile(r" \(\d+\)$", re.ASCII)
"""The number that tells labels apart which are alike."""


def short(text: str) -> str:
    """Write an EDTF date briefly. Other text is returned unchanged."""
    try:
        found = edtf.parse(text)
    except ValueError:
        return text
    missing = "?" if found.unknown else ""
    start = _day(found.start) if found.start else missing
    if not found.interval:
        return start
    end = _day(found.end) if found.end else missing
    if found.start and found.end and found.start.year == found.end.year and found.start.month and found.end.month:
        start = start.replace(f" {found.start.year}", "")  # the end has the year
    return f"{start}–{end}"


def stands_in(text: str, label: str) -> bool:
    """Whether a label ends with an EDTF date, as «AP, 10 Apr 2025» does. A part of a date is another date."""
    told = _NUMBERED.sub("", label)
    return any(told == words or told.endswith(f", {words}") for words in (short(text), edtf.in_words(text)))


def moment_words(moment: datetime) -> str:
    """Write a moment as 27 Nov 2026, 09:00 +01:00."""
    offset = moment.isoformat()[-6:] if moment.utcoffset() else "UTC"
    return f"{moment.day} {_MONTHS[moment.month]} {moment.year}, {moment:%H:%M} {offset}"


def day_words(ordinal: int) -> str:
    """Write a day (an ordinal) as 10 April 2025."""
    day = date.fromordinal(ordinal)
    return f"{day.day} {edtf.MONTHS[day.month]} {day.year}"


def _day(day: edtf.Day) -> str:
    month = edtf.SEASONS.get(day.month or 0) or _MONTHS[day.month or 0]
    unknown = " ".join("xx" for _ in day.unknown.split(" and ")) if day.unknown else ""
    parts = [str(day.day) if day.day else "", unknown, month, day.year.replace("X", "x")]
    about = "ca. " if day.qualifier in {"~", "%"} else ""
    return about + " ".join(part for part in parts if part) + "?" * (day.qualifier in {"?", "%"})
