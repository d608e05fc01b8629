"""Adding a commented entry or source to a briefing that is there: one of the skeleton's, under an id that is free."""

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from tui.authoring.skeleton import table_of
from tui.briefing.kinds import KINDS
from tui.briefing.toml_edits import Insert
from tui.briefing.traversal import rows_of

_ID: Final = re.compile(r"^(id +=) .*$", re.MULTILINE)
_CITE: Final = re.compile(r"^cite( +)= .*$", re.MULTILINE)
_OTHERS: Final = re.compile(r"^(?=(?:rests_on|about) +=)", re.MULTILINE)
"""Keys that name other entries, of which the briefing need not have any."""


def addition(data: Mapping[str, Any], kind: str, name: str) -> Insert:
    """Return the edit that adds an entry, a source or an entity behind the last one of its kind.

    Args:
        data: the briefing's TOML.
        kind: one of `kinds.TABLES`.
        name: the id that it is to have.
    """
    table = _ID.sub(rf'\1 "{name}"', table_of(kind), count=1)
    table = _OTHERS.sub("# ", table)
    sources = [row.values["id"] for row in rows_of(data) if row.table == "source" and "id" in row.values]
    if sources:
        table = _CITE.sub(rf'cite\1= [{{ source = "{sources[-1]}" }}]', table)
    elif kind in KINDS and KINDS[kind].is_attributed:
        table = _CITE.sub(r'by  \1= "whoever says so"\n# cite\1= [{ source = "…" }]', table)
    else:
        table = _CITE.sub(r'# cite\1= [{ source = "…" }]', table)
    return Insert(table, kind)


def taken_ids(data: Mapping[str, Any]) -> frozenset[str]:
    """Return the ids that something in a briefing has or had."""
    rows = [row.values for row in rows_of(data)]
    former = (old for row in rows if isinstance(row.get("was"), list) for old in row["was"])
    return frozenset(name for name in (*(row.get("id") for row in rows), *former) if isinstance(name, str))


def free_id(taken: Collection[str], wanted: str) -> str:
    """Return an id that is free: the wanted one, or the first of those with a number behind it."""
    number = 1
    name = wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
