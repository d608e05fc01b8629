"""The administrators' socket and commands, in the server's process."""

import asyncio
import ipaddress
import os
import socket
import stat
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.kiosk.server.house import House
from tui.kiosk.ipc import LENGTH, MAX_BYTES, Message, frame
from tui.kiosk.operations import ledger as ledger_module
from tui.kiosk.operations.admin_client import ask
from tui.kiosk.operations.state_files import BLOCKS_FILE, STATES
from tui.kiosk.operations.tombstones import FILE_NAME as TOMBSTONES
from tui.kiosk.operations.tombstones import Tombstones, state_name
from tui.kiosk.policies.blocks import BLOCKED, Blocks
from tui.kiosk.policies.policy import ENDED
from tui.kiosk.server import admin_socket as socket_module
from tui.kiosk.server import administration
from tui.kiosk.server.admin_socket import MOST_BYTES, AdminSocket, AdminSocketError
from tui.kiosk.server.workers import Answers
from tui.state.stores import opened as opened_store

KEY = "SHA256:" + "a" * 43


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Give a server's parts."""
    return House(tmp_path)


async def test_visits_of_all_workers_are_listed_in_order(house: House) -> None:
    assert {"visits": [{"visit": 1}, {"visit": 2}], "unanswered": 0} == await house.do("who")
    assert not house.lines


async def test_a_notice_goes_to_all_workers(house: House) -> None:
    assert {"told": 3, "unanswered": 0} == await house.do("say", text="Back  at noon.")
    assert "Back at noon." == house.workers.asked[0]["text"]
    assert "administered" in house.lines[0]


async def test_a_visit_is_ended_by_its_number(house: House) -> None:
    house.come("192.0.2.1")
    assert {"ended": 1} == await house.do("end", visit="1")
    assert [(1, ENDED)] == house.workers.ended
    assert "no visit 2" in (await house.do("end", visit="2"))["error"]
    house.workers.older = Answers([{"ended": 0}, {"ended": 1}], 0)
    assert {"ended": 1} == await house.do("end", visit="2")
    assert {"about": "end", "visit": 2} == house.workers.asked[-1]


async def test_a_block_ends_visits_keeps_newcomers_out_and_outlives_a_restart(house: House, tmp_path: Path) -> None:
    for address in ("192.0.2.1", "192.0.2.2", "198.51.100.1"):
        assert house.come(address)
    answer = await house.do("block", network="192.0.2.0/24", duration="1h")
    assert ("192.0.2.0/24", 3600, 2) == (answer["blocked"], answer["seconds"], answer["ended"])
    assert [(1, BLOCKED), (2, BLOCKED)] == house.workers.ended
    assert not house.come("192.0.2.9")
    assert house.come("198.51.100.2")
    again = House(tmp_path)
    again.administration.restore()
    assert not again.come("192.0.2.9")
    assert [{"network": "192.0.2.0/24", "seconds": 3600}] == (await again.do("blocks"))["blocks"]
    assert {"unblocked": "192.0.2.0/24"} == await again.do("unblock", network="192.0.2.0/24")
    assert "is not blocked" in (await again.do("unblock", network="192.0.2.0/24"))["error"]
    assert again.come("192.0.2.9")
    later = House(tmp_path)
    later.administration.restore()
    assert not later.door.policy(Blocks).left()


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{",
        '{"192.0.2.1/32": Infinity}',
        '{"192.0.2.1/32": NaN}',
        '{"192.0.2.1/32": "x"}',
        '{"nowhere": 9e12}',
        "\xff",
    ],
)
async def test_a_file_of_blocks_that_holds_something_else_is_told(house: House, tmp_path: Path, text: str) -> None:
    (tmp_path / BLOCKS_FILE).write_text(text, encoding="latin-1")
    house.administration.restore()
    assert "holds no blocks" in house.lines[0]


async def test_a_block_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer = await House(tmp_path / "file").do("block", network="192.0.2.1", duration="1h")
    assert "not kept over a restart" in answer["warning"]


async def test_settings_are_read_again_and_the_kiosk_is_ended(house: House) -> None:
    assert {"applied": ["theme"]} == await house.do("reload")
    assert {"visits": 0} == await house.do("drain")
    assert 1 == house.drained


@pytest.mark.parametrize(
    "request_", [{}, {"command": 5}, {"command": "rm"}, {"command": "end"}, {"command": "say", "text": 5}]
)
async def test_what_is_no_command_is_one_line(house: House, request_: Message) -> None:
    answer = await house.administration.answer(request_)
    assert {"error"} == answer.keys()
    assert "\n" not in answer["error"]


async def test_the_audit_and_the_statistics_are_written_out_in_parts(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_module, "PAGE", 2)
    for event, detail in (("logged-in", KEY), ("opened", "pond"), ("closed", "")):
        house.recorder.handle(1, event, detail)
    first = await house.do("audit", key=KEY)
    assert ["came", "opened"] == [row["what"] for row in first["rows"]]
    rest = await house.do("audit", key=KEY, after=first["after"])
    assert ["left"] == [row["what"] for row in rest["rows"]]
    assert "after" not in rest
    assert [] == (await house.do("audit", since="2999-01-01"))["rows"]
    [row] = (await house.do("statistics"))["rows"]
    assert ("pond", 1) == (row["briefing"], row["openings"])
    assert "is no date" in (await house.do("statistics", since="yesterday"))["error"]


async def test_a_forgotten_visitor_has_a_tombstone_and_no_act(house: House, tmp_path: Path) -> None:
    house.recorder.handle(1, "logged-in", KEY)
    house.workers.answers = Answers([{"ended": 1, "states": 0}, {"ended": 0, "states": 1}], 1)
    assert {"ended": 1, "states": 1, "acts": 1, "unanswered": 1} == await house.do("forget", key=KEY)
    assert Tombstones(tmp_path / "data" / TOMBSTONES).time_of(KEY)
    assert KEY not in "".join(house.lines)
    assert [] == (await house.do("audit"))["rows"]
    (tmp_path / "data" / TOMBSTONES).write_text("x", encoding="ascii")
    assert "not all is deleted" in (await house.do("forget", key=KEY))["error"]
    house.recorder.ledger.path.write_bytes(b"x" * 5000)
    assert "not a database" in (await house.do("audit"))["error"]


# The socket


async def echo(request: Message) -> Message:
    """Answer with the request."""
    return {"heard": request}


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[AdminSocket]:
    """Open a socket for a while."""
    found = AdminSocket(path, echo)
    await found.start()
    try:
        yield found
    finally:
        await found.close()


async def sent(path: Path, data: bytes) -> bytes:
    """Send bytes, and return all that comes."""
    reader, writer = await asyncio.open_unix_connection(str(path))
    writer.write(data)
    found = await reader.read()
    writer.close()
    return found


async def test_only_its_owner_can_open_the_socket_and_it_goes_with_the_kiosk(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.sock"
    async with opened(path):
        assert 0o600 == stat.S_IMODE(path.stat().st_mode)
        assert b'{"heard":{"x":1}}' in await sent(path, frame({"x": 1}))
        with pytest.raises(AdminSocketError, match="another kiosk listens there"):
            await AdminSocket(path, echo).start()
    assert not path.exists()


async def test_a_socket_of_a_killed_kiosk_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as old:
        old.bind(str(path))
    async with opened(path):
        assert b"heard" in await sent(path, frame({}))
        path.unlink()
        path.write_text("kept", encoding="utf-8")
    assert "kept" == path.read_text(encoding="utf-8")
    with pytest.raises(AdminSocketError, match="is no socket"):
        await AdminSocket(path, echo).start()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (LENGTH.pack(MOST_BYTES + 1), b"are allowed"),
        (LENGTH.pack(2) + b"[]", b"is no JSON object"),
        (LENGTH.pack(2) + b"\xff\xff", b"is no JSON"),
        (LENGTH.pack(10_000) + b"[" * 10_000, b"nested too deeply"),
    ],
)
async def test_malformed_requests_get_a_line(tmp_path: Path, data: bytes, words: bytes) -> None:
    async with opened(tmp_path / "a.sock"):
        assert words in await sent(tmp_path / "a.sock", data)


async def test_who_sends_nothing_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_module, "REQUEST_SECONDS", 0.1)
    async with opened(tmp_path / "a.sock"):
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / "a.sock"))
        writer.write(LENGTH.pack(100))
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await asyncio.wait_for(reader.readexactly(1), 10)
        writer.close()


async def test_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path / "a.sock"):
        monkeypatch.setattr(socket_module, "peer_user", stranger)
        assert b"belongs to another user" in await sent(tmp_path / "a.sock", frame({}))


def stranger(_connected: socket.socket) -> int:
    """Give a user id that is neither root's nor ours."""
    return os.geteuid() + 12_345


def test_the_user_of_the_other_end_is_asked_of_the_kernel() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with ours, theirs:
        assert os.geteuid() == socket_module.peer_user(ours)


# Clocks, crowds and accidents


async def test_a_tombstone_is_later_than_the_state_also_where_the_clock_was_put_back(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / STATES / state_name(KEY)
    store = opened_store(state)
    made = store.made
    store.close()
    monkeypatch.setattr(time, "time", lambda: made - 86_400.0)
    assert "acts" in await house.do("forget", key=KEY)
    assert Tombstones(tmp_path / "data" / TOMBSTONES).time_of(KEY) == made


async def test_no_more_networks_are_blocked_than_a_restart_can_read(house: House, tmp_path: Path) -> None:
    for number in range(administration._MOST_BLOCKS - 1):  # noqa: SLF001 - a file of all of them
        house.door.policy(Blocks).block(ipaddress.ip_network(2**125 + number), 1e9)
    assert "blocked" in await house.do("block", network="192.0.2.1", duration="1h")
    assert "are blocked already" in (await house.do("block", network="192.0.2.2", duration="1h"))["error"]
    again = House(tmp_path)
    again.administration.restore()
    assert administration._MOST_BLOCKS == len(again.door.policy(Blocks).left())  # noqa: SLF001 - as above
    assert len(frame(await again.do("blocks"))) < MAX_BYTES


async def test_a_socket_that_was_removed_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_module, "LOOK_EVERY", 0.05)
    path = tmp_path / "a.sock"
    async with opened(path) as found:
        keeping = asyncio.create_task(found.keep())
        path.unlink()
        while not path.exists():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.02)
        assert b"heard" in await sent(path, frame({}))
        keeping.cancel()
    assert not path.exists()


async def test_a_long_answer_arrives_whole(tmp_path: Path) -> None:
    """A kernel takes some 200 kB at once; the client has a timeout, with which it gets what is there."""
    rows = [{"key": KEY, "number": number} for number in range(20_000)]

    async def answer(_request: Message) -> Message:
        return {"rows": rows}

    found = AdminSocket(tmp_path / "a.sock", answer)
    await found.start()
    try:
        assert {"rows": rows} == await asyncio.to_thread(ask, [tmp_path / "a.sock"], {"command": "audit"})
    finally:
        await found.close()


async def test_an_answer_that_is_too_long_is_one_line(tmp_path: Path) -> None:
    async def answer(_request: Message) -> Message:
        return {"rows": "x" * MAX_BYTES}

    found = AdminSocket(tmp_path / "a.sock", answer)
    await found.start()
    try:
        assert b"are allowed" in await sent(tmp_path / "a.sock", frame({}))
    finally:
        await found.close()
