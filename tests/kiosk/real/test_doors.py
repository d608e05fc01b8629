"""Logging in to a real kiosk: wrong passwords, crowds behind one address, and several commands on one connection."""

import asyncio
import itertools
import re
import socket
import subprocess
import time
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path

import asyncssh
import pytest
from asyncssh.constants import MSG_USERAUTH_REQUEST
from asyncssh.packet import Boolean, String

from tests.kiosk.openssh import ssh_command
from tests.kiosk.real.serving import Serving
from tests.programs import program
from tests.readme import example
from tui.kiosk.operations.passwords import hashed

PASSWORD = "seven swans"
INJECTED = "203.0.113.66"
HOSTILE_NAMES = (
    f"x login-failed address={INJECTED} method=password tries=9",
    f'x" login-failed address={INJECTED} method=password tries=9',
    f"2026-11-23T06:40:00Z login-failed address={INJECTED} method=password tries=9",
    f'{{"time": "", "event": "login-failed", "address": "{INJECTED}", "method": "password", "tries": 9}}',
)


class Trying(asyncssh.SSHClient):
    """A client that tries passwords, and notes when it is asked for another."""

    def __init__(self, passwords: Iterable[str]) -> None:
        self._passwords = iter(passwords)
        self.asked: list[float] = []

    def password_auth_requested(self) -> str | None:
        self.asked.append(time.monotonic())
        return next(self._passwords, None)


async def tried(kiosk: Serving, *passwords: str, user: str = "reader") -> tuple[bool, list[float]]:
    """Try passwords on one connection; give whether one let in, and the seconds that each answer took."""
    client = Trying(passwords)
    try:
        async with asyncssh.connect(
            "127.0.0.1", kiosk.port, username=user, client_factory=lambda: client, known_hosts=None, config=None,
            client_keys=None, preferred_auth="password",
        ) as connection:  # fmt: skip
            client.asked.append(time.monotonic())
            return (await connection.run("help")).exit_status == 0, steps(client.asked)
    except (asyncssh.PermissionDenied, asyncssh.ConnectionLost, asyncssh.DisconnectError):
        client.asked.append(time.monotonic())
        return False, steps(client.asked)


def steps(times: list[float]) -> list[float]:
    """Give the time between each moment and the next."""
    return [after - before for before, after in itertools.pairwise(times)]


async def test_wrong_passwords_are_answered_ever_later_and_nobody_else_waits(tmp_path: Path) -> None:
    """By whatever connection and worker they come; whoever knows the password comes in at once, also at the limit."""
    with Serving(
        tmp_path,
        access="password",
        password_hash=hashed(PASSWORD),
        workers=2,
        waiting_by_address=2,
        visits_a_minute=1000,
    ) as kiosk:
        came_in, waits = await tried(kiosk, "one", "two")
        assert not came_in
        assert waits[0] >= 1
        assert waits[1] >= 2
        slow = [asyncio.create_task(tried(kiosk, "three")), asyncio.create_task(tried(kiosk, "four"))]
        await asyncio.to_thread(kiosk.logged, r"login-failed .*tries=4")
        began = time.monotonic()
        came_in, _ = await tried(kiosk, PASSWORD)
        assert came_in
        assert time.monotonic() - began < 3.5, "it waited for the others"
        [waiting] = [task for task in slow if not task.done()]  # the other made room
        assert (await waiting)[1][0] >= 3.9
        assert re.findall(r"login-failed address=127.0.0.1 method=password tries=(\d+)$", kiosk.log, re.MULTILINE) == [
            "1", "2", "3", "4",
        ]  # fmt: skip


class Hasty(asyncssh.SSHClient):
    """A client that sends the right password while the wrong one is still unanswered."""

    def __init__(self) -> None:
        self._connection: asyncssh.SSHClientConnection | None = None
        self.came_in = 0.0
        self.tries = 0

    def connection_made(self, conn: asyncssh.SSHClientConnection) -> None:
        self._connection = conn

    async def password_auth_requested(self) -> str:
        self.tries += 1
        if self.tries == 2:
            await asyncio.sleep(60)
        return "wrong"

    def hurry(self) -> None:
        """Send the right password now."""
        assert self._connection
        words = [String(b"x"), String(b"ssh-connection"), String(b"password"), Boolean(False), String(PASSWORD)]
        self._connection.send_packet(MSG_USERAUTH_REQUEST, *words)

    def auth_completed(self) -> None:
        self.came_in = time.monotonic()


async def test_a_try_cannot_be_hurried_by_the_next(tmp_path: Path) -> None:
    """A client that does not await an answer has it no sooner: the wrong password is answered first, and late."""
    with Serving(tmp_path, access="password", password_hash=hashed(PASSWORD)) as kiosk:
        client = Hasty()
        connecting = asyncio.ensure_future(
            asyncssh.connect(
                "127.0.0.1", kiosk.port, username="x", client_factory=lambda: client, known_hosts=None, config=None,
                client_keys=None, preferred_auth="password",
            )
        )  # fmt: skip
        await asyncio.to_thread(kiosk.logged, "login-failed address=127.0.0.1 method=password tries=1")
        began = time.monotonic()
        client.hurry()
        (await connecting).close()
        assert client.tries == 2
        assert client.came_in - began >= 0.5


async def test_a_key_that_is_not_let_in_is_a_failed_login_and_waits_for_nothing(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    mine, other = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    keys.write_bytes(mine.export_public_key())
    with Serving(tmp_path, access="authorized-keys", authorized_keys=str(keys)) as kiosk:
        for _ in range(3):
            began = time.monotonic()
            with pytest.raises(asyncssh.PermissionDenied):
                await asyncssh.connect(
                    "127.0.0.1", kiosk.port, username="x", client_keys=[other], known_hosts=None, config=None
                )
            assert time.monotonic() - began < 3
        kiosk.logged(r"login-failed address=127\.0\.0\.1 method=publickey tries=3$")
        async with asyncssh.connect(
            "127.0.0.1", kiosk.port, username="x", client_keys=[mine], known_hosts=None, config=None
        ) as connection:
            assert (await connection.run("help")).exit_status == 0
        assert len(re.findall("login-failed", kiosk.log)) == 3


@pytest.mark.parametrize("log", ["text", "json"])
async def test_fail2ban_finds_who_failed_and_nobody_who_was_named(tmp_path: Path, log: str) -> None:
    """By the manual's filter, in the log of a kiosk to which hostile names came, from the file and from the journal."""
    regex = program("fail2ban-regex")
    rules = tmp_path / "filter.conf"
    rules.write_text(example("fail2ban"), encoding="utf-8")
    with Serving(
        tmp_path, access="password", password_hash=hashed(PASSWORD), log=log, visits_a_minute=1000
    ) as kiosk:  # fmt: skip
        failed = await asyncio.gather(*(tried(kiosk, "wrong", user=name) for name in HOSTILE_NAMES))
        assert not any(found for found, _ in failed)
        for name in HOSTILE_NAMES:
            async with asyncssh.connect(
                "127.0.0.1",
                kiosk.port,
                username=name,
                password=PASSWORD,
                known_hosts=None,
                config=None,
                client_keys=None,
            ) as connection:
                await connection.run(name)  # as a command, too
                reading = await connection.create_process(term_type="xterm", term_size=(80, 24), encoding=None)
                await reading.stdout.read(100)
        await asyncio.to_thread(kiosk.logged, f"user.*{INJECTED}")
    bare = [line for line in kiosk.log.splitlines() if "login-failed" in line]
    journal = tmp_path / "journal.log"
    journal.write_text("".join(f"1795000000 kiosk briefing[7]: {line}\n" for line in bare), encoding="utf-8")
    for command in ([kiosk.log_file], ["-d", "{^LN-BEG}EPOCH", journal]):
        words = [regex, "-o", "ip", *command, rules]
        done = await asyncio.to_thread(subprocess.run, words, capture_output=True, text=True, check=False, timeout=60)
        assert done.stdout.split() == ["127.0.0.1"] * 4, done.stdout + done.stderr


async def test_openssh_s_client_waits_too(tmp_path: Path) -> None:
    """And comes in by the right password."""
    program("ssh")
    ask = tmp_path / "ask"
    with Serving(tmp_path, access="password", password_hash=hashed(PASSWORD)) as kiosk:
        environment = {**kiosk.environment, "SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": "none"}
        command = ssh_command(tmp_path, kiosk.port, "x", None, "-o", "NumberOfPasswordPrompts=1", "--", "help")
        command = ["BatchMode=no" if word == "BatchMode=yes" else word for word in command]
        for word, code, least in (("wrong", 255, 1), ("wrong", 255, 2), (PASSWORD, 0, 0)):
            ask.write_text(f"#!/bin/sh\necho '{word}'\n", encoding="utf-8")
            ask.chmod(0o700)
            began = time.monotonic()
            done = await asyncio.to_thread(
                subprocess.run, command, capture_output=True, check=False, timeout=60, env=environment
            )
            assert done.returncode == code, done
            assert time.monotonic() - began >= least


async def test_silent_connections_lock_nobody_out(tmp_path: Path) -> None:
    """At the limit of an address the oldest that has sent nothing is closed, and is told why."""
    with Serving(tmp_path) as kiosk, ExitStack() as stack:
        silent = [
            stack.enter_context(socket.create_connection(("127.0.0.1", kiosk.port), timeout=10)) for _ in range(10)
        ]
        for one in silent:
            assert await asyncio.to_thread(one.recv, 200) == b"SSH-2.0-briefing\r\n"
        began = time.monotonic()
        async with asyncssh.connect(
            "127.0.0.1", kiosk.port, username="x", client_keys=None, known_hosts=None, config=None
        ) as connection:
            assert (await connection.run("help")).exit_status == 0
        assert time.monotonic() - began < 10
        assert b"please connect again" in await asyncio.to_thread(silent[0].recv, 400)
        silent[1].settimeout(0.3)
        with pytest.raises(TimeoutError):
            await asyncio.to_thread(silent[1].recv, 400)
        kiosk.logged("unserved address=127.0.0.1 reason=room")


def test_commands_one_after_another_on_one_connection(tmp_path: Path) -> None:
    """As OpenSSH's ControlMaster sends them; the second client could reach the kiosk in no other way."""
    program("ssh")
    with Serving(tmp_path) as kiosk:

        def run(*words: str) -> subprocess.CompletedProcess[str]:
            control = ["-o", f"ControlPath={tmp_path / 'c'}", *words]
            command = ssh_command(tmp_path, kiosk.port, "reader", None, *control)
            return subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL
            )

        first = run("-o", "ControlMaster=yes", "-o", "ControlPersist=30", "--", "list")
        assert (first.returncode, first.stderr) == (0, "")
        for _ in range(3):
            again = run("-o", "ProxyCommand=false", "--", "show", "handbook")
            assert (again.returncode, again.stderr) == (0, ""), again
            assert "handbook" in again.stdout.lower()
        run("-O", "exit", "--")
        kiosk.logged("(?s) exec .* exec .* exec .* exec ")


async def test_one_session_at_a_time(tmp_path: Path) -> None:
    """While one is on another is refused; after it the next is served, whatever the first was, and counts by itself."""
    with Serving(tmp_path, visits_a_minute=4) as kiosk:
        async with asyncssh.connect(
            "127.0.0.1", kiosk.port, username="x", client_keys=None, known_hosts=None, config=None
        ) as connection:
            reading = await connection.create_process(term_type="xterm", term_size=(80, 24), encoding=None)
            await reading.stdout.read(100)
            with pytest.raises(asyncssh.ChannelOpenError):
                await connection.run("list")
            reading.stdin.write(b"q")
            await asyncio.wait_for(reading.wait(), 20)
            for _ in range(3):
                assert "handbook" in str((await connection.run("list")).stdout)
            # The address has made its visits of this minute.
            with suppress(asyncssh.Error):
                await connection.run("list")
            await asyncio.wait_for(connection.wait_closed(), 20)
        kiosk.logged("(?s)left .*reason=left.* exec .* exec .* exec ")
