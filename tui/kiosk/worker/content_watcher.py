"""The watch over the library, which shows changes to all visitors."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.briefing.problems import Problem
from tui.briefing.publication import AUTHOR
from tui.kiosk.operations.log import Log
from tui.kiosk.visits.audiences import Audiences
from tui.kiosk.visits.visit_app import VisitApp
from tui.library.published_catalogue import PublishedCatalogue, showings_of
from tui.library.publishing import Sight
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

    def __init__(self, audiences: Audiences, log: Log, apps: Callable[[], Iterable[VisitApp]]) -> None:
        """Watch nothing yet.

        Args:
            audiences: the content of each audience.
            log: takes changes and broken edits.
            apps: returns the readers of all open visits.
        """
        self._audiences = audiences
        self._shared = audiences.strangers
        self._whole = audiences.catalogue.seen_by(AUTHOR)
        """The catalogue with everything in it, for the log."""
        self._log = log
        self._apps = apps
        self._watches: dict[SharedContent, Watch] = {}
        self._sights: dict[SharedContent, Sight] = {}
        self._showings: Mapping[str, str] = {}
        """The briefings that not everybody sees, each with what is shown of it."""
        self._unused: list[str] = []
        self._broken: dict[Path, tuple[Problem, ...]] = {}
        self._away: Mapping[str, str] = {}
        self._ids: Mapping[str, Path] = {}
        """The ids of all briefings, with their files, at the last refresh that found anything new."""
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
        self._ids = await asyncio.to_thread(self._whole.ids)
        self._has_turned()
        self._log_showings()
        await self._log_unused()
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
            is_asked = self._is_asked.is_set()
            self._is_asked.clear()
            changed, found = await asyncio.to_thread(self._look, is_asked)
            logged: set[str] = set()
            for content, name in changed:
                logged |= await self._reload(content, name, logged)
                is_new = True
            is_new = self._has_turned() or bool(found) or is_new
            if is_new and found is None:
                await asyncio.to_thread(self._watch(self._shared).refresh)
            self._log_folders()
            if is_new:
                is_new = False
                await self._show_library()

    def refresh(self) -> None:
        """Refresh the library now, since it may hold other folders."""
        self._is_asked.set()

    async def _show_library(self) -> None:
        """Show the changed library to all visitors, beginning with removed briefings."""
        told: set[str] = set()
        for content in self._audiences:
            told |= await self._close_gone(content, told)
        before, self._ids = self._ids, await asyncio.to_thread(self._whole.ids)
        for name in sorted(set(before) - set(self._ids)):
            self._log.write("removed", briefing=name)
        self._log_showings()
        await self._log_unused()
        await self._shared.search_service.refresh()
        await self._log_broken()
        for content in self._audiences:
            self._each(content, lambda app: app.updates.show_library())

    async def _close_gone(self, content: SharedContent, told: set[str]) -> set[str]:
        """Close the forbidden briefings of an audience, and return the logged ones."""
        closed = content.close_gone()
        if closed.gone:
            self._each(content, lambda app: app.updates.show_gone(closed.gone))
        if not closed.replaced:
            return set()
        replaced = await asyncio.to_thread(self._watch(content).tell_replaced, closed.replaced)
        for name, said in replaced.items():
            if said and name not in told:
                self._log.write("reloaded", briefing=name, said=said)
        self._each(content, lambda app: app.updates.show_replaced(replaced))
        return set(replaced)

    def _watch(self, content: SharedContent) -> Watch:
        """Return the watch over the open briefings of an audience."""
        return self._watches.setdefault(content, Watch(content, tells_breaks=False))

    def _look(self, is_asked: bool) -> tuple[list[tuple[SharedContent, str]], bool | None]:
        """Check the open briefings, and list the folders where due.

        Args:
            is_asked: whether to list them in any case.

        Returns:
            The changed briefings, and whether the folders had anything new; None where they were not listed.
        """
        changed = [
            (content, name)
            for content in self._audiences
            for name in content.opened
            if self._watch(content).has_changed(name)
        ]
        is_due = is_asked or any(self._watch(content).is_due(content.opened) for content in self._audiences)
        return changed, self._watch(self._shared).refresh() if is_due and not changed else None

    def _has_turned(self) -> bool:
        """Whether clock or rules show any audience another library than before."""
        now = {content: _sight_of(content) for content in self._audiences}
        # A new audience counts as changed: its first visitor may have come just before the change.
        changed = any(self._sights.get(content) != sight for content, sight in now.items())
        self._sights = now
        self._watches = {content: watch for content, watch in self._watches.items() if content in now}
        return changed

    async def _reload(self, content: SharedContent, name: str, logged: set[str]) -> set[str]:
        """Reload a briefing for an audience. Return the briefing if that was logged."""
        watch = self._watch(content)
        said = await asyncio.to_thread(watch.reload, name)
        if said is None:
            return set()
        before, is_broken = content.edition(name), watch.take(name)
        is_news = bool(said) and not is_broken and name not in logged
        if is_news:
            self._log.write("reloaded", briefing=name, said=said)
        if content.edition(name) != before:  # a broken edit may lack a source's text
            self._each(content, lambda app: app.updates.show_changed(name, said, broken=is_broken))
        return {name} if is_news else set()

    def _log_showings(self) -> None:
        """Log each briefing with another publication, by header, rules or clock. A removed one has none."""
        before, self._showings = self._showings, showings_of(self._audiences.catalogue)
        changed = {path for path, _ in before.items() ^ self._showings.items()}
        names = {str(path): name for name, path in self._ids.items()} if changed else {}
        for path in sorted(changed & (names.keys() | self._showings.keys())):
            name = names.get(path, Path(path).parent.name)
            self._log.write("publication", briefing=name, shown=self._showings.get(path, "listed"))
        if said := self._audiences.catalogue.publishing.clock.news():
            self._log.write("clock", said=said)

    async def _log_unused(self) -> None:
        """Log each id and folder of the rules that no briefing has."""
        catalogue = self._audiences.catalogue
        rules = catalogue.publishing.written
        before, self._unused = self._unused, await asyncio.to_thread(lambda: rules.unused(catalogue.listed(rules)))
        for said in self._unused:
            if said not in before:
                self._log.write("rules", unused=said)

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

    def _each(self, content: SharedContent, act: Callable[[VisitApp], None]) -> None:
        """Call every reader of an audience by itself, and keep faults apart."""
        loop = asyncio.get_running_loop()
        for app in self._apps():
            if app.session.shared is content:
                loop.call_soon(app.within, act, app)


def _sight_of(content: SharedContent) -> Sight:
    catalogue = content.catalogue
    return catalogue.sight if isinstance(catalogue, PublishedCatalogue) else Sight()
