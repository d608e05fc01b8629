"""Finds running heads, running feet and page numbers, and leaves them out."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from tui.authoring.extraction.pdf import Line

_ROUNDS: Final = 3
"""The most rows of a running head or foot."""
_APART: Final = 1.25
"""The least distance of a running head from the text, in distances of lines."""
_SAME_HEIGHT: Final = 3.0
"""The points by which a row's height may differ from page to page."""
_MOST: Final = 0.6
"""The share of repeated rows at a height from which all rows there are running heads."""
_FEWEST: Final = 3
"""A row close to the text is a running head where it counts at least this many pages."""
_ALONE: Final = float("inf")
_NUMBER: Final = re.compile(
    r"\W*(?:page|p\.|pg\.|seite|s\.|página|pagina|стр\.)?\s*(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|von|de|sur|из)\s*\d+)?\W*",
    re.IGNORECASE,
)
_USUAL_PITCH: Final = 1.2
"""The distance of two lines, in heights of a line, where no two lines can be measured."""
_DIGITS: Final = re.compile(r"\d+")


class _Row(NamedTuple):
    """The lines of a page at one height."""

    page: int
    bottom: float
    apart: float
    """The distance to the next row, in heights of a line."""
    text: str
    lines: frozenset[int]
    """The indices of the row's lines on the page."""
    following: str
    """The first line of the page that is not in the row."""

    @property
    def key(self) -> str:
        return "#" if _NUMBER.fullmatch(self.text) else _DIGITS.sub("#", self.text)


def pitch_of(pages: list[list[Line]]) -> float:
    """Return the median distance of lines, in heights of the lower one."""
    steps = [
        (above.bottom - below.bottom) / below.height
        for page in pages
        for above, below in pairwise(page)
        if 0.5 * below.height < above.bottom - below.bottom < 3 * below.height
    ]
    return median(steps) if steps else _USUAL_PITCH


def without_running(pages: list[list[Line]]) -> list[list[Line]]:
    """Return some pages without their running heads and feet."""
    pitch = pitch_of(pages)
    for edge in (max, min):
        for _ in range(_ROUNDS):
            rows = [row for number, page in enumerate(pages) if (row := _at_edge(number, page, edge))]
            gone = {row.page: row.lines for row in _running(rows, pitch)}
            if not gone:
                break
            pages = [
                [line for index, line in enumerate(page) if index not in gone.get(number, ())]
                for number, page in enumerate(pages)
            ]
    return pages


def _at_edge(number: int, page: list[Line], edge: Callable[..., float]) -> _Row | None:
    if not page:
        return None
    bottom = edge(line.bottom for line in page)
    lines = frozenset(index for index, line in enumerate(page) if abs(line.bottom - bottom) < _SAME_HEIGHT)
    others = [line for index, line in enumerate(page) if index not in lines]
    apart = min((abs(line.bottom - bottom) / max(line.height, 1.0) for line in others), default=_ALONE)
    text = " ".join(page[index].text for index in sorted(lines, key=lambda index: page[index].left))
    return _Row(number, bottom, apart, text, lines, others[0].text if others else "")


def _running(rows: list[_Row], pitch: float) -> list[_Row]:
    """Return the rows that are running heads.

    Such a row stands apart from the text and repeats at its height, or it counts the pages.
    """
    apart = [row for row in rows if row.apart > _APART * pitch]
    keys = Counter((round(row.bottom / _SAME_HEIGHT) + near, row.key) for row in apart for near in (-1, 0, 1))
    heights = Counter(round(row.bottom / _SAME_HEIGHT) + near for row in apart for near in (-1, 0, 1))
    # A page with one row proves nothing, since the row may be its text.
    over_text = {
        (round(row.bottom / _SAME_HEIGHT) + near, row.key) for row in apart if row.apart < _ALONE for near in (-1, 0, 1)
    }
    again = {
        row.page
        for row in apart
        if keys[place := (round(row.bottom / _SAME_HEIGHT), row.key)] > 1 and place in over_text
    }
    repeated = Counter(
        round(row.bottom / _SAME_HEIGHT) + near for row in apart if row.page in again for near in (-1, 0, 1)
    )
    found = _counting(rows)
    for row in apart:
        height = round(row.bottom / _SAME_HEIGHT)
        alone = repeated[height] > 2 and repeated[height] >= _MOST * heights[height] and row.apart < _ALONE
        if row in found:
            continue
        if row.page in again or alone or _is_number_of(row) or _interrupts(row):
            found.append(row)
    return found


def _counting(rows: list[_Row]) -> list[_Row]:
    """Return the rows that differ only in a number that counts pages.

    Their distance from the text does not matter.
    """
    alike = defaultdict(list)
    for row in rows:
        if row.apart < _ALONE and row.key != "#":
            alike[round(row.bottom / _SAME_HEIGHT), row.key].append(row)
    return [row for group in alike.values() if len(group) >= _FEWEST and _counts(group) for row in group]


def _counts(rows: list[_Row]) -> bool:
    ahead = ([int(number) - row.page for number in _DIGITS.findall(row.text)] for row in rows)
    return any(len(set(numbers)) == 1 for numbers in zip(*ahead, strict=False))


def _is_number_of(row: _Row) -> bool:
    number = _NUMBER.fullmatch(row.text)
    return bool(number and number[1] == str(row.page + 1)) and row.apart < _ALONE


def _interrupts(row: _Row) -> bool:
    """Whether a row with its page's number interrupts a sentence."""
    return str(row.page + 1) in _DIGITS.findall(row.text) and row.following[:1].islower()
