"""Attempts to break the administration of a running kiosk, with real clients."""

import asyncio
import json
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import asyncssh
import pytest

from tests.kiosk.real.serving import Serving, Watching, answered, until
from tests.unprivileged import program

HOSTILE = "\x1b]0;owned\x07Closing \x1b[2J\x1b[31m soon\x9b5n \u202eevil\u2066 \x00\x07"
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


async def test_a_notice_cannot_act_on_a_screen_in_the_log_or_on_the_administrator(tmp_path: Path) -> None:
    with Serving(tmp_path, log="json") as kiosk:
        async with kiosk.visitor("handbook", term_type="xterm-256color") as visitor:
            await visitor.settle(0.3)
            before = len(visitor.sent)
            said = await asyncio.to_thread(kiosk.admin, "say", HOSTILE.replace("\x00", ""))
            assert said == "Shown on 1 screen.\n"
            await visitor.shows("evil")
            sent = visitor.sent[before:]
            for sequence in (b"\x1b]0;", b"\x1b[2J", b"\x9b", b"\x07", "\u202e".encode(), "\u2066".encode(), b"\x00"):
                assert sequence not in sent
            await answered(visitor)
        # Who sends the request by hand is not bound by the client.
        with socket.socket(socket.AF_UNIX) as end:
            end.connect(str(tmp_path / "state/briefing/admin.sock"))
            data = json.dumps({"command": "say", "text": HOSTILE}).encode()
            end.sendall(len(data).to_bytes(4, "big") + data)
            assert b"told" in await asyncio.to_thread(end.recv, 4096)
        async with kiosk.visitor("red[31m'\"; rm", seen=False) as guest:
            await guest.settle(1.0)
            assert not CONTROLS.search((await asyncio.to_thread(kiosk.admin, "who")).replace("\n", ""))
    kiosk.logged('"administered", "command": "say"')
    assert not CONTROLS.search(kiosk.log.replace("\n", ""))


async def test_blocks_are_of_the_visitor_s_address_behind_a_balancer(tmp_path: Path) -> None:
    with Serving(tmp_path, proxies=["127.0.0.1/32"], visits_a_minute=1000) as kiosk:

        async def first_line(address: str) -> bytes:
            """Come by the balancer from an address, and return what is said first."""
            with socket.create_connection(("127.0.0.1", kiosk.port), timeout=10) as one:
                family = "TCP6" if ":" in address else "TCP4"
                one.sendall(f"PROXY {family} {address} {'::1' if ':' in address else '127.0.0.1'} 5000 22\r\n".encode())
                return await asyncio.to_thread(one.recv, 200)

        def behind(address: str) -> socket.socket:
            """Connect by the balancer from an address."""
            one = socket.create_connection(("127.0.0.1", kiosk.port), timeout=10)
            one.sendall(f"PROXY TCP4 {address} 127.0.0.1 5000 22\r\n".encode())
            one.setblocking(False)
            return one

        usual = {"known_hosts": None, "config": None, "client_keys": None, "username": "kiosk"}
        theirs, other = [
            await asyncssh.connect(sock=behind(address), **usual) for address in ("192.0.2.9", "198.51.100.9")
        ]
        said = await asyncio.to_thread(kiosk.admin, "block", "192.0.2.0/24", "1h")
        assert "; 1 visit ended" in said
        await asyncio.wait_for(theirs.wait_closed(), 10)
        assert (await other.run("help")).exit_status == 0
        assert b"is blocked" in await first_line("192.0.2.1")
        assert b"is blocked" in await first_line("::ffff:192.0.2.1")
        assert (await first_line("192.0.3.1")).startswith(b"SSH-2.0-")
        # The balancer's own address is nobody's.
        assert "0 visits ended" in await asyncio.to_thread(kiosk.admin, "block", "127.0.0.1", "1h")
        assert (await first_line("192.0.3.2")).startswith(b"SSH-2.0-")
        await asyncio.to_thread(kiosk.admin, "block", "2001:db8::/32", "1h")
        assert b"is blocked" in await first_line("2001:db8:7::1")
        assert (await first_line("2001:db9::1")).startswith(b"SSH-2.0-")
        other.close()


async def press(inside: list[Watching]) -> None:
    """Press keys that leave marks and bookmarks, until all visits have ended."""
    while not all(visitor.gone for visitor in inside):
        for visitor in inside:
            visitor.press(b"2j*k*j")
        await asyncio.sleep(0.05)


async def test_forgetting_wins_over_a_visitor_who_presses_keys(tmp_path: Path) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    states = tmp_path / "state/briefing/visitors"
    with Serving(tmp_path, access="any-key", audit=True, workers=2, visits_a_minute=1000) as kiosk:
        for _ in range(4):
            async with AsyncExitStack() as stack:
                inside = [await stack.enter_async_context(kiosk.visitor("handbook", key=key)) for _ in range(2)]
                pressing = asyncio.create_task(press(inside))
                await asyncio.sleep(0.5)
                said = await asyncio.to_thread(kiosk.admin, "forget", key.get_fingerprint())
                assert "2 visits ended" in said
                await asyncio.wait_for(pressing, 20)
            assert await until(lambda: not list(states.glob("*")))
            assert "Nothing is recorded" in await asyncio.to_thread(
                kiosk.admin, "audit", "--key", key.get_fingerprint()
            )
        async with kiosk.visitor("handbook", key=key) as again:
            again.press(b"B")
            await again.shows("Marks and bookmarks")
            assert not any("Claims" in line and "·" in line for line in again.screen.display)
        assert "fault" not in kiosk.log


async def test_blocks_tombstones_and_the_lock_survive_a_kill(tmp_path: Path) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    kiosk = Serving(tmp_path, access="any-key", workers=2)
    with kiosk:
        async with kiosk.visitor("handbook", key=key) as visitor:
            visitor.press(b"2j*")
            await asyncio.sleep(1)
            kiosk.admin("block", "127.0.0.9", "1h")
            kiosk.admin("forget", f"SHA256:{'a' * 43}")
            for process in kiosk.tree():
                process.kill()
            assert kiosk.process
            await asyncio.to_thread(kiosk.process.wait, 20)
    said = kiosk.admin("backup", tmp_path / "backup")
    assert "1 state," in said
    assert "restored states=1" in kiosk.admin("restore", tmp_path / "backup", "--without-tombstones", "--replace")
    with kiosk:
        assert "127.0.0.9/32 for 59 min" in kiosk.admin("blocks")
        with socket.create_connection(("127.0.0.1", kiosk.port), 10, source_address=("127.0.0.9", 0)) as one:
            assert b"is blocked" in await asyncio.to_thread(one.recv, 200)
        async with kiosk.visitor("handbook", key=key) as visitor:
            visitor.press(b"B")
            await visitor.shows("briefing · Claims")


@pytest.fixture(params=["read-only", "full"])
def unwritable(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Give the home of a kiosk whose folder of states takes nothing."""
    state = tmp_path / "state/briefing"
    (state / "visitors").mkdir(parents=True)
    folders = (state / "visitors", state)
    if request.param == "full":
        words = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(state)]
        mounted = subprocess.run(words, check=False, capture_output=True)
        if mounted.returncode:
            pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
        with suppress(OSError):
            (state / "filler").write_bytes(b"x" * 65536)
    else:
        for folder in folders:
            folder.chmod(0o500)
    yield tmp_path
    if request.param == "full":
        subprocess.run(["umount", str(state)], check=True)
    for folder in reversed(folders):
        folder.chmod(0o700)


async def test_states_that_cannot_be_written_stop_no_visit_and_no_command(unwritable: Path) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    (unwritable / "run").mkdir()
    there = str(unwritable / "run/admin.sock")
    settings = {"access": "any-key", "audit": True, "statistics": True, "admin_socket": there}
    admin = ("--admin-socket", there)
    kiosk = Serving(unwritable, **settings)
    kiosk.program = program()
    with kiosk:
        async with kiosk.visitor("handbook", key=key) as visitor:
            await answered(visitor)
            visitor.press(b"2j*")
            said = await asyncio.to_thread(kiosk.admin, "block", "127.0.0.9", "1h", *admin)
            assert "is not kept over a restart" in said
            assert "127.0.0.9/32" in await asyncio.to_thread(kiosk.admin, "blocks", *admin)
            assert "Shown on 1 screen" in await asyncio.to_thread(kiosk.admin, "say", "Still here.", *admin)
            await visitor.shows("Still here.")
            await answered(visitor)
            # Where the folder is full, there may be an empty file, which cannot be opened.
            ledger = unwritable / "state/briefing/reading.sqlite"
            said = await asyncio.to_thread(kiosk.admin, "audit", *admin, code=int(ledger.exists()))
            assert f"{ledger}: " in said
            said = await asyncio.to_thread(
                kiosk.admin, "forget", f"SHA256:{'a' * 43}", *admin, code=int(ledger.exists())
            )
            assert ("not all is deleted" in said) == ledger.exists()
    assert "Traceback" not in kiosk.log
    assert " fault " not in kiosk.log


@pytest.mark.parametrize("visits", [24])
async def test_commands_reach_every_visit_of_a_crowd(tmp_path: Path, visits: int) -> None:
    limits = dict.fromkeys(("visits_by_address", "visits_a_minute", "waiting_by_address"), 1000)
    with Serving(tmp_path, workers=2, **limits) as kiosk:
        async with AsyncExitStack() as stack:
            inside = [await stack.enter_async_context(kiosk.visitor("handbook")) for _ in range(visits)]
            listed = json.loads(await asyncio.to_thread(kiosk.admin, "who", "--format", "json"))["visits"]
            assert visits == len({one["visit"] for one in listed})
            assert f"Shown on {visits} screens." in await asyncio.to_thread(kiosk.admin, "say", "All of you.")
            for visitor in inside:
                await visitor.shows("All of you.")
            assert f"; {visits} visits ended" in await asyncio.to_thread(kiosk.admin, "block", "127.0.0.0/8", "1m")
            assert await until(lambda: all(visitor.gone for visitor in inside), 30)
        assert "Nobody is here." in await asyncio.to_thread(kiosk.admin, "who")
