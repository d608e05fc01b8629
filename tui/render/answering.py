"""A query answered in writing, for the command and for the kiosk alike."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.library.catalogue import Catalogue
from tui.render.search import answer_json, answer_text
from tui.search.excerpts import Shelf
from tui.search.facets import facets
from tui.search.grouping import search_grouped
from tui.search.index.library_index import SearchIndex
from tui.search.query import QueryError, parse
from tui.search.translation import ReadItem


class Answered(NamedTuple):
    """What is written of an answer."""

    total: int
    """How many hits there are."""
    lines: Iterator[str]


def error_of(query: str) -> QueryError | None:
    """Give what is wrong with a query; None where nothing is."""
    return parse(query).error


def answer(
    index: SearchIndex,
    catalogue: Catalogue,
    query: str,
    read: Iterable[ReadItem] = (),
    *,
    limit: int,
    offset: int,
    written_as: str,
    width: int,
) -> Answered:
    """Answer a query that is right.

    Args:
        index: the library's index.
        catalogue: the library.
        query: the query; as in the box on the screen, its last word may be half typed.
        read: what the reader has read, for the field `is`.
        limit: how many hits.
        offset: how many of the best to leave out.
        written_as: text or json.
        width: cells of a line of text.
    """
    parsed = parse(query, typing=True)
    read = tuple(read)
    found = search_grouped(index, catalogue, parsed, read, limit=limit, offset=offset)
    show = Shelf(catalogue).show
    if written_as == "json":
        return Answered(found.total, iter([answer_json(query, found, show, facets(index, parsed, read))]))
    return Answered(found.total, answer_text(found, show, width))
