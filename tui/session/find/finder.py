"""The finder of queries in pages, by the matcher of the search."""

import threading
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from typing import Final, Protocol

from tui.language.tokens import tokens
from tui.library.volume import Volume
from tui.render.page import Page
from tui.search.matcher import Matcher
from tui.search.nodes import And, Field, Node, Not, Or, Phrase, Word
from tui.search.query import Parsed
from tui.search.service import Values
from tui.search.spelling import alternatives
from tui.search.unmet import unmet_fields
from tui.session.find.matches import Matches, Para

_BETWEEN: Final = ("",)
"""Separates the words of two paragraphs, so that no phrase crosses them."""
_PIECE: Final = 200_000
"""Characters of a text that are split into words together."""

BlockName = tuple[str, str]
"""The name of a page and of one of its blocks."""
Beside = Callable[[str, str], Iterable[tuple[int, str]]]
"""Yields the texts beside a block of a page by their names, each with `Match.beside`."""


def nothing_beside(_page: str, _block: str) -> Iterable[tuple[int, str]]:
    """Return no texts beside a block."""
    return ()


class Scope(Protocol):
    """The meaning of a query's fields in the blocks of some pages."""

    def meets(self, block: BlockName, field: Field) -> bool:
        """Whether a block meets a field."""

    def is_own(self, block: BlockName) -> bool:
        """Whether a block is an item's own. Its fields alone then find the block."""

    def values(self, block: BlockName) -> Iterable[tuple[str, str]]:
        """Return the names and values of a block's fields."""


class NoFields:
    """The scope of pages without fields."""

    def meets(self, _block: BlockName, _field: Field) -> bool:
        """Return false."""
        return False

    def is_own(self, _block: BlockName) -> bool:
        """Return false."""
        return False

    def values(self, _block: BlockName) -> Iterable[tuple[str, str]]:
        """Return no values."""
        return ()


NO_FIELDS: Final = NoFields()


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
        self._values: Mapping[str, tuple[str, ...]] | None = None

    def find(
        self,
        parsed: Parsed,
        languages: Sequence[str] = (),
        cancelled: Callable[[], bool] = lambda: False,
        scope: Scope = NO_FIELDS,
    ) -> Matches:
        """Return all matches in reading order. None for an empty query or after a cancellation.

        A query without a match is replaced by its nearest spellings, as in the search of the library.

        Args:
            parsed: the query; a block must meet all of it.
            languages: further languages whose forms of words count.
            cancelled: whether to stop.
            scope: the fields of the blocks.
        """
        texts = self._texts
        if not texts.read(cancelled):
            return Matches()
        if self._values is None and ":" in parsed.text:
            self._values = _counted(map(scope.values, texts.blocks))
        if parsed.node is None:
            return Matches()
        found = self._found(parsed.node, languages, cancelled, scope)
        if found or cancelled():
            return found
        unmet = unmet_fields(parsed, partial(self._is_met, scope), lambda name, _written: self.values(name).known)
        if unmet:
            found.unmet = unmet.lines
        elif spelt := alternatives(parsed, texts):
            found = self._found(spelt.node, languages, cancelled, scope)
            found.spelling = spelt.queries[0]
        return found

    def values(self, name: str) -> Values:
        """Return the values of a field on the pages. They are known as soon as a field was looked for."""
        return Values(is_whole=False) if self._values is None else Values(self._values.get(name, ()))

    def _is_met(self, scope: Scope, field: Field) -> bool:
        return any(scope.meets(block, field) for block in self._texts.blocks)

    def _found(self, node: Node, languages: Sequence[str], cancelled: Callable[[], bool], scope: Scope) -> Matches:
        texts = self._texts
        matcher = Matcher(node, dict.fromkeys((*self.languages, *languages)))
        is_wordless = _needs_no_word(node)
        numbers = range(len(texts.paras)) if is_wordless else texts.with_any(matcher.beginnings(texts.vocabulary))
        found = Matches(self.names, texts.paras)
        for block, group in groupby(numbers, texts.block_of):
            if cancelled():
                return Matches()
            if not isinstance(node, Word | Phrase) and not texts.meets(block, matcher, scope):
                continue
            spans = [(number, *span) for number in group for span in matcher.word_spans(texts.paras[number].words)]
            for number, first, last in spans:
                found.add(number, first, last)
            if is_wordless and not spans and scope.is_own(texts.name_of(block)):
                found.add_whole(texts.first_of(block))
        return found


def _needs_no_word(node: Node) -> bool:
    """Whether a text without any word to mark may meet a query."""
    if isinstance(node, And):
        return all(map(_needs_no_word, node.parts))
    if isinstance(node, Or):
        return any(map(_needs_no_word, node.parts))
    return isinstance(node, Not) or (isinstance(node, Field) and node.name != "quote")


def _counted(blocks: Iterable[Iterable[tuple[str, str]]]) -> Mapping[str, tuple[str, ...]]:
    """Return the values of each field, frequent ones first."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, value in chain.from_iterable(blocks):
        found[name][value] += 1
    return {name: tuple(sorted(values, key=lambda one: (-values[one], one))) for name, values in found.items()}


class _Texts:
    """The paragraphs of pages, with an index of their words."""

    def __init__(self, pages: Sequence[tuple[str, Page]], beside: Beside) -> None:
        self._pages, self._beside = pages, beside
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

    @property
    def blocks(self) -> Iterator[BlockName]:
        """The names of all blocks."""
        return map(self.name_of, self._blocks)

    def name_of(self, block: tuple[int, int]) -> BlockName:
        """Return the names of a block's page and of a block."""
        name, page = self._pages[block[0]]
        return name, page.ids[block[1]]

    def first_of(self, block: tuple[int, int]) -> int:
        """Return the number of a block's first paragraph, behind the texts above."""
        part = self._blocks[block]
        return next((number for number in range(part.start, part.stop) if not self.paras[number].beside), part.start)

    def meets(self, block: tuple[int, int], matcher: Matcher, scope: Scope) -> bool:
        """Whether a block meets the whole query."""
        words = chain.from_iterable((*para.words, *_BETWEEN) for para in self.paras[self._blocks[block]])
        return matcher.holds(list(words), partial(scope.meets, self.name_of(block)))

    def block_of(self, number: int) -> tuple[int, int]:
        """Return the indices of a paragraph's page and block."""
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
