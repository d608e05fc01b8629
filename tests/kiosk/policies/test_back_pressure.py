"""Output that a visitor does not take."""

from tests.kiosk.clocks import Clock
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.back_pressure import STALLED, BackPressure

SETTINGS = Settings(stalled_bytes=5000, stalled_seconds=10)


def test_output_that_waits_holds_painting_and_after_a_while_ends_the_visit() -> None:
    clock = Clock()
    pressure = BackPressure(SETTINGS, clock)
    assert not pressure.holds(4999)
    assert pressure.holds(5000)
    clock.pass_by(9)
    pressure.holds(6000)
    assert pressure.check() is None
    clock.pass_by(1)
    pressure.holds(6000)
    assert pressure.check() is STALLED


def test_who_takes_output_again_has_all_the_time_again() -> None:
    clock = Clock()
    pressure = BackPressure(SETTINGS, clock)
    pressure.holds(9000)
    clock.pass_by(9)
    pressure.holds(100)
    assert pressure.check() is None
    pressure.holds(9000)
    clock.pass_by(9)
    pressure.holds(9000)
    assert pressure.check() is None


def test_a_channel_that_says_that_it_is_full_counts_as_well() -> None:
    clock = Clock()
    pressure = BackPressure(SETTINGS, clock)
    pressure.is_paused = True
    assert pressure.holds(0)
    clock.pass_by(10)
    pressure.holds(0)
    assert pressure.check() is STALLED
