"""Mentions of an id in a briefing: in keys, links and addresses."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from tui.briefing import prose
from tui.briefing.model import RELATIONS
from tui.briefing.problems import KeyPath
from tui.briefing.references import PROSE_KEYS
from tui.briefing.traversal import rows_of

_ONLY_IDS: Final = ("cited_in", "via")
_IDS_OR_WORDS: Final = ("by", "who", "actor")
"""Keys that name an entity, or hold words."""
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


def _naming(data: Mapping[str, Any], kind: str) -> Iterator[tuple[KeyPath, object]]:
    """Find the values that may be the id of a kind."""
    for row in rows_of(data):
        for key in (*_ONLY_IDS, *(_IDS_OR_WORDS if kind == "entity" else ())):
            yield row.path(key), row.values.get(key)
        for relation in RELATIONS:
            for path, link in _items(row.values, relation, row.path()):
                yield (*path, "to") if isinstance(link, Mapping) else path, _of(link, "to")
        yield from _items(row.values, "about", row.path())
        holders = [(row.path(), row.values), *_items(row.values, "cite", row.path())]
        for path, holder in holders:
            if isinstance(holder, Mapping):
                yield from _items(holder, "origin", path) if kind in {"source", "entity"} else ()
                yield (*path, "source"), holder.get("source")


def _prose(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Find every text that is prose."""
    holders: list[tuple[KeyPath, object]] = [(("briefing",), data.get("briefing"))]
    for row in rows_of(data):
        holders += [(row.path(), row.values), (row.path("assess"), row.values.get("assess"))]
        for key in ("cite", *RELATIONS):
            holders += _items(row.values, key, row.path())
    for path, holder in holders:
        if isinstance(holder, Mapping):
            for key in (*PROSE_KEYS, _REASON):
                if isinstance(value := holder.get(key), str):
                    yield (*path, key), value


def _items(values: Mapping[str, Any], key: str, path: KeyPath) -> list[tuple[KeyPath, object]]:
    """Return the items of an array with their paths. A single string counts as one item."""
    found = values.get(key, ())
    if isinstance(found, str):
        return [((*path, key), found)]
    return [((*path, key, place), item) for place, item in enumerate(found)] if isinstance(found, list) else []


def _of(link: object, key: str) -> object:
    return link.get(key) if isinstance(link, Mapping) else link
