"""The page of the library. Its rows are fetched as they come into view."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, overload

from tui.briefing.kinds import PANES
from tui.library.catalogue import Catalogue
from tui.library.summaries import Summary
from tui.render.library import Progress, library_block, reading_blocks, unread_blocks
from tui.render.page import Block, Page, fixed, line
from tui.session.edition_change import PANE_OF_PAGE
from tui.state.reader_state import ReaderState
from tui.state.records import Location

_WINDOW: Final = 64
"""The number of rows that are fetched at once."""
_GONE: Final = Block("gone:", (line("Removed meanwhile.", "meta", indent=1),))
"""The place of a briefing that was removed before its row was fetched."""


class LibraryRows(Sequence[str]):
    """The briefings' ids in the library's order, and their rows.

    Only rows in view are fetched, so that a library of 10,000 opens at once.
    """

    def __init__(self, catalogue: Catalogue, above: Sequence[Block] = ()) -> None:
        """Create the rows.

        Args:
            catalogue: the library.
            above: the blocks above the briefings.
        """
        self._catalogue = catalogue
        self._above = above
        self._count = len(above) + catalogue.count()
        self._windows: dict[int, tuple[Summary, ...]] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(self._count))]
        if not 0 <= index < self._count:
            raise IndexError(index)
        if index < len(self._above):
            return self._above[index].id
        row = self.row(index)
        return row.id if row else _GONE.id

    def __iter__(self) -> Iterator[str]:
        return (self[index] for index in range(self._count))

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """Find a briefing by its id, without fetching the rows before it."""
        before = [block.id for block in self._above]
        if value in before:
            return before.index(str(value), start, len(before) if stop is None else stop)
        path, places = self._catalogue.find(str(value)), tuple(self._catalogue.stamps())
        return len(before) + places.index(str(path), max(0, start - len(before)))

    def block(self, index: int, visits: Mapping[str, str], progress_in: Callable[[Summary], Progress | None]) -> Block:
        """Return the block of an index.

        Args:
            index: of the block, counted from 0.
            visits: the revision of each briefing that the reader last read.
            progress_in: returns the reader's progress in a briefing.
        """
        if index < len(self._above):
            return self._above[index]
        row = self.row(index)
        return library_block(row, visits, progress_in(row)) if row else _GONE

    def row(self, index: int) -> Summary | None:
        """Return the briefing's row of a block's index. None where the library has shrunk meanwhile."""
        index -= len(self._above)
        window = index // _WINDOW
        if window not in self._windows:
            self._windows[window] = self._catalogue.rows(window * _WINDOW, _WINDOW)
        return next(iter(self._windows[window][index % _WINDOW :]), None)


def library_page(catalogue: Catalogue, state: ReaderState, visits: Mapping[str, str]) -> Page:
    """Create the library's page, with the reader's progress in each briefing.

    Args:
        catalogue: the library.
        state: the reader's state.
        visits: the revision that the reader visited last, by briefing.
    """

    def progress(row: Summary) -> Progress | None:
        return _progress(catalogue, state, row) if row.id in visits else None

    reading = reading_blocks(catalogue.pending) if catalogue.is_growing else ()
    rows = LibraryRows(catalogue, (*unread_blocks(catalogue.unread, named=catalogue.tells_folders), *reading))
    if not len(rows):
        where = f" in {', '.join(map(str, catalogue.roots))}" if catalogue.tells_folders else ""
        return fixed("Library", [Block("empty", (line(f"No briefings yet{where}.", "meta", indent=2),))])
    return Page("Library", rows, lambda index: rows.block(index, visits, progress), begins_whole=True)


def _progress(catalogue: Catalogue, state: ReaderState, row: Summary) -> Progress:
    """Return the reader's progress in a briefing, without opening the briefing."""
    read, entries = state.read_digests(row.id), catalogue.entries_of(row.path)
    left = state.location(row.id) or Location()
    numbers = {name: number for name, number, _ in entries}
    kind, name = left.kind, left.page.partition(":")[2]
    pane = PANES.get(PANE_OF_PAGE.get(kind, kind))
    at = numbers.get(left.block.rpartition(":")[2]) or numbers.get(name) or (pane.title if pane else "")
    return Progress(
        sum(name not in read for name, _, _ in entries),
        sum(read.get(name, digest) != digest for name, _, digest in entries),
        "" if left.page == "overview" else at,
    )
