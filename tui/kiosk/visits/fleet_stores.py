"""The stores of a worker's visitors whose states other hosts have too."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from tui.state.fleet.merging import Row, hybrid
from tui.state.fleet.store import Fleet, FleetStore, Unsent
from tui.state.records import Change, StoreError
from tui.state.sqlite import delete

Result = TypeVar("Result")


class FleetStores:
    """Opens stores, and finds those that are open. All but `begin_epoch` runs in the thread of the stores."""

    def __init__(self, folder: Path, fleet: Fleet) -> None:
        """Open nothing yet.

        Args:
            folder: the folder of visitors' states.
            fleet: the part of this process in the fleet.
        """
        self._folder = folder
        self.fleet = fleet
        self._open: dict[str, FleetStore] = {}
        """The last store that was opened for each reader."""

    def opened(self, path: Path, earliest: int) -> FleetStore:
        """Open the store of a file. A forgotten state is deleted first.

        Raises:
            StoreError: the file cannot be opened.
        """
        store = FleetStore(path, earliest, self.fleet)
        if store.epoch < self.fleet.pending.epoch(store.reader):
            store.close()
            try:
                delete(path)
            except OSError as error:
                raise StoreError(error.strerror or str(error), type(error).__name__) from error
            store = FleetStore(path, earliest, self.fleet)
        self._open = {reader: one for reader, one in self._open.items() if one.is_open} | {store.reader: store}
        return store

    def begin_epoch(self, reader: str, seconds: float) -> None:
        """Begin an epoch of a reader, since the reader was forgotten."""
        pending, epoch = self.fleet.pending, hybrid(seconds)
        if (before := pending.epoch(reader)) != epoch:  # another worker of this host may have done so
            pending.forget(reader, max(epoch, before + 1))
        pending.mark(reader)

    def delete(self, reader: str) -> None:
        """Delete the state of a reader. One that stays is of an old epoch."""
        with suppress(OSError):
            delete(self._folder / f"{reader}.sqlite")

    def unsent(self, readers: Iterable[str]) -> list[Unsent]:
        """Return the rows of readers that are to be sent. A state that cannot be read waits."""
        found = []
        for reader in readers:
            with suppress(StoreError):
                nothing = Unsent(reader, self.fleet.pending.epoch(reader), [])
                found.append(self._with(reader, FleetStore.unsent, nothing))
        return found

    def settle(self, sent: Iterable[Unsent]) -> None:
        """Record that rows were sent. Where that is not possible, they are sent again."""
        for one in sent:
            with suppress(StoreError):
                if self._with(one.reader, partial(FleetStore.settle, rows=one.rows), -1) < 0:  # without a file
                    self.fleet.pending.unmark(one.reader)

    def absorb(self, reader: str, rows: list[Row], revision: int) -> list[Change]:
        """Merge the rows of others into a state. Return the changes.

        Raises:
            StoreError: the file cannot be written.
        """
        return self._with(reader, lambda store: store.absorb(rows, revision), [])

    def revision(self, reader: str) -> int:
        """Return the revision of the last merged rows.

        Raises:
            StoreError: the file cannot be read.
        """
        return self._with(reader, lambda store: store.revision_seen, 0)

    def _with(self, reader: str, work: Callable[[FleetStore], Result], default: Result) -> Result:
        """Run work on the store of a reader. Without a file return the default."""
        store = self._open.get(reader)
        if store is not None and store.is_open:
            return work(store)
        path = self._folder / f"{reader}.sqlite"
        if not path.exists():
            return default
        store = self.opened(path, 0)
        try:
            return work(store)
        finally:
            store.close()
