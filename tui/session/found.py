"""What a search in pages found: any number of matches in little room, and the ones at a place at once."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple, overload

from tui.session.match import TITLE, Match

Position = tuple[int, int, int, int, int]
"""The page's place among the pages, the block, what stands beside it, the paragraph and the offset; positions are in reading order."""


class Para(NamedTuple):
    """A paragraph's folded words, as small as can be."""

    page: int
    """The place of the page among the pages."""
    place: int
    """The place of the block in the page."""
    number: int
    """The paragraph of the block."""
    words: tuple[str, ...]
    offsets: "array[int]"
    """Where each word starts and ends."""
    beside: int = 0
    """As `Match` has it."""


class Found(Sequence[Match]):
    """Matches in reading order.

    A common word in 20,000 entries has hundreds of thousands. As objects they would take so long to be collected as
    garbage that one would notice it while typing, so that only numbers are kept.
    """

    def __init__(self, pages: Sequence[str] = (), paras: Sequence[Para] = ()) -> None:
        """Have none yet.

        Args:
            pages: the names of the pages.
            paras: the paragraphs of the pages in reading order.
        """
        self._pages = pages
        self._paras = paras
        self.spelling = ""
        """The nearest spelling that was found where nothing was as it is written; else empty."""
        self._numbers = array("I")
        self._starts = array("I")
        self._ends = array("I")

    def add(self, number: int, first: int, last: int) -> None:
        """Add a match, from its first word to its last in the paragraph of a number; behind all that are there."""
        offsets = self._paras[number].offsets
        self._numbers.append(number)
        self._starts.append(offsets[2 * first])
        self._ends.append(offsets[2 * last + 1])

    def __len__(self) -> int:
        """Count them."""
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Match: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Match]: ...
    def __getitem__(self, index: int | slice) -> Match | Sequence[Match]:
        """Give one match, or some."""
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        para = self._paras[self._numbers[index]]
        return Match(
            self._pages[para.page], para.place, para.number, self._starts[index], self._ends[index], para.beside
        )

    def at(self, page: str, place: int) -> Sequence[Match]:
        """Give the matches in one block."""
        if page not in self._pages:
            return ()
        rank, everything = self._pages.index(page), range(len(self))
        first = bisect_left(everything, (rank, place, TITLE, 0, 0), key=self._position)
        return _Stretch(self, first, bisect_left(everything, (rank, place + 1, TITLE, 0, 0), first, key=self._position))

    def next(self, after: Position, step: int) -> int:
        """Give the index of the first match behind (or, for a step of -1, before) a position, and round at the end."""
        everything = range(len(self))
        if step > 0:
            return bisect_right(everything, after, key=self._position) % len(self)
        return (bisect_left(everything, after, key=self._position) - 1) % len(self)

    def _position(self, index: int) -> Position:
        para = self._paras[self._numbers[index]]
        return para.page, para.place, para.beside, para.number, self._starts[index]


class _Stretch(Sequence[Match]):
    """Some matches that follow one another, each made when it is asked for: a huge block has hundreds of thousands."""

    def __init__(self, found: Found, first: int, end: int) -> None:
        self._found = found
        self._range = range(first, end)

    def __len__(self) -> int:
        return len(self._range)

    @overload
    def __getitem__(self, index: int) -> Match: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Match]: ...
    def __getitem__(self, index: int | slice) -> Match | Sequence[Match]:
        if isinstance(index, slice):
            return [self._found[one] for one in self._range[index]]
        return self._found[self._range[index]]
