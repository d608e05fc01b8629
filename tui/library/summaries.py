"""The summaries of briefings, and their rows in the cache."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tui.briefing.characters import escaped
from tui.briefing.problems import Problem
from tui.briefing.publication import PUBLIC, Publication, publication_from_text
from tui.library.database import Statement
from tui.library.stamps import ABSENT

if TYPE_CHECKING:  # a list reads its rows from the cache, and needs no records
    from tui.library.records import Edition
    from tui.library.records_json import CompiledFile

COLUMNS: Final = "path, id, title, bluf, as_of, digest, counts, problems, publication"
_ALL_BUT_PATH: Final = COLUMNS.replace("path", "root, stamp")


class Summary(NamedTuple):
    """The summary of a briefing in the library."""

    path: Path
    id: str
    title: str
    bluf: str
    as_of: str
    digest: str
    counts: dict[str, int]
    """The numbers of entries by kind, of sources, of entities and of conflicts, those of no kind apart."""
    problems: tuple[Problem, ...]
    """The problems of the file; empty for a sound file. All else is then of the last good edition."""
    publication: Publication = PUBLIC


def summary_values(path: Path, root: str, own_stamp: str, opened: "CompiledFile") -> tuple[str, ...]:
    """Return the cached row: path, root, stamp, `COLUMNS` and the file's header."""
    edition, problems, _, header = opened
    written = json.dumps([[p.path, p.line, p.column, p.key, p.message, p.remedy] for p in problems])
    if edition is None:
        name = escaped(path.parent.name)
        return (str(path), root, own_stamp, name, name, "", "", "", "{}", written, header, header)
    named = (edition.id, edition.title, edition.bluf, edition.as_of, edition.digest)
    return (str(path), root, own_stamp, *named, json.dumps(counts_of(edition)), written, header, header)


def counts_of(edition: "Edition") -> dict[str, int]:
    """Count the entries by kind, the sources, the entities and the conflicts."""
    from tui.library.entry_links import EntryLinks

    counts: dict[str, int] = {}
    for entry in edition.entries:
        counts[entry.table] = counts.get(entry.table, 0) + 1
    links = EntryLinks(edition, {entry.id: entry for entry in edition.entries})
    counts |= {"source": len(edition.sources), "entity": len(edition.entities), "conflict": len(links.at_odds)}
    return counts | ({"conflict of no kind": len(links.of_no_kind)} if links.of_no_kind else {})


def summary_of(values: tuple[Any, ...]) -> Summary:
    """Read a row of the cache, of which `COLUMNS` were asked for."""
    path, name, title, bluf, as_of, digest, counts, problems, publication = values
    return Summary(
        Path(path),
        name,
        title,
        bluf,
        as_of,
        digest,
        json.loads(counts),
        tuple(Problem(*row) for row in json.loads(problems)),
        publication_from_text(publication),
    )


def statements_of(path: Path, root: Path | None, own_stamp: str, opened: "CompiledFile") -> list[Statement]:
    """Return the statements that cache a compiled briefing."""
    from tui.library.records_json import to_json

    statements: list[Statement] = []
    if own_stamp.startswith(ABSENT):  # whether it is gone or its folder is away, the next refresh finds out
        return statements
    # Of what is broken now the last good edition stays: it is not what the file says, but what `Published` shows.
    if opened.edition is not None:
        values = (str(path), json.dumps(opened.inputs), to_json(opened.edition))
        statements.append(("INSERT OR REPLACE INTO edition VALUES (?, ?, ?)", values))
        listed = json.dumps([(entry.id, entry.number, entry.digest) for entry in opened.edition.entries])
        statements.append(("INSERT OR REPLACE INTO listed VALUES (?, ?)", (str(path), listed)))
        statements.append(("DELETE FROM former WHERE path = ?", (str(path),)))
        statements += [("INSERT OR IGNORE INTO former VALUES (?, ?)", (old, str(path))) for old in opened.edition.was]
    if root:
        row = summary_values(path, str(root), own_stamp, opened)
        kept = "root, stamp, problems, header" if opened.edition is None else f"{_ALL_BUT_PATH}, header"
        changed = ", ".join(f"{column} = excluded.{column}" for column in kept.split(", "))
        insert = f"INSERT INTO briefing VALUES ({', '.join('?' * len(row))})"
        statements.append((f"{insert} ON CONFLICT (path) DO UPDATE SET {changed}", row))
    return statements
