"""What the library shows of a briefing without opening it, and its way through the cache."""

import json
from pathlib import Path
from typing import Any, Final, NamedTuple

from tui.briefing.characters import escaped
from tui.briefing.problems import Problem
from tui.library.records import Edition

COLUMNS: Final = "path, id, title, bluf, as_of, digest, counts, problems"


class Summary(NamedTuple):
    """What the library shows of a briefing."""

    path: Path
    id: str
    title: str
    bluf: str
    as_of: str
    digest: str
    counts: dict[str, int]
    """How many entries of each kind, sources, entities and conflicts it has."""
    problems: tuple[Problem, ...]
    """Why it cannot be opened; empty where it can. All else is then of its last good edition, if there was one."""


def summary_values(
    path: Path, root: str, own_stamp: str, edition: Edition | None, problems: tuple[Problem, ...]
) -> tuple[str, ...]:
    """Give a row as the cache has it: what tells whether it is the same, and `COLUMNS`."""
    written = json.dumps([[p.path, p.line, p.column, p.key, p.message, p.remedy] for p in problems])
    if edition is None:
        name = escaped(path.parent.name)
        return (str(path), root, own_stamp, name, name, "", "", "", "{}", written)
    header = (edition.id, edition.title, edition.bluf, edition.as_of, edition.digest)
    return (str(path), root, own_stamp, *header, json.dumps(counts_of(edition)), written)


def counts_of(edition: Edition) -> dict[str, int]:
    """Count what a briefing holds: entries by kind, sources, entities and pairs in conflict."""
    counts: dict[str, int] = {}
    for entry in edition.entries:
        counts[entry.table] = counts.get(entry.table, 0) + 1
    pairs = {
        frozenset((entry.id, link.to))
        for entry in edition.entries
        for link in entry.links
        if link.relation == "conflicts"
    }
    return counts | {"source": len(edition.sources), "entity": len(edition.entities), "conflict": len(pairs)}


def summary_of(values: tuple[Any, ...]) -> Summary:
    """Read a row of the cache, of which `COLUMNS` were asked for."""
    path, name, title, bluf, as_of, digest, counts, problems = values
    return Summary(
        Path(path),
        name,
        title,
        bluf,
        as_of,
        digest,
        json.loads(counts),
        tuple(Problem(*row) for row in json.loads(problems)),
    )
