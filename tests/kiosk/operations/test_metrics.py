"""Figures: of one process, of many together, and as text that Prometheus' own parser reads."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.kiosk.operations.metrics import (
    MOST_SERIES,
    OTHER,
    Family,
    Gathered,
    Metrics,
    Snapshot,
    merged,
    quantile,
)

COUNTED = Family("visits_total", "counter", "Visits.", ("way",))
LEVEL = Family("active", "gauge", "Open visits on a screen.")
SPREAD = Family("seconds", "histogram", "How long.", ("what",), (0.1, 1.0))
HIDDEN = Family("read_total", "counter", "What is read.", ("briefing",), opt_in=True)
TABLE = (COUNTED, LEVEL, SPREAD, HIDDEN)


def some(visits: int, active: int, *seconds: float) -> Snapshot:
    metrics = Metrics(TABLE)
    metrics.count("visits_total", "key", by=visits)
    metrics.set("active", active)
    for value in seconds:
        metrics.observe("seconds", value, "key")
    return metrics.snapshot()


def test_one_process() -> None:
    """A bucket counts what is equal to its bound too, and the last one what is beyond all bounds."""
    found = some(3, 2, 0.1, 0.5, 1.0, 7.0)
    assert found == {
        "visits_total": {("key",): (3,)},
        "active": {(): (2,)},
        "seconds": {("key",): (1, 2, 1, 8.6)},
    }


def test_a_snapshot_stays_as_it_was() -> None:
    metrics = Metrics(TABLE)
    metrics.add("active", by=1)
    before = metrics.snapshot()
    metrics.add("active", by=-1)
    assert before["active"][()] == (1,)


def test_what_is_read_is_counted_only_when_asked_for() -> None:
    """Without the operator's word it leaves no trace."""
    unasked, asked = Metrics(TABLE), Metrics(TABLE, reading=True)
    for metrics in (unasked, asked):
        metrics.count("read_total", "handbook")
    assert "read_total" not in unasked.snapshot()
    assert asked.snapshot()["read_total"] == {("handbook",): (1,)}


@pytest.mark.parametrize("wrong", [("nothing",), ("active",), ("visits_total",), ("visits_total", "a", "b")])
def test_a_slip_in_the_program_is_told(wrong: tuple[str, ...]) -> None:
    with pytest.raises(KeyError):
        Metrics(TABLE).count(*wrong)


def test_a_counter_never_goes_down() -> None:
    with pytest.raises(ValueError, match="down"):
        Metrics(TABLE).count("visits_total", "key", by=-1)


def test_series_are_bounded() -> None:
    """What visitors can name does not fill the memory; the sum stays right."""
    metrics = Metrics(TABLE)
    for number in range(MOST_SERIES + 50):
        metrics.count("visits_total", f"way-{number}")
    series = metrics.snapshot()["visits_total"]
    assert len(series) == MOST_SERIES + 1
    assert series[OTHER,] == (50,)


def test_workers_together() -> None:
    """A worker that dies keeps what it counted in the sums, and takes its gauges with it; its heir begins anew."""
    gathered = Gathered(TABLE)
    gathered.update("1", some(3, 2, 0.5))
    gathered.update("2", some(4, 5, 0.5))
    gathered.update("2", some(5, 6, 0.5, 0.5))
    assert gathered.snapshot()["visits_total"] == {("key",): (8,)}
    assert gathered.snapshot()["active"] == {(): (8,)}
    gathered.retire("1")
    gathered.retire("never there")
    gathered.update("1", some(1, 1))
    assert gathered.snapshot() == {
        "visits_total": {("key",): (9,)},
        "active": {(): (7,)},
        "seconds": {("key",): (0, 3, 0, 1.5)},
    }


@given(st.lists(st.floats(0, 20), min_size=1, max_size=60), st.floats(0.01, 1))
def test_a_quantile_lies_in_the_right_bucket(values: list[float], part: float) -> None:
    bounds = (0.1, 1.0, 5.0, 10.0)
    metrics = Metrics([Family("x", "histogram", "", (), bounds)])
    for value in values:
        metrics.observe("x", value)
    found = quantile(part, bounds, metrics.snapshot()["x"][()])
    assert found is not None
    exact = sorted(values)[max(0, math.ceil(part * len(values) - 1e-9) - 1)]
    upper = next((bound for bound in bounds if exact <= bound), bounds[-1])
    lower = max((bound for bound in bounds if bound < upper), default=0.0)
    assert lower <= found <= upper or exact > bounds[-1]


def test_a_quantile_of_nothing() -> None:
    assert quantile(0.5, (1.0,), (0, 0, 0)) is None
    assert merged([]) == {}
