"""Who is let in: connections in all, by address, a minute, and those that have not logged in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kiosk.clocks import Clock
from tui.kiosk.policies.addresses import group
from tui.kiosk.policies.entrance import Entrance
from tui.kiosk.policies.reasons import Reason
from tui.kiosk.settings import Settings


def entrance(clock: Clock | None = None, **limits: int) -> Entrance:
    """Give an entrance with limits that nothing reaches but those that are given."""
    wide = {
        "visits": 1000,
        "visits_by_address": 1000,
        "visits_a_minute": 1000,
        "waiting": 1000,
        "waiting_by_address": 1000,
    }
    return Entrance(Settings(**(wide | limits)), clock or Clock())


def ticket(found: int | Reason) -> int:
    """Give a ticket where one was given."""
    assert isinstance(found, int), found
    return found


def test_the_kiosk_is_full_at_so_many_connections_and_has_room_again_when_one_leaves() -> None:
    door = entrance(visits=2)
    first = ticket(door.admit("192.0.2.1"))
    ticket(door.admit("192.0.2.2"))
    assert door.admit("192.0.2.3") is Reason.FULL
    door.leave(first)
    ticket(door.admit("192.0.2.3"))


@pytest.mark.parametrize(
    ("one", "other"), [("192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8::2:3"), ("::ffff:192.0.2.1", "192.0.2.1")]
)
def test_one_address_has_its_share_and_a_64_is_one_address(one: str, other: str) -> None:
    door = entrance(visits_by_address=1)
    ticket(door.admit(one))
    assert door.admit(other) is Reason.ADDRESS_FULL
    ticket(door.admit("198.51.100.7"))


def test_new_visits_a_minute_are_counted_by_address() -> None:
    clock = Clock()
    door = entrance(clock, visits_a_minute=3)
    for _ in range(3):
        door.leave(ticket(door.admit("192.0.2.1")))
    assert door.admit("192.0.2.1") is Reason.TOO_OFTEN
    ticket(door.admit("192.0.2.2"))
    clock.pass_by(21)
    ticket(door.admit("192.0.2.1"))
    assert door.admit("192.0.2.1") is Reason.TOO_OFTEN


def test_those_who_have_not_logged_in_are_bounded_in_all_and_by_address() -> None:
    door = entrance(waiting=2, waiting_by_address=1)
    first = ticket(door.admit("192.0.2.1"))
    assert door.admit("192.0.2.1") is Reason.ADDRESS_WAITING
    ticket(door.admit("192.0.2.2"))
    assert door.admit("192.0.2.3") is Reason.WAITING_FULL
    door.logged_in(first)
    door.logged_in(first)
    assert 1 == door.waiting
    ticket(door.admit("192.0.2.1"))


def test_nobody_is_let_in_while_the_kiosk_ends() -> None:
    door = entrance()
    door.is_draining = True
    assert door.admit("192.0.2.1") is Reason.DRAINING


def test_other_limits_hold_from_then_on() -> None:
    door = entrance(visits=1)
    ticket(door.admit("192.0.2.1"))
    door.change(Settings(visits=2))
    ticket(door.admit("192.0.2.1"))


def test_a_ticket_that_is_not_out_changes_nothing() -> None:
    door = entrance()
    one = ticket(door.admit("192.0.2.1"))
    door.leave(one)
    door.leave(one)
    door.leave(99)
    door.logged_in(99)
    assert (0, 0) == (door.number, door.waiting)


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["a", "192.0.2.1", "2001:db8::1", "2001:db8::2"])), max_size=60
    )
)
def test_whatever_comes_and_goes_the_counts_come_back_to_nothing(steps: list[tuple[int, str]]) -> None:
    door = entrance(visits=6, visits_by_address=4, waiting=5, waiting_by_address=3)
    out: list[int] = []
    for what, address in steps:
        if what == 0 and out:
            door.leave(out.pop(0))
        elif what == 1 and out:
            door.logged_in(out[-1])
        elif isinstance(found := door.admit(address), int):
            out.append(found)
        assert door.waiting <= door.number == len(out) <= 6
    for one in out:
        door.leave(one)
    assert (0, 0) == (door.number, door.waiting)
    assert not door._inside
    assert not door._waiting_by_group


def test_addresses_that_came_long_ago_are_forgotten() -> None:
    clock = Clock()
    door = entrance(clock)
    for number in range(1500):
        door.leave(ticket(door.admit(f"198.51.{number // 250}.{number % 250}")))
        clock.pass_by(1)
    assert len(door._lately) < 1100


@pytest.mark.parametrize("address", ["local", "", "fe80::1%eth0", "no address"])
def test_whatever_an_address_is_it_has_a_group(address: str) -> None:
    assert group(address) == group(address)
