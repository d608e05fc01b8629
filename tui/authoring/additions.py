"""Additions to a briefing: a commented table, or an import's drafts."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import tomli

from tui.authoring.skeleton import table_of
from tui.briefing.kinds import KINDS
from tui.briefing.positions import Positions
from tui.briefing.toml_edits import Insert, Put, edited
from tui.briefing.toml_text import basic_string
from tui.briefing.traversal import rows_of

_ID: Final = re.compile(r"^(id +=) .*$", re.MULTILINE)
_CITE: Final = re.compile(r"^cite( +)= .*$", re.MULTILINE)
_OTHERS: Final = re.compile(r"^(?=(?:rests_on|about) +=)", re.MULTILINE)
"""Keys that name other entries; a briefing may have none."""


def addition(data: Mapping[str, Any], kind: str, name: str) -> Insert:
    """Return the edit that adds an entry, a source or an entity.

    The new table follows the last one of its kind.

    Args:
        data: the briefing's TOML.
        kind: one of `kinds.TABLES`.
        name: the id of the new table.
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
    """Return all present and former ids of a briefing."""
    rows = [row.values for row in rows_of(data)]
    former = (old for row in rows if isinstance(row.get("was"), list) for old in row["was"])
    return frozenset(name for name in (*(row.get("id") for row in rows), *former) if isinstance(name, str))


class FreeIds:
    """A supply of ids that a briefing does not have yet."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Begin with the ids that are taken."""
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Return the wanted id, or that with the next free number. It is taken from then on."""
        number = self._last.get(wanted, 0) + 1
        while (name := f"{wanted}-{number}" if number > 1 else wanted) in self._taken:
            number += 1
        self._last[wanted] = number
        self._taken.add(name)
        return name


def free_id(taken: Iterable[str], wanted: str) -> str:
    """Return a free id: the wanted one, or that with a number."""
    return FreeIds(taken).take(wanted)


_LONGEST_ID: Final = 48
"""The longest id made from a file's name, which leaves room for a number after it."""
_NUMBER: Final = re.compile(r"\A(.*-)([0-9]+)\Z")
_HEADING: Final = "# Proposed by `briefing import` from the source {}; each is a draft until you have settled it.\n\n"


def source_id(data: Mapping[str, Any], wanted: str) -> str:
    """Return a free id for a source, made from its file's name."""
    return free_id(taken_ids(data), as_id(wanted))


def as_id(words: str) -> str:
    """Return an id made from words, which may be taken."""
    letters = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST_ID].strip("-") or "text"


def holder_of(data: Mapping[str, Any], sha256: str) -> str:
    """Return the id of the source that already names a text.

    The id is empty where no source names the text.
    """
    return next((row.values["id"] for row in rows_of(data) if row.values.get("sha256") == sha256), "")


def is_quoted(data: Mapping[str, Any], source: str) -> bool:
    """Whether words of a source stand in a footnote."""
    tables = (table for row in rows_of(data) for _, table in row.tables)
    return any(table.get("source") == source and "quote" in table for table in tables)


def additions(toml: str, data: Mapping[str, Any], source: str) -> list[Insert]:
    """Return the edits that add a draft's source and its entries.

    Each entry follows the last one of its kind.

    Args:
        toml: the drafted briefing.
        data: the existing briefing.
        source: the id of the draft's one source; a known source stays as it is.
    """
    drafted, taken = tomli.loads(toml), taken_ids(data)
    own = edited(toml, [*_renamed(drafted, taken | {source}, source)])
    positions = Positions(own)
    tables: defaultdict[str, list[str]] = defaultdict(list)
    for start, path in positions.tables.items():
        tables[str(path[0])].append(own[start : positions.ends[start]])
    heading = _HEADING.format(source)
    found = [] if source in taken else [Insert("\n".join(tables["source"]), "source")]
    return found + [Insert(heading + "\n\n".join(tables[table]), table) for table in KINDS if tables.get(table)]


def _renamed(drafted: Mapping[str, Any], taken: frozenset[str], source: str) -> Iterator[Put]:
    """Yield the edits that give free ids to a draft's entries.

    The numbers of each kind continue after those of the existing briefing.
    """
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
