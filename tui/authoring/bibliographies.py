"""Bibliographies of other programs, added to a briefing as sources."""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple, cast

from pydantic import ValidationError

from tui.authoring.additions import FreeIds, as_id, taken_ids
from tui.authoring.decoding import marked_encoding
from tui.authoring.extraction.file_kinds import references_in
from tui.briefing.characters import FORBIDDEN
from tui.briefing.source import CSL, Source
from tui.briefing.toml_edits import Insert
from tui.briefing.toml_text import basic_string
from tui.briefing.traversal import rows_of
from tui.citing.lines import REPLACEMENT
from tui.citing.plain_values import bare_doi
from tui.citing.record import NAMES, Bibliography, Problem, Record
from tui.citing.unsaid import stated
from tui.citing.variables import csl_name

READERS: Final[Mapping[str, str]] = MappingProxyType({".json": "csl_json", ".bib": "bibtex_reading", ".ris": "ris"})
"""The module of `tui.citing` that reads a bibliography, by the ending of the file's name."""
MOST_BYTES: Final = 64_000_000
"""The largest bibliography, in bytes; a library of 10,000 records has some 20 million."""
_ANYWHERE: Final = "*"
_START: Final = 4096
"""The bytes of a file that show its format."""
_ORDER: Final = (
    "type",
    "title",
    *NAMES[:1],
    "publisher",
    "container",
    "issued",
    "accessed",
    "url",
    "lang",
    *CSL,
    "note",
)
_REQUIRED: Final = MappingProxyType({"id": "x", "type": "document", "unknown": ("title",)})
"""The keys with which any other key of a source is valid."""


class Added(NamedTuple):
    """The sources that a bibliography adds."""

    edits: tuple[Insert, ...]
    ids: tuple[str, ...]
    """Their ids in the briefing."""
    doubles: tuple[Problem, ...]
    """The records that the briefing has already, and were not added."""
    problems: tuple[Problem, ...]
    """All that could not be read or taken."""


def reader_of(path: Path) -> Callable[[str], Bibliography] | None:
    """Return the reader of a bibliography. None is for another file, by name and content."""
    module = READERS.get(path.suffix.lower()) or READERS.get(references_in(_start(path)))
    if module is None:
        return None
    return cast("Callable[[str], Bibliography]", import_module(f"tui.citing.{module}").read)


def _start(path: Path) -> bytes:
    """Return the first bytes of a file. An unreadable one has none."""
    try:
        with path.open("rb") as opened:
            start = opened.read(_START)
            return start.decode(marked_encoding(start) or "latin-1", "ignore").encode("latin-1", "ignore")
    except OSError:
        return b""


def added(found: Bibliography, data: Mapping[str, Any]) -> Added:
    """Return the edits that add the records of a bibliography as sources.

    A record with the DOI, the address, or the title and year of a source is not added. A title is not enough between
    works with two DOIs, or at two addresses in two papers.

    Args:
        found: the bibliography.
        data: the existing briefing's TOML.
    """
    known: dict[str, str] = {}
    for row in rows_of(data):
        if row.table == "source" and isinstance(row.values.get("id"), str):
            for mark in _marks({key: str(value) for key, value in row.values.items()}):
                known.setdefault(mark, row.values["id"])
    free = FreeIds(taken_ids(data))
    tables, ids, doubles, problems = [], [], [], list(found.problems)
    if not found.records and not problems:
        endings = ", ".join(READERS)
        problems.append(Problem(1, 1, f"no record was found; a file's name ends as its format wants: {endings}"))
    for record, line in zip(map(stated, found.records), found.lines, strict=True):
        values = {**record.texts, **record.dates}
        if there := next((known[mark] for mark in _sought(values) if mark in known), ""):
            said = f"{record.id or record.texts.get('title', 'the record')!r} is the source {there!r} already; it was not added"
            doubles.append(Problem(line, 1, said))
            continue
        name = free.take(as_id(record.id or record.texts.get("title", "")))
        for mark in _marks(values):
            known.setdefault(mark, name)
        ids.append(name)
        tables.append(source_table(record, name))
    edits = (Insert("\n".join(tables), "source"),) if tables else ()
    return Added(edits, tuple(ids), tuple(doubles), tuple(problems))


def source_table(record: Record, name: str) -> str:
    """Write a record as a `[[source]]` table.

    Values that no key can hold go into its `note`.
    """
    values, notes = _values(record), [_safe(note) for note in record.notes]
    for key in [key for key in values if not _fits(key, values[key])]:
        value = values.pop(key)
        notes.append(f"{csl_name(key)}: {value if isinstance(value, str) else '; '.join(value)}")
    if notes:
        values["note"] = "\n\n".join(notes)
    if "title" not in values:
        values["unknown"] = ("title",)
    rows = {"id": basic_string(name)} | {key: _toml(values[key]) for key in (*_ORDER, "unknown") if key in values}
    width = max(map(len, rows))
    return "\n".join(["[[source]]", *(f"{key.ljust(width)} = {value}" for key, value in rows.items()), ""])


def _values(record: Record) -> dict[str, str | tuple[str, ...]]:
    names = {key: tuple(name.inverted for name in listed) for key, listed in record.names.items()}
    values: dict[str, str | tuple[str, ...]] = {"type": record.type, **names, **record.dates, **record.texts}
    return {key: _safe(value) if isinstance(value, str) else tuple(map(_safe, value)) for key, value in values.items()}


def _safe(text: str) -> str:
    """Replace forbidden characters that no reader saw. Part the signs of a link."""
    return re.sub(r"\[(?=\[)", "[ ", FORBIDDEN.sub(REPLACEMENT, text))


def _fits(key: str, value: str | tuple[str, ...]) -> bool:
    """Whether the format takes a value."""
    try:
        Source.model_validate({**_REQUIRED, key: value})
    except ValidationError:
        return False
    return True


def _toml(value: str | tuple[str, ...]) -> str:
    return basic_string(value) if isinstance(value, str) else f"[{', '.join(map(basic_string, value))}]"


def address_mark(url: str) -> str:
    """Return the part of an address by which two are one."""
    return re.sub(r"^https?://(www[.])?|#.*$|/+(#.*)?$", "", url.strip())


def _marks(values: Mapping[str, str]) -> Iterator[str]:
    """Yield the marks of a work."""
    doi, url, place = _identity(values)
    yield from filter(None, (doi, url))
    if title := _title(values):
        yield from (f"{title} {bool(doi)} {bool(url)} {at}" for at in (place, _ANYWHERE))


def _sought(values: Mapping[str, str]) -> Iterator[str]:
    """Yield the marks of works that are the same one.

    A title is enough unless both have DOIs, or addresses and papers that differ.
    """
    doi, url, place = _identity(values)
    yield from filter(None, (doi, url))
    if title := _title(values):
        for has_doi, has_url in itertools.product((False,) if doi else (False, True), (False, True)):
            places = (place, "") if url and has_url and place else (_ANYWHERE,)
            yield from (f"{title} {has_doi} {has_url} {at}" for at in places)


def _identity(values: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the DOI and the address as marks, and the paper."""
    doi, url = bare_doi(values.get("DOI", "")).lower(), address_mark(values.get("url", ""))
    place = values.get("container") or values.get("publisher", "")
    return doi and f"doi {doi}", url and f"url {url}", place.casefold()


def _title(values: Mapping[str, str]) -> str:
    """Return the title with its year as a mark; empty without one."""
    title = re.sub(r"[\W_]+", " ", values.get("title", "").casefold()).strip()
    return f"title {title} {values.get('issued', '')[:4]}" if title else ""
