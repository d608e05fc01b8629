"""A briefing of very much text stays open for those who read it, and a while longer."""

from tui.kiosk.policies.eviction import Closing


def test_it_is_due_half_a_minute_behind_its_last_reader() -> None:
    closing = Closing()
    assert [] == closing.due(["one", "two"], ["one"], 0.0)
    assert [] == closing.due(["one", "two"], ["one"], 29.9)
    assert ["two"] == closing.due(["one", "two"], ["one"], 30.0)
    assert [] == closing.due(["one"], [], 100.0)
    assert ["one"] == closing.due(["one"], [], 130.0)


def test_who_comes_back_meanwhile_keeps_it_open() -> None:
    closing = Closing()
    closing.due(["one"], [], 0.0)
    closing.due(["one"], ["one"], 20.0)
    assert [] == closing.due(["one"], [], 40.0)
    assert [] == closing.due(["one"], [], 69.9)
    assert ["one"] == closing.due(["one"], [], 70.0)


def test_what_was_closed_is_forgotten() -> None:
    closing = Closing()
    closing.due(["one"], [], 0.0)
    closing.due([], [], 10.0)
    assert [] == closing.due(["one"], [], 35.0)
