"""Missing ids, each reported once."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from tui.briefing.naming import NAMING_A_SOURCE, PROSE_KEYS, link_targets
from tui.briefing.nearest import nearest
from tui.briefing.problems import Fault, KeyPath
from tui.briefing.traversal import Row


def _counts(data: object) -> Counter[str]:
    """Count the strings of a document, without keys. Nothing names an id that occurs once."""
    counts: Counter[str] = Counter()
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            counts[value] += 1
            counts.update(link_targets(value))
        elif isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return counts


def _ids(rows: Iterable[Row]) -> dict[str, KeyPath]:
    return {row.values["id"]: row.path("id") for row in rows if isinstance(row.values.get("id"), str)}


def once_each(
    dangling: list[Fault], rows: Iterable[Row], data: Mapping[str, Any], unread: list[str], now: Container[str]
) -> Iterator[Fault]:
    """Report each missing id once, at the first mention or misspelt id."""
    ids = _ids(rows) if dangling else {}
    by_id: dict[str, list[Fault]] = {}
    for fault in dangling:
        by_id.setdefault(fault.missing, []).append(fault)
    explained = _explained(by_id, unread)
    by_id = {missing: faults for missing, faults in by_id.items() if missing in now or missing not in explained}
    named = _counts(data) if by_id else {}
    for missing, (first, *others) in by_id.items():
        near = (
            nearest(missing, [name for name in ids if named.get(name, 0) <= 1])
            if others and missing not in now
            else None
        )
        paths = tuple(fault.path for fault in (first, *others))
        if near:
            message = f"nothing names the id {near!r}, and {missing!r} is named {len(paths):,} times and is not there"
            yield Fault(ids[near], message, f"did you mean {missing!r}?", also=paths)
        else:
            yield first._replace(also=paths[1:])


def _explained(by_id: Mapping[str, list[Fault]], unread: list[str]) -> set[str]:
    """Return the missing ids that tables with unreadable ids may have."""
    wanted = {missing: {_kind_named(fault.path) for fault in faults} - {""} for missing, faults in by_id.items()}
    explained: set[str] = set()
    for kinds in ({"source"}, {"entry"}, set[str]()):
        alike = [missing for missing, named in wanted.items() if named == kinds]
        fitting = [kind for kind in unread if not kind or not kinds or (kinds == {"source"}) == (kind == "source")]
        if len(alike) <= len(fitting):
            explained.update(alike)
    return explained


def _kind_named(path: KeyPath) -> str:
    """Return the kind that a key names; empty for source or entry."""
    key = path[-1]
    return "" if key in PROSE_KEYS else "source" if key in NAMING_A_SOURCE else "entry"
