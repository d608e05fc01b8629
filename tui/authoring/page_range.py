"""A choice of a text's pages: `3-9`, `4`, or several with commas. A form feed begins a page."""

import re
from bisect import bisect_right
from typing import Final

_PAGE: Final = "\f"
_RANGE: Final = re.compile(r"([0-9]{1,6})(?:\s*[-–]\s*([0-9]{1,6}))?", re.ASCII)


class PageRangeError(ValueError):
    """An invalid choice of pages. The message states the fault and the remedy."""


class Pages:
    """Some of the pages of a text."""

    def __init__(self, text: str, wanted: str) -> None:
        """Find the pages of a text and parse the choice.

        Raises:
            PageRangeError: the text has no such pages.
        """
        self._starts = [match.start() for match in re.finditer(_PAGE, text)]
        number = len(self._starts) + 1
        if number == 1:
            raise PageRangeError("the text has no pages to choose from; leave --pages out")
        self._ranges = [_range(part.strip(), number) for part in wanted.split(",")]

    def have(self, start: int, end: int) -> bool:
        """Whether a span of the text touches a chosen page."""
        first, last = self._page(start), self._page(max(start, end - 1))
        return any(low <= last and first <= high for low, high in self._ranges)

    def _page(self, offset: int) -> int:
        return bisect_right(self._starts, offset) + 1


def _range(words: str, number: int) -> tuple[int, int]:
    match = _RANGE.fullmatch(words)
    if match is None:
        raise PageRangeError(f"{words!r} is no range of pages; write 3-9, or 4")
    low, high = int(match[1]), int(match[2] or match[1])
    if not 1 <= low <= high:
        raise PageRangeError(f"{words!r} is no range of pages; write the first one first, and count from 1")
    if low > number:
        raise PageRangeError(f"there is no page {low:,}; the text has {number:,}")
    return low, high
