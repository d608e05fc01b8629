"""The finder of queries in pages, by the matcher of the search."""

import threading
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Final

from tui.language.tokens import tokens
from tui.library.volume import Volume
from tui.render.page import Page
from tui.search.matcher import Matcher
from tui.search.nodes import And, Most, Node, Not, Or
from tui.search.query import Parsed
from tui.search.spelling import alternatives
from tui.session.find.matches import Matches, Para

_BETWEEN: Final = ("",)
"""Separates the words of two paragraphs, so that no phrase crosses them."""
_PIECE: Final = 200_000
"""Characters of a text that are split into words together."""

Beside = Callable[[str, str], Iterable[tuple[int, str]]]
"""Yields the texts beside a block of a page by their names, each with `Match.beside`."""


def nothing_beside(_page: str, _block: str) -> Iterable[tuple[int, str]]:
    """Return no texts beside a block."""
    return ()


class Finder:
    """Finds queries in pages, in any thread. The folded words are kept for the next query."""

    def __init__(
        self, pages: Sequence[tuple[str, Page]], languages: Sequence[str] = ("en",), beside: Beside = nothing_beside
    ) -> None:
        """Prepare to read the pages.

        Args:
            pages: the pages in reading order, each with its name.
            languages: BCP 47 tags of the pages' languages, whose forms of words count.
            beside: yields the texts beside a block, such as its footnotes.
        """
        self.pages = tuple(pages)
        self.names = tuple(name for name, _ in pages)
        self.languages = tuple(languages)
        self._texts = _Texts(self.pages, beside)

    def find(
        self, parsed: Parsed, languages: Sequence[str] = (), cancelled: Callable[[], bool] = lambda: False
    ) -> Matches:
        """Return all matches in reading order. None for an empty query or after a cancellation.

        A query without a match is replaced by its nearest spellings, as in the search of the library.

        Args:
            parsed: the query; a block must meet all of it, and every block meets its fields.
            languages: further languages whose forms of words count.
            cancelled: whether to stop.
        """
        texts = self._texts
        if parsed.node is None or not texts.read(cancelled):
            return Matches()
        found = self._found(parsed.node, languages, cancelled)
        if found or cancelled() or (spelt := alternatives(parsed, texts)) is None:
            return found
        found = self._found(spelt.node, languages, cancelled)
        found.spelling = spelt.queries[0]
        return found

    def _found(self, node: Node, languages: Sequence[str], cancelled: Callable[[], bool]) -> Matches:
        texts = self._texts
        matcher = Matcher(node, dict.fromkeys((*self.languages, *languages)))
        numbers: Iterable[int] = texts.with_any(matcher.beginnings(texts.vocabulary))
        if isinstance(node, And | Or | Not | Most):
            numbers = texts.answering(numbers, matcher)
        found = Matches(self.names, texts.paras)
        for number in numbers:
            if cancelled():
                return Matches()
            for first, last in matcher.word_spans(texts.paras[number].words):
                found.add(number, first, last)
        return found


class _Texts:
    """The paragraphs of pages, with an index of their words."""

    def __init__(self, pages: Sequence[tuple[str, Page]], beside: Beside) -> None:
        self._beside = beside
        self.paras: list[Para] = []
        self._numbers: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._known: dict[str, str] = {}
        self._blocks: dict[tuple[int, int], slice] = {}
        self._left = (
            (rank, name, page, index) for rank, (name, page) in enumerate(pages) for index in range(len(page))
        )
        self._reading = threading.Lock()

    def read(self, cancelled: Callable[[], bool]) -> bool:
        """Read the rest of the pages; return whether no page is left."""
        with self._reading:
            for rank, name, page, index in self._left:
                begins = len(self.paras)
                block = page.block(index)
                texts = [(0, number, para.text) for number, para in enumerate(block.paras)]
                texts += [(beside, number, text) for number, (beside, text) in enumerate(self._beside(name, block.id))]
                for beside, number, text in sorted(texts, key=itemgetter(0)):
                    self._add(rank, index, number, text, beside)
                self._blocks[rank, index] = slice(begins, len(self.paras))
                if cancelled():
                    return False
        return True

    @property
    def vocabulary(self) -> Iterable[str]:
        """All words."""
        return self._numbers

    def count(self, word: str) -> int:
        """Count the paragraphs with a word."""
        return len(self._numbers.get(word, ()))

    def has(self, word: str) -> bool:
        """Whether any paragraph has a word."""
        return word in self._numbers

    def beginning(self, letters: str) -> Iterable[tuple[str, int]]:
        """Return the words that begin with some letters, with numbers of paragraphs."""
        return [(word, len(numbers)) for word, numbers in self._numbers.items() if word.startswith(letters)]

    def with_any(self, words: Iterable[str]) -> list[int]:
        """Return the numbers of the paragraphs with any of the words, sorted."""
        return sorted(set(chain.from_iterable(self._numbers[word] for word in words if word in self._numbers)))

    def answering(self, numbers: Iterable[int], matcher: Matcher) -> Iterator[int]:
        """Yield the numbers of the paragraphs whose block meets the whole query."""
        for block, group in groupby(numbers, self._block_of):
            words = chain.from_iterable((*para.words, *_BETWEEN) for para in self.paras[self._blocks[block]])
            if matcher.holds(list(words)):
                yield from group

    def _block_of(self, number: int) -> tuple[int, int]:
        para = self.paras[number]
        return para.page, para.block

    def _add(self, rank: int, index: int, number: int, text: str, beside: int) -> None:
        words: list[str] = []
        offsets = array("I")
        for begins, piece in _pieces(text):
            for word, start, end in tokens(piece):
                # Equal words are stored once.
                words.append(self._known.setdefault(word, word))
                offsets.extend((begins + start, begins + end))
        for word in set(words):
            self._numbers[word].append(len(self.paras))
        self.paras.append(Para(rank, index, number, tuple(words), offsets, beside))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Split a huge text at spaces, since its tokens take much memory."""
    start = 0
    while (end := text.find(" ", start + _PIECE)) >= 0:
        yield start, text[start:end]
        start = end
    yield start, text[start:] if start else text


def named(volume: Volume, words: str, *, by_id: bool) -> tuple[str, str] | None:
    """Find an item by its number or id. Return its id and "number" or "id"."""
    number = words.upper()
    entry = next((entry for entry in volume.edition.entries if number and entry.number == number), None)
    if entry is not None:
        return entry.id, "number"
    item = volume.entries.get(words) or volume.sources.get(words) or volume.entities.get(words)
    return (item.id, "id") if by_id and item else None
