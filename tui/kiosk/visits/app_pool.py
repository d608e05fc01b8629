"""The pool of readers that are started before visitors come."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

from tui.kiosk.operations.faults import details_of
from tui.kiosk.visits.visit_app import VisitApp

_QUIET: Final = 0.5
"""Seconds without a key or a new visitor after which a reader may be started ahead."""
_IDLE: Final = 10.0
"""Seconds without either after which the garbage of visits is collected, however little there is."""
_START_SECONDS: Final = 20.0
LEAVE_SECONDS: Final = 5.0
"""Seconds for a reader to leave by itself, and then to obey when it is cancelled."""


class RunningApp:
    """A reader and the task in which it runs."""

    def __init__(self, app: VisitApp) -> None:
        """Start the reader."""
        self.app = app
        loop = asyncio.get_running_loop()
        factory = loop.get_task_factory()
        self.task = loop.create_task(app.run_async(size=app.line.size))
        # From Python 3.12 on the first step of the reader makes the loop's tasks eager, and asyncssh answers no login with a
        # key by such a task, since it begins before the connection knows of it. Nothing runs between the two steps.
        loop.call_soon(loop.set_task_factory, factory)

    async def started(self) -> bool:
        """Wait for the start, and return whether it succeeded."""
        waiting = asyncio.create_task(self.app.started.wait())
        await asyncio.wait({waiting, self.task}, timeout=_START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        return self.app.started.is_set() and not self.task.done()

    @property
    def fault(self) -> str:
        """The fault that ended the reader, for the log. Empty while it runs or where it left by itself."""
        if self.app.fault or not self.task.done():
            return self.app.fault
        if not self.task.cancelled() and (error := self.task.exception()):
            return details_of(error)
        return "" if self.app.has_left else "the reader ended by itself"

    async def end(self) -> None:
        """Save, and end the reader, by force if necessary."""
        self.app.line.cut()
        if not self.task.done():
            if self.app.started.is_set() and self.app.screen_stack:
                self.app.leave()
            else:
                self.app.exit()
            await asyncio.wait({self.task}, timeout=LEAVE_SECONDS)
        if not self.task.done():
            self.task.cancel()
            await asyncio.wait({self.task}, timeout=LEAVE_SECONDS)
        if self.task.done() and not self.task.cancelled():
            self.task.exception()  # the app's fault reports it, so asyncio need not warn


class AppPool:
    """Keeps started readers."""

    def __init__(self, make: Callable[[], VisitApp], number: int, clock: Callable[[], float]) -> None:
        """Keep a number of readers. None is started yet."""
        self._make = make
        self._number = number
        self._clock = clock
        self._ready: deque[RunningApp] = deque()
        self._busy_at = clock()

    def busy(self) -> None:
        """Record that a visitor uses the process just now."""
        self._busy_at = self._clock()

    @property
    def is_quiet(self) -> bool:
        """Whether nobody has used the process for a moment."""
        return self._clock() - self._busy_at >= _QUIET

    @property
    def is_idle(self) -> bool:
        """Whether nobody has used the process for long."""
        return self._clock() - self._busy_at >= _IDLE

    async def take(self, make: Callable[[], VisitApp] | None = None) -> RunningApp:
        """Return a started reader; with `make` one that is made now."""
        self.busy()
        while self._ready and make is None:
            running = self._ready.popleft()
            if not running.task.done():
                return running
        running = RunningApp((make or self._make)())
        await running.started()
        return running

    async def fill(self, *, at_once: bool = False) -> None:
        """Start a missing reader while the process is quiet."""
        if len(self._ready) < self._number and (at_once or self.is_quiet):
            running = RunningApp(self._make())
            if await running.started():
                self._ready.append(running)
            else:
                await running.end()

    async def close(self) -> None:
        """End all readers that nobody uses."""
        while self._ready:
            await self._ready.popleft().end()
