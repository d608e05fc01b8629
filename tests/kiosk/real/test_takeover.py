"""A new version takes the listening socket over: nobody is refused or dropped, and a start that fails changes nothing."""

import asyncio
import json
import os
import signal
import socket
from contextlib import suppress
from functools import partial
from pathlib import Path

import asyncssh

from tests.kiosk.openssh import free_port
from tests.kiosk.real.hosting import Upgraded
from tests.kiosk.real.serving import FIRST_FRAME, Serving, Watching, answered, until
from tui.kiosk.operations.stats import fetch

_VISITS = 8


async def listed(port: int) -> bool:
    """Come for a command, and tell whether it was answered."""
    async with asyncio.timeout(60):
        async with asyncssh.connect(
            "127.0.0.1", port, known_hosts=None, config=None, username="reader", client_keys=None
        ) as connection:
            return "handbook" in str((await connection.run("list")).stdout)


async def test_nobody_is_refused_or_dropped(tmp_path: Path) -> None:
    metrics = free_port()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.setblocking(False)
        kiosk = Upgraded(
            tmp_path, metrics_port=metrics, visits_a_minute=10_000,
            visits_by_address=200, waiting_by_address=100, drain_seconds=1,
        )  # fmt: skip
        kiosk.notify = str(tmp_path / "notify")
        with kiosk:
            assert kiosk.process
            inside = [Watching() for _ in range(_VISITS)]
            for visitor in inside:
                await visitor.arrive(kiosk.port, "kiosk")
                await visitor.shows(FIRST_FRAME)
            while told(systemd):
                pass
            await asyncio.to_thread(kiosk.admin, "upgrade")
            came, is_over = [], False
            while not is_over:  # newcomers come all the while
                is_over = bool(kiosk.successors())
                came.append(await listed(kiosk.port))
            came += [await listed(kiosk.port) for _ in range(5)]
            assert all(came)
            [successor] = kiosk.successors()
            said = []
            while word := told(systemd):
                said.append(word)
            assert [word for word in said if not word.startswith(("WATCHDOG", "EXTEND"))] == [
                f"MAINPID={successor}", "READY=1",
            ]  # fmt: skip
            for visitor in inside:
                assert not visitor.gone
                await answered(visitor)
            assert await until(lambda: figure(metrics, "predecessors") == 1)
            assert await until(lambda: figure(metrics, "active_visits") == _VISITS)
            assert await until(lambda: figure(metrics, "visits_total") >= len(came) + _VISITS)
            assert f"Shown on {_VISITS} screens" in await asyncio.to_thread(kiosk.admin, "say", "One notice for all")
            await inside[0].shows("One notice for all")
            await asyncio.to_thread(ended_by_the_new_version, kiosk)
            assert await until(lambda: all(visitor.gone for visitor in inside))
            assert await until(lambda: kiosk.process is not None and kiosk.process.poll() == 0, 30)
            assert await until(lambda: figure(metrics, "predecessors") == 0)
            assert await listed(kiosk.port)


def ended_by_the_new_version(kiosk: Upgraded) -> None:
    """End the visits of the old version, one by its number and the others by a block."""
    visits = json.loads(kiosk.admin("who", "--format", "json"))["visits"]
    assert "is being ended" in kiosk.admin("end", visits[0]["visit"])
    assert f"{_VISITS - 1} visits ended" in kiosk.admin("block", "127.0.0.0/8", "1m")
    kiosk.admin("unblock", "127.0.0.0/8")


def told(systemd: socket.socket) -> str:
    """Return the next word to systemd; empty without one."""
    with suppress(BlockingIOError):
        return systemd.recv(4096).decode()
    return ""


def figure(port: int, name: str) -> float:
    """Return the sum of a metric."""
    lines = [line for line in fetch("127.0.0.1", port).splitlines() if line.startswith(f"briefing_kiosk_{name}")]
    return sum(float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#"))


def _failed(kiosk: Serving, number: int) -> bool:
    return kiosk.log.count(" not-handed-over ") == number


async def test_a_start_that_fails_leaves_the_old_one_serving(tmp_path: Path) -> None:
    with Upgraded(tmp_path) as kiosk:
        written = kiosk.config.read_text(encoding="utf-8")
        async with kiosk.visitor() as visitor:
            kiosk.config.write_text(f"{written}nonsense = 1\n", encoding="utf-8")
            for number in (1, 2):
                await asyncio.to_thread(kiosk.admin, "upgrade")
                assert await until(partial(_failed, kiosk, number), 60)
            assert 'not-handed-over reason="code 2"' in kiosk.log
            assert await listed(kiosk.port)
            await answered(visitor)
            kiosk.config.write_text(written, encoding="utf-8")
            await asyncio.to_thread(kiosk.admin, "upgrade")
            assert await until(lambda: bool(kiosk.successors()), 60)
            await answered(visitor)
            os.kill(kiosk.successors()[0], signal.SIGTERM)  # and the old version ends with the new one
            assert await until(lambda: kiosk.process is not None and kiosk.process.poll() == 0, 90)
