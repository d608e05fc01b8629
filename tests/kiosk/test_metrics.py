"""Figures: of one process, of many together, and as text that Prometheus' own parser reads."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from tui.kiosk.operations.exposition import ExpositionError, exposition, parse
from tui.kiosk.operations.metrics import (
    FAMILIES,
    MOST_SERIES,
    OTHER,
    Family,
    Gathered,
    Metrics,
    Snapshot,
    from_wire,
    merged,
    quantile,
    to_wire,
)

COUNTED = Family("visits_total", "counter", "Visits.", ("way",))
LEVEL = Family("active", "gauge", "Visits that are on.")
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
    metrics.add("active", 1)
    before = metrics.snapshot()
    metrics.add("active", -1)
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


NAMES = st.text(max_size=12)
SNAPSHOTS = st.lists(
    st.tuples(NAMES, st.integers(0, 1000), st.lists(st.floats(0, 100, allow_nan=False, allow_subnormal=False)))
)


@given(SNAPSHOTS)
def test_text_says_what_was_counted(rows: list[tuple[str, int, list[float]]]) -> None:
    """Whatever the labels are, Prometheus' parser and ours read the same values as were counted, also after JSON."""
    metrics = Metrics(TABLE)
    for name, visits, seconds in rows:
        metrics.count("visits_total", name, by=visits)
        for value in seconds:
            metrics.observe("seconds", value, name)
    snapshot = from_wire(json.loads(json.dumps(to_wire(metrics.snapshot()))))
    assert snapshot == metrics.snapshot()
    text = exposition(snapshot, TABLE)
    ours = {(sample.name, sample.labels): sample.value for sample in parse(text)}
    theirs = {
        (sample.name, tuple(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert ours == theirs
    for (name,), (count,) in snapshot["visits_total"].items():
        assert ours["visits_total", (("way", name),)] == count
    for (name,), values in snapshot["seconds"].items():
        assert ours["seconds_bucket", (("what", name), ("le", "+Inf"))] == sum(values[:-1])
        assert math.isclose(ours["seconds_sum", (("what", name),)], values[-1])


def test_the_text_of_a_histogram() -> None:
    """Buckets add up, bounds are written once, and a family with nothing in it is there at nothing."""
    text = exposition(some(1, 0, 0.05, 0.5), TABLE)
    assert text == (
        "# HELP visits_total Visits.\n# TYPE visits_total counter\n"
        'visits_total{way="key"} 1\n'
        "# HELP active Visits that are on.\n# TYPE active gauge\nactive 0\n"
        "# HELP seconds How long.\n# TYPE seconds histogram\n"
        'seconds_bucket{what="key",le="0.1"} 1\n'
        'seconds_bucket{what="key",le="1"} 2\n'
        'seconds_bucket{what="key",le="+Inf"} 2\n'
        'seconds_sum{what="key"} 0.55\n'
        'seconds_count{what="key"} 2\n'
    )
    assert "\nactive 0\n" in exposition(Metrics(TABLE).snapshot(), TABLE)
    untold = LEVEL._replace(starts_at_0=False)
    assert "\nactive " not in exposition(Metrics([untold]).snapshot(), [untold])
    assert "\nactive 0\n" in exposition({"active": {(): (0,)}}, [untold])


def test_the_kiosk_s_own_figures() -> None:
    """All of them can be written with nothing in them, and their names keep to Prometheus' customs."""
    text = exposition(Metrics(reading=True).snapshot())
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert len(families) == len(FAMILIES)
    for family in FAMILIES:
        assert family.name.startswith("briefing_kiosk_")
        assert family.name.endswith("_total") is (family.kind == "counter")
        assert list(family.bounds) == sorted(set(family.bounds))


@pytest.mark.parametrize("text", ["visits", "visits_total{way=} 1", 'visits{way="a} 1', "visits one", "\x1b[31m 1"])
def test_a_text_that_is_none(text: str) -> None:
    """Somebody else's answer is refused with its line."""
    with pytest.raises(ExpositionError, match="line 1"):
        list(parse(text))


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
