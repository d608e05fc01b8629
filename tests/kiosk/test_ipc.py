"""Messages between processes: in order, bounded, with their own sockets, and with nothing but known records in them."""

import asyncio
import json
import os
import resource
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.kiosk.conftest import until
from tui.kiosk.ipc import LENGTH, MAX_BYTES, BlockingChannel, Channel, Codec, Message, TooLongError, frame

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Return two ends."""
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with one, other:
        yield one, other


def test_messages_come_in_order_and_sockets_with_their_own(pair: Pair) -> None:
    ours, theirs = map(Channel, pair)
    passed = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    ours.send({"command": "a"})
    for one in passed:
        ours.send({"command": "serve", "port": one.getsockname()[1]}, one)
        ours.send({"command": "b"})
    came: list[tuple[Message, socket.socket | None]] = []
    while len(came) < 5:
        messages, is_open = theirs.receive()
        assert is_open
        came += messages
    assert ["a", "serve", "b", "serve", "b"] == [message["command"] for message, _ in came]
    for message, found in came:
        assert (found is not None) is (message["command"] == "serve")
        if found:
            assert message["port"] == found.getsockname()[1]
            found.close()
    for one in passed:
        one.close()
    ours.close()
    assert ([], False) == theirs.receive()


def test_an_end_that_is_full_is_not_waited_for_and_nothing_is_lost(pair: Pair) -> None:
    ours, theirs = map(Channel, pair)
    number = 0
    while ours.send({"number": number, "filling": "x" * 1000}):
        number += 1
    assert not ours.send({"command": "serve"}, pair[0])  # a visitor goes to another worker
    ours.send({"number": number + 1, "filling": ""})
    came: list[int] = []
    while number + 1 not in came:
        messages, _ = theirs.receive()
        came += [message["number"] for message, _ in messages]
        ours.flush()
    assert list(range(number + 2)) == came
    theirs.close()
    assert not ours.send({"command": "x"})


def test_an_end_that_closes_leaves_no_descriptor_open(pair: Pair) -> None:
    ours, theirs = map(Channel, pair)
    before = len(list(Path("/proc/self/fd").iterdir()))
    with socket.create_server(("127.0.0.1", 0)) as passed:
        # The message is not whole yet, so that its socket belongs to nothing.
        socket.send_fds(pair[0], [LENGTH.pack(100)], [passed.fileno()])
        assert ([], True) == theirs.receive()
    theirs.close()
    assert before - 1 == len(list(Path("/proc/self/fd").iterdir()))
    ours.close()


def test_a_socket_for_which_there_is_no_room_is_missed_by_its_own_message_alone(pair: Pair) -> None:
    one, other = map(Channel, pair)
    with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as second:
        assert one.send({"number": 1}, first)
        spare = os.dup(0)
        os.close(spare)
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (spare, hard))
        try:
            [(message, passed)], is_open = other.receive()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert (1, None, True) == (message["number"], passed, is_open)
        assert one.send({"number": 2}, second)
        [(message, passed)], _ = other.receive()
        assert passed is not None
        with passed:
            assert (2, second.getsockname()) == (message["number"], passed.getsockname())


async def test_a_large_message_is_sent_in_the_background_and_the_end_is_told(pair: Pair) -> None:
    received: list[Message] = []
    closed: list[Exception | None] = []
    ours, theirs = map(Channel, pair)
    ours.listen(lambda _message, _passed: None, closed.append)
    theirs.listen(lambda message, _passed: received.append(message), closed.append)
    large = {"text": "x" * (MAX_BYTES - 100)}
    assert ours.send(large)
    ours.send({"text": "behind it"})
    await until(lambda: len(received) == 2)
    assert [large, {"text": "behind it"}] == received
    theirs.close()
    await until(lambda: closed)
    assert [None] == closed
    ours.close()


@pytest.mark.parametrize(
    "data",
    [
        LENGTH.pack(MAX_BYTES + 1),
        LENGTH.pack(4) + b"nope",
        LENGTH.pack(2) + b"[]",
        LENGTH.pack(200_000) + b"[" * 200_000,
    ],
    ids=["long", "no JSON", "no object", "deep"],
)
async def test_an_end_that_sends_nonsense_counts_as_closed(pair: Pair, data: bytes) -> None:
    closed: list[Exception | None] = []
    channel = Channel(pair[0])
    channel.listen(lambda message, _passed: pytest.fail(f"{message} came"), closed.append)
    sending = asyncio.create_task(asyncio.to_thread(pair[1].sendall, data))
    await until(lambda: closed)
    await sending
    assert isinstance(closed[0], ValueError)
    channel.close()


def test_a_blocking_end_waits_for_a_whole_message_and_returns_none_at_the_end(pair: Pair) -> None:
    ours, theirs = BlockingChannel(pair[0]), BlockingChannel(pair[1])
    ours.send({"command": "a"})
    assert {"command": "a"} == theirs.receive()
    pair[0].sendall(LENGTH.pack(100) + b"half")
    pair[0].close()
    assert theirs.receive() is None
    assert theirs.receive() is None


def test_messages_are_bounded(pair: Pair) -> None:
    with pytest.raises(TooLongError):
        frame({"text": "a" * MAX_BYTES})
    pair[0].sendall(LENGTH.pack(MAX_BYTES + 1))
    with pytest.raises(TooLongError):
        BlockingChannel(pair[1]).receive()


class Point(NamedTuple):
    """A record of the tests."""

    at: tuple[int, ...]
    of: object = None


def test_records_arrive_as_they_were() -> None:
    codec = Codec([Point])
    sent: Any = ({("a", "b"): Point((1, 2), Path("/tmp/x"))}, Point((), {"x": None}), 1.5, "half a character \ud800")
    assert sent == codec.decode(json.loads(json.dumps(codec.encode(sent))))


@pytest.mark.parametrize(
    "sent",
    [
        {"is": "eval", "of": ["1"]},
        {"is": "Path"},
        {"of": []},
        {"is": "Point", "of": [1, 2, 3]},
        {"is": "Point", "of": 7},
        {"is": "mapping", "of": [[1, 2, 3]]},
    ],
)
def test_nothing_is_made_but_known_records(sent: object) -> None:
    with pytest.raises((LookupError, TypeError, ValueError)):
        Codec([Point]).decode(sent)
