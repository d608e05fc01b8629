"""A worker process, which serves the connections of its parent.

Run as ``python -m tui.kiosk.worker.worker DESCRIPTOR``, the descriptor being its end of the pair of sockets.
"""

import asyncio
import gc
import logging
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui.kiosk.ipc import BlockingChannel, Channel, Codec, Message
from tui.kiosk.operations.log import CONTENT_EVENTS, Log
from tui.kiosk.operations.metrics import Metrics, content_of
from tui.kiosk.operations.processes import own_memory
from tui.kiosk.operations.settings import Settings
from tui.kiosk.operations.state_files import InUseError, StatesLock
from tui.kiosk.policies.policy import Reason
from tui.kiosk.search.group_search import GroupSearch, group_search
from tui.kiosk.search.remote import RemoteSearch, hello_of
from tui.kiosk.ssh.login_tries import OnEvent
from tui.kiosk.visits.services import Resources
from tui.kiosk.worker.access_watcher import AccessWatcher
from tui.kiosk.worker.content_watcher import ContentWatcher
from tui.kiosk.worker.host import HostPaths, WorkerHost
from tui.library.latest_time import FILE_NAME, LatestTime
from tui.library.published_catalogue import PublishedCatalogue
from tui.library.text_folders import user_texts
from tui.session.process import collect_rarely, take_short_turns
from tui.session.shared import SharedContent

if TYPE_CHECKING:
    from tui.kiosk.visits.state_exchange import StateExchange

_MOST_FILES: Final = 16_384
_AFTER_DEADLINE: Final = 5.0
_POOL_AT_START: Final = 2
_TIDY_EVERY: Final = 6 * 3600.0
_REPORT_EVERY: Final = 5.0
"""Seconds; Prometheus asks every 15 as a rule."""


class Worker:
    """Carries out the parent's commands."""

    def __init__(self, channel: Channel, hello: Message) -> None:
        """Prepare to serve.

        Args:
            channel: the channel to the parent.
            hello: settings, folders and the salt of the log.
        """
        self._channel = channel
        settings = Settings.model_validate(hello["settings"])
        self._log = Log(sys.stderr, settings, hello["salt"])
        cache = Path(hello["cache"]) if hello["cache"] else None
        may_lack = [Path(name) for name in hello["may_lack"]]
        texts = user_texts(map(Path, hello["texts"]), cache.parent if cache else None)
        self._catalogue = catalogue = PublishedCatalogue(
            cache, map(Path, hello["content"]), Path(hello["held"]), may_lack, texts
        )
        catalogue.show_broken(shown=settings.show_broken)
        paths = HostPaths(hello["host_key"], Path(hello["states"]), Path(hello["tombstones"]))
        self._metrics = Metrics(reading=settings.count_reading)
        self._speaks = bool(hello["speaks"])
        # All workers see the same content: one reports it, so that nothing is logged or counted several times.
        self._log.withholds = frozenset() if self._speaks else CONTENT_EVENTS
        self._log.on_event = self._metrics.feed
        self._search = RemoteSearch(partial(hello_of, catalogue, cache, Path(hello["held"])), self._log)
        shared = SharedContent(catalogue)
        shared.search_service = GroupSearch(self._search)
        catalogue.publishing.clock = LatestTime(Path(hello["states"]).parent / FILE_NAME)
        self.host = WorkerHost(Resources(settings, shared, self._log, time.monotonic, self._metrics), paths)
        self.host.audiences.search_of = partial(group_search, self._search)
        self._search.on_changed = self.host.index_changed
        self._watcher = ContentWatcher(self.host.audiences, self._log, self.host.apps)
        self._access = AccessWatcher(self.host, self._log, self._show_library)
        self._lock = StatesLock(Path(hello["states"]).parent)
        self._states = paths.states
        self._exchange: StateExchange | None = None
        self._over = asyncio.Event()
        self._work: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Serve until the parent ends the worker, or is gone."""
        with suppress(InUseError), self._lock.share():  # it outlives a parent that is killed
            await self._run()

    async def _run(self) -> None:
        host = self.host
        asyncio.get_running_loop().set_exception_handler(self._handle_error)
        await host.prepare()
        await self._watcher.begin(lambda: self._send({"event": "alive"}))
        for _ in range(_POOL_AT_START):
            await host.pool.fill(at_once=True)
        gc.collect()
        collect_rarely()
        # The channel closes when the parent is gone; the worker then has no purpose.
        self._channel.listen(self._handle, lambda _error: self._over.set())
        lasting = [asyncio.create_task(host.keep_time()), asyncio.create_task(self._watcher.watch())]
        lasting += [asyncio.create_task(self._search.keep()), asyncio.create_task(self._tidy())]
        lasting.append(asyncio.create_task(self._access.watch()))
        if host.settings.fleet:
            lasting.append(asyncio.create_task(self._join_fleet().keep()))
        if host.settings.metrics_port:
            lasting.append(asyncio.create_task(self._report()))
        content = await asyncio.to_thread(content_of, host.shared.catalogue)
        self._send({"event": "ready", "briefings": content.briefings, "broken": content.broken})
        for task in lasting:
            task.add_done_callback(self._ended)
        await self._over.wait()
        for task in lasting:
            task.cancel()
        await asyncio.gather(*lasting, return_exceptions=True)
        await host.pool.close()

    def _join_fleet(self) -> "StateExchange":
        """Share visitors' states with other hosts."""
        from tui.kiosk.worker.fleet import Edition, join_fleet

        host = self.host
        self._exchange = join_fleet(host.settings, self._states, host.visitors, self._log, self._metrics)
        self._exchange.sweeps, self._exchange.library = self._speaks, Edition(self._catalogue)
        return self._exchange

    async def _tidy(self) -> None:
        """Delete the states of absent visitors from time to time."""
        while True:
            if self._speaks and self._exchange:
                await self._exchange.tidy(self.host.settings.state_days)
            if gone := await asyncio.to_thread(self.host.visitors.tidy):
                self._log.write("forgotten", visitors=gone)
            await asyncio.sleep(_TIDY_EVERY)

    async def _report(self) -> None:
        """Send the metrics of this process to the parent."""
        while True:
            self._metrics.set("briefing_kiosk_active_visits", len(self.host.visits))
            number, searching = str(os.getpid()), self._search.process
            self._metrics.set("briefing_kiosk_memory_bytes", own_memory(), number)
            # Under the worker's number: one series, however often the process is replaced.
            self._metrics.set(
                "briefing_kiosk_memory_bytes", own_memory(searching) if searching else 0, f"{number}-search"
            )
            if self._speaks:
                content = await asyncio.to_thread(content_of, self.host.shared.catalogue)
                self._metrics.set_content(content, time.time())
            self._metrics.set("briefing_kiosk_tasks", len(asyncio.all_tasks()), number)
            self._send({"event": "figures", "figures": Codec().encode(self._metrics.snapshot())})
            await asyncio.sleep(_REPORT_EVERY)

    def _handle_error(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Log a fault that nothing else has caught."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self.host.log_error(error)
        else:
            self.host.log_fault(str(context.get("message", ""))[:200])

    def _ended(self, task: asyncio.Task[None]) -> None:
        """End the process after a lasting task."""
        if not task.cancelled():
            error = task.exception()
            if error is None:
                self.host.log_fault(f"{task.get_name()} ended")
            else:
                self.host.log_error(error)
            self._over.set()

    def _handle(self, message: Message, passed: socket.socket | None) -> None:
        match message["command"]:
            case "serve" if passed is not None:
                ticket = message["ticket"]
                self._spawn(self.host.receive(passed, message["address"], self._reporter(ticket), ticket))
            case "serve":
                self._log.write("unaccepted", address=message["address"], reason="too many open files")
                self._reporter(message["ticket"])("closed")
            case "end":  # after the task that receives it; both messages may have come with the same data
                self._soon(self.host.end_one, message["ticket"], Reason(*message["reason"]))
            case "delay":
                self._soon(self.host.delay_one, message["ticket"], message["seconds"])
            case "ask":
                self._spawn(self._answer(message))
            case "ping":
                self._send({"event": "alive"})
            case _:
                self._obey(message)

    def _obey(self, message: Message) -> None:
        """Handle a command that concerns no single connection."""
        match message["command"]:
            case "change":
                roots = tuple(map(Path, message["content"]))
                self._spawn(self._change(Settings.model_validate(message["settings"]), roots))
            case "drain":
                self._spawn(self._drain(message["seconds"]))

    def _reporter(self, ticket: int) -> OnEvent:
        """Return a function that reports events of a connection to the parent."""
        return lambda event, detail="": self._send({"event": event, "ticket": ticket, "detail": detail})

    async def _answer(self, message: Message) -> None:
        """Answer a question of an administrator."""
        answer = await self.host.answer(message)
        self._send({"event": "answer", "number": message["number"], "answer": answer})

    @staticmethod
    def _soon(act: Callable[..., None], *arguments: object) -> None:
        asyncio.get_running_loop().call_soon(act, *arguments)

    def _send(self, message: Message) -> None:
        self._channel.send(message)

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _change(self, settings: Settings, roots: tuple[Path, ...]) -> None:
        """Apply new settings, beginning with the library."""
        if roots != self._catalogue.roots:
            self._catalogue.change_roots(roots)
        self._catalogue.show_broken(shown=settings.show_broken)
        try:
            await self.host.change(settings)
        except (OSError, ValueError) as error:
            self._log.write("unchanged", reason=str(error))
        self._show_library()

    def _show_library(self) -> None:
        """Show visitors and search the library as it is now."""
        self._search.change(self._catalogue)
        self._watcher.refresh()

    async def _drain(self, seconds: float) -> None:
        host = self.host
        host.drain(seconds)
        await host.until_empty(seconds)
        host.end()
        await host.until_empty(_AFTER_DEADLINE)
        self._over.set()


async def serve(descriptor: int) -> None:
    """Serve over the descriptor of a channel."""
    end = socket.socket(fileno=descriptor)
    hello = BlockingChannel(end).receive()
    if hello is not None:
        await Worker(Channel(end), hello).run()


def run_to_its_end(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, None]) -> None:
    """Run work until its end, even against SystemExit of others.

    asyncio lets SystemExit of any task through, and stops; what one visit did is not to take the others with it.
    """
    task = loop.create_task(work)
    while not task.done():
        try:
            loop.run_until_complete(task)
        except SystemExit:
            if task.done():
                raise


def main() -> None:
    """Run the process, without the signals that are for the parent."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    # Messages of libraries are not logged.
    logging.getLogger().addHandler(logging.NullHandler())
    # A visitor's state has four open files; many systems allow 1024 by default.
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, _MOST_FILES)), hard))
    # A stack trace has no visitor's data, but a core dump would have all of it.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    take_short_turns()
    with asyncio.Runner() as runner:
        run_to_its_end(runner.get_loop(), serve(int(sys.argv[1])))


if __name__ == "__main__":
    main()
