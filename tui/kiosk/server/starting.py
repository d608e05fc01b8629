"""The start of a server: sockets, folders, and its error."""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.kiosk.operations.backups import Restored, take_note
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.kiosk.operations.state_files import InUseError, StatesLock
from tui.kiosk.operations.systemd import Notifier
from tui.kiosk.server.workers import Workers
from tui.library.paths import Folders, bundled_content

_BACKLOG: Final = 256
_START_SECONDS: Final = 60.0
"""Seconds without a report of any worker, before the first serves."""


class StartError(Exception):
    """The server cannot start; the message is one line."""


def content_folders(settings: Settings, folders: Folders) -> list[Path]:
    """Return the folders of briefings. The bundled one and the user's own are the default."""
    chosen = [Path(name).absolute() for name in settings.content]
    return chosen or [bundled_content(), folders.own_content]


def listening(settings: Settings) -> list[socket.socket]:
    """Open the sockets at which visitors come.

    Raises:
        StartError: the address is none, or is taken.
    """
    host, port = settings.host, settings.port
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        listener = socket.create_server(address[:2], family=family, backlog=_BACKLOG, dualstack_ipv6=host == "::")
    except (OSError, UnicodeError) as error:
        said = str(getattr(error, "strerror", None) or error).partition(" (while")[0]  # Python repeats the address
        raise StartError(f"cannot listen at {host} port {port}: {said}") from error
    return [listener]


def hold_states(folders: Folders, log: Log) -> StatesLock:
    """Hold the states, so that no restore replaces them meanwhile. Log a restore of before.

    Raises:
        StartError: a restore is under way.
    """
    try:
        lock = StatesLock(folders.state).share()
    except InUseError as error:
        raise StartError(f"{error.filename}: a restore is under way; start again when it has ended") from error
    if note := take_note(folders):
        log.write("restored", **{name: value for name, value in note.items() if name in Restored._fields})
    return lock


async def start_workers(workers: Workers, notifier: Notifier, ending: asyncio.Event) -> None:
    """Start the workers, and wait for all of them.

    Raises:
        StartError: none could be started.
    """
    try:
        await workers.start()
    except OSError as error:
        raise StartError(f"cannot start a worker process: {error.strerror or error}") from error
    loop = asyncio.get_running_loop()
    began = loop.time()
    while len(workers.ready) < max(1, len(workers.children)) and not ending.is_set():
        until = max(began, workers.heard) + _START_SECONDS
        if loop.time() >= until:
            break
        notifier.starting(2 * _START_SECONDS)
        workers.changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                await workers.changed.wait()
    if not workers.ready and not ending.is_set():
        raise StartError("no worker process could be started; the lines above say why")
