"""Occurrences of words in a long text, by an index.

A quote of a long text is searched in it from end to end, and a book has thousands of quotes. The index has the beginnings
of some words with the characters behind, by which the places of most quotes are known at once. It never decides: each
place is compared sign by sign, and words without a beginning in the index are searched from end to end.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

_WINDOW: Final = 16
"""Characters that are known of each beginning."""
_BEGINNING: Final = re.compile(rf"(?<= )[bghlmnprBGHLMNPR](?=.{{{_WINDOW - 1}}})", re.DOTALL)
"""About every fifth word; the letters are those that begin few of the most frequent words."""
_FEW: Final = 64
"""Searches before an index is made: one search costs a hundredth of it."""
_MANY: Final = 500
"""Places of one beginning from which a search from end to end is quicker."""
_BITS: Final = 32
_MASK: Final = (1 << _BITS) - 1


class Occurrences:
    """Searches words in one text. Two threads may each make the same index."""

    def __init__(self, text: str) -> None:
        """Prepare for a text in its canonical form."""
        self._text = text
        self._searched = 0
        self._index: array[int] | None = None

    def of(self, words: str) -> Iterator[int]:
        """Yield the offset of each occurrence, in order. Occurrences may overlap."""
        self._searched += 1
        beginning = _BEGINNING.search(words) if self._searched > _FEW else None
        if beginning is None:
            return self._searched_through(words)
        if self._index is None:
            self._index = array("Q", sorted(self._entries()))
        key = _hash(words, beginning.start()) << _BITS
        first, last = bisect_left(self._index, key), bisect_left(self._index, key + _MASK + 1)
        if last - first > _MANY:
            return self._searched_through(words)
        places = ((entry & _MASK) - beginning.start() for entry in self._index[first:last])
        return (at for at in places if at >= 0 and self._text.startswith(words, at))

    def _searched_through(self, words: str) -> Iterator[int]:
        at = self._text.find(words)
        while at >= 0:
            yield at
            at = self._text.find(words, at + 1)

    def _entries(self) -> Iterator[int]:
        for match in _BEGINNING.finditer(self._text):
            yield _hash(self._text, match.start()) << _BITS | match.start()


def _hash(text: str, start: int) -> int:
    return hash(text[start : start + _WINDOW]) & _MASK
