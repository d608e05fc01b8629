"""Finding words in pages by the search's own matcher: counted, one after another and round again."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import Final, NamedTuple

from tui.library.search.matcher import Matcher
from tui.library.search.query import And, Not, Or, Parsed
from tui.library.tokens import tokens
from tui.reader.match import Match
from tui.render.page import Page

_BETWEEN: Final = ("",)
"""Stands between the words of two paragraphs, so that no phrase runs from one into the next."""
_BLOCK: Final = attrgetter("page", "place")


class _Para(NamedTuple):
    """A paragraph's folded words, as small as can be."""

    page: str
    place: int
    number: int
    words: tuple[str, ...]
    offsets: "array[int]"
    """Where each word starts and ends."""


class Finder:
    """Looks for words in some pages; their folded words are kept for the next query."""

    def __init__(self, pages: Sequence[tuple[str, Page]], languages: Sequence[str] = ("en",)) -> None:
        """Look in these pages, in this order, each with its name.

        Args:
            pages: the pages.
            languages: BCP 47 tags of the languages that they are written in, whose forms of words count.
        """
        self.pages = tuple(pages)
        self.languages = tuple(languages)
        self._texts: _Texts | None = None

    def find(
        self, parsed: Parsed, languages: Sequence[str] = (), cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[Match, ...]:
        """Give every match in reading order; nothing where nothing is looked for or the search is cancelled.

        Args:
            parsed: the query. A block has to answer all of it; its fields hold of every block.
            languages: other languages than the pages' own, whose forms of words count as well.
            cancelled: whether to stop.
        """
        if parsed.node is None:
            return ()
        if self._texts is None:
            texts = _Texts()
            if not texts.read(self.pages, cancelled):
                return ()
            self._texts = texts
        matcher = Matcher(parsed.node, dict.fromkeys((*self.languages, *languages)))
        paras: Iterable[_Para] = self._texts.with_any(matcher.beginnings(self._texts.vocabulary))
        if isinstance(parsed.node, And | Or | Not):
            paras = self._answering(paras, matcher)
        found: list[Match] = []
        for para in paras:
            if cancelled():
                return ()
            page, place, number, words, offsets = para
            found += [
                Match(page, place, number, offsets[2 * first], offsets[2 * last + 1])
                for first, last in matcher.stretches(words)
            ]
        return tuple(found)

    def _answering(self, paras: Iterable[_Para], matcher: Matcher) -> Iterator[_Para]:
        """Give those paragraphs whose block answers the whole query."""
        texts = self._texts
        for _, group in groupby(paras, _BLOCK):
            first, *rest = group
            if texts and matcher.holds(texts.block_words(first)):
                yield first
                yield from rest


class _Texts:
    """The paragraphs of some pages, and for each word in which of them it stands."""

    def __init__(self) -> None:
        self._paras: list[_Para] = []
        self._places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._known: dict[str, str] = {}
        self._blocks: dict[tuple[str, int], slice] = {}

    def read(self, pages: Iterable[tuple[str, Page]], cancelled: Callable[[], bool]) -> bool:
        """Read pages; tell whether all of them were read."""
        for name, page in pages:
            for place in range(len(page)):
                if cancelled():
                    return False
                begins = len(self._paras)
                for number, para in enumerate(page.block(place).paras):
                    self._add(name, place, number, para.text)
                self._blocks[name, place] = slice(begins, len(self._paras))
        return True

    @property
    def vocabulary(self) -> Iterable[str]:
        """All words."""
        return self._places

    def with_any(self, words: Iterable[str]) -> Iterator[_Para]:
        """Give the paragraphs in which any of some words stands, in order."""
        numbers = set(chain.from_iterable(self._places[word] for word in words if word in self._places))
        return (self._paras[number] for number in sorted(numbers))

    def block_words(self, para: _Para) -> list[str]:
        """Give the words of the block in which a paragraph stands."""
        paras = self._paras[self._blocks[_BLOCK(para)]]
        return list(chain.from_iterable((*one.words, *_BETWEEN) for one in paras))

    def _add(self, page: str, place: int, number: int, text: str) -> None:
        found = tokens(text)
        # A word that is known already is not kept twice.
        words = tuple(self._known.setdefault(word, word) for word, _, _ in found)
        for word in set(words):
            self._places[word].append(len(self._paras))
        offsets = array("I", chain.from_iterable((start, end) for _, start, end in found))
        self._paras.append(_Para(page, place, number, words, offsets))


def next_match(matches: Sequence[Match], after: tuple[int, int, int, int], order: Sequence[str], step: int) -> int:
    """Give the index of the first match behind (or, for a step of -1, before) a position, going round at the end.

    Args:
        matches: in reading order.
        after: page's place in `order`, block, paragraph and offset.
        order: the names of the pages in reading order.
        step: 1 or -1.
    """
    rank = {name: number for number, name in enumerate(order)}
    positions = [(rank[match.page], match.place, match.para, match.start) for match in matches]
    if step > 0:
        return next((index for index, position in enumerate(positions) if position > after), 0)
    return next((index for index in range(len(positions) - 1, -1, -1) if positions[index] < after), len(positions) - 1)
