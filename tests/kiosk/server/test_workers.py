"""Worker processes as their parent sees them."""

import asyncio
import errno
import os
import signal
import socket
from pathlib import Path

import pytest

from tests.kiosk.conftest import Lines, until
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.kiosk.operations.systemd import Notifier
from tui.kiosk.server import starting
from tui.kiosk.server.server import Server
from tui.kiosk.server.starting import StartError, start_workers
from tui.kiosk.ssh.host_keys import host_key
from tui.kiosk.supervisor import Limits, Supervisor
from tui.kiosk.visits.audiences import Audiences
from tui.kiosk.worker import content_watcher as watching_module
from tui.kiosk.worker.content_watcher import ContentWatcher
from tui.library.paths import Folders
from tui.library.published_catalogue import PublishedCatalogue
from tui.session.shared import SharedContent


def processes(workers: Supervisor) -> list[int]:
    """Return the ids of the workers' processes."""
    return [child.process.pid for child in workers.children]


def test_who_comes_while_no_worker_serves_is_asked_to_come_back(sample_folder: Path, tmp_path: Path) -> None:
    settings, lines = Settings(content=(str(sample_folder.parent),)), Lines()
    folders = Folders(*(tmp_path / name for name in Folders._fields))
    server = Server(settings, host_key(None, tmp_path), folders, Log(lines, settings))
    ours, theirs = socket.socketpair()
    with ours:
        server.dispatcher.accept(theirs, "192.0.2.1")
        assert b"starting again" in ours.recv(200)
    assert "reason=starting" in lines.of("turned-away")[0]
    assert server.dispatcher.admission.number == 0


async def test_a_worker_that_cannot_be_replaced_at_once_is_later(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, lines = Settings(workers=1, content=(str(sample_folder.parent),)), Lines()
    folders = Folders(*(tmp_path / name for name in Folders._fields))
    server = Server(settings, host_key(None, tmp_path), folders, Log(lines, settings))
    workers = server.workers
    await workers.start()
    starts = asyncio.create_subprocess_exec

    async def fails(*_words: str, **_options: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "no room for another process")

    try:
        await until(lambda: len(workers.ready) == 1)
        monkeypatch.setattr(asyncio, "create_subprocess_exec", fails)
        os.kill(workers.children[0].process.pid, signal.SIGKILL)
        await until(lambda: lines.of("worker-unstarted"))
        assert "no room" in lines.of("worker-unstarted")[0]
        monkeypatch.setattr(asyncio, "create_subprocess_exec", starts)
        await until(lambda: len(workers.ready) == 1)
    finally:
        await workers.end({"command": "drain", "seconds": 1}, 5)


async def test_a_worker_that_hangs_gets_nobody_and_is_replaced(sample_folder: Path, tmp_path: Path) -> None:
    settings, lines = Settings(workers=2, content=(str(sample_folder.parent),)), Lines()
    folders = Folders(*(tmp_path / name for name in Folders._fields))
    server = Server(settings, host_key(None, tmp_path), folders, Log(lines, settings))
    workers = server.workers
    workers.limits = Limits(ping=0.6)
    await workers.start()
    await until(lambda: len(workers.ready) == 2)  # a slow start is no hanging
    asking = asyncio.create_task(workers.ping())
    try:
        victim, other = processes(workers)
        os.kill(victim, signal.SIGSTOP)
        await until(lambda: any(child.unanswered == 3 for child in workers.children))
        for ticket in (1, 2):
            ours, theirs = socket.socketpair()
            with ours, theirs:
                assert workers.hand_on(theirs, ticket, "192.0.2.1")
        assert {other: 2} == workers.connections()
        await until(lambda: lines.of("worker-died"))
        assert f"process={victim}" in lines.of("worker-hangs")[0]
        assert "SIGKILL" in lines.of("worker-died")[0]
        await until(lambda: len(workers.ready) == 2)
        assert other in processes(workers)
        assert victim not in processes(workers)
    finally:
        asking.cancel()
        await workers.end({"command": "drain", "seconds": 1}, 5)


@pytest.fixture
def server(sample_folder: Path, tmp_path: Path) -> Server:
    """Give a kiosk with one worker that is not started yet; its log is a list of lines."""
    settings = Settings(workers=1, content=(str(sample_folder.parent),))
    folders = Folders(*(tmp_path / name for name in Folders._fields))
    return Server(settings, host_key(None, tmp_path), folders, Log(Lines(), settings))


async def test_a_worker_that_hangs_before_it_serves_is_replaced_too(server: Server) -> None:
    workers = server.workers
    workers.limits = Limits(ping=0.4)
    await workers.start()
    [victim] = processes(workers)
    os.kill(victim, signal.SIGSTOP)
    asking = asyncio.create_task(workers.ping())
    try:
        await until(lambda: len(workers.ready) == 1)
        assert victim not in processes(workers)
    finally:
        asking.cancel()
        await workers.end({"command": "drain", "seconds": 1}, 5)


async def test_no_room_for_the_first_worker_is_told_in_a_line(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_words: str, **_options: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "no room for another process")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", fails)
    with pytest.raises(StartError, match="cannot start a worker process: no room for another process"):
        await server.run([], lambda: None)


async def test_a_start_may_take_long_as_long_as_the_workers_say_that_it_goes_on(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "_START_SECONDS", 0.4)
    loop, workers = asyncio.get_running_loop(), server.workers

    async def read(seconds: float) -> None:
        until = loop.time() + seconds
        while loop.time() < until:
            workers.heard = loop.time()
            await asyncio.sleep(0.05)

    async def nothing() -> None:
        return

    monkeypatch.setattr(workers, "start", nothing)
    reading = asyncio.create_task(read(1.2))
    began = loop.time()
    with pytest.raises(StartError, match="no worker process could be started"):
        await start_workers(workers, Notifier(""), asyncio.Event())
    assert reading.done()
    assert 1.4 < loop.time() - began < 5


async def test_a_worker_tells_that_it_is_reading_a_large_library(
    sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching_module, "_REPORT_EVERY", 0.0)
    catalogue = PublishedCatalogue(None, [sample_folder.parent], sample_folder / "held")
    told: list[bool] = []
    await ContentWatcher(Audiences(SharedContent(catalogue)), Log(Lines(), Settings()), list).begin(
        lambda: told.append(True)
    )
    assert catalogue.count() == len(told) > 0


async def test_a_cache_that_cannot_be_kept_is_logged_once(sample_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    lines = Lines()
    catalogue = PublishedCatalogue(
        tmp_path / "file" / "catalogue.sqlite", [sample_folder.parent], sample_folder / "held"
    )
    watcher = ContentWatcher(Audiences(SharedContent(catalogue)), Log(lines, Settings()), list)
    await watcher.begin()
    await watcher.begin()
    [said] = lines.of("cache")
    assert "cannot be kept on disk" in said
    assert catalogue.count() == 1
