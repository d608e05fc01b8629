"""The stores of readers' state, by the suffix of their files."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from tui.state.reader_state import ReaderState
from tui.state.records import Change, Kind, Store, StoreError
from tui.state.sqlite import SqliteStore

FILE_NAME: Final = "reader.sqlite"
"""The file of a reader on this machine; its suffix chooses the store."""
STORES: Final[Mapping[str, Callable[[Path, int], Store]]] = {".sqlite": SqliteStore}


class MemoryStore:
    """Keeps nothing: a state over it lasts as long as the program."""

    revision = 0
    made = 0

    def __init__(self, trouble: str = "", *, is_kept: bool = False) -> None:
        """Create the store.

        Args:
            trouble: the reason why a file is not used, as one line for the reader.
            is_kept: whether the reader expects the state to outlast the program.
        """
        self.trouble = trouble
        self.is_kept = is_kept

    def load(self, _kind: type[Kind]) -> Sequence[Kind]:
        """Return nothing."""
        return ()

    def write(self, changes: Sequence[Change]) -> None:
        """Drop changes."""

    def close(self) -> None:
        """Release nothing."""


class _UnwrittenStore(SqliteStore):
    """Reads a file, and drops changes."""

    def write(self, changes: Sequence[Change]) -> None:
        """Drop changes."""


def open_store(path: Path | None) -> Store:
    """Open the store of a file. Without a file, or when opening fails, the store keeps nothing."""
    if path is None:
        return MemoryStore()
    try:
        return opened(path)
    except StoreError as error:
        return MemoryStore(str(error), is_kept=True)


def opened(path: Path, earliest: int = 0) -> Store:
    """Open the store of a file.

    Args:
        path: the file.
        earliest: the first second that a new store may have.

    Raises:
        StoreError: the file cannot be opened.
    """
    return STORES.get(path.suffix, SqliteStore)(path, earliest)


def open_state(path: Path | None, clock: Callable[[], float] = time.time) -> ReaderState:
    """Open the state of a reader.

    Args:
        path: the file; None for a state that lasts as long as the program.
        clock: returns seconds since the epoch.
    """
    return ReaderState(open_store(path), clock)


def unwritten_state(path: Path) -> ReaderState:
    """Open the state of a reader as it was saved. Its changes are never written."""
    try:
        return ReaderState(_UnwrittenStore(path))
    except StoreError as error:
        return ReaderState(MemoryStore(str(error), is_kept=True))
