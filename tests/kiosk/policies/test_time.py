"""How long a visit lasts, and output that nobody takes."""

from tests.kiosk.clocks import Clock
from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.back_pressure import Stalling
from tui.kiosk.policies.idle_timeout import Patience, Warned
from tui.kiosk.policies.reasons import Reason

SETTINGS = Settings(
    idle_seconds=100, idle_warning_seconds=20, total_seconds=1000, stalled_bytes=5000, stalled_seconds=10
)


def test_who_is_away_is_warned_once_and_then_the_visit_ends() -> None:
    clock = Clock()
    patience = Patience(SETTINGS, clock)
    clock.pass_by(79)
    assert (None, Warned.NO) == (patience.look(), patience.warned)
    clock.pass_by(1)
    assert (None, Warned.NOW) == (patience.look(), patience.warned)
    clock.pass_by(1)
    assert (None, Warned.ALREADY) == (patience.look(), patience.warned)
    clock.pass_by(19)
    assert patience.look() is Reason.IDLE


def test_a_key_answers_the_warning() -> None:
    clock = Clock()
    patience = Patience(SETTINGS, clock)
    clock.pass_by(90)
    patience.look()
    patience.moved()
    assert (None, Warned.NO) == (patience.look(), patience.warned)
    clock.pass_by(99)
    assert patience.look() is None
    assert patience.warned is Warned.NOW


def test_a_long_read_is_not_idle_while_the_page_is_moved_through() -> None:
    clock = Clock()
    patience = Patience(SETTINGS, clock)
    for _ in range(19):
        clock.pass_by(50)
        patience.moved()
        assert patience.look() is None
    clock.pass_by(50)
    patience.moved()
    assert patience.look() is Reason.TOTAL


def test_a_kiosk_that_ends_gives_its_visitors_a_while() -> None:
    clock = Clock()
    patience = Patience(SETTINGS, clock)
    patience.drain(5)
    assert patience.look() is None
    clock.pass_by(5)
    assert patience.look() is Reason.DRAINED


def test_output_that_waits_holds_painting_and_after_a_while_ends_the_visit() -> None:
    clock = Clock()
    stalling = Stalling(SETTINGS, clock)
    assert not stalling.holds(4999)
    assert stalling.holds(5000)
    clock.pass_by(9)
    assert stalling.look(6000) is None
    clock.pass_by(1)
    assert stalling.look(6000) is Reason.STALLED


def test_who_takes_output_again_has_all_the_time_again() -> None:
    clock = Clock()
    stalling = Stalling(SETTINGS, clock)
    stalling.holds(9000)
    clock.pass_by(9)
    assert stalling.look(100) is None
    stalling.holds(9000)
    clock.pass_by(9)
    assert stalling.look(9000) is None


def test_a_channel_that_says_that_it_is_full_counts_as_well() -> None:
    clock = Clock()
    stalling = Stalling(SETTINGS, clock)
    stalling.is_paused = True
    assert stalling.holds(0)
    clock.pass_by(10)
    assert stalling.look(0) is Reason.STALLED


def test_every_reason_has_a_word_and_a_line_for_the_visitor() -> None:
    assert len({reason.word for reason in Reason}) == len(Reason)
    assert all(reason.line.endswith(".") for reason in Reason)
