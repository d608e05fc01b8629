"""An outbox: a store that writes changes outside the event loop."""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Executor
from typing import Final, NamedTuple

from tui.state.records import KINDS, Change, Kind, Record, Store, StoreError

_AGAIN: Final = 1.0
"""Seconds after which a write that failed is tried again."""
_ATTEMPTS: Final = 5
"""The attempts to write after the reader has left."""


class Unwritten(NamedTuple):
    """The changes that were dropped after the last attempt to write."""

    number: int = 0
    reason: str = ""
    """The kind of the last error; see `StoreError`."""


class Outbox:
    """Writes one reader's changes in a task of its own.

    Only the last change of each key is written.

    Changes wait in memory for as long as the store behind is slow or away, so that no key press waits for it.
    """

    revision = 0
    made = 0
    is_kept = True

    def __init__(self, open_store: Callable[[], Store], executor: Executor) -> None:
        """Begin to open the store.

        Args:
            open_store: opens the store behind, in the executor; tried anew with each write where it raises `StoreError`.
            executor: the one thread in which stores are read and written.
        """
        self.trouble = ""
        self.unwritten = Unwritten()
        """The changes that were dropped, once `closed` is done."""
        self._open = open_store
        self._store: Store | None = None
        self._executor = executor
        self._changes: dict[tuple[type[Record], Hashable], Change] = {}
        self._taken: dict[tuple[type[Record], Hashable], Change] = {}
        """The changes that are being written."""
        self._changed = asyncio.Event()
        self._is_closing = False
        self.is_discarded = False
        loop = asyncio.get_running_loop()
        self.loaded: asyncio.Future[list[Record]] = loop.create_future()
        """All records of the store, once they have been read."""
        self.closed: asyncio.Task[None] = loop.create_task(self._drain())
        """Done when everything has been written and the store is closed."""

    def load(self, _kind: type[Kind]) -> Sequence[Kind]:
        """Return nothing: the records come by `loaded`."""
        return ()

    def write(self, changes: Sequence[Change]) -> None:
        """Take changes; nothing is waited for."""
        if self.is_discarded:
            return
        for change in changes:
            self._changes[change.key] = change
        self._changed.set()

    def unclaimed(self, changes: Sequence[Change]) -> list[Change]:
        """Return the changes of others that no waiting change replaces."""
        return [change for change in changes if change.key not in self._changes and change.key not in self._taken]

    def close(self) -> None:
        """Request that all changes are written and the store is closed."""
        self._is_closing = True
        self._changed.set()

    def discard(self) -> None:
        """Drop all changes, those to come too: the reader is forgotten."""
        self.is_discarded = True
        self._changes.clear()
        self.close()

    async def _drain(self) -> None:
        run = asyncio.get_running_loop().run_in_executor
        self.loaded.set_result(await run(self._executor, self._load))
        attempts = 0
        while self._changes or not self._is_closing:
            await self._changed.wait()
            self._changed.clear()
            taken, self._changes = self._changes, {}
            self._taken = taken
            try:
                await run(self._executor, self._write, tuple(taken.values()))
            except StoreError as error:
                self.trouble = f"Your locations and marks cannot be saved: {error}" if self._store else str(error)
                self._changes = {} if self.is_discarded else taken | self._changes
                attempts += self._is_closing
                if attempts == _ATTEMPTS:
                    self.unwritten = Unwritten(len(self._changes), error.kind)
                    break
                self._changed.set()
                await asyncio.sleep(_AGAIN)
            self._taken = {}
        if self._store is not None:
            await run(self._executor, self._store.close)

    def _load(self) -> list[Record]:
        records: list[Record] = []
        try:
            self._store = self._open()
        except StoreError as error:
            self.trouble = str(error)
            return records
        self.trouble = self._store.trouble
        try:
            for kind in KINDS:
                records += self._store.load(kind)
        except StoreError as error:
            self.trouble = f"Your locations and marks cannot be read: {error}"
        return records

    def _write(self, changes: Sequence[Change]) -> None:
        self._store = self._store or self._open()
        self._store.write(changes)
