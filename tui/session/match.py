"""What was found in a page; the page paints it, and need not know how it is found."""

from typing import Final, NamedTuple

TITLE: Final = -1
"""Stands for the title of the briefing, above the page."""


class Match(NamedTuple):
    """Where the words stand."""

    page: str
    """The name of the page."""
    place: int
    """The place of the block in the page."""
    para: int
    """The paragraph of the block."""
    start: int
    """Offset in the paragraph's text."""
    end: int
    beside: int = 0
    """0 for the block itself; else the footnote of the block, counted from 1, or `TITLE`."""
