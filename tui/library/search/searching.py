"""Searching: a parsed query against the index, ranked, counted and with what was searched."""

from collections.abc import Iterable

from tui.library.catalogue import Catalogue
from tui.library.search.answers import Answer
from tui.library.search.index import SearchIndex
from tui.library.search.query import Parsed


def search(
    index: SearchIndex,
    catalogue: Catalogue,
    parsed: Parsed,
    read: Iterable[tuple[str, str, str]] = (),
    *,
    limit: int = 20,
    offset: int = 0,
) -> Answer:
    """Search; an empty or mistaken query finds nothing. It may run in any thread.

    Args:
        index: where to look; it need not be complete, and the answer says so.
        catalogue: the library, for what was searched.
        parsed: the query.
        read: what the reader has read, as `State.read_items` gives it; only `is:` asks for it (`"is" in parsed.fields`).
        limit: how many hits to give.
        offset: how many of the best to leave out.
    """
    raise NotImplementedError


def facets(
    index: SearchIndex, parsed: Parsed, read: Iterable[tuple[str, str, str]] = ()
) -> dict[str, list[tuple[str, int]]]:
    """Count the hits by the values of each field, the most frequent first; a value filters as `name:value`."""
    raise NotImplementedError
