"""The text for Prometheus, by its own client's writer."""

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from tui.kiosk.operations.metrics import FAMILIES, Family, Labels, Snapshot, Values

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4


class _Collector(Collector):
    """Collects the values of one snapshot."""

    def __init__(self, snapshot: Snapshot, families: Iterable[Family]) -> None:
        self._snapshot = snapshot
        self._families = families

    def collect(self) -> Iterator[Metric]:
        """Yield the families. Most of those without labels start at 0."""
        for family in self._families:
            if family.name in self._snapshot:
                starts = family.starts_at_0 and not family.labels
                nothing: dict[Labels, Values] = {(): (0.0,) * (len(family.bounds) + 2)} if starts else {}
                yield _metric(family, self._snapshot[family.name] or nothing)


def _metric(family: Family, series: Mapping[Labels, Values]) -> Metric:
    if family.kind == "histogram":
        histogram = HistogramMetricFamily(family.name, family.words, labels=family.labels)
        for labels, (*counts, total) in sorted(series.items()):
            bounds = map(floatToGoString, (*family.bounds, math.inf))
            histogram.add_metric(labels, list(zip(bounds, itertools.accumulate(counts), strict=True)), total)
        return histogram
    kind = CounterMetricFamily if family.kind == "counter" else GaugeMetricFamily
    metric = kind(family.name, family.words, labels=family.labels)
    for labels, values in sorted(series.items()):
        metric.add_metric(labels, values[0])
    return metric


def exposition(snapshot: Snapshot, families: Iterable[Family] = FAMILIES) -> bytes:
    """Write all metrics."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(snapshot, families))
    return generate_latest(registry)
