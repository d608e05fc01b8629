"""The values of the fields: counted among the hits, and listed for completion."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from tui.search.index.known import known_of, translator
from tui.search.index.library_index import SearchIndex, View
from tui.search.query import Parsed
from tui.search.translation import ReadItem

FACETS: Final = ("kind", "in", "by", "about", "stance", "source", "rating", "reliability", "likelihood", "has")
_FREE: Final = frozenset({"in", "by", "about", "stance", "source"})
_BUCKETS: Final = 20_000
_LISTED: Final = 1000


def facets(index: SearchIndex, parsed: Parsed, read: Iterable[ReadItem] = ()) -> dict[str, list[tuple[str, int]]]:
    """Count the hits by the values of each field, the most frequent first; `facet_query` writes one as a filter."""
    view = index.view()
    if view is None or parsed.node is None:
        return {}
    query = translator(view, read).query(parsed.node)
    wanted = {"tags": {"terms": {"field": "tags", "size": _BUCKETS}}}
    found: dict[str, list[tuple[str, int]]] = {}
    for bucket in view.searcher.aggregate(query, wanted)["tags"]["buckets"]:
        name, _, value = bucket["key"].partition("=")
        if name in FACETS:
            found.setdefault(name, []).append((_shown(name, value), bucket["doc_count"]))
    for values in found.values():
        values.sort(key=lambda pair: (-pair[1], pair[0]))
    return {name: found[name] for name in FACETS if name in found}


def facet_query(name: str, value: str) -> str:
    """Write a facet's value as a filter that finds just what was counted."""
    exact = f"={value}" if name in _FREE else value
    return f'{name}:"{exact}"' if " " in value else f"{name}:{exact}"


def listed(index: SearchIndex, name: str) -> tuple[str, ...]:
    """Give the values that a field has in the library, for completion."""
    view = index.view()
    if view is None or name not in FACETS:
        return ()
    terms = (term for term, _ in view.searcher.terms_with_prefix("tags", f"{name}=", None, _LISTED))
    if not known_of(view).sound:  # the dictionary has words of briefings that are gone
        there = _tags(view)
        terms = (term for term in terms if term in there)
    return tuple(_shown(name, term.partition("=")[2]) for term in terms)


@lru_cache(maxsize=2)
def _tags(view: View) -> frozenset[str]:
    """Return the most frequent tags of all that is still there."""
    from tantivy import Query

    wanted = {"tags": {"terms": {"field": "tags", "size": _BUCKETS}}}
    return frozenset(bucket["key"] for bucket in view.searcher.aggregate(Query.all_query(), wanted)["tags"]["buckets"])


def _shown(name: str, value: str) -> str:
    """Write a value as it is written in a query: ids have no spaces, and other words had some."""
    return value.replace("_", " ") if name in {"by", "likelihood", "stance"} else value
