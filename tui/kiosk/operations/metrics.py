"""Metrics of the kiosk, of one process and of all workers.

A worker sends a snapshot to its parent, which alone writes the text for Prometheus. `prometheus-client` 0.26 would join
processes by files that it maps into memory, in a folder that an environment variable names before the import, one set for
each process that ever ran; and its import takes 100 ms of a worker's start.
"""

import itertools
import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from tui.library.catalogue import Catalogue

Kind = Literal["counter", "gauge", "histogram"]
Labels = tuple[str, ...]
Values = tuple[float, ...]
"""One value; or, of a histogram, the number in each bucket and beyond the last one, and then the sum."""
Snapshot = Mapping[str, Mapping[Labels, Values]]
"""The values of each family by the values of its labels."""
Facts = Mapping[str, str | int | float]
"""The facts of an event of the log."""
Feed = Callable[[str, Facts], Iterable[tuple[Labels, float]]]
"""From an event of the log and its facts to labels, and how much to add to their series."""

MOST_SERIES: Final = 500
"""Series of one family; a label that visitors choose, as a briefing's id, must not grow without an end."""
OTHER: Final = "other"
"""The labels of the series that counts for all beyond the bound."""
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.0, 2.5, 5.0, 10.0, 20.0)
"""Bounds in seconds, among them the kiosk's own: 10, 40 and 80 ms for a key."""


class Family(NamedTuple):
    """A metric, as a row of the table."""

    name: str
    kind: Kind
    words: str
    labels: Labels = ()
    bounds: tuple[float, ...] = ()
    """Upper bounds of a histogram's buckets, each included; the last bucket has none."""
    feeds: Mapping[str, Feed] = {}
    """The events of the log that feed it; other metrics are set by the program."""
    opt_in: bool = False
    """Whether readings are counted, and therefore only where the operator asked for the metric."""
    starts_at_0: bool = True
    """Whether the metric is 0 before its first value, or absent."""


def _one(_event: str, _facts: Facts) -> list[tuple[Labels, float]]:
    return [((), 1)]


def _by_event(event: str, _facts: Facts) -> list[tuple[Labels, float]]:
    return [((event,), 1)]


def _by(fact: str) -> Feed:
    return lambda _event, facts: [((str(facts.get(fact, "")),), 1)]


def _by_key(_event: str, facts: Facts) -> list[tuple[Labels, float]]:
    return [(("key" if facts.get("key") else "open",), 1)]


def _by_direction(_event: str, facts: Facts) -> list[tuple[Labels, float]]:
    return [((direction,), float(facts.get(fact, 0))) for direction, fact in (("in", "came"), ("out", "went"))]


def _by_changes(_event: str, facts: Facts) -> list[tuple[Labels, float]]:
    return [((str(facts.get("reason", "")),), float(facts.get("changes", 0)))]


def _family(name: str, kind: Kind, words: str, *labels: str, **more: object) -> Family:
    return Family(f"briefing_kiosk_{name}", kind, words, labels, **more)  # type: ignore[arg-type]  # one table alone calls it


FAMILIES: Final = (
    _family("version_info", "gauge", "The version of the program; the value is 1.", "version"),
    _family("start_time_seconds", "gauge", "The start of the kiosk, in seconds since 1970.", starts_at_0=False),
    _family("briefings", "gauge", "Briefings of the library.", starts_at_0=False),
    _family("broken_briefings", "gauge", "Briefings of the library whose file is broken.", starts_at_0=False),
    _family(
        "edition_age_seconds", "gauge", "Seconds since the newest briefing's file was written; NaN without a briefing.",
        starts_at_0=False,
    ),
    _family(
        "away_folders", "gauge", "Content folders that cannot be read.", starts_at_0=False,
        feeds={"content-away": lambda _event, _facts: [((), 1)], "content-back": lambda _event, _facts: [((), -1)]},
    ),
    _family(
        "visits_total", "counter", "Visits that began: with a key, without one, or for a command.", "way",
        feeds={"visit": _by_key, "exec": _by_event},
    ),
    _family(
        "refusals_total", "counter", "Connections and requests refused, by reason.", "reason",
        feeds={"turned-away": _by("reason"), "unserved": _by("reason"), "refused": _by("request")},
    ),
    _family(
        "failed_logins_total", "counter", "Logins that failed, by method.", "method",
        feeds={"login-failed": _by("method")},
    ),
    _family(
        "checks_total", "counter",
        "Connections without a visit: a balancer's checks (local, connect), and others closed after the banner.", "kind",
        feeds={"check": _by("kind")},
    ),
    _family("ended_total", "counter", "Visits that ended, by reason.", "reason", feeds={"left": _by("reason")}),
    _family("active_visits", "gauge", "Open visits on a screen."),
    _family("connections", "gauge", "Open connections, logged in or not."),
    _family("handshake_seconds", "histogram", "Seconds from the connection to the login.", bounds=_SECONDS),
    _family("start_seconds", "histogram", "Seconds from the request of a shell to the first frame.", bounds=_SECONDS),
    _family("repaint_seconds", "histogram", "Seconds from a key to its repaint.", bounds=_SECONDS),
    _family("keys_total", "counter", "Keys that visitors pressed."),
    _family(
        "bytes_total", "counter", "Bytes of sessions, by direction.", "direction", feeds={"left": _by_direction}
    ),
    _family("predecessors", "gauge", "Old versions of which visits still run."),
    _family("faults_total", "counter", "Visits that a fault in the program ended.", feeds={"fault": _one}),
    _family(
        "memory_bytes", "gauge", "Private bytes of each process; a worker's search process has the worker's number.",
        "process",
    ),
    _family("tasks", "gauge", "Tasks of asyncio in each worker.", "process"),
    _family(
        "worker_restarts_total", "counter", "Workers that died and were replaced.", feeds={"worker-died": _one}
    ),
    _family(
        "search_restarts_total", "counter", "Search processes that failed and were replaced.",
        feeds={"search-died": _one},
    ),
    _family(
        "reloads_total", "counter", "Changes of content and configuration, by result.", "result",
        feeds=dict.fromkeys(("changed", "unchanged", "reloaded", "broken"), _by_event),
    ),
    _family(
        "removed_total", "counter", "Briefings that were removed from the library.", feeds={"removed": _one}
    ),
    _family(
        "unwritten_total", "counter", "Changes of visitors' states that could not be written, by SQLite's reason.",
        "reason", feeds={"unwritten": _by_changes},
    ),
    _family(
        "unsent_states", "gauge", "Visitors' states with changes that the hosts' database has not yet.", starts_at_0=False
    ),
    _family(
        "fleet_losses_total", "counter", "Times that the hosts' database was lost.", feeds={"fleet-away": _one}
    ),
    _family("read_total", "counter", "Briefings that were opened.", "briefing", opt_in=True),
    _family("searches_total", "counter", "Searches, by whether they found anything.", "found", opt_in=True),
)  # fmt: skip


class Metrics:
    """The metrics of one process."""

    def __init__(self, families: Iterable[Family] = FAMILIES, *, reading: bool = False) -> None:
        """Begin at nothing.

        Args:
            families: the metrics.
            reading: whether readings and searches are counted too.
        """
        families = tuple(families)
        self._families = {family.name: family for family in families if reading or not family.opt_in}
        self._unasked = frozenset(family.name for family in families) - self._families.keys()
        self._values: dict[str, dict[Labels, list[float]]] = {name: {} for name in self._families}

    def feed(self, event: str, facts: Facts) -> None:
        """Count an event of the log in all metrics that it feeds."""
        for family in self._families.values():
            if feed := family.feeds.get(event):
                for labels, amount in feed(event, facts):
                    (self.add if family.kind == "gauge" else self.count)(family.name, *labels, by=amount)

    def count(self, name: str, *labels: str, by: float = 1) -> None:
        """Add to a counter.

        Raises:
            ValueError: the amount is negative.
        """
        if by < 0:
            raise ValueError(f"{name} cannot go down")
        if series := self._series(name, "counter", labels):
            series[0] += by

    def set(self, name: str, value: float, *labels: str) -> None:
        """Set a gauge."""
        if series := self._series(name, "gauge", labels):
            series[0] = value

    def add(self, name: str, *labels: str, by: float) -> None:
        """Add to a gauge, or subtract from it."""
        if series := self._series(name, "gauge", labels):
            series[0] += by

    def observe(self, name: str, value: float, *labels: str) -> None:
        """Add a value to a histogram."""
        if series := self._series(name, "histogram", labels):
            series[bisect_left(self._families[name].bounds, value)] += 1
            series[-1] += value

    def set_content(self, content: "Content", now: float) -> None:
        """Set the gauges of the library at a moment, in seconds."""
        age = math.nan if content.newest is None else max(0.0, now - content.newest)
        self.set("briefing_kiosk_briefings", content.briefings)
        self.set("briefing_kiosk_broken_briefings", content.broken)
        self.set("briefing_kiosk_edition_age_seconds", age)
        self.add("briefing_kiosk_away_folders", by=0)  # there is none until the log says so

    def snapshot(self) -> Snapshot:
        """Return all values as they are now."""
        return {
            name: {labels: tuple(values) for labels, values in series.items()} for name, series in self._values.items()
        }

    def _series(self, name: str, kind: Kind, labels: Labels) -> list[float] | None:
        """Return the values of a series, to be changed. None if the operator does not want it.

        Raises:
            KeyError: there is no such metric of this kind with so many labels.
        """
        if name in self._unasked:
            return None
        family = self._families[name]
        if family.kind != kind or len(family.labels) != len(labels):
            raise KeyError(name)
        series = self._values[name]
        if labels not in series and len(series) >= MOST_SERIES:
            labels = (OTHER,) * len(labels)
        return series.setdefault(labels, [0.0] * (len(family.bounds) + 2 if family.kind == "histogram" else 1))


class Content(NamedTuple):
    """The library in figures."""

    briefings: int
    broken: int
    newest: float | None
    """When the newest briefing's file was written, in seconds since 1970; None without a briefing."""


def content_of(catalogue: Catalogue) -> Content:
    """Count the briefings of the library; asks its database."""
    return Content(catalogue.count(), len(catalogue.broken()), catalogue.newest())


class Gathered:
    """The metrics of all processes. Counters of ended workers stay in the sums."""

    def __init__(self, families: Iterable[Family] = FAMILIES) -> None:
        self._families = tuple(families)
        self._living: dict[str, Snapshot] = {}
        self._before: Snapshot = {}

    def update(self, process: str, snapshot: Snapshot) -> None:
        """Replace the metrics of a process by newer ones."""
        self._living[process] = snapshot

    def retire(self, process: str) -> None:
        """Keep the counters of an ended process, and drop its gauges."""
        last = self._living.pop(process, {})
        counted = {family.name for family in self._families if family.kind != "gauge"}
        kept = {name: series for name, series in last.items() if name in counted}
        self._before = merged([self._before, kept])

    def snapshot(self) -> Snapshot:
        """Return the sums."""
        return merged([self._before, *self._living.values()])


def merged(snapshots: Iterable[Snapshot]) -> Snapshot:
    """Add the values of several processes, series by series. Gauges too, of which each process has its share."""
    sums: dict[str, dict[Labels, Values]] = {}
    for snapshot in snapshots:
        for name, series in snapshot.items():
            into = sums.setdefault(name, {})
            for labels, values in series.items():
                pairs = itertools.zip_longest(into.get(labels, ()), values, fillvalue=0.0)
                into[labels] = tuple(one + other for one, other in pairs)
    return sums


def quantile(part: float, bounds: Sequence[float], values: Values) -> float | None:
    """Estimate a quantile of a histogram, as Prometheus does.

    Returns:
        None for an empty histogram; the last bound where the value is beyond it.
    """
    counts = values[:-1]
    rank, below, lower = part * sum(counts), 0.0, 0.0
    if not sum(counts):
        return None
    for upper, count in zip(bounds, counts, strict=False):
        if count and below + count >= rank:
            return min(upper, lower + (upper - lower) * (rank - below) / count)
        below, lower = below + count, upper
    return bounds[-1]
