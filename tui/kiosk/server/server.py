"""The parent process, which accepts connections and obeys signals."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from tui.kiosk.ipc import Message
from tui.kiosk.operations.admin_commands import socket_path
from tui.kiosk.operations.config import Reread
from tui.kiosk.operations.ledger import FILE_NAME as LEDGER
from tui.kiosk.operations.ledger import Ledger
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.metrics import Metrics, Snapshot, merged
from tui.kiosk.operations.processes import own_memory
from tui.kiosk.operations.settings import RESTART, Settings, applied, unapplied
from tui.kiosk.operations.state_files import STATES
from tui.kiosk.operations.systemd import Notifier
from tui.kiosk.operations.tombstones import FILE_NAME as TOMBSTONES
from tui.kiosk.server.admin_socket import AdminSocket, AdminSocketError
from tui.kiosk.server.administration import Administration
from tui.kiosk.server.dispatcher import Dispatcher
from tui.kiosk.server.front import Front
from tui.kiosk.server.metrics_endpoint import MetricsEndpoint
from tui.kiosk.server.recorder import Recorder
from tui.kiosk.server.starting import StartError, content_folders, hold_states, start_workers
from tui.kiosk.server.takeover import Elder, Succession
from tui.kiosk.server.workers import Workers
from tui.kiosk.ssh.host_keys import HostKey
from tui.kiosk.waiting import first_of
from tui.library.paths import Folders
from tui.library.version import version

_AFTER_DRAIN: Final = 10.0
"""Seconds for the workers to end after the drain."""
_LOOK_EVERY: Final = 0.5
_WRONG: Final = "The settings are wrong and were not applied; the log says why"


class Server:
    """One kiosk."""

    def __init__(
        self,
        settings: Settings,
        key: HostKey,
        folders: Folders,
        log: Log,
        *,
        reread: Callable[[], Reread] = Reread,
        notifier: Notifier | None = None,
        alive_every: float = 0.0,
        control: socket.socket | None = None,
    ) -> None:
        """Prepare a kiosk.

        Args:
            settings: the settings.
            key: the host's key.
            folders: where the program keeps things.
            log: where events go.
            reread: reads the settings again, and logs what it finds.
            notifier: tells systemd how it goes.
            alive_every: seconds from one sign of life to the next; 0 for none.
            control: the channel to an old version that is taken over.
        """
        self._settings = settings
        self._key = key
        self._folders = folders
        self._log = log
        self._reread = reread
        self._told = notifier or Notifier("")
        # Until it takes over, a new version is not the service.
        self._notifier = Notifier("") if control else self._told
        self._alive_every = alive_every
        self.workers = Workers(settings.workers or _cores(), self._start_message, log)
        self.dispatcher = Dispatcher(settings, self.workers, log, time.monotonic)
        self.front = Front(log, self.dispatcher.accept)
        self.ask = self.workers.ask_all
        self.succession = Succession(self, log)
        self.recorder = Recorder(settings, Ledger(folders.state / LEDGER), log)
        self.workers.on_event = self._handle
        self._metrics = Metrics()
        self._elder = Elder(control, self.workers.gathered, self._count_predecessors) if control else None
        log.on_event = self._metrics.feed
        self.endpoint = MetricsEndpoint(self.figures, self.hindrance)
        self.administration = Administration(
            self.workers, self.dispatcher, self.recorder, log, folders, reload=self.change, drain=self.end,
            upgrade=lambda: self.succession.begin(self._told, self._alive_every),
        )  # fmt: skip
        self._admin_socket = AdminSocket(socket_path(settings.admin_socket, folders.state), self.administration.answer)
        self._is_started = False
        self._ending = asyncio.Event()

    @property
    def content(self) -> list[Path]:
        """The folders of briefings."""
        return content_folders(self._settings, self._folders)

    async def run(self, listeners: list[socket.socket], ready: Callable[[], None]) -> None:
        """Serve until told to end.

        Args:
            listeners: sockets that listen.
            ready: is called once visitors can come.

        Raises:
            StartError: no worker could be started.
        """
        with hold_states(self._folders, self._log):
            await self._run(listeners, ready)

    async def _run(self, listeners: list[socket.socket], ready: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._ending.set)
        loop.add_signal_handler(signal.SIGINT, self._ending.set)
        loop.add_signal_handler(signal.SIGHUP, self.change)
        signal.pthread_sigmask(
            signal.SIG_UNBLOCK, {signal.SIGHUP}
        )  # a signal that came during the start is handled now
        if self._elder is None:
            await self._expose()
            await self._open_admin_socket()
        try:
            await start_workers(self.workers, self._notifier, self._ending)
            if self._elder is not None:
                await self._take_over(self._elder)
            self.front.open(listeners)
            lasting = [
                asyncio.create_task(work)
                for work in (self._live(), self.workers.ping(), self.recorder.keep(), self._admin_socket.keep())
            ]
            self._is_started = True
            self._log.write("started", version=version(), workers=len(self.workers.ready), **self.workers.library)
            ready()
            self._notifier.ready()
            await self._served()
            for task in lasting:
                task.cancel()
        finally:
            self._notifier.stopping()
            self.dispatcher.admission.is_draining = True
            self.front.close()
            self._log.write("draining", visits=self.dispatcher.admission.number)
            seconds = self._settings.drain_seconds
            elder = asyncio.create_task(self._elder.end(seconds + _AFTER_DRAIN)) if self._elder else None
            await self.workers.end({"command": "drain", "seconds": seconds}, seconds + _AFTER_DRAIN)
            if elder:
                await elder
            await self.recorder.write()
            await self.endpoint.close()
            await self._admin_socket.close()
            self._log.write("ended")

    async def _served(self) -> None:
        """Wait for the end. After a takeover, the last visit is the end."""
        await first_of(self._ending.wait(), self.succession.handed_over.wait())
        while not (self._ending.is_set() or self.dispatcher.is_idle):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), _LOOK_EVERY)

    async def _take_over(self, elder: Elder) -> None:
        """Take the place of an old version, whose visits go on."""
        self.dispatcher.number_from(await elder.take_over())
        self.workers.elder = elder.ask
        self._notifier = self._told
        try:
            await self._expose()
            await self._open_admin_socket()
        except StartError as error:  # visitors matter more
            self._log.write("warning", said=str(error))

    async def release(self, process: int) -> int:
        """Leave sockets, metrics and commands to a process. Return the number of the next connection."""
        self.front.close()
        await self.endpoint.close()
        await self._admin_socket.close()
        self._notifier.main_process(process)
        self._notifier = Notifier("")
        return self.dispatcher.next_ticket

    def _count_predecessors(self, number: int) -> None:
        self._metrics.set("briefing_kiosk_predecessors", number)

    def _handle(self, ticket: int, event: str, detail: str) -> None:
        """Handle a worker's event of a connection."""
        self.recorder.handle(ticket, event, detail)
        self.dispatcher.handle(ticket, event, detail)

    async def _expose(self) -> None:
        """Open the endpoint of the metrics."""
        settings = self._settings
        self._metrics.set("briefing_kiosk_version_info", 1, version())
        self._metrics.set("briefing_kiosk_start_time_seconds", time.time())
        if settings.metrics_port:
            try:
                await self.endpoint.start((settings.metrics_host, settings.metrics_port))
            except (OSError, UnicodeError) as error:
                where = f"metrics_host {settings.metrics_host} metrics_port {settings.metrics_port}"
                raise StartError(f"{where}: {getattr(error, 'strerror', None) or error}") from error

    async def _open_admin_socket(self) -> None:
        """Take commands of administrators. A socket that nobody has named may be missing.

        Raises:
            StartError: the socket that the settings name cannot be opened.
        """
        self.administration.restore()
        try:
            await self._admin_socket.start()
        except AdminSocketError as error:
            if self._settings.admin_socket:
                raise StartError(str(error)) from error
            self._log.write("warning", said=str(error))

    def hindrance(self) -> str:
        """Return the reason for which no visitor can be served, if any."""
        if self.dispatcher.admission.is_draining:
            return "draining"
        if not self._is_started:
            return "starting"
        return "" if self.workers.ready else "no worker serves"

    def figures(self) -> tuple[str, bytes]:
        """Return content type and text of the metrics."""
        from tui.kiosk.server.exposition import CONTENT_TYPE, exposition

        return CONTENT_TYPE, exposition(self.shares())

    def shares(self) -> Snapshot:
        """Return the metrics of all processes."""
        self._metrics.set("briefing_kiosk_connections", self.dispatcher.admission.number)
        self._metrics.set("briefing_kiosk_memory_bytes", own_memory(), "parent")
        return merged([self._metrics.snapshot(), self.workers.gathered.snapshot()])

    def end(self) -> None:
        """End the server, as SIGTERM does."""
        self._ending.set()

    def change(self) -> Message:
        """Reload the settings. Return the names of applied and of waiting ones."""
        self._notifier.reloading()
        settings, said = self._reread()
        taken, left = self._apply(settings) if settings else ((), ())
        if settings is None:
            self._notifier.status(_WRONG)
        self._notifier.ready()
        names = {"applied": taken, "not_applied": left}
        return {**names, **({"problems": [], "warnings": said} if settings else {"problems": said})}

    def _apply(self, settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Apply other settings, and report those that need a restart."""
        taken, left = applied(self._settings, settings), unapplied(self._settings, settings)
        self._settings = settings.model_copy(update={name: getattr(self._settings, name) for name in RESTART})
        self.dispatcher.change(self._settings)
        self.recorder.change(self._settings)
        self._log.change(self._settings)
        self.workers.send_all(
            {"command": "change", "settings": self._settings.model_dump(), "content": list(map(str, self.content))}
        )
        if taken:
            self._log.write("changed", settings=" ".join(taken))
        else:
            self._log.write("unchanged", reason="no setting that can be applied differs; keys and texts are read again")
        if left:
            self._log.write("not-applied", settings=" ".join(left), reason="needs a restart")
        self._notifier.status(
            f"Not applied before a restart: {', '.join(left)}" if left else "All settings are applied"
        )
        return taken, left

    async def _live(self) -> None:
        """Report signs of life to systemd while a worker serves."""
        while self._alive_every:
            if self.workers.ready:
                self._notifier.alive()
            await asyncio.sleep(self._alive_every)

    def _start_message(self) -> dict[str, Any]:
        return {
            "settings": self._settings.model_dump(),
            "salt": self._log.salt,
            "cache": str(self._folders.cache / "catalogue.sqlite"),
            "content": list(map(str, self.content)),
            "may_lack": [str(self._folders.own_content)],
            "held": str(self._folders.held),
            "texts": [str(Path(name).absolute()) for name in self._settings.texts],
            "host_key": str(self._key.path),
            "states": str(self._folders.state / STATES),
            "tombstones": str(self._folders.data / TOMBSTONES),
        }


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
