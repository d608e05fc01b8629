"""Traversal of a briefing, as models or as plain TOML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from tui.briefing.entry import Entry
from tui.briefing.fields import Citation
from tui.briefing.kinds import KINDS, TABLES
from tui.briefing.model import Briefing
from tui.briefing.problems import KeyPath
from tui.briefing.source import Entity

_DEEPEST: Final = 12
"""The longest key path within which ids and prose are looked for; the format needs seven."""
_HOLDING: Final = frozenset({dict, list})
"""The types of TOML that hold other values."""


class Place(NamedTuple):
    """An entry with its key path."""

    path: KeyPath
    entry: Entry

    @property
    def table(self) -> str:
        """The name of its table, such as ``claim``."""
        return str(self.path[0])


class Cited(NamedTuple):
    """A footnote with its key path and its holder."""

    path: KeyPath
    citation: Citation
    holder: Entry | Entity


def entries(briefing: Briefing) -> Iterator[Place]:
    """Go through all entries in reading order."""
    for kind in KINDS:
        for index, entry in enumerate(briefing.of_kind(kind)):
            yield Place((kind, index), entry)


def citations(briefing: Briefing) -> Iterator[Cited]:
    """Iterate over all footnotes of the entries, then of the entities."""
    holders: list[tuple[KeyPath, Entry | Entity]] = list(entries(briefing))
    holders += [(("entity", index), entity) for index, entity in enumerate(briefing.entity)]
    for path, holder in holders:
        for below, citation in holder.cited():
            yield Cited((*path, *below), citation, holder)


@dataclass(frozen=True)
class Row:
    """One table of an array of tables, such as the fourth claim."""

    table: str
    place: int
    values: Mapping[str, Any]

    def path(self, *rest: str | int) -> KeyPath:
        """Return the key path of a value of the table."""
        return (self.table, self.place, *rest)

    @cached_property
    def tables(self) -> tuple[tuple[KeyPath, Mapping[str, Any]], ...]:
        """The table and all tables within, each with its key path."""
        found: list[tuple[KeyPath, Mapping[str, Any]]] = []
        waiting: list[tuple[KeyPath, Any]] = [(self.path(), self.values)]
        while waiting:
            path, value = waiting.pop()
            if isinstance(value, dict):
                found.append((path, value))
                inner: list[tuple[KeyPath, Any]] = []
                for key, item in value.items():
                    if type(item) is dict:
                        inner.append(((*path, key), item))
                    elif type(item) is list and not _HOLDING.isdisjoint(map(type, item)):  # most hold strings alone
                        inner += [((*path, key, at), one) for at, one in enumerate(item) if type(one) in _HOLDING]
            else:
                items = enumerate(value if len(path) < _DEEPEST else ())
                inner = [((*path, at), one) for at, one in items if type(one) in _HOLDING]
            if inner:
                waiting += reversed(inner)
        return tuple(found)


def rows_of(data: Mapping[str, Any]) -> Iterator[Row]:
    """Return every source, entity and entry of a briefing's TOML."""
    for table in TABLES:
        tables = data.get(table)
        if isinstance(tables, list):
            for index, values in enumerate(tables):
                if isinstance(values, Mapping):
                    yield Row(table, index, values)


def unnamed_tables(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    """Return the header and the revisions, which have no id to name."""
    header, revisions = data.get("briefing"), data.get("revision")
    if isinstance(header, Mapping):
        yield ("briefing",), header
    for index, values in enumerate(revisions if isinstance(revisions, list) else ()):
        if isinstance(values, Mapping):
            yield ("revision", index), values
