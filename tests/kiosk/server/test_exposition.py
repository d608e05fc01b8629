"""Metrics as text that Prometheus' own parser reads."""

import json
import math

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from tests.kiosk.operations.test_metrics import LEVEL, TABLE, some
from tui.kiosk.ipc import Codec
from tui.kiosk.operations.metrics import FAMILIES, Metrics
from tui.kiosk.server.exposition import exposition

NAMES = st.text(max_size=12)
SNAPSHOTS = st.lists(
    st.tuples(NAMES, st.integers(0, 1000), st.lists(st.floats(0, 100, allow_nan=False, allow_subnormal=False)))
)


@given(SNAPSHOTS)
def test_text_says_what_was_counted(rows: list[tuple[str, int, list[float]]]) -> None:
    """Whatever the labels are, Prometheus' parser reads the same values as were counted, also after a message."""
    metrics = Metrics(TABLE)
    for name, visits, seconds in rows:
        metrics.count("visits_total", name, by=visits)
        for value in seconds:
            metrics.observe("seconds", value, name)
    snapshot = Codec().decode(json.loads(json.dumps(Codec().encode(metrics.snapshot()))))
    assert snapshot == metrics.snapshot()
    read = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(exposition(snapshot, TABLE).decode())
        for sample in family.samples
    }
    for (name,), (count,) in snapshot["visits_total"].items():
        assert read["visits_total", ("way", name)] == count
    for (name,), values in snapshot["seconds"].items():
        assert read["seconds_bucket", ("le", "+Inf"), ("what", name)] == sum(values[:-1])
        assert math.isclose(read["seconds_sum", ("what", name)], values[-1])


def test_the_text_of_a_histogram() -> None:
    """Buckets add up, bounds are written once, and a family with nothing in it is there at nothing."""
    text = exposition(some(1, 0, 0.05, 0.5), TABLE).decode()
    assert text == (
        "# HELP visits_total Visits.\n# TYPE visits_total counter\n"
        'visits_total{way="key"} 1.0\n'
        "# HELP active Open visits on a screen.\n# TYPE active gauge\nactive 0.0\n"
        "# HELP seconds How long.\n# TYPE seconds histogram\n"
        'seconds_bucket{le="0.1",what="key"} 1.0\n'
        'seconds_bucket{le="1.0",what="key"} 2.0\n'
        'seconds_bucket{le="+Inf",what="key"} 2.0\n'
        'seconds_count{what="key"} 2.0\n'
        'seconds_sum{what="key"} 0.55\n'
    )
    assert "\nactive 0.0\n" in exposition(Metrics(TABLE).snapshot(), TABLE).decode()
    untold = LEVEL._replace(starts_at_0=False)
    assert "\nactive " not in exposition(Metrics([untold]).snapshot(), [untold]).decode()
    assert "\nactive 0.0\n" in exposition({"active": {(): (0,)}}, [untold]).decode()


def test_the_kiosk_s_own_figures() -> None:
    """All of them can be written with nothing in them, and their names keep to Prometheus' customs."""
    text = exposition(Metrics(reading=True).snapshot()).decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert len(families) == len(FAMILIES)
    for family in FAMILIES:
        assert family.name.startswith("briefing_kiosk_")
        assert family.name.endswith("_total") is (family.kind == "counter")
        assert list(family.bounds) == sorted(set(family.bounds))
