"""The command `search`, for the command line and the kiosk alike."""

from collections.abc import Iterator

from tui.library.catalogue import Catalogue
from tui.render.exports import EXPORTS
from tui.render.hits import SearchResult
from tui.search.answers import Total
from tui.search.facets import facets
from tui.search.in_process import HitReader
from tui.search.index.library_index import SearchIndex
from tui.search.query import parse
from tui.search.run import search_grouped
from tui.search.service import WriteRequest


def write_answer(
    index: SearchIndex, catalogue: Catalogue, request: WriteRequest, width: int = 80
) -> tuple[Total, Iterator[str]]:
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
    result = SearchResult(request.query, found, show, lambda: facets(index, catalogue, parsed, read), request.offset)
    return found.total, EXPORTS[request.format].answer(result, width)
