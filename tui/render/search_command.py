"""The command `search`, for the command line and the kiosk alike: a query is parsed, answered and written out."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from tui.library.catalogue import Catalogue
from tui.render.exports import EXPORTS
from tui.search.answers import Answer, Hit
from tui.search.excerpts import Shelf, Shown
from tui.search.facets import facets
from tui.search.grouping import search_grouped
from tui.search.index.library_index import SearchIndex
from tui.search.query import QueryError, parse
from tui.search.translation import ReadItem


class Answered(NamedTuple):
    """An answer, and the means to write it out."""

    query: str
    answer: Answer
    show: Callable[[Hit], Shown | None]
    """Reads the texts of a hit; None where its briefing has changed or gone since."""
    facets: Callable[[], dict[str, list[tuple[str, int]]]]
    """Counts the hits by each value of each facet."""


class Written(NamedTuple):
    """An answer that is written out."""

    total: int
    """The number of hits."""
    lines: Iterator[str]


def error_of(query: str) -> QueryError | None:
    """Return the error of a query; None for a valid query."""
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
) -> Written:
    """Answer a valid query.

    Args:
        index: the index of the library.
        catalogue: the library.
        query: the query; its last word may be half typed, as in the box on the screen.
        read: the entries that the reader has read, for the field `is`.
        limit: the number of hits to write.
        offset: the number of best hits to leave out.
        written_as: the name of an export.
        width: the cells of a line.
    """
    parsed = parse(query, typing=True)
    read = tuple(read)
    found = search_grouped(index, catalogue, parsed, read, limit=limit, offset=offset)
    answered = Answered(query, found, Shelf(catalogue).show, lambda: facets(index, parsed, read))
    return Written(found.total, EXPORTS[written_as].answer(answered, width))
