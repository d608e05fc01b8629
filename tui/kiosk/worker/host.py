"""The host of one worker: what all visits of a process share, and those who are here."""

import asyncio
import secrets
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from asyncssh.connection import SSHServerConnectionOptions

from tui.kiosk.operations.faults import details_of
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.memory import give_back
from tui.kiosk.operations.metrics import Metrics
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.eviction import Closing
from tui.kiosk.policies.garbage_collection import Collecting
from tui.kiosk.policies.quotas import Amounts
from tui.kiosk.policies.reasons import Reason
from tui.kiosk.ssh.access import Access
from tui.kiosk.ssh.connection import KioskConnection, connection_options
from tui.kiosk.ssh.reception import Reception
from tui.kiosk.ssh.session import Session, Visit, Wanted
from tui.kiosk.terminal.kept_cells import KeptCells
from tui.kiosk.terminal.terminals import terminal
from tui.kiosk.visits.exec_session import TellingVisit
from tui.kiosk.visits.notices import text_of
from tui.kiosk.visits.terminal_visit import ReadingVisit
from tui.kiosk.visits.visit_app import VisitApp
from tui.kiosk.visits.visitors import Visitors
from tui.kiosk.worker.app_pool import Pool
from tui.session.shared import SharedContent
from tui.state.store import Location

_STARTED_AHEAD: Final = 3
_LOOK_EVERY: Final = 2.0
"""Seconds; 500 visits at rest are to cost less than a hundredth of a core."""


class House(NamedTuple):
    """Where a host keeps and finds things."""

    host_key: str
    """The file of the private key."""
    states: Path
    """The folder of visitors' states."""


class Host:
    """Serves visitors in one process."""

    def __init__(
        self,
        settings: Settings,
        shared: SharedContent,
        house: House,
        log: Log,
        clock: Callable[[], float],
        *,
        metrics: Metrics | None = None,
    ) -> None:
        """Prepare to serve.

        Args:
            settings: the settings.
            shared: what is read.
            house: where things are.
            log: where events go.
            clock: gives seconds.
            metrics: counts what happens.
        """
        self.settings = settings
        self.shared = shared
        self.log = log
        self.clock = clock
        self.metrics = metrics or Metrics()
        self.notice = ""
        shared.on_answered = self.searched
        shared.is_shared = True
        kept = KeptCells()
        self.pool = Pool(lambda: VisitApp(shared, self.settings.theme, kept, log.bear), _STARTED_AHEAD, clock)
        self.visitors = Visitors(house.states, settings)
        self._house = house
        self._access = Access(settings)
        self._banner = ""
        self._options: SSHServerConnectionOptions | None = None
        self._amounts: dict[Reception, Amounts] = {}
        self._here: dict[int, Reception] = {}
        """The connections by the parent's tickets."""
        self._visits: set[ReadingVisit] = set()
        self._collecting = Collecting()
        self._closing = Closing()
        self._tasks: set[asyncio.Task[None]] = set()
        self._empty = asyncio.Event()
        self._empty.set()

    async def prepare(self) -> None:
        """Read what the settings name: the host's key, the keys of visitors, banner and notice.

        Raises:
            OSError: a file cannot be read.
            ValueError: a file holds what it must not.
        """
        settings = self.settings
        self._access = Access(settings)
        self._options = await connection_options(settings, self._house.host_key)
        self._banner = text_of("banner", settings.banner)
        self.notice = text_of("notice", settings.notice).partition("\n")[0]

    async def change(self, settings: Settings) -> None:
        """Serve by other settings from now on; who is here stays by those of when he came.

        Raises:
            OSError: a file cannot be read; the old settings stay.
            ValueError: likewise.
        """
        before, self.settings = self.settings, settings
        try:
            await self.prepare()
        except (OSError, ValueError):
            self.settings = before
            raise
        self.log.change(settings)
        self.visitors = Visitors(self._house.states, settings)

    # Visitors

    async def open(self, briefing: str) -> None:
        """Open the briefing for which somebody comes, beside the visits that are on."""
        location = Location(briefing, "overview")
        if not self.shared.is_at_hand(location):
            self.shared.take(await asyncio.to_thread(self.shared.prepare, location))

    def opened(self, briefing: str) -> None:
        """Count a briefing that was opened, where the operator wants it."""
        self.metrics.count("briefing_kiosk_read_total", briefing)

    def searched(self, total: int) -> None:
        """Count a search, by whether it found anything, where the operator wants it."""
        self.metrics.count("briefing_kiosk_searches_total", "yes" if total else "no")

    async def receive(self, connected: socket.socket, address: str, told: Callable[..., None], ticket: int = 0) -> None:
        """Serve a visitor whose connection the parent accepted.

        Args:
            connected: the connection.
            address: where the visitor comes from.
            told: is told how the connection goes on; see `Reception`.
            ticket: the parent's number of the connection.
        """
        if self._options is None:
            raise LookupError("not prepared")
        self.pool.busy()
        loop = asyncio.get_running_loop()
        amounts, began = Amounts(self.settings, self.clock), self.clock()

        def tell(what: str, more: str = "") -> None:
            if what == "in":
                self.metrics.observe("briefing_kiosk_handshake_seconds", self.clock() - began)
            if what == "out":
                self._amounts.pop(reception, None)
                self._here.pop(ticket, None)
            told(what, more)

        reception = Reception(
            self.settings, self._access, self.log, self._session, tell, address=address, banner=self._banner
        )
        self._amounts[reception] = amounts
        self._here[ticket] = reception
        options = self._options
        try:
            await loop.connect_accepted_socket(lambda: KioskConnection(loop, options, reception, amounts), connected)
        except OSError:  # gone before it came
            connected.close()
            tell("out")

    def end_one(self, ticket: int, reason: Reason) -> None:
        """End a connection, if it is still there."""
        if ticket in self._here:
            self._here[ticket].end(reason)

    def delay_one(self, ticket: int, seconds: float) -> None:
        """Let the answer to a wrong password wait."""
        if ticket in self._here:
            self._here[ticket].delay(seconds)

    def amounts_of(self, reception: Reception) -> Amounts:
        """Give the counts of a connection."""
        return self._amounts.get(reception) or Amounts(self.settings, self.clock)

    def _session(self, reception: Reception) -> Session:
        self.amounts_of(reception).renew()
        return Session(reception, self._visit)

    def _visit(self, reception: Reception, session: Session, wanted: Wanted) -> Visit:
        """Choose how to serve: on a screen where there is one and nothing else was asked for."""
        has_screen = terminal(wanted.terminal, wanted.size, wanted.variables, mono=False).has_screen
        if wanted.command is None and wanted.has_pty and has_screen:
            return ReadingVisit(self, reception, session, wanted)
        return TellingVisit(self, reception, session, wanted)

    def spawn(self, work: Coroutine[Any, Any, None], apologise: Callable[[str], None]) -> asyncio.Task[None]:
        """Run the work of a visit, and keep hold of it.

        Args:
            work: what to run.
            apologise: is given the reference under which the log has a fault, if the work has one.
        """

        def done(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            if not self._tasks:
                self._empty.set()
            if not task.cancelled() and (error := task.exception()) is not None:
                apologise(self.stumbled(error))

        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        self._empty.clear()
        task.add_done_callback(done)
        return task

    def stumbled(self, error: BaseException) -> str:
        """Log a fault, where and of which kind; give the reference, by which visitors can tell of it."""
        return self.fault(details_of(error))

    def fault(self, details: str) -> str:
        """Log a fault of which only this is known; give the reference."""
        reference = secrets.token_hex(4)
        self.log.write("fault", reference=reference, details=details)
        return reference

    def enter(self, visit: ReadingVisit) -> None:
        """Count a visit on a screen among those who are here."""
        self._visits.add(visit)

    def leave(self, visit: ReadingVisit) -> None:
        """Count it no more."""
        self._visits.discard(visit)
        self._collecting.left()

    @property
    def number(self) -> int:
        """How many visits are on, on a screen."""
        return len(self._visits)

    def index_changed(self) -> None:
        """Let everybody who searches ask again; each by itself, so that a fault in one keeps nobody from the others."""
        for app in self.apps():
            asyncio.get_running_loop().call_soon(app.within, _ask_again, app)

    def apps(self) -> list[VisitApp]:
        """Give the readers of all who are here."""
        return [app for visit in self._visits if (app := visit.app) is not None]

    async def until_empty(self, seconds: float) -> None:
        """Wait until nobody is served any more, on a screen or not, for so long at most."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), seconds)

    # Time

    async def keep_time(self) -> None:
        """Look after all visits every other second, and start readers ahead when it is quiet; until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            loop = asyncio.get_running_loop()
            now = self.clock()
            for visit in tuple(self._visits):
                if visit.is_to_be_looked_at(now):
                    loop.call_soon(visit.look)  # by itself, so that a fault in one keeps nobody from the others
            await self.pool.fill()
            if self._close_unread(now) or self._collecting.is_due(
                len(self._visits), quiet=self.pool.is_quiet, idle=self.pool.is_idle
            ):
                give_back()

    def _close_unread(self, now: float) -> bool:
        """Close briefings of very much text that nobody reads; tell whether there were any."""
        read = {app.reader.location.briefing for app in self.apps()}
        due = self._closing.due(self.shared.heavy, read, now)
        if due:
            self.shared.close(due)
        return bool(due)

    def drain(self, seconds: float) -> None:
        """Tell all who are here that the kiosk is about to end."""
        for visit in tuple(self._visits):
            visit.drain(seconds)

    def end(self) -> None:
        """End all visits now."""
        for visit in tuple(self._visits):
            visit.end(Reason.DRAINED)


def _ask_again(app: VisitApp) -> None:
    app.reader.searches.library_changed()
