"""The watch over the library, which shows changes to all visitors."""

import asyncio
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.briefing.problems import Problem
from tui.kiosk.operations.log import Log
from tui.kiosk.visits.visit_app import VisitApp
from tui.render.words import count
from tui.session.reloading import Watch
from tui.session.shared import SharedContent

_EVERY: Final = 0.9
"""Seconds between two checks of the open briefings."""
_REPORT_EVERY: Final = 1.0
"""Seconds from one report that the first reading goes on to the next."""
_OPENED_AHEAD: Final = 48
"""Briefings that are opened ahead, so that the first visitor need not wait."""
_AHEAD: Final = 1.5
"""Seconds for which they are opened, since visitors wait meanwhile: the first ones of a library of huge ones."""


class ContentWatcher:
    """Watches for one process."""

    def __init__(self, shared: SharedContent, log: Log, apps: Callable[[], Iterable[VisitApp]]) -> None:
        """Watch nothing yet.

        Args:
            shared: the content.
            log: takes changes and broken edits.
            apps: returns the readers of all open visits.
        """
        self._shared = shared
        self._log = log
        self._apps = apps
        self._watch = Watch(shared, tells_breaks=False)
        self._broken: dict[Path, tuple[Problem, ...]] = {}
        self._away: Mapping[str, str] = {}
        self._ids: Collection[str] = ()
        """The ids of all briefings at the last refresh that found anything new."""
        self._is_asked = asyncio.Event()

    async def begin(self, alive: Callable[[], None] = lambda: None) -> None:
        """Read the library for the first time, and report progress."""
        shared, loop = self._shared, asyncio.get_running_loop()
        reported = time.monotonic()

        def report(_done: int, _all: int) -> bool:
            nonlocal reported
            if time.monotonic() - reported >= _REPORT_EVERY:
                reported = time.monotonic()
                loop.call_soon_threadsafe(alive)
            return True

        await asyncio.to_thread(shared.catalogue.refresh, report)
        self._ids = (await asyncio.to_thread(shared.catalogue.ids)).keys()
        await self._log_broken()
        self._log_folders()
        until = time.monotonic() + _AHEAD
        for row in shared.catalogue.rows(0, _OPENED_AHEAD):
            if not row.problems and time.monotonic() < until:
                await asyncio.to_thread(shared.open, row.id)

    async def watch(self) -> None:
        """Watch until cancelled."""
        await self._shared.search_service.refresh()
        is_new = False
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_EVERY):  # wait_for would make a task each time
                    await self._is_asked.wait()
            names, is_due = await asyncio.to_thread(self._look)
            for name in names:
                await self._reload(name)
                is_new = True
            if is_new or is_due or self._is_asked.is_set():
                self._is_asked.clear()
                is_new = await asyncio.to_thread(self._watch.refresh) or is_new
                self._log_folders()
            if is_new:
                is_new = False
                await self._show_library()

    def refresh(self) -> None:
        """Refresh the library now, since it may hold other folders."""
        self._is_asked.set()

    async def _show_library(self) -> None:
        """Show the changed library to all visitors, beginning with removed briefings."""
        closed = self._shared.close_gone()
        if closed.gone:
            self._each(lambda app: app.updates.show_gone(closed.gone))
        if closed.replaced:
            replaced = await asyncio.to_thread(self._watch.tell_replaced, closed.replaced)
            for name, said in replaced.items():
                if said:
                    self._log.write("reloaded", briefing=name, said=said)
            self._each(lambda app: app.updates.show_replaced(replaced))
        before, self._ids = self._ids, (await asyncio.to_thread(self._shared.catalogue.ids)).keys()
        for name in sorted(set(before) - set(self._ids)):
            self._log.write("removed", briefing=name)
        await self._shared.search_service.refresh()
        await self._log_broken()
        self._each(lambda app: app.updates.show_library())

    def _look(self) -> tuple[list[str], bool]:
        """Return the changed briefings, and whether to list the folders."""
        opened = self._shared.opened
        return [name for name in opened if self._watch.has_changed(name)], self._watch.is_due(opened)

    async def _reload(self, name: str) -> None:
        said = await asyncio.to_thread(self._watch.reload, name)
        if said is None:
            return
        before, is_broken = self._shared.edition(name), self._watch.take(name)
        if said and not is_broken:
            self._log.write("reloaded", briefing=name, said=said)
        if self._shared.edition(name) != before:  # a broken edit may lack a source's text
            self._each(lambda app: app.updates.show_changed(name, said, broken=is_broken))

    async def _log_broken(self) -> None:
        """Log each broken edit once. Visitors go on with the last good edition and need not know."""
        rows = await asyncio.to_thread(self._shared.catalogue.broken)
        for row in rows:
            if self._broken.get(row.path) != row.problems:
                said = f"{row.problems[0]} ({count(len(row.problems), 'problem')})"
                self._log.write("broken", briefing=row.id, said=said)
        self._broken = {row.path: row.problems for row in rows}
        if said := self._shared.catalogue.cache.news():
            self._log.write("cache", said=said)
        for said in self._shared.catalogue.texts.news():
            self._log.write("texts", said=said)

    def _log_folders(self) -> None:
        """Log content folders that went away or came back."""
        before, self._away = self._away, self._shared.catalogue.away
        for root in sorted(self._away.keys() - before.keys()):
            self._log.write("content-away", folder=root, reason=self._away[root])
        for root in sorted(before.keys() - self._away.keys()):
            self._log.write("content-back", folder=root)

    def _each(self, act: Callable[[VisitApp], None]) -> None:
        """Call every reader by itself, and keep faults apart."""
        loop = asyncio.get_running_loop()
        for app in self._apps():
            loop.call_soon(app.within, act, app)
