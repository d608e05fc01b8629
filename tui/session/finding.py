"""Finding words in pages by the search's own matcher: counted, one after another and round again."""

import threading
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Final

from tui.language.tokens import tokens
from tui.render.page import Page
from tui.search.matcher import Matcher
from tui.search.nodes import And, Most, Node, Not, Or
from tui.search.query import Parsed
from tui.search.spelling import alternatives
from tui.session.found import Found, Para

_BETWEEN: Final = ("",)
"""Stands between the words of two paragraphs, so that no phrase runs from one into the next."""
_PIECE: Final = 200_000
"""Characters of a text whose words are looked at together."""


Beside = Callable[[str, str], Iterable[tuple[int, str]]]
"""Yields what stands beside a block, by the names of its page and its own: what it is, as `Match` has it, and its text."""


def _nothing(_page: str, _block: str) -> Iterable[tuple[int, str]]:
    return ()


class Finder:
    """Looks for words in some pages; their folded words are kept for the next query. It may be asked in any thread."""

    def __init__(
        self, pages: Sequence[tuple[str, Page]], languages: Sequence[str] = ("en",), beside: Beside = _nothing
    ) -> None:
        """Look in these pages, in this order, each with its name.

        Args:
            pages: the pages.
            languages: BCP 47 tags of the languages that they are written in, whose forms of words count.
            beside: yields the texts that stand beside a block of a page, such as its footnotes, in their order.
        """
        self.pages = tuple(pages)
        self.names = tuple(name for name, _ in pages)
        self.languages = tuple(languages)
        self._texts = _Texts(self.pages, beside)

    def find(
        self, parsed: Parsed, languages: Sequence[str] = (), cancelled: Callable[[], bool] = lambda: False
    ) -> Found:
        """Give every match in reading order; nothing where nothing is looked for or the search is cancelled.

        Where nothing is found as it is written, it is looked for in the nearest spellings, as in the whole library.

        Args:
            parsed: the query. A block has to answer all of it; its fields hold of every block.
            languages: other languages than the pages' own, whose forms of words count as well.
            cancelled: whether to stop.
        """
        texts = self._texts
        if parsed.node is None or not texts.read(cancelled):
            return Found()
        found = self._found(parsed.node, languages, cancelled)
        if found or cancelled() or (spelt := alternatives(parsed, texts)) is None:
            return found
        found = self._found(spelt.node, languages, cancelled)
        found.spelling = spelt.queries[0]
        return found

    def _found(self, node: Node, languages: Sequence[str], cancelled: Callable[[], bool]) -> Found:
        texts = self._texts
        matcher = Matcher(node, dict.fromkeys((*self.languages, *languages)))
        numbers: Iterable[int] = texts.with_any(matcher.beginnings(texts.vocabulary))
        if isinstance(node, And | Or | Not | Most):
            numbers = texts.answering(numbers, matcher)
        found = Found(self.names, texts.paras)
        for number in numbers:
            if cancelled():
                return Found()
            for first, last in matcher.stretches(texts.paras[number].words):
                found.add(number, first, last)
        return found


class _Texts:
    """The paragraphs of some pages, and for each word in which of them it stands."""

    def __init__(self, pages: Sequence[tuple[str, Page]], beside: Beside) -> None:
        self._beside = beside
        self.paras: list[Para] = []
        self._places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._known: dict[str, str] = {}
        self._blocks: dict[tuple[int, int], slice] = {}
        self._left = (
            (rank, name, page, place) for rank, (name, page) in enumerate(pages) for place in range(len(page))
        )
        self._reading = threading.Lock()

    def read(self, cancelled: Callable[[], bool]) -> bool:
        """Read the pages, or what is left of them since the last time; tell whether all of them were read."""
        with self._reading:
            for rank, name, page, place in self._left:
                begins = len(self.paras)
                block = page.block(place)
                texts = [(0, number, para.text) for number, para in enumerate(block.paras)]
                texts += [(beside, number, text) for number, (beside, text) in enumerate(self._beside(name, block.id))]
                for beside, number, text in sorted(texts, key=itemgetter(0)):
                    self._add(rank, place, number, text, beside)
                self._blocks[rank, place] = slice(begins, len(self.paras))
                if cancelled():
                    return False
        return True

    @property
    def vocabulary(self) -> Iterable[str]:
        """All words."""
        return self._places

    def count(self, word: str) -> int:
        """Return in how many paragraphs a word stands."""
        return len(self._places.get(word, ()))

    def has(self, word: str) -> bool:
        """Whether a word stands in any paragraph."""
        return word in self._places

    def beginning(self, letters: str) -> Iterable[tuple[str, int]]:
        """Return the words that begin so, each with in how many paragraphs it stands."""
        return [(word, len(places)) for word, places in self._places.items() if word.startswith(letters)]

    def with_any(self, words: Iterable[str]) -> list[int]:
        """Give the numbers of the paragraphs in which any of some words stands, in order."""
        return sorted(set(chain.from_iterable(self._places[word] for word in words if word in self._places)))

    def answering(self, numbers: Iterable[int], matcher: Matcher) -> Iterator[int]:
        """Give the numbers of those paragraphs whose block answers the whole query."""
        for block, group in groupby(numbers, self._block_of):
            words = chain.from_iterable((*para.words, *_BETWEEN) for para in self.paras[self._blocks[block]])
            if matcher.holds(list(words)):
                yield from group

    def _block_of(self, number: int) -> tuple[int, int]:
        para = self.paras[number]
        return para.page, para.place

    def _add(self, rank: int, place: int, number: int, text: str, beside: int) -> None:
        words: list[str] = []
        offsets = array("I")
        for begins, piece in _pieces(text):
            for word, start, end in tokens(piece):
                # A word that is known already is not kept twice.
                words.append(self._known.setdefault(word, word))
                offsets.extend((begins + start, begins + end))
        for word in set(words):
            self._places[word].append(len(self.paras))
        self.paras.append(Para(rank, place, number, tuple(words), offsets, beside))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Part a huge text at blanks, since its words with all that is known of them take fifty times its room at once."""
    start = 0
    while (end := text.find(" ", start + _PIECE)) >= 0:
        yield start, text[start:end]
        start = end
    yield start, text[start:] if start else text
