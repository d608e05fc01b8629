"""Searching one library, whichever process does it: queries, facets, completion, and what is shown of hits."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.library.catalogue import Catalogue
from tui.search.answers import Hit
from tui.search.excerpts import Shelf, Shown
from tui.session.search.engine import Found, Progress, Question, UnansweredError, Written
from tui.session.search.facet_row import Counts

if TYPE_CHECKING:
    from tui.search.index.library_index import SearchIndex

_WIDTH: Final = 80
"""Cells of a line of text."""


class LibrarySearch:
    """Searches one library; in any thread."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Open nothing yet."""
        self._catalogue = catalogue
        self._index: SearchIndex | None = None
        self._making = threading.Lock()
        self._shelf = Shelf(catalogue)
        self._guard = threading.Lock()

    @property
    def index(self) -> "SearchIndex":
        """The index; made when it is first wanted."""
        with self._making:
            if self._index is None:
                from tui.search.index.library_index import SearchIndex, index_folder

                cache = self._catalogue.cache_folder
                self._index = SearchIndex(index_folder(cache, self._catalogue.roots) if cache else None)
            return self._index

    def ask(self, question: Question) -> Found:
        """Ask; what is shown of the hits is not read yet.

        Raises:
            UnansweredError: the index cannot do this.
        """
        from tui.search.grouping import BATCH, grouped
        from tui.search.run import search

        with _telling_why():
            answer = search(
                self.index,
                self._catalogue,
                question.parsed,
                question.read,
                limit=BATCH,
                offset=question.had,
                first=question.first,
            )
        return Found(answer, grouped(answer.hits, question.first))

    def count(self, question: Question) -> Counts:
        """Count the facets; a field that is filtered by is counted as if it were not.

        Raises:
            UnansweredError: the index cannot do this.
        """
        from tui.search.facets import facets
        from tui.search.query import parse
        from tui.session.search.filters import filters_of, without

        parsed, read = question.parsed, question.read
        with _telling_why():
            counts = facets(self.index, parsed, read)
            for name in {field.name for field in filters_of(parsed)}:
                wider = parse(without(parsed, name), typing=True)
                if wider.node is not None:
                    counts[name] = facets(self.index, wider, read).get(name, counts.get(name, []))
        return {name: values for name, values in counts.items() if values}

    def write(self, query: str, written_as: str, limit: int, offset: int, most: int) -> Written:
        """Answer in writing; `most` bounds the characters, but for the line that goes beyond it.

        Raises:
            UnansweredError: the index cannot do this.
        """
        from tui.render.search_command import answer

        length = 0

        def fits(line: str) -> bool:
            nonlocal length
            before, length = length, length + len(line)
            return before <= most

        with _telling_why():
            found = answer(
                self.index, self._catalogue, query, limit=limit, offset=offset, written_as=written_as, width=_WIDTH
            )
            return Written(found.total, tuple(takewhile(fits, found.lines)))

    def values(self, name: str) -> tuple[str, ...]:
        """Give the values that a field has in the library, for completion."""
        from tui.search.facets import listed

        return listed(self.index, name)

    def show(self, hit: Hit) -> Shown | None:
        """Read what is shown of a hit; None where its briefing has changed or gone meanwhile."""
        with self._guard:
            return self._shelf.show(hit)

    def forget(self) -> None:
        """Close the briefings that were read from."""
        with self._guard:
            self._shelf.forget()

    def update(self, progress: Progress, cancelled: Callable[[], bool], only: Iterable[Path] | None = None) -> bool:
        """Bring the index up to date; see `SearchIndex.update`."""
        return self.index.update(self._catalogue, progress, cancelled, only)


@contextmanager
def _telling_why() -> Iterator[None]:
    from tui.search.run import SearchError

    try:
        yield
    except (SearchError, ValueError) as error:  # so tantivy tells of what it cannot do
        reason = str(error).partition("\n")[0]
        raise UnansweredError(f"This cannot be searched: {reason}") from error
    except MemoryError as error:
        raise UnansweredError("There is not enough memory for this search; ask for less.") from error
