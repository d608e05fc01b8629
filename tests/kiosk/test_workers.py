"""Worker processes as their parent sees them."""

import asyncio
import errno
import os
import signal
import socket
from pathlib import Path

import pytest

from tests.kiosk.conftest import Lines, until
from tui.kiosk import workers as workers_module
from tui.kiosk.hostkeys import host_key
from tui.kiosk.log import Log
from tui.kiosk.server import Server
from tui.kiosk.settings import Settings
from tui.library.paths import Folders


def test_who_comes_while_no_worker_serves_is_asked_to_come_back(sample_folder: Path, tmp_path: Path) -> None:
    settings, lines = Settings(content=(str(sample_folder.parent),)), Lines()
    folders = Folders(*(tmp_path / name for name in Folders._fields))
    server = Server(settings, host_key(None, tmp_path), folders, Log(lines, settings))  # type: ignore[arg-type]
    ours, theirs = socket.socketpair()
    with ours:
        server._admit(theirs, "192.0.2.1")
        assert b"starting again" in ours.recv(200)
    assert "reason=starting" in lines.of("turned-away")[0]
    assert server.entrance.number == 0


async def test_a_worker_that_cannot_be_replaced_at_once_is_later(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, lines = Settings(workers=1, content=(str(sample_folder.parent),)), Lines()
    folders = Folders(*(tmp_path / name for name in Folders._fields))
    server = Server(settings, host_key(None, tmp_path), folders, Log(lines, settings))  # type: ignore[arg-type]
    workers = server.workers
    await workers.start()
    starts = asyncio.create_subprocess_exec

    async def fails(*_words: str, **_options: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "no room for another process")

    try:
        await until(lambda: workers.ready == 1)
        monkeypatch.setattr(asyncio, "create_subprocess_exec", fails)
        os.kill(workers.processes[0], signal.SIGKILL)
        await until(lambda: lines.of("worker-unstarted"))
        assert "no room" in lines.of("worker-unstarted")[0]
        monkeypatch.setattr(asyncio, "create_subprocess_exec", starts)
        await until(lambda: workers.ready == 1)
    finally:
        await workers.end(1)


async def test_a_worker_that_hangs_gets_nobody_and_is_replaced(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_module, "ASK_EVERY", 0.3)
    settings, lines = Settings(workers=2, content=(str(sample_folder.parent),)), Lines()
    folders = Folders(*(tmp_path / name for name in Folders._fields))
    server = Server(settings, host_key(None, tmp_path), folders, Log(lines, settings))  # type: ignore[arg-type]
    workers = server.workers
    await workers.start()
    asking = asyncio.create_task(workers.keep_asking())
    try:
        await until(lambda: workers.ready == 2)
        victim, other = workers.processes
        os.kill(victim, signal.SIGSTOP)
        await until(lambda: any(worker.unanswered == 3 for worker in workers._workers))
        for ticket in (1, 2):
            ours, theirs = socket.socketpair()
            with ours, theirs:
                assert workers.hand_on(theirs, ticket, "192.0.2.1")
        assert {victim: 0, other: 2} == {worker.process.pid: len(worker.tickets) for worker in workers._workers}
        await until(lambda: lines.of("worker-died"))
        assert f"process={victim}" in lines.of("worker-hangs")[0]
        assert "SIGKILL" in lines.of("worker-died")[0]
        await until(lambda: workers.ready == 2)
        assert other in workers.processes
        assert victim not in workers.processes
    finally:
        asking.cancel()
        await workers.end(1)
