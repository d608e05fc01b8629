"""Bytes, keys, tries and key exchanges of one connection."""

from hypothesis import given
from hypothesis import strategies as st

from tests.kiosk.clocks import Clock
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.policy import Request, Step
from tui.kiosk.policies.quotas import BYTES_IN, BYTES_OUT, REKEYING, TRIES, Quotas
from tui.kiosk.token_bucket import TokenBucket


def test_keys_come_at_once_up_to_a_burst_and_then_as_time_goes_by() -> None:
    clock = Clock()
    amounts = Quotas(Settings(keys_a_second=10, keys_at_once=20), clock)
    assert 20 == sum(amounts.take_key() for _ in range(100))
    clock.pass_by(1)
    assert 10 == sum(amounts.take_key() for _ in range(100))


def test_bytes_beyond_the_rate_make_the_visitor_wait_as_long_as_they_would_have_taken() -> None:
    clock = Clock()
    amounts = Quotas(Settings(bytes_a_second_in=1000), clock)
    assert 0.0 == amounts.receive(2000)
    assert 10.0 == amounts.receive(10_000)
    clock.pass_by(10)
    assert 1.0 == amounts.receive(1000)


def test_a_visit_ends_when_too_much_came_or_went() -> None:
    amounts = Quotas(Settings(bytes_in=2000, bytes_out=100_000), Clock())
    amounts.receive(2000)
    amounts.send(100_000)
    assert amounts.check() is None
    amounts.send(1)
    assert amounts.check() is BYTES_OUT
    amounts.receive(1)
    assert amounts.check() is BYTES_IN


def test_tries_to_log_in_are_bounded() -> None:
    amounts = Quotas(Settings(login_tries=3), Clock())
    assert [None, None, None, TRIES] == [amounts.admit(Request(Step.LOGIN)) for _ in range(4)]


def test_key_exchanges_are_bounded_and_the_first_is_free() -> None:
    clock = Clock()
    amounts = Quotas(Settings(rekeyings_a_minute=2), clock)
    assert [None, None, None, REKEYING] == [amounts.admit(Request(Step.KEY_EXCHANGE)) for _ in range(4)]
    clock.pass_by(31)
    assert amounts.admit(Request(Step.KEY_EXCHANGE)) is None


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 30)), max_size=50))
def test_a_bucket_never_gives_more_than_its_rate_and_burst(steps: list[tuple[float, float]]) -> None:
    clock = Clock()
    bucket = TokenBucket(10, 20, clock)
    began, given_out = clock.now, 0.0
    for seconds, wanted in steps:
        clock.pass_by(seconds)
        given_out += wanted if bucket.take(wanted) else 0.0
        assert given_out <= 20 + 10 * (clock.now - began) + 1e-6


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    clock = Clock()
    bucket = TokenBucket(1, 2, clock)
    clock.pass_by(-100)
    assert bucket.take(2)
    assert not bucket.is_full
    clock.pass_by(100)
    assert bucket.is_full
