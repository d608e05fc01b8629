"""The parent's door: who is let in, what it hears of them, and what it tells the log and the workers."""

import asyncio
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import pytest

from tests.kiosk.clocks import Clock
from tests.kiosk.conftest import Lines, until
from tui.kiosk.addresses import peer_address
from tui.kiosk.operations.log import Log
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.admission import ROOM, TOO_OFTEN
from tui.kiosk.policies.policy import Reason
from tui.kiosk.server.dispatcher import Dispatcher
from tui.kiosk.server.proxy_protocol import SIGNATURE

LOCAL = SIGNATURE + b"\x20\x00\x00\x00"
BALANCER = "192.0.2.250"


class Workers:
    """Workers that take whatever they are given."""

    def __init__(self) -> None:
        self.given: list[tuple[int, str]] = []
        self.ended: list[tuple[int, Reason]] = []
        self.delayed: list[tuple[int, float]] = []

    def hand_on(self, _connected: socket.socket, ticket: int, address: str) -> bool:
        self.given.append((ticket, address))
        return True

    def end_one(self, ticket: int, reason: Reason) -> None:
        self.ended.append((ticket, reason))

    def delay_one(self, ticket: int, seconds: float) -> None:
        self.delayed.append((ticket, seconds))


class House:
    """A door with workers, and a street before it."""

    def __init__(self, stack: ExitStack, **settings: object) -> None:
        self.lines, self.workers, self.clock = Lines(), Workers(), Clock()
        self._stack = stack
        chosen = Settings.model_validate(settings)
        self.log = Log(self.lines, chosen, clock=self.clock)
        self.door = Dispatcher(chosen, self.workers, self.log, self.clock)  # type: ignore[arg-type]  # a double of the workers

    def come(self, peer: str = "192.0.2.1") -> socket.socket:
        """Knock; give the visitor's end."""
        listener = self._stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        outside = self._stack.enter_context(socket.create_connection(listener.getsockname(), timeout=10))
        self.door.accept(listener.accept()[0], peer)
        return outside

    def has_given(self, number: int) -> bool:
        """Whether the workers were given so many connections."""
        return number == len(self.workers.given)

    def ticket(self, peer: str = "192.0.2.1") -> int:
        """Come in and give the ticket."""
        self.come(peer)
        return self.workers.given[-1][0]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Give what closes all sockets at the end."""
    with ExitStack() as stack:
        yield stack


def test_a_failed_login_is_an_event_and_a_wrong_password_waits(stack: ExitStack) -> None:
    house = House(stack)
    one, other = house.ticket(), house.ticket()
    for ticket in (one, other, one, one):
        house.door.handle(ticket, "login-failed", "password")
    house.door.handle(one, "login-failed", "publickey")
    house.door.handle(one, "login-failed", "x\x1b[2J")
    assert [(one, 1.0), (other, 2.0), (one, 4.0), (one, 8.0)] == house.workers.delayed
    said = [line.partition("login-failed ")[2] for line in house.lines.of("login-failed")]
    assert "address=192.0.2.1 method=password tries=4" == said[3]
    assert "address=192.0.2.1 method=publickey tries=1" == said[4]
    assert "address=192.0.2.1 method=other tries=1" == said[5]


def test_a_delayed_try_makes_room_until_it_was_answered(stack: ExitStack) -> None:
    house = House(stack, waiting_by_address=1)
    one = house.ticket()
    house.door.handle(one, "greeted")
    house.door.handle(one, "keys-exchanged")
    assert b"logging in" in house.come().recv(200)
    house.door.handle(one, "login-failed", "password")
    other = house.ticket()
    assert [(one, ROOM)] == house.workers.ended
    house.door.handle(one, "login-answered")
    house.door.handle(one, "closed")
    house.door.handle(other, "keys-exchanged")
    assert b"logging in" in house.come().recv(200)
    assert 1 == house.door.admission.number


def test_ten_silent_connections_lock_nobody_out(stack: ExitStack) -> None:
    house = House(stack)
    silent = [house.ticket() for _ in range(10)]
    house.ticket()
    assert [(silent[0], ROOM)] == house.workers.ended


def test_checks_of_a_balancer_are_counted_apart_and_logged_once_an_hour(stack: ExitStack) -> None:
    house = House(stack, visits_a_minute=2)
    heard: list[object] = []
    house.log.on_event = lambda event, facts: heard.append((event, facts.get("kind")))
    for _ in range(50):
        ticket = house.ticket()
        house.door.handle(ticket, "probed")
        house.door.handle(ticket, "closed")
        house.clock.pass_by(6)
    assert [("check", "banner")] * 50 == heard
    assert 1 == len(house.lines)
    house.clock.pass_by(3600)
    house.door.handle(house.ticket(), "probed")
    assert house.lines[-1].endswith("check address=192.0.2.1 kind=banner withheld=49")


async def test_a_listed_balancer_s_own_checks_are_never_limited(stack: ExitStack) -> None:
    house = House(stack, proxies=[BALANCER], visits_a_minute=1, visits_by_address=1, waiting_by_address=1, visits=1)
    for number in range(1, 31):
        house.come(BALANCER).sendall(LOCAL)
        await until(partial(house.has_given, number))
    assert {BALANCER} == {address for _, address in house.workers.given}
    assert 0 == house.door.admission.number
    house.come(BALANCER).sendall(b"PROXY TCP4 203.0.113.9 127.0.0.1 5000 22\r\n")
    await until(lambda: house.workers.given[-1][1] == "203.0.113.9")
    assert ["address=192.0.2.250 kind=local"] == [line.partition("check ")[2] for line in house.lines]
    house.door.handle(house.workers.given[0][0], "probed")
    assert 1 == len(house.lines)


@pytest.mark.parametrize("how", ["closed", "reset"])
async def test_a_balancer_that_only_connects_is_a_check_too(stack: ExitStack, how: str) -> None:
    house = House(stack, proxies=[BALANCER])
    heard: list[object] = []
    house.log.on_event = lambda event, facts: heard.append((event, facts.get("kind")))
    for _ in range(5):
        outside = house.come(BALANCER)
        if how == "reset":
            outside.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        outside.close()
    await until(lambda: 5 == len(heard))
    assert [("check", "connect")] * 5 == heard
    assert 1 == len(house.lines)
    assert not house.workers.given


async def test_half_a_header_is_still_told(stack: ExitStack) -> None:
    house = House(stack, proxies=[BALANCER])
    outside = house.come(BALANCER)
    outside.sendall(b"PROXY TCP4 203")
    outside.close()
    await until(lambda: house.lines.of("turned-away"))
    assert "within its header" in house.lines[0]


async def test_balancers_that_say_nothing_keep_no_other_out(stack: ExitStack) -> None:
    house = House(stack, proxies=[BALANCER], waiting=3)
    mute = [house.come(BALANCER) for _ in range(3)]
    await asyncio.sleep(0)
    house.come(BALANCER).sendall(LOCAL)
    await until(lambda: house.workers.given)
    assert b"" == mute[0].recv(10)
    assert "others came meanwhile" in house.lines.of("turned-away")[0]
    mute[1].sendall(b"PROXY TCP4 203.0.113.9 127.0.0.1 5000 22\r\n")
    await until(lambda: house.workers.given[-1][1] == "203.0.113.9")


def test_a_command_on_an_open_connection_counts_like_a_visit(stack: ExitStack) -> None:
    house = House(stack, visits_a_minute=3)
    one = house.ticket()
    for _ in range(3):
        house.door.handle(one, "session")
    assert [(one, TOO_OFTEN)] == house.workers.ended


def test_whatever_a_worker_says_of_a_connection_that_is_gone_changes_nothing(stack: ExitStack) -> None:
    house = House(stack)
    for what in (
        "greeted",
        "keys-exchanged",
        "logged-in",
        "login-answered",
        "session",
        "probed",
        "closed",
        "nothing known",
    ):
        house.door.handle(7, what)
    assert (0, 0, []) == (house.door.admission.number, house.door.admission.waiting, list(house.lines))


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        (("::ffff:192.0.2.1", 1, 0, 0), "192.0.2.1"),
        (("192.0.2.1", 1), "192.0.2.1"),
        (("2001:db8::1", 1, 0, 0), "2001:db8::1"),
        (("fe80::1%eth0", 1, 0, 2), "fe80::1%eth0"),
        ("", "local"),
    ],
)
def test_the_address_of_a_peer(peer: object, address: str) -> None:
    assert address == peer_address(peer)
