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
import pytest

from tests.kiosk.openssh import free_port
from tests.kiosk.real.serving import Serving, until
from tests.programs import program
from tests.readme import example
from tui.kiosk.operations.stats import fetch


@contextmanager
def proxied(folder: Path, *kiosks: Serving, version: str = "-v2") -> Iterator[int]:
    """Run HAProxy before two kiosks, as the manual has it but for addresses and pace; give its port."""
    haproxy = program("haproxy")
    port = free_port()
    text = example("haproxy")
    for written, here in (
        ("bind :22\n", f"bind 127.0.0.1:{port}\n"),
        ("10.0.0.11:2222", f"127.0.0.1:{kiosks[0].port}"),
        ("10.0.0.12:2222", f"127.0.0.1:{kiosks[1].port}"),
        ("inter 2s fall 2", "inter 300ms fall 1"),
        ("send-proxy-v2", f"send-proxy{version}"),
    ):
        assert text.count(written) == 1, written
        text = text.replace(written, here)
    config = folder / "haproxy.cfg"
    config.write_text(text, encoding="utf-8")
    log = folder / "haproxy.log"
    with log.open("wb") as out:
        process = subprocess.Popen([haproxy, "-db", "-f", str(config)], stdout=out, stderr=out)
    try:
        assert _listens(port, 15), log.read_text(encoding="utf-8")
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


@pytest.mark.parametrize("version", ["", "-v2"])
async def test_two_kiosks_behind_haproxy(tmp_path: Path, version: str) -> None:
    """Both know by either version where each visitor comes from; when one dies, the other serves all.

    The checks meanwhile, of which there are more than an address may make visits, are neither limited nor logged.
    """
    folders = [tmp_path / "one", tmp_path / "two"]
    metrics = [free_port(), free_port()]
    for folder in folders:
        folder.mkdir()
    with ExitStack() as stack:
        one, two = (
            stack.enter_context(Serving(folder, proxies=["127.0.0.1/32"], visits_a_minute=6, metrics_port=port))
            for folder, port in zip(folders, metrics, strict=True)
        )
        port = stack.enter_context(proxied(tmp_path, one, two, version=version))
        for place in range(2, 8):
            assert "handbook" in await listed(port, f"127.0.0.{place}")
        came = [set(re.findall(r"address=(127\.0\.0\.[2-7])\b", kiosk.log)) for kiosk in (one, two)]
        assert came[0] | came[1] == {f"127.0.0.{place}" for place in range(2, 8)}
        kind = 'kind="local"' if version else 'kind="banner"'
        assert await until(lambda: all(checks(port, kind) > 20 for port in metrics), 30)
        for kiosk in (one, two):
            assert len(re.findall(" check ", kiosk.log)) <= 2
            assert not re.search(" turned-away | unserved ", kiosk.log), kiosk.log
        for process in one.tree():
            process.kill()
        await asyncio.sleep(1.5)
        for place in range(10, 13):
            assert "handbook" in await listed(port, f"127.0.0.{place}")
        assert "address=127.0.0.12" in two.log


def checks(port: int, kind: str) -> float:
    """Ask a kiosk for the checks of a kind that it counted."""
    found = re.search(rf"^briefing_kiosk_checks_total\{{{kind}\}} ([\d.]+)$", fetch("127.0.0.1", port), re.MULTILINE)
    return float(found[1]) if found else 0.0


async def test_limits_are_of_the_visitor_s_address(tmp_path: Path) -> None:
    """Not of the proxy's, which all share."""
    header = "PROXY TCP4 {} 127.0.0.1 5000 22\r\n"
    with Serving(tmp_path, proxies=["127.0.0.1/32"], visits_by_address=1) as kiosk:
        first, other, again = (socket.create_connection(("127.0.0.1", kiosk.port), timeout=10) for _ in range(3))
        with first, other, again:
            for one, address in ((first, "192.0.2.1"), (other, "192.0.2.2"), (again, "192.0.2.1")):
                one.sendall(header.format(address).encode())
                assert (await asyncio.to_thread(one.recv, 200)).startswith(b"SSH-2.0-")
            # The first one has sent nothing, and makes room for the other of its address.
            assert b"please connect again" in await asyncio.to_thread(first.recv, 400)
            other.settimeout(0.3)
            with pytest.raises(TimeoutError):
                await asyncio.to_thread(other.recv, 400)


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
