"""The recorder of reading, for the audit and the statistics."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from typing import Final

from tui.kiosk.operations.ledger import Act, Ledger, LedgerError
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings

WRITE_EVERY: Final = 1.0
"""Seconds between two writes."""
_WITHOUT_RECORDS: Final = 5.0
"""The same where nothing is recorded."""
_EXPIRE_EVERY: Final = 3600.0
_MOST_WAITING: Final = 50_000
"""Acts that wait while the disk takes none; older ones are dropped, and the log tells."""
_DAY: Final = 86_400.0


class Recorder:
    """Takes the events of connections, and writes them beside the loop."""

    def __init__(self, settings: Settings, ledger: Ledger, log: Log, clock: Callable[[], float] = time.time) -> None:
        """Begin with nothing recorded."""
        self._settings = settings
        self.ledger = ledger
        self._log = log
        self._clock = clock
        self._keys: dict[int, str] = {}
        """The keys of connections that have logged in, by ticket."""
        self._acts: list[Act] = []
        self._openings: Counter[tuple[str, str]] = Counter()
        self._expired = 0.0
        self._writing = asyncio.Lock()
        self.trouble = ""
        """The reason for which acts and counts wait to be written. Empty if none do."""

    @property
    def audits(self) -> bool:
        """Whether acts are recorded."""
        return self._settings.audit

    @property
    def counts(self) -> bool:
        """Whether openings are counted."""
        return self._settings.statistics

    def change(self, settings: Settings) -> None:
        """Record from now on as other settings say."""
        self._settings = settings

    def handle(self, ticket: int, event: str, detail: str = "") -> None:
        """Record an event of a connection, if the operator wants it."""
        if event == "logged-in":
            self._keys[ticket] = detail
            self._act(ticket, "came")
        elif event == "opened":
            self._act(ticket, "opened", detail)
            self._opened(detail)
        elif event == "ran":
            command, _, briefing = detail.partition(" ")
            self._act(ticket, command, briefing)
            self._opened(briefing)
        elif event == "closed" and ticket in self._keys:
            self._act(ticket, "left")
            del self._keys[ticket]

    def _act(self, ticket: int, what: str, briefing: str = "") -> None:
        if self._settings.audit and ticket in self._keys:
            self._acts.append(Act(self._clock(), self._keys[ticket], what, briefing))

    def _opened(self, briefing: str) -> None:
        if briefing and self._settings.statistics:
            self._openings[time.strftime("%Y-%m-%d", time.gmtime(self._clock())), briefing] += 1

    async def forget(self, key: str) -> int:
        """Delete the acts of a key, and return their number.

        Raises:
            LedgerError: the file cannot be written.
        """
        self._keys = {ticket: known for ticket, known in self._keys.items() if known != key}
        await self.write()  # so that none of them is on its way to the file
        waiting = [act for act in self._acts if act.key == key]  # where the disk is full
        self._acts = [act for act in self._acts if act.key != key]
        return len(waiting) + await asyncio.to_thread(self.ledger.forget, key)

    async def keep(self) -> None:
        """Write and expire until cancelled."""
        while True:
            await asyncio.sleep(WRITE_EVERY if self.audits or self.counts else _WITHOUT_RECORDS)
            await self.write()

    async def write(self) -> None:
        """Write all that waits. A failure is logged, and tried again."""
        async with self._writing:
            await self._write()

    async def _write(self) -> None:
        acts, self._acts = self._acts, []
        counts, self._openings = self._openings, Counter()
        now, self.trouble = self._clock(), ""
        try:
            if acts or counts:
                rows = [(day, briefing, number) for (day, briefing), number in counts.items()]
                await asyncio.to_thread(self.ledger.write, acts, rows)
            if not 0 <= now - self._expired < _EXPIRE_EVERY:  # also after the clock was put back
                self._expired = now
                await asyncio.to_thread(self.ledger.expire, now - self._settings.audit_days * _DAY)
        except LedgerError as error:
            self._acts = (acts + self._acts)[-_MOST_WAITING:]
            self._openings = counts + self._openings
            self.trouble = str(error)
            self._log.write("unrecorded", reason=self.trouble, acts=len(self._acts))
