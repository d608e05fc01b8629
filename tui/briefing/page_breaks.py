"""The pages of a text: a form feed stands where one begins, as in what `pdftotext` writes."""

from bisect import bisect_right
from typing import Final

PAGE: Final = "\f"
"""What stands in a text where a page begins, but the first."""


class PageBreaks:
    """Where the pages of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        at = text.find(PAGE)
        while at >= 0:
            self._starts.append(at)
            at = text.find(PAGE, at + 1)

    def page_of(self, offset: int) -> int:
        """Return the page of a character, counted from 1; 0 where the text has no pages."""
        return bisect_right(self._starts, offset) + 1 if self._starts and offset >= 0 else 0
