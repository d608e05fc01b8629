"""Logins that failed: counted by address, and a wrong password answered ever later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kiosk.clocks import Clock
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.failed_logins import FORGOTTEN_AFTER, LONGEST_DELAY, MOST, FailedLogins


def test_wrong_passwords_are_answered_after_1_2_4_and_then_8_seconds() -> None:
    logins = FailedLogins(Settings(), Clock())
    found = [logins.failed("192.0.2.1", "password")[1:] for _ in range(6)]
    assert [(1, 1), (2, 2), (3, 4), (4, 8), (5, 8), (6, 8)] == found


@pytest.mark.parametrize("method", ["publickey", "keyboard-interactive", "hostbased", "other"])
def test_only_passwords_are_delayed(method: str) -> None:
    logins = FailedLogins(Settings(), Clock())
    assert [(1, 0), (2, 0)] == [logins.failed("192.0.2.1", method)[1:] for _ in range(2)]
    assert (1, 1) == logins.failed("192.0.2.1", "password")[1:]


def test_they_are_forgotten_after_ten_minutes_without_one() -> None:
    clock = Clock()
    logins = FailedLogins(Settings(), clock)
    for _ in range(3):
        logins.failed("192.0.2.1", "password")
        clock.pass_by(599)
    assert (4, 8) == logins.failed("192.0.2.1", "password")[1:]
    clock.pass_by(600)
    assert (1, 1) == logins.failed("192.0.2.1", "password")[1:]
    clock.pass_by(600)
    logins.failed("198.51.100.7", "password")
    assert 1 == len(logins)


@pytest.mark.parametrize(
    ("other", "tries"), [("192.0.2.2", 1), ("::ffff:192.0.2.1", 2), ("2001:db8::1", 1)], ids=["v4", "mapped", "v6"]
)
def test_others_are_others(other: str, tries: int) -> None:
    logins = FailedLogins(Settings(), Clock())
    logins.failed("192.0.2.1", "password")
    assert tries == logins.failed(other, "password").tries


def test_a_64_is_one_address() -> None:
    logins = FailedLogins(Settings(), Clock())
    logins.failed("2001:db8::1", "password")
    assert (2, 2) == logins.failed("2001:db8::2:3", "password")[1:]


def test_the_table_is_bounded_and_forgets_who_has_failed_least_lately() -> None:
    clock = Clock()
    logins = FailedLogins(Settings(), clock)
    for number in range(MOST):
        logins.failed(f"10.0.{number // 256}.{number % 256}", "password")
    logins.failed("10.0.0.0", "password")[1:]
    for number in range(100):
        logins.failed(f"10.99.0.{number}", "password")
    assert len(logins) <= MOST
    assert 3 == logins.failed("10.0.0.0", "password").tries
    assert 1 == logins.failed("10.0.0.1", "password").tries


@given(
    st.lists(st.tuples(st.floats(0, 700), st.integers(0, 3), st.sampled_from(["password", "publickey"])), max_size=60)
)
def test_whatever_comes_no_answer_waits_longer_than_the_longest(steps: list[tuple[float, int, str]]) -> None:
    clock = Clock()
    logins = FailedLogins(Settings(), clock)
    for seconds, number, method in steps:
        clock.pass_by(seconds)
        found = logins.failed(f"192.0.2.{number}", method)
        assert 1 <= found.tries
        assert 0 <= found.delay <= LONGEST_DELAY
        assert (found.delay > 0) is (method == "password")
        assert all(clock() - record.last < FORGOTTEN_AFTER for record in logins._records.values())  # noqa: SLF001 -- memory of addresses is bounded
