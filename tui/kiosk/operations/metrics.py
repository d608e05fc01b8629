"""Figures of the kiosk: counters, gauges and histograms of one process, and those of several workers together.

No library: `prometheus-client` 0.26 joins processes by files that it maps into memory, in a folder that an environment
variable names before the import, one set for each process that ever ran, and keeps its registry as a module's global;
its import takes 100 ms of a worker's start. A worker here sends a snapshot over the pipe that it has with its parent.
"""

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

Kind = Literal["counter", "gauge", "histogram"]
Labels = tuple[str, ...]
Values = tuple[float, ...]
"""One value; or, of a histogram, how many fell into each bucket and beyond the last one, and then their sum."""
Snapshot = Mapping[str, Mapping[Labels, Values]]
"""The values of each family by the values of its labels."""

MOST_SERIES: Final = 500
"""Series of one family; what comes from visitors (a briefing's id) must not grow without an end."""
OTHER: Final = "other"
"""The labels of the series that takes what has no room."""
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.0, 2.5, 5.0, 10.0, 20.0)
"""Bounds in seconds; among them those that the kiosk is held to (10, 40 and 80 ms for a key, 600 for the last)."""


class Family(NamedTuple):
    """A figure with a name, and what parts it into series."""

    name: str
    kind: Kind
    words: str
    labels: Labels = ()
    bounds: tuple[float, ...] = ()
    """Upper bounds of a histogram's buckets, each counting what is equal to it too; the last has none."""
    opt_in: bool = False
    """Whether it tells what is read, and is there only where the operator asked for it."""
    starts_at_0: bool = True
    """Whether it is 0 where nobody has told anything yet; else it is not there."""


FAMILIES: Final = (
    Family("briefing_kiosk_version_info", "gauge", "The version of the program; the value is 1.", ("version",)),
    *(
        Family(f"briefing_kiosk_{name}", "gauge", words, starts_at_0=False)
        for name, words in (
            ("start_time_seconds", "When the kiosk was started, in seconds since 1970."),
            ("briefings", "Briefings of the library."),
            ("broken_briefings", "Those of them whose file is broken now."),
            ("edition_age_seconds", "Since the newest briefing's file was written; NaN where there is none."),
            ("away_folders", "Content folders that are away."),
        )
    ),
    Family("briefing_kiosk_visits_total", "counter", "Visits that began, by how they came in.", ("way",)),
    Family("briefing_kiosk_refusals_total", "counter", "Connections and requests refused, by reason.", ("reason",)),
    Family("briefing_kiosk_failed_logins_total", "counter", "Logins that failed, by method.", ("method",)),
    Family(
        "briefing_kiosk_checks_total",
        "counter",
        "Connections that only looked: a balancer's own (local, connect), and others closed after the banner.",
        ("kind",),
    ),
    Family("briefing_kiosk_ended_total", "counter", "Visits that ended, by reason.", ("reason",)),
    Family("briefing_kiosk_active_visits", "gauge", "Visits that are on."),
    Family("briefing_kiosk_connections", "gauge", "Connections that are open, logged in or not."),
    Family("briefing_kiosk_handshake_seconds", "histogram", "From the connection to the login.", (), _SECONDS),
    Family("briefing_kiosk_start_seconds", "histogram", "From the shell to the first frame.", (), _SECONDS),
    Family("briefing_kiosk_repaint_seconds", "histogram", "From a key to its repaint.", (), _SECONDS),
    Family("briefing_kiosk_keys_total", "counter", "Keys that visitors pressed."),
    Family("briefing_kiosk_bytes_total", "counter", "Bytes of sessions, by direction.", ("direction",)),
    Family("briefing_kiosk_faults_total", "counter", "Visits that a fault in the program ended."),
    Family(
        "briefing_kiosk_memory_bytes",
        "gauge",
        "Memory of each process that is its own; a worker's search has its number too.",
        ("process",),
    ),
    Family(
        "briefing_kiosk_tasks",
        "gauge",
        "Tasks of asyncio that each worker has, for its visits and its own.",
        ("process",),
    ),
    Family("briefing_kiosk_worker_restarts_total", "counter", "Workers that died and were replaced."),
    Family("briefing_kiosk_search_restarts_total", "counter", "Search processes that failed and were replaced."),
    Family("briefing_kiosk_reloads_total", "counter", "Changes of content and configuration, by result.", ("result",)),
    Family("briefing_kiosk_removed_total", "counter", "Briefings that were removed from the library."),
    Family("briefing_kiosk_read_total", "counter", "Briefings that were opened.", ("briefing",), opt_in=True),
    Family(
        "briefing_kiosk_searches_total", "counter", "Searches, by whether they found anything.", ("found",), opt_in=True
    ),
)


class Metrics:
    """The figures of one process."""

    def __init__(self, families: Iterable[Family] = FAMILIES, *, reading: bool = False) -> None:
        """Begin at nothing.

        Args:
            families: what is counted.
            reading: whether what is read and searched is counted too.
        """
        self._families = {family.name: family for family in families if reading or not family.opt_in}
        self._unasked = frozenset(family.name for family in families if family.opt_in) - self._families.keys()
        self._values: dict[str, dict[Labels, list[float]]] = {name: {} for name in self._families}

    def count(self, name: str, *labels: str, by: float = 1) -> None:
        """Add to a counter.

        Raises:
            ValueError: less than nothing was to be added.
        """
        if by < 0:
            raise ValueError(f"{name} cannot go down")
        if series := self._series(name, "counter", labels):
            series[0] += by

    def set(self, name: str, value: float, *labels: str) -> None:
        """Set a gauge."""
        if series := self._series(name, "gauge", labels):
            series[0] = value

    def add(self, name: str, value: float, *labels: str) -> None:
        """Add to a gauge, or take away from it."""
        if series := self._series(name, "gauge", labels):
            series[0] += value

    def observe(self, name: str, value: float, *labels: str) -> None:
        """Put a value into a histogram."""
        if series := self._series(name, "histogram", labels):
            series[bisect_left(self._families[name].bounds, value)] += 1
            series[-1] += value

    def snapshot(self) -> Snapshot:
        """Give all values as they are now."""
        return {
            name: {labels: tuple(values) for labels, values in series.items()} for name, series in self._values.items()
        }

    def _series(self, name: str, kind: Kind, labels: Labels) -> list[float] | None:
        """Give the values of a series to be changed; none of what the operator does not want counted.

        Raises:
            KeyError: there is no such figure of this kind with so many labels.
        """
        if name in self._unasked:
            return None
        family = self._families[name]
        if family.kind != kind or len(family.labels) != len(labels):
            raise KeyError(name)
        series = self._values[name]
        if labels not in series and len(series) >= MOST_SERIES:
            labels = (OTHER,) * len(labels)
        return series.setdefault(labels, [0.0] * _width(family))


class Gathered:
    """The figures of all processes; those of a worker that died stay in the sums, since a counter never goes down."""

    def __init__(self, families: Iterable[Family] = FAMILIES) -> None:
        self._families = tuple(families)
        self._living: dict[str, Snapshot] = {}
        self._before: Snapshot = {}

    def update(self, process: str, snapshot: Snapshot) -> None:
        """Take the newest figures of a process in place of its last ones."""
        self._living[process] = snapshot

    def retire(self, process: str) -> None:
        """Keep what a process counted, and forget its gauges, since it is no more."""
        last = self._living.pop(process, {})
        counted = {family.name for family in self._families if family.kind != "gauge"}
        kept = {name: series for name, series in last.items() if name in counted}
        self._before = merged([self._before, kept])

    def snapshot(self) -> Snapshot:
        """Give the sums."""
        return merged([self._before, *self._living.values()])


def merged(snapshots: Iterable[Snapshot]) -> Snapshot:
    """Add the values of several processes, series by series; gauges too, of which each process has its share."""
    sums: dict[str, dict[Labels, Values]] = {}
    for snapshot in snapshots:
        for name, series in snapshot.items():
            into = sums.setdefault(name, {})
            for labels, values in series.items():
                pairs = itertools.zip_longest(into.get(labels, ()), values, fillvalue=0.0)
                into[labels] = tuple(one + other for one, other in pairs)
    return sums


def quantile(part: float, bounds: Sequence[float], values: Values) -> float | None:
    """Estimate a quantile of a histogram, straight between the bounds of its bucket, as Prometheus does.

    Returns:
        None where there is nothing in it; the last bound where the value is beyond it.
    """
    counts = values[:-1]
    rank, below, lower = part * sum(counts), 0.0, 0.0
    if not sum(counts):
        return None
    for upper, count in zip(bounds, counts, strict=False):
        if count and below + count >= rank:
            return lower + (upper - lower) * (rank - below) / count
        below, lower = below + count, upper
    return bounds[-1]


def to_wire(snapshot: Snapshot) -> dict[str, list[list[list[str] | list[float]]]]:
    """Give a snapshot as JSON can carry it."""
    return {
        name: [[list(labels), list(values)] for labels, values in series.items()] for name, series in snapshot.items()
    }


def from_wire(wire: Mapping[str, Sequence[Sequence[Sequence[str] | Sequence[float]]]]) -> Snapshot:
    """Read what `to_wire` wrote."""
    return MappingProxyType(
        {
            name: {tuple(map(str, labels)): tuple(map(float, values)) for labels, values in series}
            for name, series in wire.items()
        }
    )


def _width(family: Family) -> int:
    return len(family.bounds) + 2 if family.kind == "histogram" else 1
