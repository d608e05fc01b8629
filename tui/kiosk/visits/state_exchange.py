"""The exchange of visitors' states with the database. Each worker has one task for it.

No visit waits for it: SQLite is the truth of a visit, and what cannot be sent waits in its files. A login waits for a
moment at most, and is told of what comes later.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Protocol, TypeVar

from tui.kiosk.operations.log import Log
from tui.kiosk.operations.metrics import Metrics
from tui.kiosk.visits.fleet_stores import FleetStores
from tui.state.fleet.address import FleetError
from tui.state.fleet.database import Exchange, FleetDatabase, News
from tui.state.records import Change, StoreError

_POLL: Final = 2.0
"""Seconds from one look for news to the next."""
_AGAIN: Final = 1.0
"""Seconds to the next try after a failure."""
_TOGETHER: Final = 0.05
"""Seconds for which writes are gathered into one round."""
_HINT: Final = 0.2
"""Seconds after a hint of the database, so that many hints make one round."""
_CALL: Final = 6.0
"""Seconds that a call may take; the connection is given up then."""
_LAST: Final = 2.0
"""Seconds for a last round before the end."""
_BATCH: Final = 200
"""Readers whose rows are sent in one call."""
_SWEEP: Final = 10.0
"""Seconds between two looks for rows that a killed worker has left behind."""
Result = TypeVar("Result")


class Joined(Protocol):
    """A visit, as the exchange knows it."""

    def take(self, changes: list[Change]) -> None:
        """Take the changes of others."""

    def moved(self) -> None:
        """Show that the last host serves another edition."""

    def forget(self) -> None:
        """End the visit, whose visitor was forgotten on another host."""


@dataclass
class _Reader:
    """The visits of one reader."""

    visits: list[Joined] = field(default_factory=list)
    revision: int | None = None
    """The revision that is known; None before the store was asked."""
    first: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the database has answered."""


class StateExchange:
    """Sends the changes of visits, and brings those of other hosts."""

    def __init__(
        self, database: FleetDatabase, stores: FleetStores, executor: Executor, log: Log, metrics: Metrics
    ) -> None:
        """Begin with nothing to send.

        Args:
            database: the database that the hosts share.
            stores: the states of this worker's visitors.
            executor: the one thread in which stores are read and written.
            log: takes the loss of the database, and its return.
            metrics: count the states that are yet to be sent.
        """
        self._database = database
        self._stores = stores
        self._executor = executor
        self._thread = ThreadPoolExecutor(1, "fleet")
        self._log = log
        self._metrics = metrics
        self._readers: dict[str, _Reader] = {}
        self._dirty: set[str] = set()
        self._wake = asyncio.Event()
        self._is_away = False
        self.sweeps = False
        """Whether this worker looks after all that concerns the host."""
        self._swept = 0.0
        self.edition = ""
        """The edition of the library on this host, as it was last looked at."""
        self.library: Callable[[], str] = str
        """Returns that edition, in a thread."""
        self.opened, self.begin_epoch = stores.opened, stores.begin_epoch

    # From visits

    def join(self, reader: str, visit: Joined) -> asyncio.Event:
        """Bring news to a visit from now on. Return an event for the first answer."""
        known = self._readers.setdefault(reader, _Reader())
        known.visits.append(visit)
        self._wake.set()
        return known.first

    def leave(self, reader: str, visit: Joined) -> None:
        """Bring no more news to a visit."""
        if known := self._readers.get(reader):
            with suppress(ValueError):
                known.visits.remove(visit)
            if not known.visits:
                del self._readers[reader]

    def written(self, reader: str) -> None:
        """Send the new rows of a reader."""
        self._dirty.add(reader)
        self._wake.set()

    # The task

    async def keep(self) -> None:
        """Exchange until cancelled."""
        loop = asyncio.get_running_loop()
        try:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_POLL):
                        await self._wake.wait()
                self._wake.clear()
                if await self._tried():
                    self._listen(loop)
                await asyncio.sleep(_AGAIN if self._is_away else _TOGETHER)
        finally:
            await self._close(loop)

    async def _close(self, loop: asyncio.AbstractEventLoop) -> None:
        """Send the last rows, if that is quick, and close the connection."""
        if self._dirty and not self._is_away:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LAST):
                    await self._tried()
        self._deafen(loop)
        self._database.abort()
        self._thread.submit(self._database.close)
        self._thread.shutdown(wait=False)

    async def _tried(self) -> bool:
        """Run a round. Return whether the database answered."""
        reason = ""
        try:
            await self._round()
        except FleetError as error:
            reason = str(error)
        except StoreError as error:
            self._log.write("fleet-unread", reason=error.kind)
            return False
        if bool(reason) != self._is_away:
            self._is_away = bool(reason)
            self._log.write("fleet-away", reason=reason) if reason else self._log.write("fleet-back")
        return not reason

    async def _round(self) -> None:
        """Send and fetch once.

        Raises:
            FleetError: the database did not answer; what was taken is sent later.
            StoreError: a state cannot be read.
        """
        loop = asyncio.get_running_loop()
        is_sweep = loop.time() >= self._swept + _SWEEP
        if is_sweep:
            await self._sweep()
        taken = sorted(self._dirty)[:_BATCH]
        self._dirty.difference_update(taken)
        try:
            outgoing = await self._on_stores(partial(self._stores.unsent, taken))
            await self._learn_revisions()
            known = {reader: one.revision for reader, one in self._readers.items() if one.revision is not None}
            if not (outgoing or known or self.sweeps):
                return
            library = self.edition if self.sweeps else ""
            answer = await self._call(partial(self._database.exchange, outgoing, known, library, sweeps=self.sweeps))
            await self._on_stores(partial(self._stores.settle, outgoing))
        except (FleetError, StoreError):
            self._dirty.update(taken)
            raise
        if is_sweep:
            self._swept = loop.time()
        await self._take(answer, known)
        if self._dirty:
            self._wake.set()

    async def _sweep(self) -> None:
        """Read the edition of the library. Find rows that killed workers left behind."""
        self.edition = await asyncio.to_thread(self.library)
        if self.sweeps:
            marked = await self._on_stores(self._stores.fleet.pending.marked)
            self._metrics.set("briefing_kiosk_unsent_states", len(marked))
            self._dirty.update(marked)

    async def _learn_revisions(self) -> None:
        for reader, one in tuple(self._readers.items()):
            if one.revision is None:
                with suppress(StoreError):
                    one.revision = await self._on_stores(partial(self._stores.revision, reader))

    async def _take(self, answer: Exchange, asked: dict[str, int]) -> None:
        """Merge the answer into the states, and tell the visits."""
        epoch_of = self._stores.fleet.pending.epoch
        for reader, epoch in answer.forgotten.items():
            if epoch > epoch_of(reader):
                await self._forget(reader, epoch)
        for news in answer.news:
            if news.epoch > epoch_of(news.reader):
                await self._forget(news.reader, news.epoch)
            elif one := self._readers.get(news.reader):
                await self._bring(one, news)
        for reader in asked:
            if one := self._readers.get(reader):
                one.first.set()

    async def _bring(self, one: _Reader, news: News) -> None:
        if news.epoch < self._stores.fleet.pending.epoch(news.reader):
            self.written(news.reader)  # the database has not heard of a `forget`
        try:
            changes = await self._on_stores(partial(self._stores.absorb, news.reader, news.rows, news.revision))
        except StoreError:  # fetched again with the next round
            return
        is_first, one.revision = not one.first.is_set(), news.revision
        for visit in tuple(one.visits):
            visit.take(changes)
            if is_first and news.library and news.library != self.edition:
                visit.moved()

    async def _forget(self, reader: str, epoch: int) -> None:
        """Delete the state of a reader whom another host has forgotten."""
        self._stores.fleet.pending.forget(reader, epoch)
        one = self._readers.pop(reader, None)
        for visit in one.visits if one else ():
            visit.forget()
        self._log.write("forgotten", visitors=1)
        await self._on_stores(partial(self._stores.delete, reader))

    async def tidy(self, days: int) -> None:
        """Delete the states of long absent readers in the database."""
        with suppress(FleetError):
            await self._call(partial(self._database.forget_absent, days))

    # Threads

    def _on_stores(self, work: Callable[[], Result]) -> Awaitable[Result]:
        return asyncio.get_running_loop().run_in_executor(self._executor, work)

    async def _call(self, work: Callable[[], Result]) -> Result:
        """Call the database. One that does not answer in time is given up.

        Raises:
            FleetError: it failed.
        """
        loop = asyncio.get_running_loop()
        self._deafen(loop)
        calling = loop.run_in_executor(self._thread, work)
        await asyncio.wait({calling}, timeout=_CALL)
        if not calling.done():
            self._database.abort()
        return await calling

    def _deafen(self, loop: asyncio.AbstractEventLoop) -> None:
        if (descriptor := self._database.fileno()) >= 0:
            loop.remove_reader(descriptor)

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wait for a hint of the database, if there are visits."""
        descriptor = self._database.fileno()
        if descriptor >= 0 and self._readers:

            def hinted() -> None:
                loop.remove_reader(descriptor)
                loop.call_later(_HINT, self._wake.set)

            loop.add_reader(descriptor, hinted)
