"""What is told of faults and ends."""

import pytest

from tui.kiosk.operations.faults import STARVED, how_ended


@pytest.mark.parametrize(
    ("code", "told"), [(None, "does not end"), (0, "code 0"), (3, "code 3"), (-9, "signal SIGKILL"), (-40, "signal 40")]
)
def test_how_a_process_ended(code: int | None, told: str) -> None:
    assert told == how_ended(code)


@pytest.mark.parametrize(
    ("code", "starved", "told"),
    [(-9, True, STARVED), (-9, False, "signal SIGKILL"), (-15, True, "signal SIGTERM"), (1, True, "code 1")],
)
def test_only_what_was_killed_is_out_of_memory(code: int, *, starved: bool, told: str) -> None:
    assert told == how_ended(code, starved=starved)
