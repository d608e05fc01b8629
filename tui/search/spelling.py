"""The nearest spellings of words that the index does not have."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from tui.language.tokens import words_of
from tui.search.index.schema import make_schema
from tui.search.nodes import And, Field, Node, Not, Or, Phrase, Word
from tui.search.query import Parsed

if TYPE_CHECKING:
    from tantivy import Searcher

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_SHORTEST: Final = 3
_LONGEST: Final = 40
_TWO_ERRORS_FROM: Final = 5
"""Letters from which two errors are forgiven; in shorter words they make another word."""
_TWO_ERRORS_IN: Final = 2
"""Words of a query in which two errors are looked for: each takes up to 25 ms in a large vocabulary."""
_MOST_ERRORS: Final = 2
_CANDIDATES: Final = 3
_LOOKED_AT: Final = 400
"""Words that are compared letter by letter, the most frequent of those that may be meant."""


class Spelt(NamedTuple):
    """A query with other spellings."""

    node: Node
    queries: tuple[str, ...]
    """It written out, the nearest spelling first."""


class Lexicon(Protocol):
    """The words among which the nearest are looked for."""

    def count(self, word: str) -> int:
        """Return how often a word stands there, roughly."""

    def has(self, word: str) -> bool:
        """Return whether a word stands there, surely."""

    def beginning(self, letters: str) -> Iterable[tuple[str, int]]:
        """Yield the words that begin so, each with how often it stands there."""


class IndexLexicon:
    """The words of an index."""

    def __init__(self, searcher: "Searcher") -> None:
        """Look into a searcher's words."""
        self._searcher = searcher

    def count(self, word: str) -> int:
        """Return in how many documents a word stands, those of deleted briefings too."""
        return int(self._searcher.doc_freq("words", word))

    def has(self, word: str) -> bool:
        """Whether anything has a word; the dictionary has those of deleted briefings, too."""
        from tantivy import Query

        query = Query.term_query(make_schema(), "words", word, "basic")
        return bool(self.count(word)) and bool(self._searcher.search(query, 1, count=False).hits)

    def beginning(self, letters: str) -> Iterable[tuple[str, int]]:
        """Return the words of the dictionary that begin so."""
        return self._searcher.terms_with_prefix("words", letters)


def alternatives(parsed: Parsed, lexicon: Lexicon) -> Spelt | None:
    """Spell the words anew that the index does not have; None where it has them all, or nothing near."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    if parsed.node is None:
        return None
    for number, leaf in enumerate(_misspelt(parsed.node, lexicon)):
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
    """Give the words of the index that are nearest to one, at most two errors away, the most frequent first.

    Args:
        word: a folded word.
        lexicon: the words among which to look.
        twice: whether to look for two errors where one does not explain the word.
    """
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ()
    found = {near: lexicon.count(near) for near in one_error(word)}
    known = {near: documents for near, documents in found.items() if documents}
    if not known and twice and len(word) >= _TWO_ERRORS_FROM:
        known = dict(_two_errors(word, lexicon))
    best = sorted(known, key=lambda near: (-known[near], near))
    return tuple(islice((near for near in best if lexicon.has(near)), _CANDIDATES))


def one_error(word: str) -> set[str]:
    """Give all that one letter left out, put in, changed or swapped with its neighbour makes of a word."""
    letters = _LETTERS if word.isascii() else "".join(sorted({*_LETTERS, *word}))
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    shorter = {a + b[1:] for a, b in parts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    changed = {a + letter + b[1:] for a, b in parts if b for letter in letters}
    longer = {a + letter + b for a, b in parts for letter in letters}
    return (shorter | swapped | changed | longer) - {word, ""}


def _two_errors(word: str, lexicon: Lexicon) -> Iterator[tuple[str, int]]:
    """Give the words two errors away that begin alike: whoever errs twice has mostly the first letter right."""
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
    """Count the letters left out, put in, changed or swapped with their neighbour between two words.

    Where there are more than `most` it stops counting early.
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
    """Give the words that nothing in the index begins with or is."""
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
