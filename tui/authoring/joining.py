"""From a drafted briefing to the edits that add its source and its drafts to a briefing that is there."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

import tomli

from tui.authoring.adding import free_id, taken_ids
from tui.briefing.kinds import KINDS
from tui.briefing.positions import Positions
from tui.briefing.toml_edits import Insert, Put, edited
from tui.briefing.toml_text import basic_string
from tui.briefing.traversal import rows_of

_LONGEST_ID: Final = 48
"""So that there is room for a number behind it."""
_NUMBER: Final = re.compile(r"\A(.*-)([0-9]+)\Z")
_HEADING: Final = "# Proposed by `briefing import` from the source {}; each is a draft until you have settled it.\n\n"


def source_id(data: Mapping[str, Any], wanted: str) -> str:
    """Return a free id for a source, made from the name of its file."""
    plain = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:_LONGEST_ID].strip("-")
    return free_id(taken_ids(data), plain or "text")


def holder_of(data: Mapping[str, Any], sha256: str) -> str:
    """Return the id of the source that names a text already; empty where none does."""
    return next((row.values["id"] for row in rows_of(data) if row.values.get("sha256") == sha256), "")


def additions(toml: str, data: Mapping[str, Any], source: str) -> list[Insert]:
    """Return the edits that add a draft's one source, and its entries behind those of their kinds.

    Args:
        toml: the drafted briefing.
        data: the briefing that is there.
        source: the id that the source is to have there, which is free.
    """
    drafted = tomli.loads(toml)
    own = edited(toml, [*_renamed(drafted, taken_ids(data) | {source}, source)])
    positions = Positions(own)
    tables: defaultdict[str, list[str]] = defaultdict(list)
    for start, path in positions.tables.items():
        tables[str(path[0])].append(own[start : positions.ends[start]])
    heading = _HEADING.format(source)
    found = [Insert("\n".join(tables["source"]), "source")]
    return found + [Insert(heading + "\n\n".join(tables[table]), table) for table in KINDS if tables.get(table)]


def _renamed(drafted: Mapping[str, Any], taken: frozenset[str], source: str) -> Iterator[Put]:
    """Give everything an id that is free, each kind numbered on from what is there."""
    yield Put(("source", 0, "id"), basic_string(source))
    ids = set(taken)
    last: dict[str, int] = {}
    for table in KINDS:
        for place, values in enumerate(drafted.get(table, ())):
            numbered = _NUMBER.match(values["id"])
            stem = numbered[1] if numbered else f"{values['id']}-"
            number = last.get(stem, 0) + 1
            while f"{stem}{number}" in ids:
                number += 1
            last[stem] = number
            ids.add(f"{stem}{number}")
            yield Put((table, place, "id"), basic_string(f"{stem}{number}"))
            for cited, _ in enumerate(values.get("cite", ())):
                yield Put((table, place, "cite", cited, "source"), basic_string(source))
