"""The administrators' socket and commands, in the server's process."""

import asyncio
import os
import socket
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.kiosk.clocks import Clock
from tests.kiosk.conftest import Lines
from tui.kiosk.ipc import LENGTH, Message, frame
from tui.kiosk.operations import ledger as ledger_module
from tui.kiosk.operations.ledger import Ledger
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.kiosk.operations.tombstones import FILE_NAME as TOMBSTONES
from tui.kiosk.operations.tombstones import Tombstones
from tui.kiosk.policies.blocks import BLOCKED, Blocks
from tui.kiosk.policies.policy import ENDED, Reason
from tui.kiosk.server import admin_socket as socket_module
from tui.kiosk.server.admin_socket import MOST_BYTES, AdminSocket, AdminSocketError
from tui.kiosk.server.administration import BLOCKS_FILE, Administration
from tui.kiosk.server.dispatcher import Arrival, Dispatcher
from tui.kiosk.server.recorder import Recorder
from tui.kiosk.server.workers import Answers
from tui.library.paths import Folders

KEY = "SHA256:" + "a" * 43


class Workers:
    """Workers that have their answers ready."""

    def __init__(self) -> None:
        self.ended: list[tuple[int, Reason]] = []
        self.asked: list[Message] = []
        self.answers = Answers([{"visits": [{"visit": 2}], "told": 1}, {"visits": [{"visit": 1}], "told": 2}], 0)

    def hand_on(self, _connected: socket.socket, _ticket: int, _address: str) -> bool:
        return True

    def end_one(self, ticket: int, reason: Reason) -> None:
        self.ended.append((ticket, reason))

    async def ask_all(self, question: Message, _seconds: float) -> Answers:
        self.asked.append(question)
        return self.answers


class House:
    """A server's parts, without processes."""

    def __init__(self, state: Path) -> None:
        self.lines, self.workers, self.clock = Lines(), Workers(), Clock()
        self.log = Log(self.lines, Settings())
        self.door = Dispatcher(Settings(), self.workers, self.log, self.clock)  # type: ignore[arg-type]  # a double
        self.drained = 0
        folders = Folders(state, state, state / "data", state)
        self.recorder = Recorder(Settings(audit=True, statistics=True), Ledger(state / "reading.sqlite"), self.log)
        self.administration = Administration(
            self.workers, self.door, self.recorder, self.log, folders, reload=lambda: {"applied": ["theme"]}, drain=self.drain,  # type: ignore[arg-type]  # a double
        )  # fmt: skip

    def drain(self) -> None:
        self.drained += 1

    def come(self, address: str) -> bool:
        """Come from an address; whether one is let in."""
        ours, theirs = socket.socketpair()
        with ours:
            before = self.door.admission.number
            self.door.admit(theirs, Arrival(address))
            return self.door.admission.number > before

    async def do(self, command: str, **words: object) -> Message:
        """Carry out a command."""
        return await self.administration.answer({"command": command, **words})


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


@pytest.mark.parametrize("text", ["[]", "{", '{"192.0.2.1/32": "x"}', '{"nowhere": 9e12}', "\xff"])
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
