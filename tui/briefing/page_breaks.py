"""The pages of a text, separated by form feeds as by `pdftotext`."""

from bisect import bisect_right
from typing import Final

PAGE: Final = "\f"
"""The separator of pages."""


class PageBreaks:
    """The offsets of the pages of a text."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        at = text.find(PAGE)
        while at >= 0:
            self._starts.append(at)
            at = text.find(PAGE, at + 1)

    def page_of(self, offset: int) -> int:
        """Return the page of an offset, from 1; 0 without pages."""
        return bisect_right(self._starts, offset) + 1 if self._starts and offset >= 0 else 0
