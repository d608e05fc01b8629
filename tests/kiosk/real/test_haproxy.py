"""HAProxy in front of two kiosks, telling them by the PROXY protocol, in both versions, who comes."""

import asyncio
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import asyncssh

from tests.kiosk.openssh import free_port
from tests.kiosk.real.serving import Serving
from tests.programs import program

CONFIG = """\
defaults
    mode tcp
    timeout connect 5s
    timeout client 60s
    timeout server 60s
listen kiosks
    bind 127.0.0.1:{port}
    balance roundrobin
    option redispatch
    server one 127.0.0.1:{one} send-proxy check inter 300ms fall 1 rise 1
    server two 127.0.0.1:{two} send-proxy-v2 check inter 300ms fall 1 rise 1
"""


@contextmanager
def proxied(folder: Path, *kiosks: Serving) -> Iterator[int]:
    """Run HAProxy before two kiosks; give its port."""
    haproxy = program("haproxy")
    port = free_port()
    config = folder / "haproxy.cfg"
    config.write_text(CONFIG.format(port=port, one=kiosks[0].port, two=kiosks[1].port), encoding="utf-8")
    process = subprocess.Popen(
        [haproxy, "-db", "-f", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert _listens(port, 15)
        yield port
    finally:
        process.terminate()
        process.wait(15)


def _listens(port: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(0.05)
    return False


async def listed(port: int, source: str) -> str:
    """Come from one of this machine's loopback addresses, and give what `list` says."""
    async with asyncio.timeout(30):
        async with asyncssh.connect(
            "127.0.0.1",
            port,
            local_addr=(source, 0),
            known_hosts=None,
            config=None,
            username="reader",
            client_keys=None,
        ) as connection:
            return str((await connection.run("list")).stdout)


async def test_two_kiosks_behind_haproxy(tmp_path: Path) -> None:
    """Both know where each visitor comes from, by either version; when one dies, the other serves all."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    with ExitStack() as stack:
        one, two = (stack.enter_context(Serving(folder, proxies=["127.0.0.1/32"])) for folder in folders)
        port = stack.enter_context(proxied(tmp_path, one, two))
        for place in range(2, 8):
            assert "handbook" in await listed(port, f"127.0.0.{place}")
        came = [set(re.findall(r"address=(127\.0\.0\.[2-7])\b", kiosk.log)) for kiosk in (one, two)]
        assert came[0] | came[1] == {f"127.0.0.{place}" for place in range(2, 8)}
        assert all(came), "one of them had no visitor"
        for process in one.tree():
            process.kill()
        await asyncio.sleep(1.5)
        for place in range(10, 13):
            assert "handbook" in await listed(port, f"127.0.0.{place}")
        assert "address=127.0.0.12" in two.log


async def test_limits_are_of_the_visitor_s_address(tmp_path: Path) -> None:
    """Not of the proxy's, which all share."""
    header = "PROXY TCP4 {} 127.0.0.1 5000 22\r\n"
    with Serving(tmp_path, proxies=["127.0.0.1/32"], visits_by_address=1) as kiosk:
        first, again, other = (socket.create_connection(("127.0.0.1", kiosk.port), timeout=10) for _ in range(3))
        with first, again, other:
            first.sendall(header.format("192.0.2.1").encode())
            assert (await asyncio.to_thread(first.recv, 200)).startswith(b"SSH-2.0-")
            again.sendall(header.format("192.0.2.1").encode())
            assert b"Too many visits" in await asyncio.to_thread(again.recv, 200)
            other.sendall(header.format("192.0.2.2").encode())
            assert (await asyncio.to_thread(other.recv, 200)).startswith(b"SSH-2.0-")


async def test_who_may_tell_an_address(tmp_path: Path) -> None:
    """A header of somebody who is not listed is not read, and a listed proxy must send one, in time."""
    with Serving(tmp_path, proxies=["127.0.0.1/32"], login_seconds=2) as kiosk:
        liar = socket.create_connection(("127.0.0.1", kiosk.port), timeout=10, source_address=("127.0.0.9", 0))
        silent = socket.create_connection(("127.0.0.1", kiosk.port), timeout=10)
        plain = socket.create_connection(("127.0.0.1", kiosk.port), timeout=10)
        with liar, silent, plain:
            liar.sendall(b"PROXY TCP4 192.0.2.1 127.0.0.1 5000 22\r\n")
            plain.sendall(b"SSH-2.0-x\r\n")
            assert b"SSH-2.0-" not in await asyncio.to_thread(plain.recv, 200)
            with suppress(ConnectionError):
                assert b"SSH-2.0-" not in await asyncio.to_thread(silent.recv, 200)
            assert "handbook" in await listed(kiosk.port, "127.0.0.9")
        assert "192.0.2.1" not in re.sub(r'what="?PROXY.*', "", kiosk.log)
