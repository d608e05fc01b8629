"""What no honest client sends: packets made by hand. Each is borne, costs little, and reaches nothing."""

import asyncio

import asyncssh
import pytest
from asyncssh.connection import SSHClientConnection
from asyncssh.constants import MSG_GLOBAL_REQUEST, MSG_IGNORE, MSG_USERAUTH_REQUEST
from asyncssh.packet import Boolean, String

from tests.kiosk.conftest import Opener, Visitor, terminal_visits, until
from tui.kiosk.ssh.connection import KioskConnection
from tui.kiosk.visits.terminal_visit import TerminalVisit

SERVICE = String(b"ssh-connection")
VICTIM = asyncssh.generate_private_key("ssh-ed25519")
NAMED = String(b"publickey"), Boolean(False), String(VICTIM.algorithm), String(VICTIM.public_data)
"""Asks whether a key would do, as anybody can who knows its public half."""


def log_in_by(monkeypatch: pytest.MonkeyPatch, *requests: tuple[bytes, ...]) -> None:
    """Have the client send these requests to log in, before those of its own."""

    def begin(client: SSHClientConnection) -> None:
        monkeypatch.setattr(SSHClientConnection, "try_next_auth", usual)
        for request in requests:
            client.send_packet(MSG_USERAUTH_REQUEST, *request)
        usual(client)

    usual = SSHClientConnection.try_next_auth
    monkeypatch.setattr(SSHClientConnection, "try_next_auth", begin)


async def test_nobody_is_known_by_a_key_that_was_only_named(
    open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = await open_kiosk()
    asked = String(b"me"), SERVICE, *NAMED
    let_in = String(b"kiosk"), SERVICE, String(b"none")
    log_in_by(monkeypatch, asked, let_in)
    terminal = await visit(kiosk, username="me")
    await terminal.until("Swans on a pond")
    [line] = kiosk.lines.of("visit")
    assert "user=kiosk" in line
    assert "key=" not in line
    assert not list(kiosk.states.glob("*.sqlite"))


async def test_who_names_another_s_key_is_known_by_the_own_one(
    open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = await open_kiosk(access="any-key")
    own = asyncssh.generate_private_key("ssh-ed25519")
    log_in_by(monkeypatch, (String(b"kiosk"), SERVICE, *NAMED))
    terminal = await visit(kiosk, client_keys=[own])
    await terminal.until("Swans on a pond")
    assert own.get_fingerprint() in kiosk.lines.of("visit")[0]


@pytest.mark.parametrize("size", [0, 1, 1023])
async def test_a_client_that_takes_a_byte_at_a_time_is_refused(open_kiosk: Opener, size: int) -> None:
    kiosk = await open_kiosk()
    connection = await kiosk.connect()
    with pytest.raises((asyncssh.Error, OSError)):
        await connection.create_process(term_type="xterm", encoding=None, max_pktsize=size)
    await until(lambda: "closed" in kiosk.told)
    assert ("small-packets" in kiosk.lines.of("unserved")[0]) is (size > 0)


async def test_a_burst_of_packets_is_read_a_little_at_a_time(
    open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    taken: list[int] = []
    usual = KioskConnection.data_received

    def take(connection: KioskConnection, data: bytes, datatype: object = None) -> None:
        taken.append(len(data))
        usual(connection, data, datatype)

    monkeypatch.setattr(KioskConnection, "data_received", take)
    for _ in range(5000):
        terminal.connection.send_packet(MSG_IGNORE, String(b""))
    await asyncio.sleep(0.5)
    assert max(taken) <= 4096
    assert sum(taken) <= 3 * kiosk.host.settings.bytes_a_second_in


async def test_a_visit_at_rest_is_looked_at_when_anything_comes(
    open_kiosk: Opener, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    [serving] = terminal_visits(kiosk)
    await until(lambda: not serving.is_awake, "rest")
    looked: list[TerminalVisit] = []

    def look(visit: TerminalVisit) -> None:
        looked.append(visit)

    monkeypatch.setattr(TerminalVisit, "check", look)
    # Where an answer is wanted, and nobody takes the answers, what waits for them grows.
    terminal.connection.send_packet(MSG_GLOBAL_REQUEST, String(b"x"), Boolean(False))
    await until(lambda: looked, "a look")


async def test_a_connection_whose_session_is_closed_ends(open_kiosk: Opener, visit: Visitor) -> None:
    kiosk = await open_kiosk()
    terminal = await visit(kiosk)
    await terminal.until("Swans on a pond")
    terminal.process.close()
    await until(lambda: "closed" in kiosk.told)
    async with kiosk.connect() as connection:
        process = await connection.create_process("list", encoding=None)
        process.close()
        await until(lambda: 2 == kiosk.told.count("closed"))
