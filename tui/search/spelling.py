"""The nearest spellings of words that nothing has."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from tui.language.tokens import words_of
from tui.search.index.schema import make_schema
from tui.search.nodes import And, Field, Node, Not, Or, Phrase, Word
from tui.search.query import Parsed

if TYPE_CHECKING:
    from tantivy import Query, Searcher

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_SHORTEST: Final = 3
_LONGEST: Final = 40
_TWO_ERRORS_FROM: Final = 5
"""Letters from which two errors are allowed; in a shorter word two errors make another word."""
_TWO_ERRORS_IN: Final = 2
"""Words of a query in which two errors are allowed; each takes up to 25 ms in a large vocabulary."""
_MOST_ERRORS: Final = 2
_CANDIDATES: Final = 3
_LOOKED_AT: Final = 400
"""The number of words, the most frequent first, that are compared letter by letter."""


class Spelt(NamedTuple):
    """A query with replacements for unknown words."""

    node: Node
    queries: tuple[str, ...]
    """The query's text with the replacements, the nearest spelling first."""


class Lexicon(Protocol):
    """The known words."""

    def count(self, word: str) -> int:
        """Return the approximate frequency of a word."""

    def has(self, word: str) -> bool:
        """Whether a word is known for certain."""

    def beginning(self, letters: str) -> Iterable[tuple[str, int]]:
        """Return the words that begin with some letters, each with its frequency."""


class IndexLexicon:
    """The words of a search index."""

    def __init__(self, searcher: "Searcher", shown: Callable[["Query"], "Query"]) -> None:
        """Use a searcher's dictionary. `shown` restricts a query to documents that may be shown."""
        self._searcher = searcher
        self._shown = shown

    def count(self, word: str) -> int:
        """Return the number of documents with a word, including deleted briefings."""
        return int(self._searcher.doc_freq("words", word))

    def has(self, word: str) -> bool:
        """Whether any shown document has a word; the dictionary includes deleted briefings."""
        from tantivy import Query

        query = Query.term_query(make_schema(), "words", word, "basic")
        return bool(self.count(word)) and bool(self._searcher.search(self._shown(query), 1, count=False).hits)

    def beginning(self, letters: str) -> Iterable[tuple[str, int]]:
        """Return the words of the dictionary that begin with some letters."""
        return self._searcher.terms_with_prefix("words", letters)


def alternatives(
    parsed: Parsed, lexicon: Lexicon, is_word: Callable[[str], object] = lambda _word: False
) -> Spelt | None:
    """Replace unknown words by the nearest spellings. None where no word is unknown or a word has none.

    Args:
        parsed: the query.
        lexicon: the known words.
        is_word: whether an unknown word is rightly spelt all the same.
    """
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    if parsed.node is None:
        return None
    misspelt = (leaf for leaf in _misspelt(parsed.node, lexicon) if not is_word(leaf.text))
    for number, leaf in enumerate(misspelt):
        near = nearest_words(words_of(leaf.text), lexicon, twice=number < _TWO_ERRORS_IN)
        if not near:
            return None
        found[leaf.start, leaf.end] = near
    if not found:
        return None
    most = max(map(len, found.values()))
    queries = [_respelt(parsed.text, found, choice) for choice in range(most)]
    return Spelt(_replaced(parsed.node, found), tuple(dict.fromkeys(queries)))


def nearest_words(word: str, lexicon: Lexicon, *, twice: bool = True) -> tuple[str, ...]:
    """Return the nearest known words, at most two errors away, by frequency.

    Args:
        word: a folded word.
        lexicon: the known words.
        twice: whether to allow two errors where no word is one error away.
    """
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ()
    # The dictionary has words of briefings that are gone, of which nothing may be told.
    found = {near: lexicon.count(near) for near in one_error(word)}
    known = {near: documents for near, documents in found.items() if documents and lexicon.has(near)}
    if not known and twice and len(word) >= _TWO_ERRORS_FROM:
        known = dict(_two_errors(word, lexicon))
    best = sorted(known, key=lambda near: (-known[near], near))
    return tuple(islice((near for near in best if lexicon.has(near)), _CANDIDATES))


def one_error(word: str) -> set[str]:
    """Return all strings with one letter omitted, added, changed or swapped."""
    letters = _LETTERS if word.isascii() else "".join(sorted({*_LETTERS, *word}))
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    shorter = {a + b[1:] for a, b in parts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    changed = {a + letter + b[1:] for a, b in parts if b for letter in letters}
    longer = {a + letter + b for a, b in parts for letter in letters}
    return (shorter | swapped | changed | longer) - {word, ""}


def _two_errors(word: str, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """Yield words with the same first letter and up to two errors."""
    letters = set(word)
    alike = [
        (documents, term)
        for term, documents in lexicon.beginning(word[:1])
        if abs(len(term) - len(word)) <= 2 and len(letters.symmetric_difference(term)) <= 4
    ]
    for documents, term in heapq.nlargest(_LOOKED_AT, alike):
        if errors(word, term, _MOST_ERRORS) <= _MOST_ERRORS:
            yield term, documents


def errors(one: str, other: str, most: int) -> int:
    """Count the letters left out, added, changed or swapped between two words.

    Counting stops early where there are more than `most`.
    """
    before, above = list(range(len(other) + 1)), list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            least = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                least = min(least, before[column - 2] + 1)
            current.append(least)
        if min(current) > most:
            return min(current)
        before, above = above, current
    return above[-1]


def _misspelt(node: Node, lexicon: Lexicon) -> Iterator[Word]:
    """Yield the words of a query that are unknown."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _misspelt(part, lexicon)
    elif isinstance(node, Word):
        words = words_of(node.text).split()
        if len(words) == 1 and not lexicon.has(words[0]):
            yield node


def _replaced(node: Node, found: dict[tuple[int, int], tuple[str, ...]]) -> Node:
    if isinstance(node, And | Or):
        return replace(node, parts=tuple(_replaced(part, found) for part in node.parts))
    if isinstance(node, Not | Field | Phrase) or (node.start, node.end) not in found:
        return node
    near = tuple(Phrase(word, node.start, node.end) for word in found[node.start, node.end])
    return near[0] if len(near) == 1 else Or(near, node.start, node.end)


def _respelt(text: str, found: dict[tuple[int, int], tuple[str, ...]], choice: int) -> str:
    for (start, end), near in sorted(found.items(), reverse=True):
        text = text[:start] + near[min(choice, len(near) - 1)] + text[end:]
    return text
