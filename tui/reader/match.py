"""What was found in a page; the page paints it, and need not know how it is found."""

from typing import NamedTuple


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
