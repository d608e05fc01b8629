"""Facets: values of fields, counted, listed, and used as filters."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tui.language.tokens import words_of
from tui.library.catalogue import Catalogue
from tui.search.fields import FACETS, FIELDS, shown
from tui.search.index.library_index import SearchIndex
from tui.search.index.view import View
from tui.search.nodes import Field, Or
from tui.search.query import Parsed, parse
from tui.search.service import Values
from tui.search.translation import ReadItem, Translator
from tui.search.unmet import Unmet, unmet_fields

if TYPE_CHECKING:
    from tantivy import Query

HITS: Final = {"hits": {"value_count": {"field": "of"}}}
"""Counts hits without ranking, since each document has one value."""
_MANY: Final = 12
"""The share of all passages, as one in so many, from which the lists of the tags are read."""
_BUCKETS: Final = 20_000
_LISTED: Final = 1000
_WANTED: Final = {"tags": {"terms": {"field": "tags", "size": _BUCKETS}}}


def facets(
    index: SearchIndex, catalogue: Catalogue, parsed: Parsed, read: Iterable[ReadItem] = ()
) -> dict[str, list[tuple[str, int]]]:
    """Count the hits by the values of each field. Frequent values come first."""
    view = index.view()
    if view is None or parsed.node is None:
        return {}
    numbers = view.withdrawn_numbers(catalogue)
    query = Translator(view, read, numbers).query(parsed.node)
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in FACETS}
    for tag, number in _counted(view, query):
        name, _, value = tag.partition("=")
        if name in found:
            found[name].append((shown(name, value), number))
    for values in found.values():
        values.sort(key=lambda pair: (-pair[1], pair[0]))
    return {name: values for name, values in found.items() if values}


def _counted(view: View, query: "Query") -> list[tuple[str, int]]:
    """Count the tags of the hits. For many hits, the lists of the tags are read."""
    searcher = view.searcher
    if searcher.aggregate(query, HITS)["hits"]["value"] * _MANY > searcher.num_docs:
        return searcher.terms_with_prefix("tags", "", query)
    return [(one["key"], one["doc_count"]) for one in searcher.aggregate(query, _WANTED)["tags"]["buckets"]]


def listed(index: SearchIndex, catalogue: Catalogue, name: str) -> Values:
    """Return the values of a field in the library, for completion."""
    pending, view = catalogue.pending, index.view()
    if view is None:
        return Values(is_whole=False)
    standing = view.standing(catalogue)
    is_whole = pending == 0 and not (standing.waiting or standing.outdated)
    return Values(values_in(view, view.withdrawn_numbers(catalogue), name), is_whole)


def values_in(view: View, withdrawn: tuple[int, ...], name: str) -> tuple[str, ...]:
    """Return the values of a field at one commit, frequent ones first."""
    if name not in FACETS:
        return ()
    found = view.searcher.terms_with_prefix("tags", f"{name}=", None, _LISTED)
    terms = [term for term, _ in sorted(found, key=lambda pair: (-pair[1], pair[0]))]
    if withdrawn or not view.is_sound:  # the dictionary has values of removed briefings
        there = _tags(view, withdrawn)
        terms = [term for term in terms if term in there]
    return tuple(shown(name, term.partition("=")[2]) for term in terms)


@lru_cache(maxsize=2)
def _tags(view: View, withdrawn: tuple[int, ...]) -> frozenset[str]:
    """Return the most frequent tags of the briefings that are there."""
    query = Translator(view, (), withdrawn).everything()
    return frozenset(bucket["key"] for bucket in view.searcher.aggregate(query, _WANTED)["tags"]["buckets"])


def unmet_in(view: View, withdrawn: tuple[int, ...], parsed: Parsed) -> Unmet | None:
    """Explain the fields of a query that nothing in the index meets."""
    translate = Translator(view, (), withdrawn)

    def is_met(field: Field) -> bool:
        return bool(view.searcher.search(translate.query(field), 1, count=False).hits)

    def values(name: str, written: str) -> tuple[str, ...]:
        # The dictionary has words of quotes of briefings that are gone, of which nothing may be told.
        return values_in(view, withdrawn, name) or tuple(
            word for word in _quoted_words(view, written) if is_met(Field("quote", (word,), 0, 0))
        )

    return unmet_fields(parsed, is_met, values)


def _quoted_words(view: View, written: str) -> tuple[str, ...]:
    """Return the words of quotes that begin as a word does."""
    letters = words_of(written)[:1]
    return tuple(word for word, _ in view.searcher.terms_with_prefix("quote", letters)) if letters else ()


def facet_query(name: str, value: str) -> str:
    """Return a facet's value as a filter for exactly the counted hits."""
    exact = f"={value}" if FIELDS[name].match == "name" else value
    return f'{name}:"{exact}"' if " " in value else f"{name}:{exact}"


def toggled(text: str, filter_text: str) -> str:
    """Toggle a filter in a query. Another filter of the same field is replaced."""
    parsed = parse(text, typing=True)
    name = filter_text.partition(":")[0]
    same = [field for field in parsed.filters if field.name == name]
    was = any(text[field.start : field.end] == filter_text for field in same)
    rest = _without(text, same)
    if was:
        return rest
    if isinstance(parse(rest, typing=True).node, Or):
        rest = f"({rest.strip()})"
    # The filter comes first, so that a half-typed word stays the last one.
    return f"{filter_text} {rest.lstrip()}"


def without(parsed: Parsed, name: str) -> str:
    """Return a query without its filters of a field."""
    return _without(parsed.text, [field for field in parsed.filters if field.name == name])


def _without(text: str, fields: list[Field]) -> str:
    for field in reversed(fields):
        text = text[: field.start] + text[field.end :].lstrip()
    return text
