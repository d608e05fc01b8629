"""When what visits leave behind is collected."""

import pytest

from tui.kiosk.policies.garbage_collection import Collecting


@pytest.mark.parametrize(
    ("here", "quiet", "after"), [(0, True, 16), (10, True, 16), (100, True, 100), (0, False, 64), (100, False, 400)]
)
def test_it_is_due_after_as_many_as_are_here(here: int, quiet: bool, after: int) -> None:
    """In a quiet moment sooner, and in any case at last; then it counts anew."""
    collecting = Collecting()
    for _ in range(2):
        for _ in range(after - 1):
            collecting.left()
            assert not collecting.is_due(here, quiet=quiet)
        collecting.left()
        assert collecting.is_due(here, quiet=quiet)
        assert not collecting.is_due(here, quiet=quiet)


def test_where_nobody_has_done_anything_for_long_one_visit_is_enough() -> None:
    collecting = Collecting()
    assert not collecting.is_due(3, quiet=True, idle=True)
    collecting.left()
    assert not collecting.is_due(3, quiet=True)
    assert collecting.is_due(3, quiet=True, idle=True)
    assert not collecting.is_due(3, quiet=True, idle=True)
