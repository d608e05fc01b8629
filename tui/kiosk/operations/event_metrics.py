"""From events of the log to figures: whatever is told is counted in one place, so that neither knows less."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple

from tui.kiosk.operations.metrics import Metrics
from tui.library.catalogue import Catalogue

Facts = Mapping[str, str | int | float]
_BY: Final[Mapping[str, tuple[str, str]]] = {
    "told": ("visits", ""),
    "left": ("ended", "reason"),
    "turned-away": ("refusals", "reason"),
    "unserved": ("refusals", "reason"),
    "refused": ("refusals", "request"),
    "login-failed": ("failed_logins", "method"),
    "check": ("checks", "kind"),
    "changed": ("reloads", ""),
    "unchanged": ("reloads", ""),
    "reloaded": ("reloads", ""),
    "broken": ("reloads", ""),
}
"""What is counted of an event, and the fact that parts it; where none does, the event itself does."""
_ALONE: Final = {
    "fault": "faults",
    "worker-died": "worker_restarts",
    "search-died": "search_restarts",
    "removed": "removed",
}
_LEVELS: Final = {"content-away": ("away_folders", 1), "content-back": ("away_folders", -1)}
"""Gauges that an event moves, and by how much."""
_BYTES: Final = {"came": "in", "went": "out"}


def count_event(metrics: Metrics, event: str, facts: Facts) -> None:
    """Count an event of the log."""
    if event in _BY:
        name, fact = _BY[event]
        metrics.count(f"briefing_kiosk_{name}_total", str(facts.get(fact, "")) if fact else event)
    elif event in _ALONE:
        metrics.count(f"briefing_kiosk_{_ALONE[event]}_total")
    elif event in _LEVELS:
        name, by = _LEVELS[event]
        metrics.add(f"briefing_kiosk_{name}", by)
    elif event == "visit":
        metrics.count("briefing_kiosk_visits_total", "key" if facts.get("key") else "open")
    for fact, direction in _BYTES.items():
        if fact in facts:
            metrics.count("briefing_kiosk_bytes_total", direction, by=float(facts[fact]))


class Content(NamedTuple):
    """The library in figures."""

    briefings: int
    broken: int
    newest: float | None
    """When the newest briefing's file was written, in seconds since 1970; None without a briefing."""


def content_of(catalogue: Catalogue) -> Content:
    """Count what the library holds; asks its database."""
    return Content(catalogue.count(), len(catalogue.broken()), catalogue.newest())


def count_content(metrics: Metrics, content: Content, now: float) -> None:
    """Set what the library is at a moment, in seconds since 1970."""
    age = math.nan if content.newest is None else max(0.0, now - content.newest)
    metrics.set("briefing_kiosk_briefings", content.briefings)
    metrics.set("briefing_kiosk_broken_briefings", content.broken)
    metrics.set("briefing_kiosk_edition_age_seconds", age)
    metrics.add("briefing_kiosk_away_folders", 0)  # there is none until the log says so


def own_memory(process: int | Literal["self"] = "self") -> float:
    """Give the bytes that a process has for itself; 0 where the system does not tell, or it is gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return 0.0
    sizes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return 1024.0 * (sizes.get("Private_Clean", 0) + sizes.get("Private_Dirty", 0))
