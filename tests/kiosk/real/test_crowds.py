"""Crowds at the door of a real kiosk, those who stand in it, and those who take nothing: the others read on."""

import asyncio
import socket
import time
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import asyncssh
import paramiko
import pytest

from tests.bench.kiosk.soak import tasks_at_rest
from tests.kiosk.conftest import transport_of
from tests.kiosk.openssh import free_port
from tests.kiosk.real.serving import Serving, answered, until

OPEN = {"visits_a_minute": 100_000, "visits_by_address": 1000, "waiting_by_address": 1000}


async def trickle(port: int, seconds: float) -> float:
    """Send a greeting, a byte every so often; give the seconds until the server ended it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.monotonic()
    with suppress(ConnectionError):
        async with asyncio.timeout(seconds):
            while time.monotonic() - began < seconds and not reader.at_eof():
                writer.write(b"S")
                await writer.drain()
                with suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(4096), 0.2)
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
    return time.monotonic() - began


async def test_slow_handshakes(tmp_path: Path) -> None:
    """Who trickles bytes, or is silent, is shown out when the time to log in is up, and keeps nobody else out."""
    with Serving(tmp_path, login_seconds=3, **OPEN) as kiosk:
        async with kiosk.visitor() as neighbour:
            silent = [socket.create_connection(("127.0.0.1", kiosk.port)) for _ in range(40)]
            slow = [asyncio.create_task(trickle(kiosk.port, 15)) for _ in range(40)]
            assert await answered(neighbour) < 2
            assert max(await asyncio.gather(*slow)) < 10
            for one in silent:
                one.settimeout(10)
                with suppress(ConnectionError):
                    while await asyncio.to_thread(one.recv, 4096):
                        pass
                one.close()
            await answered(neighbour)


async def test_half_open_links(tmp_path: Path) -> None:
    """A session that is opened and never started, and a login without a session, are given up too."""
    with Serving(tmp_path, login_seconds=2, **OPEN) as kiosk:
        idle = await asyncssh.connect(
            "127.0.0.1", kiosk.port, known_hosts=None, config=None, username="x", client_keys=None
        )
        async with asyncio.timeout(15):
            await idle.wait_closed()
        half = paramiko.Transport(("127.0.0.1", kiosk.port))
        await asyncio.to_thread(half.start_client, timeout=20)
        half.auth_none("x")
        half.open_session(timeout=20)  # and neither a shell nor a command in it
        ended = await until(lambda: not half.is_active(), 25)
        half.close()
        assert ended, "a session without a shell or a command holds its place for ever"


async def test_a_flood_of_connections(tmp_path: Path) -> None:
    """Hundreds from one address: as many as are allowed come in, the rest reads one line why not, and who is in reads on."""
    with Serving(tmp_path, visits_by_address=8, visits_a_minute=30, waiting_by_address=4, login_seconds=3) as kiosk:
        async with kiosk.visitor() as neighbour:
            said = []
            sockets = []
            for _ in range(300):
                one = socket.create_connection(("127.0.0.1", kiosk.port), timeout=10)
                sockets.append(one)
            await asyncio.sleep(1)
            for one in sockets:
                one.setblocking(False)
                with suppress(BlockingIOError, ConnectionError):
                    said.append(one.recv(300))
            assert len([line for line in said if b"Too many" in line]) > 250
            assert all(
                line.endswith(b"\r\n") and b"\x1b" not in line for line in said if line and not line.startswith(b"SSH-")
            )
            assert await answered(neighbour) < 2
            files = kiosk.tree()[0].num_fds()
            assert files < 100
            for one in sockets:
                one.close()
        kiosk.logged("turned-away")


async def test_a_full_house(tmp_path: Path) -> None:
    """The last place is taken, the next visitor reads that it is full, and comes in once somebody has left."""
    with Serving(tmp_path, visits=2) as kiosk:
        async with kiosk.visitor(), AsyncExitStack() as stack:
            await stack.enter_async_context(kiosk.visitor())
            with socket.create_connection(("127.0.0.1", kiosk.port), timeout=10) as third:
                assert b"The kiosk is full" in third.recv(200)
            await stack.aclose()
            await asyncio.sleep(0.5)
            async with kiosk.visitor() as third:
                await answered(third)


async def test_many_tries_to_log_in(tmp_path: Path) -> None:
    """A connection has a few tries, each answered later; connections after each other run into the limit of their address."""
    settings = {"access": "password", "password_hash": _hash(), "login_tries": 1, "visits_a_minute": 3}
    with Serving(tmp_path, **settings) as kiosk:
        tries, ended = 0, 0

        class Guesser(asyncssh.SSHClient):
            def password_auth_requested(self) -> str:
                nonlocal tries
                tries += 1
                return "wrong"

        for _ in range(8):
            with pytest.raises((asyncssh.Error, OSError)):
                await asyncssh.create_connection(
                    Guesser, "127.0.0.1", kiosk.port, username="x", known_hosts=None, config=None, client_keys=None
                )
            ended += 1
        assert tries <= 3 * 2  # the client asks once more than it may send
        assert ended == 8
        kiosk.logged("reason=tries")
        kiosk.logged("turned-away.*too-often")


def _hash() -> str:
    from tui.kiosk.operations.passwords import hashed

    return hashed("right")


async def test_a_reader_that_never_reads(tmp_path: Path) -> None:
    """What a stalled link does not take is not made: memory stays, the visit ends in time, the neighbour reads on."""
    with Serving(tmp_path, stalled_seconds=2, keys_a_second=1000, keys_at_once=1000, **OPEN) as kiosk:
        # An open window of SSH's, so that the channel is never full; what is full is the link.
        async with kiosk.visitor(window=2**31 - 1) as visitor, kiosk.visitor() as neighbour:
            before = kiosk.memory()
            transport = transport_of(visitor.connection)
            assert transport
            visitor.connection.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            transport.pause_reading()
            until = time.monotonic() + 60
            while "left " not in kiosk.log and time.monotonic() < until:
                visitor.channel.change_terminal_size(100 + int(time.monotonic() * 20) % 2, 40)  # a whole frame each
                visitor.press(b"]")
                await asyncio.sleep(0.02)
            assert kiosk.memory() - before < 20
            kiosk.logged("left .*reason=(?:stalled|lost)", 1)
            assert await answered(neighbour) < 2
            transport.resume_reading()


async def test_many_visits_in_a_row(tmp_path: Path) -> None:
    """Visits that come, read and go leave nothing: memory, tasks, threads and open files are where they were."""
    port = free_port()
    with Serving(tmp_path, metrics_port=port, **OPEN) as kiosk:
        figures, tasks = [], []
        for _ in range(3):
            for _ in range(5):
                await asyncio.gather(*(_short_visit(kiosk, place) for place in range(4)))
            await asyncio.sleep(3)
            worker = kiosk.workers()[-1]
            figures.append((worker.num_fds(), worker.num_threads(), kiosk.memory()))
            tasks.append(await asyncio.to_thread(tasks_at_rest, port))
        (files, threads, memory), last = figures[1], figures[2]
        assert last[0] <= files + 2
        assert last[1] <= threads + 2
        assert last[2] < memory + 6  # 20 visits of 1 MiB each would be three times as much
        assert 10 < tasks[2] <= tasks[0] + 2


async def _short_visit(kiosk: Serving, place: int) -> None:
    async with kiosk.visitor() as visitor:
        if place % 2:  # half of them leave in the middle of something
            visitor.press(b"\r2jjj")
            await visitor.byte(5)
        else:
            await visitor.settle(0.1)
            visitor.press(b"q")
            assert await until(lambda: visitor.gone)
