"""Messages between processes, some with a socket, and the state of visitors on disk."""

import os
import resource
import socket
from pathlib import Path
from typing import Any

from tests.kiosk.clocks import Clock
from tui.kiosk.ipc import Wire
from tui.kiosk.operations.settings import Settings
from tui.kiosk.visits.visitors import Visitors
from tui.state.store import Place


def pair() -> tuple[Wire, Wire]:
    """Give two ends."""
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    return Wire(one), Wire(other)


def test_messages_come_in_order_and_sockets_with_their_own() -> None:
    ours, theirs = pair()
    passed = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    ours.tell({"do": "a"})
    for one in passed:
        ours.tell({"do": "serve", "port": one.getsockname()[1]}, one)
        ours.tell({"do": "b"})
    came: list[tuple[Any, socket.socket | None]] = []
    while len(came) < 5:
        messages, is_there = theirs.read()
        assert is_there
        came += messages
    assert ["a", "serve", "b", "serve", "b"] == [message["do"] for message, _ in came]
    for message, found in came:
        assert (found is not None) is (message["do"] == "serve")
        if found:
            assert message["port"] == found.getsockname()[1]
            found.close()
    for one in passed:
        one.close()
    ours.close()
    assert ([], False) == theirs.read()
    theirs.close()


def test_an_end_that_is_full_is_not_waited_for_and_nothing_is_lost() -> None:
    ours, theirs = pair()
    number = 0
    while ours.tell({"number": number, "filling": "x" * 1000}):
        number += 1
    assert not ours.tell({"do": "serve"}, ours.socket)  # a visitor goes to another worker
    ours.tell({"number": number + 1, "filling": ""})
    came: list[int] = []
    while number + 1 not in came:
        messages, _ = theirs.read()
        came += [message["number"] for message, _ in messages]
        ours.flush()
    assert list(range(number + 2)) == came
    theirs.close()
    assert not ours.tell({"do": "x"})
    ours.close()


def test_an_end_that_hangs_up_closes_what_it_was_given() -> None:
    ours, theirs = pair()
    with socket.create_server(("127.0.0.1", 0)) as passed:
        ours.tell({"do": "serve"}, passed)
        theirs._sockets.append(os.dup(passed.fileno()))
    theirs.close()
    assert not theirs._sockets
    ours.close()


def test_a_state_is_a_file_of_its_own_with_no_fingerprint_in_its_name(tmp_path: Path) -> None:
    visitors = Visitors(tmp_path, Settings(states=2))
    for name in ("SHA256:one", "SHA256:two"):
        state = visitors.state(name)
        assert state
        state.remember(Place(name, "claims"))
        state.close()
    assert visitors.state("SHA256:three") is None  # there is no more room
    again = Visitors(tmp_path, Settings(states=2)).state("SHA256:one")
    assert again
    assert Place("SHA256:one", "claims") == again.place("SHA256:one")
    again.close()
    assert not [path for path in tmp_path.iterdir() if "one" in path.name]


def test_nothing_is_kept_of_who_has_no_key_or_where_nothing_is_to_be_kept(tmp_path: Path) -> None:
    assert Visitors(tmp_path, Settings()).state("") is None
    assert Visitors(tmp_path, Settings(keep_state=False)).state("SHA256:one") is None
    assert not list(tmp_path.iterdir())


def test_who_does_not_come_back_is_forgotten(tmp_path: Path) -> None:
    clock = Clock()
    visitors = Visitors(tmp_path, Settings(state_days=10), clock)
    for name in ("one", "two"):
        state = visitors.state(name)
        assert state
        state.close()
    old, _ = sorted(tmp_path.glob("*.sqlite"))
    clock.now = old.stat().st_mtime + 5 * 86_400
    os.utime(old, (clock.now - 11 * 86_400,) * 2)
    assert 1 == visitors.tidy()
    assert 1 == visitors.number
    assert not old.exists()


def test_who_was_away_longest_and_for_a_month_makes_room(tmp_path: Path) -> None:
    clock = Clock()
    visitors = Visitors(tmp_path, Settings(states=2), clock)

    def comes(name: str) -> bool:
        if (state := visitors.state(name)) is not None:
            state.close()
        return state is not None

    assert comes("one")
    assert comes("two")
    first, second = tmp_path.glob("*.sqlite")
    clock.now = first.stat().st_mtime + 60 * 86_400
    os.utime(first, (clock.now - 29 * 86_400,) * 2)
    os.utime(second, (clock.now - 28 * 86_400,) * 2)
    assert not comes("three")
    clock.now += 3 * 86_400
    assert comes("three")
    assert second.exists()
    assert not first.exists()
    assert 2 == visitors.number


def test_a_socket_for_which_there_is_no_room_is_missed_by_its_own_message_alone() -> None:
    one, other = pair()
    with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as second:
        assert one.tell({"number": 1}, first)
        spare = os.dup(0)
        os.close(spare)
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (spare, hard))
        try:
            [(message, passed)], is_there = other.read()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert (1, None, True) == (message["number"], passed, is_there)
        assert one.tell({"number": 2}, second)
        [(message, passed)], _ = other.read()
        assert passed is not None
        with passed:
            assert (2, second.getsockname()) == (message["number"], passed.getsockname())
    one.close()
    other.close()
