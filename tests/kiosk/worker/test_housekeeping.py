"""When garbage is collected, and when a large briefing is closed behind its readers."""

import pytest

from tui.kiosk.worker.housekeeping import GarbageCollection, UnreadBriefings


@pytest.mark.parametrize(
    ("here", "quiet", "after"), [(0, True, 16), (10, True, 16), (100, True, 100), (0, False, 64), (100, False, 400)]
)
def test_it_is_due_after_as_many_as_are_here(here: int, quiet: bool, after: int) -> None:
    """In a quiet moment sooner, and in any case at last; then it counts anew."""
    collecting = GarbageCollection()
    for _ in range(2):
        for _ in range(after - 1):
            collecting.visit_ended()
            assert not collecting.is_due(here, quiet=quiet)
        collecting.visit_ended()
        assert collecting.is_due(here, quiet=quiet)
        assert not collecting.is_due(here, quiet=quiet)


def test_where_nobody_has_done_anything_for_long_one_visit_is_enough() -> None:
    collecting = GarbageCollection()
    assert not collecting.is_due(3, quiet=True, idle=True)
    collecting.visit_ended()
    assert not collecting.is_due(3, quiet=True)
    assert collecting.is_due(3, quiet=True, idle=True)
    assert not collecting.is_due(3, quiet=True, idle=True)


def test_it_is_due_half_a_minute_behind_its_last_reader() -> None:
    closing = UnreadBriefings()
    assert [] == closing.due(["one", "two"], ["one"], 0.0)
    assert [] == closing.due(["one", "two"], ["one"], 29.9)
    assert ["two"] == closing.due(["one", "two"], ["one"], 30.0)
    assert [] == closing.due(["one"], [], 100.0)
    assert ["one"] == closing.due(["one"], [], 130.0)


def test_who_comes_back_meanwhile_keeps_it_open() -> None:
    closing = UnreadBriefings()
    closing.due(["one"], [], 0.0)
    closing.due(["one"], ["one"], 20.0)
    assert [] == closing.due(["one"], [], 40.0)
    assert [] == closing.due(["one"], [], 69.9)
    assert ["one"] == closing.due(["one"], [], 70.0)


def test_what_was_closed_is_forgotten() -> None:
    closing = UnreadBriefings()
    closing.due(["one"], [], 0.0)
    closing.due([], [], 10.0)
    assert [] == closing.due(["one"], [], 35.0)
