"""The idle timeout of a visit and its longest time."""

from tests.kiosk.clocks import Clock
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.idle_timeout import DRAINED, IDLE, TOTAL, IdleTimeout, Warned

SETTINGS = Settings(idle_seconds=100, idle_warning_seconds=20, total_seconds=1000)


def test_who_is_away_is_warned_once_and_then_the_visit_ends() -> None:
    clock = Clock()
    timeout = IdleTimeout(SETTINGS, clock)
    clock.pass_by(79)
    assert (None, Warned.NO) == (timeout.check(), timeout.warned)
    clock.pass_by(1)
    assert (None, Warned.NOW) == (timeout.check(), timeout.warned)
    clock.pass_by(1)
    assert (None, Warned.ALREADY) == (timeout.check(), timeout.warned)
    clock.pass_by(19)
    assert timeout.check() is IDLE


def test_a_key_answers_the_warning() -> None:
    clock = Clock()
    timeout = IdleTimeout(SETTINGS, clock)
    clock.pass_by(90)
    timeout.check()
    timeout.moved()
    assert (None, Warned.NO) == (timeout.check(), timeout.warned)
    clock.pass_by(99)
    assert timeout.check() is None
    assert timeout.warned is Warned.NOW


def test_a_long_read_is_not_idle_while_the_page_is_moved_through() -> None:
    clock = Clock()
    timeout = IdleTimeout(SETTINGS, clock)
    for _ in range(19):
        clock.pass_by(50)
        timeout.moved()
        assert timeout.check() is None
    clock.pass_by(50)
    timeout.moved()
    assert timeout.check() is TOTAL


def test_a_kiosk_that_ends_gives_its_visitors_a_while() -> None:
    clock = Clock()
    timeout = IdleTimeout(SETTINGS, clock)
    timeout.drain(5)
    assert timeout.check() is None
    clock.pass_by(5)
    assert timeout.check() is DRAINED
