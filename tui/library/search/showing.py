"""What is shown of a hit, read from its briefing when it comes on the screen, and not before."""

from typing import NamedTuple

from tui.library.catalogue import Catalogue
from tui.library.search.answers import Hit


class Shown(NamedTuple):
    """What is shown of a hit."""

    hit: Hit
    briefing: str
    """The briefing's title."""
    id: str
    """The id of the entry, source or entity; for a text, that of its source."""
    number: str
    """C1, [3], ¶5: what stands before it on its page."""
    heading: str
    """Its title, name or label; empty where it has none."""
    text: str
    """The text to highlight with `Matcher.spans`; its first paragraph says most."""
    rating: str
    """Such as B2; empty where it has none."""
    page: str
    """The page that shows it, such as `claims` or `text:seed`."""
    block: str
    """The block of that page."""


class Shelf:
    """Opens briefings for hits and keeps the last ones open."""

    def __init__(self, catalogue: Catalogue, size: int = 32) -> None:
        """Keep at most so many briefings open."""
        self._catalogue = catalogue
        self._size = size

    def show(self, hit: Hit) -> Shown | None:
        """Read what is shown of a hit; None where its briefing has changed or gone meanwhile."""
        raise NotImplementedError
