"""The library's rows, fetched as they are looked at."""

from collections.abc import Iterator, Sequence
from typing import Final, overload

from tui.library.catalogue import Catalogue
from tui.library.rows import Row

_WINDOW: Final = 64
"""How many rows are fetched at once."""


class LibraryRows(Sequence[str]):
    """The ids of the briefings in the library's order, and the row of each. A library of 10,000 costs what is seen."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Look at a catalogue."""
        self._catalogue = catalogue
        self._count = catalogue.count()
        self._windows: dict[int, tuple[Row, ...]] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(self._count))]
        if not 0 <= place < self._count:
            raise IndexError(place)
        return self.row(place).id

    def __iter__(self) -> Iterator[str]:
        return (self.row(place).id for place in range(self._count))

    def row(self, place: int) -> Row:
        """Give the row at a place."""
        window = place // _WINDOW
        if window not in self._windows:
            self._windows[window] = self._catalogue.rows(window * _WINDOW, _WINDOW)
        return self._windows[window][place % _WINDOW]
