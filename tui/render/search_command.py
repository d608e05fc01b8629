"""The command `search`, for the command line and the kiosk alike."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tui.library.catalogue import Catalogue
from tui.render.exports import EXPORTS
from tui.search.answers import Answer, Hit, Shown
from tui.search.facets import facets
from tui.search.in_process import HitReader
from tui.search.index.library_index import SearchIndex
from tui.search.query import parse
from tui.search.run import search_grouped
from tui.search.service import WriteRequest


class Answered(NamedTuple):
    """An answer, and the means to write it out."""

    query: str
    answer: Answer
    show: Callable[[Hit], Shown | None]
    """Reads the texts of a hit; None where its briefing has changed or gone since."""
    facets: Callable[[], dict[str, list[tuple[str, int]]]]
    """Counts the hits by each value of each facet."""


def write_answer(
    index: SearchIndex, catalogue: Catalogue, request: WriteRequest, width: int = 80
) -> tuple[int, Iterator[str]]:
    """Answer a query as an export.

    Args:
        index: the library's index.
        catalogue: the library.
        request: the query.
        width: the cells of a line.

    Returns:
        The total and the lines.

    Raises:
        ValueError: the index cannot be searched.
    """
    parsed, read = parse(request.query, typing=True), request.read
    found = search_grouped(index, catalogue, parsed, read, limit=request.limit, offset=request.offset)
    show = HitReader(catalogue).show
    answered = Answered(request.query, found, show, lambda: facets(index, catalogue, parsed, read))
    return found.total, EXPORTS[request.format].answer(answered, width)
