"""The services that all visits of one worker share."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any, Final, NamedTuple, Protocol

from tui.kiosk.operations.faults import details_of
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.metrics import Metrics
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.idle_timeout import IdleTimeout
from tui.kiosk.policies.policy import Policies, Reason
from tui.kiosk.policies.table import OF_CONNECTION
from tui.kiosk.ssh.connection_handler import ConnectionHandler
from tui.kiosk.ssh.proofs import Proof
from tui.kiosk.terminal.cell_cache import CellCache
from tui.kiosk.visits.app_pool import AppPool, RunningApp
from tui.kiosk.visits.audiences import Audiences
from tui.kiosk.visits.visit_app import VisitApp
from tui.kiosk.visits.visitors import Visitors
from tui.search.answers import Total
from tui.session.shared import SharedContent
from tui.state.records import Location

_STARTED_AHEAD: Final = 3


class OpenVisit(Protocol):
    """A visit on a screen, as the worker looks after it."""

    handler: ConnectionHandler
    """The handler of its connection."""
    idle: IdleTimeout
    """Knows when the last key came."""

    @property
    def app(self) -> VisitApp | None:
        """The reader, while it serves."""

    def say(self, message: str) -> None:
        """Show a warning in the status line."""

    def is_due(self, now: float) -> bool:
        """Whether anything may have to be checked."""

    @property
    def groups(self) -> frozenset[str]:
        """The groups of the visitor when the visit began."""

    def check(self) -> None:
        """Check times and counts."""

    def drain(self, seconds: float) -> None:
        """Announce the end of the kiosk."""

    def end(self, reason: Reason) -> None:
        """End the visit."""


class Resources(NamedTuple):
    """The resources of one process that serves visits."""

    settings: Settings
    shared: SharedContent
    log: Log
    clock: Callable[[], float]
    """Returns seconds."""
    metrics: Metrics


class VisitServices:
    """Serves the visits of one process."""

    def __init__(self, resources: Resources, visitors: Visitors) -> None:
        """Share resources among visits. `visitors` have the visitors' states."""
        self.settings, self.shared, self.log, self.clock, self.metrics = resources
        clock, shared = self.clock, self.shared
        self.notice = ""
        shared.answered = self.searched
        shared.is_shared = True
        cells = CellCache()
        self.make_app = lambda content: VisitApp(content, self.settings.theme, cells, self.log.fault_borne)
        """Makes the reader of a visit over the content of its audience."""
        self.pool = AppPool(partial(self.make_app, shared), _STARTED_AHEAD, clock)
        self.visitors = visitors
        self.audiences = Audiences(shared)
        self.groups_of: Callable[[Proof], frozenset[str]] = lambda _proof: frozenset()
        """Returns the groups of a visitor as of now."""
        self._policies: dict[ConnectionHandler, Policies] = {}
        self._visits: set[OpenVisit] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._empty = asyncio.Event()
        self._empty.set()

    # Content

    def content_of(self, groups: frozenset[str]) -> SharedContent:
        """Return the content for the members of some groups."""
        return self.audiences.of(groups, {app.session.shared for app in self.apps()})

    async def take_app(self, content: SharedContent) -> RunningApp:
        """Return a started reader. For strangers it was started ahead."""
        return await self.pool.take(None if content is self.shared else partial(self.make_app, content))

    @staticmethod
    async def open(content: SharedContent, briefing: str) -> None:
        """Open the briefing of a new visitor, beside the loop."""
        location = Location(briefing, "overview")
        if not content.is_at_hand(location):
            content.take(await asyncio.to_thread(content.prepare, location))

    def opened(self, briefing: str) -> None:
        """Count a briefing that was opened, where the operator wants it."""
        self.metrics.count("briefing_kiosk_read_total", briefing)

    def searched(self, total: Total) -> None:
        """Count a search, if the operator wants searches counted. One before the index is built counts as no search."""
        if total or total.is_absence:
            self.metrics.count("briefing_kiosk_searches_total", "yes" if total else "no")

    # Visits

    def policies_of(self, handler: ConnectionHandler) -> Policies:
        """Return the policies of a connection."""
        return self._policies.get(handler) or Policies(OF_CONNECTION, self.settings, self.clock)

    def enter(self, visit: OpenVisit) -> None:
        """Count a visit on a screen as open."""
        self._visits.add(visit)

    def leave(self, visit: OpenVisit) -> None:
        """Count a visit no more."""
        self._visits.discard(visit)

    @property
    def visits(self) -> tuple[OpenVisit, ...]:
        """The open visits on a screen."""
        return tuple(self._visits)

    def apps(self) -> list[VisitApp]:
        """Return the readers of all open visits."""
        return [app for visit in self._visits if (app := visit.app) is not None]

    async def until_empty(self, seconds: float) -> None:
        """Wait until no visit is served, but not for longer."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), seconds)

    # Work and its faults

    def spawn(self, work: Coroutine[Any, Any, None], apologise: Callable[[str], None]) -> asyncio.Task[None]:
        """Run the work of a visit.

        Args:
            work: the work.
            apologise: is called with the reference of a fault, if the work has one.
        """

        def done(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            if not self._tasks:
                self._empty.set()
            if not task.cancelled() and (error := task.exception()) is not None:
                apologise(self.log_error(error))

        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        self._empty.clear()
        task.add_done_callback(done)
        return task

    def log_error(self, error: BaseException) -> str:
        """Log the place and the kind of an error. Return its reference."""
        return self.log_fault(details_of(error))

    def log_fault(self, details: str) -> str:
        """Log a fault, and return a reference for the visitor."""
        reference = secrets.token_hex(4)
        self.log.write("fault", reference=reference, details=details)
        return reference
