"""The released formats, and the keys that belong to one format alone."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tui.briefing.entry import RELATIONS
from tui.briefing.kinds import KINDS
from tui.briefing.problems import Fault, KeyPath
from tui.briefing.source import CSL
from tui.briefing.traversal import inner_tables, rows_of

FORMATS: Final = (1, 2)
"""The formats that the loader reads, the newest last."""
NEWEST: Final = FORMATS[-1]
_FROM_2: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset({"judgment", "indicator", "origin", "revision"}),
    "briefing": frozenset({"information_cutoff", "status", "from", "until"}),
    "source": frozenset({"republish", *CSL}),
    "entity": frozenset({"party", "reliability"}),
    "quantity": frozenset({"words"}),
    **dict.fromkeys(KINDS, frozenset({"short", "note"})),
    **dict.fromkeys(RELATIONS, frozenset({"stated", "kind"})),
    "question": frozenset({"short", "note", "key", "positions", "evidence", "settled_by"}),
}
"""The keys that format 2 brought, by the name of their table."""
_ONLY_1: Final[Mapping[tuple[str, str], str]] = {
    **{(name, "assess"): "write it as a [[judgment]]" for name, kind in KINDS.items() if kind.may_say("assess")},
    ("view", "credibility"): "delete it: a view is neither true nor false",
    ("quantity", "note"): "call it 'words'",
}
"""The keys that format 2 refuses, by table and key, each with the remedy."""
_MIGRATE: Final = "`briefing check --fix --to-format 2`"


def keys_of_other_formats(version: object, table: str) -> frozenset[str]:
    """Return the keys of a table that only other formats have.

    Args:
        version: the format that a file names, which may be anything.
        table: the name of the table, such as `claim`; empty for the whole file.
    """
    if version == 1:
        return _FROM_2.get(table, frozenset())
    return frozenset(key for name, key in _ONLY_1 if name == table)


def format_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Find keys that do not belong to the format of a file."""
    version = data.get("format")
    if version not in FORMATS:
        return
    header = data.get("briefing")
    top: list[tuple[KeyPath, Mapping[str, Any]]] = [((), data)]
    if isinstance(header, Mapping):
        top.append((("briefing",), header))
    tables = [*top, *(found for row in rows_of(data) for found in inner_tables(row))]
    for path, table in tables:
        name = next((key for key in reversed(path) if isinstance(key, str)), "")
        for key in sorted(keys_of_other_formats(version, name) & table.keys()):
            if version == 1:
                message = f"the key {key!r} belongs to format 2"
                yield Fault((*path, key), message, f"write format = 2; {_MIGRATE} rewrites the file")
            else:
                remedy = f"{_ONLY_1[name, key]}; {_MIGRATE} rewrites the file"
                yield Fault((*path, key), f"format 2 has no {key!r} here", remedy)
