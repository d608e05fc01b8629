"""Mentions of an id in a briefing: in keys, links and addresses."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from tui.briefing import prose
from tui.briefing.naming import NAMING, NAMING_POSITIONS, PROSE_KEYS, named_ids
from tui.briefing.problems import KeyPath
from tui.briefing.traversal import rows_of, unnamed_tables

_IDS_OR_WORDS: Final = ("by", "who", "actor")
"""Keys that name an entity, or hold words."""
_ORIGINS: Final = frozenset({"source", "entity", "origin"})
"""The kinds of table whose ids may be origins."""
_REASON: Final = "ignore_why"


class Mention(NamedTuple):
    """Characters of a string in a TOML that are an id."""

    path: KeyPath
    start: int
    end: int


def mentions(data: Mapping[str, Any], name: str) -> Iterator[Mention]:
    """Find the mentions of an id in a briefing, without its definition.

    Args:
        data: the TOML, which loads.
        name: the id.
    """
    kind = next((row.table for row in rows_of(data) if row.values.get("id") == name), "")
    for path, value in _naming(data, kind):
        if value == name:
            yield Mention(path, 0, len(name))
    for path, value in _prose(data):
        yield from (Mention(path, *span) for span in prose.link_targets(value) if value[slice(*span)] == name)


def position_mentions(data: Mapping[str, Any], question: str, position: str) -> Iterator[Mention]:
    """Find the mentions of a position in a briefing, without its definition.

    Args:
        data: the TOML, which loads.
        question: the id of its question.
        position: its id within the question.
    """
    answer = f"{question}#{position}"
    for row in rows_of(data):
        if row.values.get("answers") == answer:
            yield Mention(row.path("answers"), len(question) + 1, len(answer))
        evidence = row.values.get("evidence", ()) if row.values["id"] == question else ()
        for index, bearing in enumerate(evidence):
            for key in NAMING_POSITIONS:
                named = named_ids(bearing.get(key), row.path("evidence", index, key))
                yield from (Mention(path, 0, len(position)) for path, name in named if name == position)


def addresses(data: Mapping[str, Any], briefing: str, name: str = "") -> Iterator[Mention]:
    """Find the addresses of an entry in prose, such as `pond#seven`.

    Args:
        data: the TOML of any briefing.
        briefing: the id of the briefing that is meant.
        name: the id of what in it is meant; empty where the briefing's own id is looked for, before any other.
    """
    around = rf"(?<![\w#/.-]){re.escape(briefing)}"
    wanted = re.compile(rf"{around}#({re.escape(name)})(?![\w-])" if name else rf"({around})(?=#[a-z0-9])")
    for path, value in _prose(data):
        for match in wanted.finditer(value) if briefing in value else ():
            yield Mention(path, *match.span(1))


def _naming(data: Mapping[str, Any], kind: str) -> Iterator[tuple[KeyPath, str]]:
    """Find the values that may be the id of a kind."""
    keys = {*NAMING, *(_IDS_OR_WORDS if kind == "entity" else ()), *(("origin",) if kind in _ORIGINS else ())}
    for row in rows_of(data):
        for path, table in row.tables:
            for key in keys.intersection(table) - (NAMING_POSITIONS if row.table == "question" else set()):
                yield from named_ids(table[key], (*path, key))


def _prose(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Find every text that is prose."""
    for path, holder in (*unnamed_tables(data), *(found for row in rows_of(data) for found in row.tables)):
        for key in (*PROSE_KEYS, _REASON):
            if isinstance(value := holder.get(key), str) and path[-1] != "quantity":
                yield (*path, key), value
