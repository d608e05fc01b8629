"""Who is let in: connections in all, by address, a minute, and those that have not logged in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kiosk.clocks import Clock
from tui.kiosk.addresses import group
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.admission import (
    ADDRESS_FULL,
    ADDRESS_WAITING,
    DRAINING,
    FULL,
    TOO_OFTEN,
    WAITING_FULL,
    Admission,
    Stage,
)
from tui.kiosk.policies.policy import Reason, Request, Step


class Door(Admission):
    """An admission that gives tickets, as the dispatcher does."""

    last = 0

    def let_in(self, address: str, *, is_proxy: bool = False) -> int | Reason:
        self.last += 1
        return self.admit(Request(Step.CONNECT, address, self.last, is_proxy=is_proxy)) or self.last

    def let_in_check(self) -> int | Reason:
        self.last += 1
        return self.admit(Request(Step.CHECK, "192.0.2.250", self.last)) or self.last

    def again(self, ticket: int) -> bool:
        return self.admit(Request(Step.SESSION, "", ticket)) is None


def entrance(clock: Clock | None = None, **limits: int) -> Door:
    """Return an admission with limits that nothing reaches but those that are given."""
    wide: dict[str, object] = {
        "visits": 1000,
        "visits_by_address": 1000,
        "visits_a_minute": 1000,
        "waiting": 1000,
        "waiting_by_address": 1000,
    }
    return Door(Settings.model_validate(wide | limits), clock or Clock())


def ticket(found: int | Reason) -> int:
    """Return a ticket that was given."""
    assert isinstance(found, int), found
    return found


def came(door: Door, address: str, stage: Stage = Stage.BUSY) -> int:
    """Let somebody in who comes as far as a stage."""
    one = ticket(door.let_in(address))
    door.reached(one, stage)
    return one


def test_the_kiosk_is_full_at_so_many_connections_and_has_room_again_when_one_leaves() -> None:
    door = entrance(visits=2)
    first = came(door, "192.0.2.1")
    came(door, "192.0.2.2")
    assert door.let_in("192.0.2.3") is FULL
    door.leave(first)
    ticket(door.let_in("192.0.2.3"))


@pytest.mark.parametrize(
    ("one", "other"), [("192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8::2:3"), ("::ffff:192.0.2.1", "192.0.2.1")]
)
def test_one_address_has_its_share_and_a_64_is_one_address(one: str, other: str) -> None:
    door = entrance(visits_by_address=1)
    came(door, one)
    assert door.let_in(other) is ADDRESS_FULL
    ticket(door.let_in("198.51.100.7"))


def test_new_visits_a_minute_are_counted_by_address() -> None:
    clock = Clock()
    door = entrance(clock, visits_a_minute=3)
    for _ in range(3):
        door.leave(ticket(door.let_in("192.0.2.1")))
    assert door.let_in("192.0.2.1") is TOO_OFTEN
    ticket(door.let_in("192.0.2.2"))
    clock.pass_by(21)
    ticket(door.let_in("192.0.2.1"))
    assert door.let_in("192.0.2.1") is TOO_OFTEN


def test_those_who_have_not_logged_in_are_bounded_in_all_and_by_address() -> None:
    door = entrance(waiting=2, waiting_by_address=1)
    first = came(door, "192.0.2.1")
    assert door.let_in("192.0.2.1") is ADDRESS_WAITING
    came(door, "192.0.2.2")
    assert door.let_in("192.0.2.3") is WAITING_FULL
    door.reached(first, Stage.IN)
    door.reached(first, Stage.IN)
    assert 1 == door.waiting
    ticket(door.let_in("192.0.2.1"))


def test_nobody_is_let_in_while_the_kiosk_ends() -> None:
    door = entrance()
    door.is_draining = True
    assert door.let_in("192.0.2.1") is DRAINING


def test_other_limits_hold_from_then_on() -> None:
    door = entrance(visits=1)
    ticket(door.let_in("192.0.2.1"))
    door.change(Settings(visits=2))
    ticket(door.let_in("192.0.2.1"))


def test_a_ticket_that_is_not_out_changes_nothing() -> None:
    door = entrance()
    one = ticket(door.let_in("192.0.2.1"))
    door.leave(one)
    door.leave(one)
    door.leave(99)
    door.reached(99, Stage.IN)
    assert (0, 0) == (door.number, door.waiting)


STEPS = st.tuples(st.sampled_from(["leave", *Stage]), st.sampled_from(["a", "192.0.2.1", "2001:db8::1", "2001:db8::2"]))


@given(st.lists(st.tuples(st.booleans(), STEPS), max_size=80))
def test_whatever_comes_and_goes_the_counts_come_back_to_nothing(steps: list[tuple[bool, tuple[object, str]]]) -> None:
    door = entrance(visits=6, visits_by_address=4, waiting=5, waiting_by_address=3)
    out: dict[int, Stage] = {}

    def made_room(one: int) -> None:
        assert out.pop(one) < Stage.BUSY, "one that is busy was closed"

    door.made_room = made_room
    for comes, (what, address) in steps:
        if comes and isinstance(found := door.let_in(address), int):
            out[found] = Stage.SILENT
        elif out and isinstance(what, Stage):
            last = list(out)[-1]
            door.reached(last, what)
            out[last] = Stage.IN if out[last] is Stage.IN else what
        elif out:
            first = next(iter(out))
            door.probed(first)
            door.leave(first)
            del out[first]
        assert len(out) == door.number <= 6
        assert door.waiting == sum(stage is not Stage.IN for stage in out.values()) <= 5
    for one in out:
        door.leave(one)
    assert (0, 0) == (door.number, door.waiting)
    assert not door._by_group  # noqa: SLF001 -- nothing may stay of an address that has left
    assert not door._waiting_by_group  # noqa: SLF001 -- likewise


def test_at_an_address_s_limit_the_oldest_connection_that_has_sent_nothing_makes_room() -> None:
    door = entrance(waiting_by_address=3)
    closed: list[int] = []
    door.made_room = closed.append
    greeted, silent, younger = (came(door, "192.0.2.1", stage) for stage in (Stage.GREETED, Stage.SILENT, Stage.SILENT))
    came(door, "198.51.100.7", Stage.SILENT)
    first = came(door, "192.0.2.1")
    assert [silent] == closed
    second = came(door, "192.0.2.1")
    assert [silent, younger] == closed
    third = came(door, "192.0.2.1")
    assert [silent, younger, greeted] == closed
    assert door.let_in("192.0.2.1") is ADDRESS_WAITING
    for one in (first, second, third):
        door.reached(one, Stage.IN)
    ticket(door.let_in("192.0.2.1"))
    assert 3 == len(closed)


@pytest.mark.parametrize("limit", ["visits", "visits_by_address", "waiting", "waiting_by_address"])
@pytest.mark.parametrize("stage", [Stage.SILENT, Stage.GREETED, Stage.DELAYED])
def test_whoever_only_waits_holds_no_place_that_somebody_needs(limit: str, stage: Stage) -> None:
    door = entrance(None, **{limit: 1})
    closed: list[int] = []
    door.made_room = closed.append
    idle = came(door, "192.0.2.1", stage)
    came(door, "192.0.2.1")
    assert [idle] == closed
    assert isinstance(door.let_in("192.0.2.1"), Reason)
    assert (1, [idle]) == (door.number, closed)


def test_at_an_address_s_limit_no_other_address_makes_room() -> None:
    door = entrance(visits_by_address=1, visits=2)
    came(door, "198.51.100.7", Stage.SILENT)
    came(door, "192.0.2.1")
    assert door.let_in("192.0.2.1") is ADDRESS_FULL
    assert 2 == door.number


def test_nobody_makes_room_for_one_who_comes_too_often() -> None:
    door = entrance(visits_a_minute=2, waiting_by_address=1)
    closed: list[int] = []
    door.made_room = closed.append
    for _ in range(2):
        door.let_in("192.0.2.1")
    assert door.let_in("192.0.2.1") is TOO_OFTEN
    assert 1 == len(closed)


def test_a_connection_that_was_closed_after_the_banner_counts_for_next_to_nothing() -> None:
    door = entrance(visits_a_minute=5, visits_by_address=1, waiting_by_address=1)
    for _ in range(40):
        one = ticket(door.let_in("192.0.2.1"))
        assert door.probed(one)
        door.leave(one)
    for _ in range(10):  # but a flood of them ends
        if isinstance(found := door.let_in("192.0.2.1"), int):
            door.probed(found)
            door.leave(found)
    assert door.let_in("192.0.2.1") is TOO_OFTEN


def test_a_look_of_a_listed_balancer_counts_for_nothing() -> None:
    door = entrance(visits_a_minute=1)
    for _ in range(500):
        one = ticket(door.let_in("192.0.2.1", is_proxy=True))
        assert door.probed(one)
        door.leave(one)


def test_a_balancer_s_own_check_is_never_limited_and_counts_for_nothing() -> None:
    door = entrance(visits=1, visits_by_address=1, visits_a_minute=1, waiting=1, waiting_by_address=1)
    came(door, "192.0.2.1")
    for _ in range(500):
        one = ticket(door.let_in_check())
        assert not door.probed(one)
        assert door.again(one)
        door.leave(one)
    assert 1 == door.number
    door.is_draining = True
    assert door.let_in_check() is DRAINING


def test_another_session_of_a_connection_counts_like_a_new_one() -> None:
    door = entrance(visits_a_minute=3)
    one = came(door, "192.0.2.1", Stage.IN)
    assert [True, True, False] == [door.again(one) for _ in range(3)]
    assert door.let_in("192.0.2.1") is TOO_OFTEN


def test_addresses_that_came_long_ago_are_forgotten() -> None:
    clock = Clock()
    door = entrance(clock)
    for number in range(1500):
        door.leave(ticket(door.let_in(f"198.51.{number // 250}.{number % 250}")))
        clock.pass_by(1)
    assert len(door._lately) < 1100  # noqa: SLF001 -- memory of addresses is bounded


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("local", "local"), ("", ""), ("no address", "no address"), ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"), ("fe80::1%eth0", "fe80::/64"), ("2001:db8:0:1:2::3", "2001:db8:0:1::/64"),
    ],
)  # fmt: skip
def test_whatever_an_address_is_it_has_a_group(address: str, name: str) -> None:
    assert name == group(address)
