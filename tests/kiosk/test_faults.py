"""What is told of faults and ends."""

import pytest

from tui.kiosk.faults import how_ended


@pytest.mark.parametrize(
    ("code", "told"), [(None, "does not end"), (0, "code 0"), (3, "code 3"), (-9, "signal SIGKILL"), (-40, "signal 40")]
)
def test_how_a_process_ended(code: int | None, told: str) -> None:
    assert told == how_ended(code)
