"""Dates of CSL and RIS, from and to EDTF."""

import re
from collections.abc import Mapping
from typing import Any, Final

from tui.briefing import edtf

_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_RIS: Final = re.compile(r"(\d{4})(?:/(\d{1,2})?)?(?:/(\d{1,2})?)?(?:/(.*))?", re.ASCII)

_ABOUT: Final = re.compile(r"(?:c|ca|circa)\.? ?(\d{4})", re.ASCII | re.IGNORECASE)
_YEARS: Final = re.compile(r"(\d{4}) ?(?:--?|–) ?(\d{4})", re.ASCII)
_TIMED: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d\S*", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"^(\d{4}),? ([A-Za-z]+\.?(?: \d{1,2})?)$", re.ASCII)
UNDATED: Final = "XXXX"
"""The unknown year of EDTF. BibLaTeX's data model wants a date of each entry."""
WORDS: Final = ("edtf", "raw", "literal")
"""The parts of a date of CSL that are words."""
_UNDATED: Final = re.compile(r"XXXX|[0/-]*")


def says_nothing(text: str) -> bool:
    """Whether a text is a sign for no date: XXXX, 0000."""
    return bool(_UNDATED.fullmatch(text.strip(" []{}()")))


def has_time(text: str) -> bool:
    """Whether a date has a time of day."""
    return bool(_TIMED.fullmatch(text.strip()))


def to_csl(date: str) -> dict[str, Any]:
    """Convert an EDTF date to CSL. Without parts, its words are the literal."""
    read = edtf.parse(date)
    ends = [end for end in (read.start, read.end) if end]
    if (
        any("X" in end.year or (end.month in edtf.SEASONS and len(ends) > 1) for end in ends)
        or len(ends) < 1 + read.interval
    ):
        return {"literal": read.in_words}
    written: dict[str, Any] = {
        "date-parts": [
            [int(part) for part in (end.year, None if end.month in edtf.SEASONS else end.month, end.day) if part]
            for end in ends
        ]
    }
    if ends[0].month in edtf.SEASONS:
        written["season"] = ends[0].month - 20
    if any(end.qualifier for end in ends):
        written["circa"] = True
    return written


def from_csl(date: object) -> str | None:
    """Convert a date of CSL to EDTF; None where that is impossible."""
    if not isinstance(date, dict):
        return None
    parts = date.get("date-parts")
    if isinstance(parts, list) and parts:
        ends = [_of_parts(part) for part in parts]
        if season := _season(date.get("season")):
            ends[0] += f"-{season}" if ends[0] and "-" not in ends[0] else ""
        mark = "~" if date.get("circa") else ""
        return _valid("/".join(f"{end}{mark}" for end in ends)) if all(ends) and len(ends) <= 2 else None
    for key in WORDS:
        if isinstance(date.get(key), str):
            return from_words(date[key])
    return None


def from_words(text: str) -> str | None:
    """Read a date in EDTF or in words: 10 April 2025."""
    text = " ".join(text.split())
    if found := _valid(text):
        return found
    months = {name.lower(): number for number, name in enumerate(edtf.MONTHS) if name}
    months |= {name[:3]: number for name, number in months.items()}
    if about := _ABOUT.fullmatch(text):
        return f"{about[1]}~"
    if years := _YEARS.fullmatch(text):
        return _valid(f"{years[1]}/{years[2]}")
    if timed := _TIMED.fullmatch(text):
        return _valid(timed[1])
    text = _YEAR_FIRST.sub(r"\2 \1", text)
    words = re.fullmatch(r"(?:(\d{1,2})\.? )?([A-Za-z]+)\.?(?: (\d{1,2}))?,? (\d{4})", text)
    if not words:
        return None
    before, name, behind, year = words.groups()
    month = months.get(name.lower()) or _SEASONS.get(name.lower())
    day = before or behind
    return (
        _valid(f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")) if month and not (before and behind) else None
    )


def to_ris(date: str) -> str:
    """Convert an EDTF date to RIS: 2024/04/10/."""
    read = edtf.parse(date)
    first = read.start or read.end
    if first is None or "X" in first.year:
        return ""
    season = edtf.SEASONS.get(first.month or 0, "")
    month = "" if first.month is None or season else f"{first.month:02}"
    return f"{first.year}/{month}/{'' if first.day is None else f'{first.day:02}'}/{season}"


def from_ris(text: str) -> str | None:
    """Read a date of RIS as EDTF; None where it is none."""
    match = _RIS.fullmatch(text.strip())
    if not match:
        return from_words(text)
    year, month, day, other = match.groups()
    season = _SEASONS.get((other or "").strip().lower())
    if season and not month:
        return f"{year}-{season}"
    return _valid("-".join([year, *(f"{int(part):02}" for part in (month, day) if part)]))


def is_whole(text: str) -> bool:
    """Whether a date of RIS has no words but a season's."""
    match = _RIS.fullmatch(text.strip())
    words = (match[4] or "").strip().lower() if match else ""
    return not words or (words in _SEASONS and not (match and match[2]))


def parts_read(date: Mapping[str, object]) -> frozenset[str]:
    """Return the parts of a date of CSL that are read."""
    if "date-parts" not in date:
        return frozenset([key for key in WORDS if key in date][:1])
    parts = date["date-parts"]
    has_season = _season(date.get("season")) and isinstance(parts, list) and parts and "-" not in _of_parts(parts[0])
    read = {"date-parts", *(["season"] if has_season else [])}
    return frozenset({*read, "circa"} if str(date.get("circa", "")).lower() in {"true", "1"} else read)


def _of_parts(part: object) -> str:
    if not isinstance(part, list):
        return ""
    while part and part[-1] in ("", None):  # some programs fill up a date
        part = part[:-1]
    if not 1 <= len(part) <= 3:
        return ""
    try:
        year, *rest = (int(number) for number in part)
    except (TypeError, ValueError, OverflowError):
        return ""
    if not 0 < year <= 9999:
        return ""
    return "-".join([f"{year:04}", *(f"{number:02}" for number in rest)])


def _season(value: object) -> int:
    if isinstance(value, str) and value.lower() in _SEASONS:
        return _SEASONS[value.lower()]
    text = str(value)
    return 20 + int(text) if text in {"1", "2", "3", "4"} else 0


def _valid(text: str) -> str | None:
    """Return a valid date. The year 0000 stands for none in other programs."""
    return text if edtf.is_valid(text) and not text.startswith("0000") else None
