"""The released formats, and the keys that belong to one format alone."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from tui.briefing.entry import RELATIONS
from tui.briefing.kinds import KINDS
from tui.briefing.problems import Fault, KeyPath
from tui.briefing.source import CSL
from tui.briefing.traversal import Row, unnamed_tables

FORMATS: Final = (1, 2)
"""The formats that the loader reads, the newest last."""
NEWEST: Final = FORMATS[-1]
_FROM_2: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset({"judgment", "indicator", "origin", "revision"}),
    "briefing": frozenset({"information_cutoff", "status", "from", "until"}),
    "source": frozenset({"note", "republish", *CSL}),
    "entity": frozenset({"short", "party", "reliability"}),
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
_NOT_IN_2: Final = {table: frozenset(key for name, key in _ONLY_1 if name == table) for table, _ in _ONLY_1}
_MIGRATE: Final = "`briefing check --fix --to-format 2`"


def keys_of_other_formats(version: object, table: str) -> frozenset[str]:
    """Return the keys of a table that only other formats have.

    Args:
        version: the format that a file names, which may be anything.
        table: the name of the table, such as `claim`; empty for the whole file.
    """
    return (_FROM_2 if version == 1 else _NOT_IN_2).get(table, frozenset())


def format_faults(data: Mapping[str, Any], rows: Iterable[Row]) -> Iterator[Fault]:
    """Find keys that do not belong to the format of a file. A wrong number of the format is one fault.

    Args:
        data: the parsed TOML.
        rows: its tables.
    """
    version = data.get("format")
    if type(version) is not int or version not in FORMATS:  # true is equal to 1
        return
    tables: list[tuple[KeyPath, Mapping[str, Any]]] = [*unnamed_tables(data)]
    tables += [*(found for row in rows for found in row.tables), ((), data)]
    found = _of_other_formats(version, tables)
    if not found:
        return
    first, *others = found
    if version == 1:
        message = f"the key {str(first[-1])!r} belongs to format 2"
        yield Fault(first, message, "write format = 2", also=tuple(others))
    elif others and not _of_other_formats(1, tables):
        message = f"format 2 has no {str(first[-1])!r} here"
        yield Fault(first, message, f"write format = 1 and run {_MIGRATE}", also=tuple(others))
    else:
        for path in found:
            remedy = _ONLY_1[_name_of(path[:-1]), str(path[-1])]
            yield Fault(path, f"format 2 has no {str(path[-1])!r} here", remedy)


def _of_other_formats(version: int, tables: Iterable[tuple[KeyPath, Mapping[str, Any]]]) -> list[KeyPath]:
    """Return the key paths of the keys that only other formats have."""
    by_name = _FROM_2 if version == 1 else _NOT_IN_2
    every = frozenset().union(*by_name.values())  # most tables have none of them
    return [
        (*path, key)
        for path, table in tables
        if not every.isdisjoint(table)
        if (others := by_name.get(_name_of(path))) and not others.isdisjoint(table)
        for key in filter(others.__contains__, table)
    ]


def _name_of(path: KeyPath) -> str:
    """Return the name of the table at a key path. The whole file has none."""
    for key in reversed(path):
        if isinstance(key, str):
            return key
    return ""
