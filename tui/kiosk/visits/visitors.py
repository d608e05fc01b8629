"""The states of visitors with a key, a file each."""

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final, Protocol
from weakref import WeakSet

from tui.kiosk.operations.settings import Settings
from tui.kiosk.operations.tombstones import TombstoneError, Tombstones, state_name
from tui.kiosk.policies.policy import FORGOTTEN, Reason
from tui.state.outbox import Outbox, Unwritten
from tui.state.reader_state import ReaderState
from tui.state.records import Change, Store, StoreError
from tui.state.sqlite import copy_of, delete, first_second
from tui.state.stores import open_state, opened

_DAY: Final = 86_400
AWAY_DAYS: Final = 30
"""Days away after which a state gives its place to a newcomer's where all places are taken."""
LOGIN_WAIT: Final = 0.15
"""Seconds for which a login waits for the state; one that comes later is merged into the visit."""
_LATE: Final = 10.0
"""Seconds in which another host may still be sending the last changes there."""
_LOOK_EVERY: Final = 600
"""Seconds between looks for such a state, since a look goes through all of them."""
OTHER_EDITION: Final = "The host of your last visit serves another edition of this library."


class Listener(Protocol):
    """A visit, as its state knows it."""

    def state_changed(self, *, is_late: bool) -> None:
        """Show the state anew. The visit should have begun with a late one."""

    def say(self, message: str) -> None:
        """Show a message."""

    def end(self, reason: Reason) -> None:
        """End the visit."""


class Exchange(Protocol):
    """The exchange of states with other hosts, as visits use it."""

    def opened(self, path: Path, earliest: int) -> Store:
        """Open the store of a file, in the thread of the stores.

        Raises:
            StoreError: the file cannot be opened.
        """

    def begin_epoch(self, reader: str, seconds: float) -> None:
        """Begin an epoch of a reader, in the thread of the stores."""

    def join(self, reader: str, visit: "VisitState") -> asyncio.Event:
        """Bring news to a visit. Return an event for the first answer."""

    def leave(self, reader: str, visit: "VisitState") -> None:
        """Bring no more news to a visit."""

    def written(self, reader: str) -> None:
        """Send the new rows of a reader."""


class VisitState:
    """The state of one visit. No key waits for the disk, or for other hosts."""

    def __init__(
        self, state: ReaderState, outbox: Outbox | None = None, reader: str = "", exchange: Exchange | None = None
    ) -> None:
        """Join a state with its outbox. Without an outbox it ends with the visit.

        Args:
            state: the state.
            outbox: writes its changes.
            reader: the reader's name for other hosts.
            exchange: brings the changes of other hosts.
        """
        self.state = state
        self.notice = ""
        """A line for the first screen."""
        self._outbox = outbox
        self._reader = reader
        self._exchange = exchange
        self._listener: Listener | None = None
        self._loading: asyncio.Task[None] | None = None
        self._late_until = 0.0

    async def load(self, listener: Listener) -> None:
        """Load the state for a moment. The listener is told of later changes."""
        if self._outbox is not None:
            self._late_until = asyncio.get_running_loop().time() + _LATE
            self._loading = asyncio.create_task(self._load(self._outbox))
            await asyncio.wait({self._loading}, timeout=LOGIN_WAIT)
        self._listener = listener
        if self._outbox and self._outbox.is_discarded:  # the visitor was forgotten meanwhile
            listener.end(FORGOTTEN)

    async def _load(self, outbox: Outbox) -> None:
        self.state.merge(await asyncio.shield(outbox.loaded))
        self._tell()
        if self._exchange:
            await self._exchange.join(self._reader, self).wait()

    def _tell(self) -> None:
        if self._listener:
            is_loading = self._loading is not None and not self._loading.done()
            self._listener.state_changed(is_late=is_loading or asyncio.get_running_loop().time() < self._late_until)

    # From the exchange

    def take(self, changes: Sequence[Change]) -> None:
        """Take the changes of other hosts."""
        if self._outbox and self.state.take(self._outbox.unclaimed(changes)):
            self._tell()

    def moved(self) -> None:
        """Show that the last host serves another edition."""
        self.notice = OTHER_EDITION
        if self._listener:
            self._listener.say(self.notice)

    def forget(self) -> None:
        """End the visit of a visitor whom another host has forgotten."""
        if self._outbox:
            self._outbox.discard()
        if self._listener:
            self._listener.end(FORGOTTEN)

    # The end

    def close(self) -> None:
        """Begin to write the rest."""
        if self._loading:
            self._loading.cancel()
        if self._exchange:
            self._exchange.leave(self._reader, self)
        self.state.close()

    async def until_written(self) -> Unwritten:
        """Wait until all changes have been written. Return the dropped ones."""
        if self._outbox is None:
            return Unwritten()
        await asyncio.wait({self._outbox.closed})
        return self._outbox.unwritten


class Visitors:
    """Finds and keeps visitors' states."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        clock: Callable[[], float] = time.time,
        tombstones: Tombstones | None = None,
    ) -> None:
        """Keep states in a folder.

        Args:
            folder: the folder of the files.
            settings: the number of states, and their time.
            clock: returns seconds since the epoch.
            tombstones: know the forgotten visitors; without them nobody was forgotten.
        """
        self._folder = folder
        self.settings = settings
        self._clock = clock
        self.executor = ThreadPoolExecutor(1, "states")
        """The one thread in which stores are read and written."""
        self.exchange: Exchange | None = None
        """The exchange with other hosts; None for a host by itself."""
        self._number: int | None = None
        self._full_until = 0.0
        self._tombstones = tombstones
        self._open: defaultdict[str, WeakSet[Outbox]] = defaultdict(WeakSet)
        """The outboxes of the visits of each visitor."""

    def open(self, fingerprint: str) -> VisitState:
        """Open the state of a visitor. Without a key it ends with the visit."""
        path = self._path(fingerprint)
        if path is None:
            return VisitState(open_state(None))
        outbox = Outbox(partial(self._opened, path, fingerprint), self.executor)
        self._open[fingerprint].add(outbox)
        return VisitState(ReaderState(outbox), outbox, path.stem, self.exchange)

    def _opened(self, path: Path, fingerprint: str) -> Store:
        """Open the store of a visitor, and record the visit's time.

        Raises:
            StoreError: the file cannot be opened.
        """
        try:
            forgotten = self._tombstones.time_of(fingerprint) if self._tombstones else 0.0
        except TombstoneError as error:  # nothing is shown of who may be forgotten
            raise StoreError(str(error), "tombstones") from error
        open_store = self.exchange.opened if self.exchange else opened
        # A new state counts as later, also in the same second or where the clock was put back.
        store = open_store(path, int(forgotten) + 1)
        if forgotten and store.made <= forgotten:  # restored since, or never deleted
            store.close()
            self._forget([path])
            store = open_store(path, int(forgotten) + 1)
        with suppress(OSError):
            path.touch()
        return store

    async def forget(self, fingerprint: str) -> int:
        """Delete a visitor's state, and return the number of files."""
        outboxes = tuple(self._open.pop(fingerprint, ()))
        for outbox in outboxes:
            outbox.discard()
        if outboxes:
            await asyncio.wait({outbox.closed for outbox in outboxes})
        number = await asyncio.get_running_loop().run_in_executor(self.executor, self._delete, fingerprint)
        if self.exchange:
            self.exchange.written(Path(state_name(fingerprint)).stem)
        return number

    def _delete(self, fingerprint: str) -> int:
        """Delete a visitor's files, with damaged ones that were set aside."""
        if self.exchange:
            forgotten = self._tombstones.time_of(fingerprint) if self._tombstones else self._clock()
            self.exchange.begin_epoch(Path(state_name(fingerprint)).stem, forgotten)
        found = list(self._folder.glob(f"{state_name(fingerprint)}*"))
        for path in found:
            path.unlink(missing_ok=True)
        self._number = None
        return sum(path.suffix not in {".sqlite-wal", ".sqlite-shm"} for path in found)

    def _path(self, fingerprint: str) -> Path | None:
        """Return the file of a visitor's state. None without room or consent."""
        if not fingerprint or not self.settings.keep_state:
            return None
        path = self._folder / state_name(fingerprint)
        if not os.path.exists(path):  # noqa: PTH110 - where its folder cannot be entered, opening the file tells
            if self.number >= self.settings.states and not self._make_room():
                return None
            self._number = self.number + 1
        return path

    @property
    def number(self) -> int:
        """The number of states."""
        if self._number is None:
            self._number = len(self._files())
        return self._number

    def _files(self) -> list[Path]:
        """Return the files of all states; none of an unreadable folder."""
        with suppress(OSError):
            return list(self._folder.glob("*.sqlite"))
        return []

    def tidy(self) -> int:
        """Delete the states of absent and of forgotten visitors. Return their number."""
        return len(self._forget([*self._away_for(self.settings.state_days), *self._buried()]))

    def _buried(self) -> Iterator[Path]:
        """Yield states older than their tombstones, as from a backup."""
        for path in self._files() if self._tombstones else ():
            with suppress(TombstoneError, StoreError, OSError):
                at = self._tombstones.time_of_state(path.name) if self._tombstones else 0.0
                if at and first_second(copy_of(path)) <= at:
                    yield path

    def _make_room(self) -> bool:
        """Delete the longest unused state, and return whether there is room."""
        if self._clock() < self._full_until:
            return False
        away = self._forget(self._away_for(AWAY_DAYS)[:1])
        if not away:
            self._full_until = self._clock() + _LOOK_EVERY
        return self.number < self.settings.states

    def _away_for(self, days: int) -> list[Path]:
        """Return states unused for some days, the longest unused first."""
        seen: list[tuple[float, Path]] = []
        for path in self._files():
            with suppress(OSError):
                seen.append((path.stat().st_mtime, path))
        return [path for at, path in sorted(seen) if at < self._clock() - days * _DAY]

    def _forget(self, paths: list[Path]) -> list[Path]:
        """Delete states, and return the deleted ones."""
        gone = []
        for path in paths:
            with suppress(OSError):
                delete(path)
                gone.append(path)
        self._number = None
        return gone
