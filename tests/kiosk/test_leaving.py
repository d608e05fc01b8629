"""Visitors who leave at any moment: while keys are exchanged, while they log in, before the shell, while they read."""

import asyncio
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from tests.kiosk.conftest import Kiosk, Opener, Visitor, transport_of, until
from tui.kiosk.policies.blocks import BLOCKED
from tui.kiosk.policies.policy import ENDED
from tui.kiosk.visits.terminal_visit import TerminalVisit
from tui.kiosk.worker import host as host_module

_MOMENTS = range(1, 25)


class Leaving(asyncssh.SSHClient):
    """A client that leaves at its so-maniest packet."""

    def __init__(self, moment: int, *, politely: bool) -> None:
        self._left = moment
        self._politely = politely

    def connection_made(self, conn: Any) -> None:
        transport = transport_of(conn)
        usual = transport.write

        def write(data: bytes) -> None:
            self._left -= 1
            if self._left >= 0:
                usual(data)
            else:
                leave = transport.close if self._politely else transport.abort
                leave()

        transport.write = write


def open_files() -> int:
    """Give how many files this process has open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


async def _come_and_leave(kiosk: Kiosk, moment: int, *, politely: bool) -> None:
    with suppress(asyncssh.Error, OSError, TimeoutError):
        async with (
            asyncio.timeout(20),
            kiosk.connect(client_factory=lambda: Leaving(moment, politely=politely)) as connection,
        ):
            process = await connection.create_process(term_type="xterm", encoding=None)
            for key in b"\x0b", b"s", b"w", b"a", b"\r", b"?", b"\x1b", b"j", b"j", b"j", b"j", b"j":
                process.stdin.write(key)
                await asyncio.sleep(0.02)
            connection.abort()


@pytest.mark.parametrize("politely", [False, True], ids=["abort", "close"])
async def test_who_leaves_at_any_moment_leaves_nothing_behind(
    open_kiosk: Opener, visit: Visitor, *, politely: bool
) -> None:
    kiosk = await open_kiosk()
    host = kiosk.host
    await host.pool.fill(at_once=True)
    await _come_and_leave(kiosk, 99, politely=politely)
    await until(lambda: "closed" in kiosk.told and not kiosk.tasks)
    descriptors, threads = open_files(), threading.active_count()
    await asyncio.gather(*(_come_and_leave(kiosk, moment, politely=politely) for moment in _MOMENTS))
    await until(lambda: 1 + len(_MOMENTS) == kiosk.told.count("closed"), "the end of all")
    await until(lambda: not kiosk.tasks, "the end of the visits")
    assert not host.visits
    assert not kiosk.policies
    assert not kiosk.lines.of("fault")
    await until(lambda: descriptors >= open_files(), "the closing of files")
    assert threading.active_count() <= threads + 6  # asyncio keeps a few for what is beside its loop
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")


async def test_a_visit_that_is_ended_twice_at_once_has_its_terminal_back(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    [ticket] = [one["visit"] for one in kiosk.host.who()]
    for reason in (ENDED, BLOCKED):
        kiosk.host.end_one(ticket, reason)
    assert (await terminal.until_over()).endswith(f"\x1b[?1049l\x1b[?25h{ENDED.line}\r\n")
    await until(lambda: kiosk.lines.of("left"))
    assert "reason=ended" in kiosk.lines.of("left")[0]


async def test_a_visit_that_does_not_leave_by_itself_is_cut(
    open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_module, "_PARTING", 0.1)
    monkeypatch.setattr(TerminalVisit, "end", lambda *_: None)
    kiosk = await open_kiosk()
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    kiosk.host.end_one(kiosk.host.who()[0]["visit"], ENDED)
    await asyncio.wait_for(terminal.connection.wait_closed(), 20)
    monkeypatch.undo()
