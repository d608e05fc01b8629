"""Wider queries, for a query of which nothing has all words."""

from collections.abc import Iterable, Iterator
from typing import Final

from tui.language.identification import AMOUNTS, function_words
from tui.language.synonyms import synonyms
from tui.language.tokens import words_of
from tui.search.nodes import And, Field, Most, Node, Not, Or, Phrase, Word

_REWORDED: Final = 16
"""Words of a query with a look-up of synonyms; each has up to 30."""


def empty_words(node: Node, languages: Iterable[str]) -> tuple[Word, ...]:
    """Return the function words of a query."""
    told = function_words(languages)
    parts = node.parts if isinstance(node, And) else ()
    return tuple(part for part in parts if isinstance(part, Word) and words_of(part.text).strip() in told)


def relaxed(node: Node | None, languages: tuple[str, ...]) -> Iterator[Most]:
    """Yield wider queries: with synonyms, without function words, with fewer words."""
    if isinstance(node, Word):
        node = And((node,), node.start, node.end)
    if not isinstance(node, And):
        return
    empty = empty_words(node, languages)
    content = tuple(part for part in node.parts if part not in empty)
    asks_amount = any(words_of(part.text).strip() in AMOUNTS for part in empty)
    figures = [Field("has", ("quantity",), node.start, node.end)] if asks_amount else []
    besides: tuple[Node, ...] = tuple(figures) or empty  # figures answer; other questions only repeat “how many”
    alike = tuple(reworded(content, languages))
    if words := _words(content):
        for least in dict.fromkeys((words, _two_thirds(words), max(2, -(-words // 2)))):
            if least < words or empty or alike != content:
                yield Most(alike, least, node.start, node.end, besides)
    if empty and (words := _words(node.parts)) > 2:  # better than nothing
        yield Most(node.parts, _two_thirds(words), node.start, node.end)


def reworded(parts: Iterable[Node], languages: tuple[str, ...]) -> Iterator[Node]:
    """Yield the parts of a query, each word with its synonyms."""
    known = synonyms(languages)
    for number, part in enumerate(parts):
        others = known.of(part.text) if isinstance(part, Word) and number < _REWORDED else ()
        if others:
            alike = (
                Phrase(term, part.start, part.end) if " " in term else Word(term, part.start, part.end)
                for term in others
            )
            yield Or((part, *alike), part.start, part.end)
        else:
            yield part


def _words(parts: Iterable[Node]) -> int:
    return sum(not isinstance(part, Field | Not) for part in parts)


def _two_thirds(words: int) -> int:
    return -(-2 * words // 3)
