"""HAProxy in front of two kiosks, telling them by the PROXY protocol, in both versions, who comes."""

import asyncio
import re
import signal
import socket
import urllib.request
from contextlib import suppress
from pathlib import Path

import asyncssh
import pytest

from tests.kiosk.openssh import free_port
from tests.kiosk.real.hosting import HOSTS, hosted, proxied
from tests.kiosk.real.serving import FIRST_FRAME, Serving, Watching, answered, until
from tui.kiosk.operations.settings import Settings
from tui.kiosk.operations.stats import fetch


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
    one, two = hosted(tmp_path, visits_a_minute=6, metrics_port=free_port())
    metrics = int(str(one.settings["metrics_port"]))
    with one, two, proxied(tmp_path, Settings(port=int(str(one.settings["port"]))), version=version) as port:
        for place in range(2, 8):
            assert "handbook" in await listed(port, f"127.0.0.{place}")
        came = [set(re.findall(r"address=(127\.0\.0\.[2-7])\b", kiosk.log)) for kiosk in (one, two)]
        assert came[0] | came[1] == {f"127.0.0.{place}" for place in range(2, 8)}
        kind = 'kind="local"' if version else 'kind="banner"'
        assert await until(lambda: all(checks(host, metrics, kind) > 20 for host in HOSTS[:2]), 30)
        for kiosk in (one, two):
            assert len(re.findall(" check ", kiosk.log)) <= 2
            assert not re.search(" turned-away | unserved ", kiosk.log), kiosk.log
        for process in one.tree():
            process.kill()
        await asyncio.sleep(1.5)
        for place in range(10, 13):
            assert "handbook" in await listed(port, f"127.0.0.{place}")
        assert "address=127.0.0.12" in two.log


def checks(host: str, port: int, kind: str) -> float:
    """Ask a kiosk for the checks of a kind that it counted."""
    found = re.search(rf"^briefing_kiosk_checks_total\{{{kind}\}} ([\d.]+)$", fetch(host, port), re.MULTILINE)
    return float(found[1]) if found else 0.0


async def test_a_host_that_drains_gets_no_newcomers_and_ends_nobody(tmp_path: Path) -> None:
    """By /readyz, as soon as the host is told to end; whoever is inside stays as long as the drain lasts."""
    one, two = hosted(tmp_path, metrics_port=free_port(), drain_seconds=60)
    settings = Settings(port=int(str(one.settings["port"])), metrics_port=int(str(one.settings["metrics_port"])))
    with one, two, proxied(tmp_path, settings) as port:
        inside = [Watching() for _ in range(2)]
        try:
            for visitor in inside:
                await visitor.arrive(port, "kiosk")
                await visitor.shows(FIRST_FRAME)
            assert [1, 1] == [len(re.findall(" visit ", kiosk.log)) for kiosk in (one, two)]
            one.signal(signal.SIGTERM)
            for place in range(20, 26):
                assert "handbook" in await listed(port, f"127.0.0.{place}")
            assert await until(lambda: not is_ready(HOSTS[0], settings.metrics_port))
            assert is_ready(HOSTS[1], settings.metrics_port)
            for visitor in inside:
                await answered(visitor)
        finally:
            for visitor in inside:
                await visitor.leave()


def is_ready(host: str, port: int) -> bool:
    """Tell whether a host says that it takes visitors."""
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


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
