"""Bytes, keys, tries and key exchanges of one connection."""

from hypothesis import given
from hypothesis import strategies as st

from tests.kiosk.clocks import Clock
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.quotas import Amounts
from tui.kiosk.policies.reasons import Reason
from tui.kiosk.policies.token_bucket import Bucket


def test_keys_come_at_once_up_to_a_burst_and_then_as_time_goes_by() -> None:
    clock = Clock()
    amounts = Amounts(Settings(keys_a_second=10, keys_at_once=20), clock)
    assert 20 == sum(amounts.key() for _ in range(100))
    clock.pass_by(1)
    assert 10 == sum(amounts.key() for _ in range(100))


def test_bytes_beyond_the_rate_make_the_visitor_wait_as_long_as_they_would_have_taken() -> None:
    clock = Clock()
    amounts = Amounts(Settings(bytes_a_second_in=1000), clock)
    assert 0.0 == amounts.come(2000)
    assert 10.0 == amounts.come(10_000)
    clock.pass_by(10)
    assert 1.0 == amounts.come(1000)


def test_a_visit_ends_when_too_much_came_or_went() -> None:
    amounts = Amounts(Settings(bytes_in=2000, bytes_out=100_000), Clock())
    amounts.come(2000)
    amounts.go(100_000)
    assert amounts.look() is None
    amounts.go(1)
    assert amounts.look() is Reason.BYTES_OUT
    amounts.come(1)
    assert amounts.look() is Reason.BYTES_IN


def test_tries_to_log_in_are_bounded() -> None:
    amounts = Amounts(Settings(login_tries=3), Clock())
    assert [None, None, None, Reason.TRIES] == [amounts.tried() for _ in range(4)]


def test_key_exchanges_are_bounded_and_the_first_is_free() -> None:
    clock = Clock()
    amounts = Amounts(Settings(rekeyings_a_minute=2), clock)
    assert [None, None, None, Reason.REKEYING] == [amounts.exchanged() for _ in range(4)]
    clock.pass_by(31)
    assert amounts.exchanged() is None


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 30)), max_size=50))
def test_a_bucket_never_gives_more_than_its_rate_and_burst(steps: list[tuple[float, float]]) -> None:
    clock = Clock()
    bucket = Bucket(10, 20, clock)
    began, given_out = clock.now, 0.0
    for seconds, wanted in steps:
        clock.pass_by(seconds)
        given_out += wanted if bucket.take(wanted) else 0.0
        assert given_out <= 20 + 10 * (clock.now - began) + 1e-6


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    clock = Clock()
    bucket = Bucket(1, 2, clock)
    clock.pass_by(-100)
    assert bucket.take(2)
    assert not bucket.is_full
    clock.pass_by(100)
    assert bucket.is_full
