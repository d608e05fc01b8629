"""Dates, pages, volumes and editions as notes have them."""

import re
from typing import Final, Literal

from tui.briefing import edtf

Precision = Literal["year", "month", "day"]
_NUMERIC: Final = re.compile(r"[0-9]+(?:\s?[-–,&]\s?[0-9]+)*")
_RANGE: Final = re.compile(r"([0-9]+)[-–]([0-9]+)")
_DOUBT: Final = {"?": "[{}?]", "~": "[ca. {}]", "%": "[ca. {}?]"}
_ORDINALS: Final = {"1": "st", "2": "nd", "3": "rd"}


def date_words(text: str, precision: Precision) -> str:
    """Return a date in words, no more precise than wanted. A guessed date has brackets."""
    try:
        date = edtf.parse(text)
    except ValueError:
        return text
    date = date._replace(start=_coarser(date.start, precision), end=_coarser(date.end, precision))
    if precision != "day" and date.start and date.start == date.end:
        date = date._replace(end=None, interval=False)
    if not date.start or date.interval or not date.start.qualifier:
        return re.sub(r"^(\d{4}) to (\d{4})$", r"\1–\2", date.in_words, flags=re.ASCII)
    words = date.start._replace(qualifier="").in_words
    return _DOUBT[date.start.qualifier].format(words if date.start.qualifier == "?" else words.removeprefix("the "))


def _coarser(day: edtf.Day | None, precision: Precision) -> edtf.Day | None:
    if day is None or precision == "day":
        return day
    unknown = day.unknown if precision == "month" and "month" in day.unknown else ""
    return day._replace(month=None if precision == "year" else day.month, day=None, unknown=unknown)


def is_numeric(text: str) -> bool:
    """Whether a text is a number, or several."""
    return bool(_NUMERIC.fullmatch(text))


def labelled(label: str, text: str, *, plural: str = "") -> str:
    """Return a number behind its label: vol. 2. Words have no label."""
    if not is_numeric(text):
        return text
    return f"{label if text.isdigit() or not plural else plural} {text}"


def edition_words(edition: str) -> str:
    """Return an edition: 2nd ed."""
    if not edition.isascii() or not edition.isdigit():
        return edition
    ordinal = "th" if edition[-2:-1] == "1" else _ORDINALS.get(edition[-1], "th")
    return f"{edition}{ordinal} ed."


def page_range(pages: str) -> str:
    """Return pages with the second number shortened: 101–8, 321–28."""
    return _RANGE.sub(lambda match: f"{match[1]}–{_shortened(match[1], match[2])}", pages)


def first_page(pages: str) -> str:
    """Return the first of some pages."""
    match = re.match(r"[^\s,–-]+", pages)
    return match[0] if match else ""


def _shortened(first: str, last: str) -> str:
    """Return the last page without the digits of the first."""
    if len(first) != len(last) or len(first) < 3 or first.endswith("00"):
        return last
    shared = next((place for place, sign in enumerate(first) if sign != last[place]), len(first) - 1)
    least = 1 if first[-2] == "0" else 2
    return last[min(shared, len(last) - least) :]
