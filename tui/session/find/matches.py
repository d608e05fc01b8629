"""The matches of a query in pages, in little memory."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple, overload

TITLE: Final = -1
"""Stands for the title of the briefing, above the page."""
Position = tuple[int, int, int, int, int]
"""Index of the page, index of the block, `beside`, paragraph and offset; positions are in reading order."""


class Match(NamedTuple):
    """The words of one match."""

    page: str
    """The name of the page."""
    block: int
    """The index of the block in the page."""
    para: int
    """The paragraph of the block."""
    start: int
    """Offset in the paragraph's text."""
    end: int
    beside: int = 0
    """0 for the block itself, otherwise the footnote of the block, counted from 1, or `TITLE`."""

    @property
    def is_whole(self) -> bool:
        """Whether the block as a whole meets the query, by fields alone."""
        return self.start == self.end


class Para(NamedTuple):
    """A paragraph's folded words, in little memory."""

    page: int
    """The index of the page among the pages."""
    block: int
    """The index of the block in the page."""
    number: int
    """The paragraph of the block."""
    words: tuple[str, ...]
    offsets: "array[int]"
    """Start and end of each word."""
    beside: int = 0
    """As in `Match`."""


class Matches(Sequence[Match]):
    """Matches in reading order.

    A common word in 20,000 entries has hundreds of thousands. As objects they would slow the garbage collection so
    much that typing stutters, so only numbers are kept.
    """

    def __init__(self, pages: Sequence[str] = (), paras: Sequence[Para] = ()) -> None:
        """Start without matches.

        Args:
            pages: the names of the pages.
            paras: the paragraphs of the pages in reading order.
        """
        self._pages = pages
        self._paras = paras
        self.spelling = ""
        """The nearest spelling, where the query as typed has no match."""
        self.unmet: tuple[str, ...] = ()
        """One line for each field whose value nothing has, where nothing is found for that."""
        self._numbers = array("I")
        self._starts = array("I")
        self._ends = array("I")

    def add(self, number: int, first: int, last: int) -> None:
        """Append a match, by its paragraph's number, first word and last word."""
        offsets = self._paras[number].offsets
        self._numbers.append(number)
        self._starts.append(offsets[2 * first])
        self._ends.append(offsets[2 * last + 1])

    def add_whole(self, number: int) -> None:
        """Append the block of a paragraph, which meets the query without words."""
        self._numbers.append(number)
        self._starts.append(0)
        self._ends.append(0)

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Match: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Match]: ...
    def __getitem__(self, index: int | slice) -> Match | Sequence[Match]:
        if isinstance(index, slice):
            return self._part(index)
        para = self._paras[self._numbers[index]]
        return Match(
            self._pages[para.page], para.block, para.number, self._starts[index], self._ends[index], para.beside
        )

    def _part(self, index: slice) -> "Matches":
        part = Matches(self._pages, self._paras)
        part._numbers, part._starts, part._ends = self._numbers[index], self._starts[index], self._ends[index]
        return part

    def at(self, page: str, block: int) -> Sequence[Match]:
        """Return the matches in one block of a page."""
        if page not in self._pages:
            return ()
        rank, everything = self._pages.index(page), range(len(self))
        first = bisect_left(everything, (rank, block, TITLE, 0, 0), key=self._position)
        end = bisect_left(everything, (rank, block + 1, TITLE, 0, 0), first, key=self._position)
        return self[first:end]

    def on(self, page: str) -> bool:
        """Whether a page has a match."""
        if page not in self._pages:
            return False
        rank = self._pages.index(page)
        first = bisect_left(range(len(self)), rank, key=lambda index: self._position(index)[0])
        return first < len(self) and self._position(first)[0] == rank

    def next(self, after: Position, step: int) -> int:
        """Return the index of the match after or before a position."""
        everything = range(len(self))
        if step > 0:
            return bisect_right(everything, after, key=self._position) % len(self)
        return (bisect_left(everything, after, key=self._position) - 1) % len(self)

    def _position(self, index: int) -> Position:
        para = self._paras[self._numbers[index]]
        return para.page, para.block, para.beside, para.number, self._starts[index]
