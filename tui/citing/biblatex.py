"""The writers of BibLaTeX and BibTeX."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tui.briefing import edtf
from tui.citing import dates, latex
from tui.citing.bibtex_kinds import TYPES, Kind, best_of_bibtex, kind_of
from tui.citing.names import Name
from tui.citing.record import Record
from tui.citing.variables import note_of

_MONTHS: Final = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_VERBATIM: Final = frozenset({"url", "doi", "date", "urldate"})
_RANGE: Final = re.compile(r"(?<=\w)-(?=\w)")
_APART: Final = re.compile(r"(?<=\s)-|-(?=\s)")
"""A hyphen that a reader of pages would take for the sign of a range."""
_LISTS: Final = frozenset({"publisher", "institution", "organization", "location", "language"})
"""The fields that BibLaTeX takes for lists, and parts at «and» outside braces."""
_AND: Final = re.compile(r"(?:^|\s)and(?:\s|$)", re.IGNORECASE)
_BRACE: Final = re.compile(r"[{}\\]")


def write(records: Iterable[Record]) -> Iterator[str]:
    """Write records as BibLaTeX line by line, an empty line behind each."""
    for record in records:
        kind = kind_of(record)
        undated = [] if "issued" in record.dates else [("date", dates.UNDATED)]
        yield from _entry(record, kind, kind.fields, undated)


def write_bibtex(records: Iterable[Record]) -> Iterator[str]:
    """Write records as BibTeX, which has year and month for the date."""
    for record in records:
        kind = best_of_bibtex(record)
        yield from _entry(record, kind, kind.bibtex_fields, list(_year(record)))


def name_written(name: Name) -> str:
    """Write a name: Byrne, Jr., James, or {{Associated Press}} for a body."""
    if name.literal:
        return f"{{{latex.escaped(name.literal)}}}"
    family = " ".join(filter(None, (name.particle, _protected(name.family))))
    return ", ".join(filter(None, (family, name.suffix and _protected(name.suffix), _protected(name.given)))) + (
        "" if name.given or name.suffix else ","
    )


def _protected(part: str) -> str:
    """Escape a part of a name. Braces hold it together."""
    written = latex.escaped(part)
    return f"{{{written}}}" if " and " in f" {part.lower()} " or "," in part else written


def _entry(record: Record, kind: Kind, fields: Mapping[str, str], dated: list[tuple[str, str]]) -> Iterator[str]:
    """Write an entry. Variables without a field go into its note."""
    name, note_field = (kind.name, "annotation") if fields is kind.fields else (kind.bibtex, "annote")
    # A verbatim value can hold no brace that stands alone, and no backslash.
    fields = {
        variable: field
        for variable, field in fields.items()
        if field not in _VERBATIM or not _BRACE.search(record.texts.get(variable, ""))
        if record.texts.get(variable, "-") != kind.otherwise.get(variable)
        # A paper that publishes itself is set once.
        if variable != "publisher" or "container" not in fields or not _publishes_itself(record)
    }

    def is_kept(variable: str) -> bool:
        if variable == "type":
            return TYPES.get(name) == record.type
        if variable == "issued" and variable not in fields:
            return record.dates["issued"] == "-".join(value for _, value in dated if value.isdigit())
        return variable in fields

    rows = [
        (fields[variable], " and ".join(map(name_written, names)))
        for variable, names in record.names.items()
        if variable in fields
    ]
    rows += [
        (fields[variable], _value(fields[variable], value))
        for variable, value in (*record.texts.items(), *record.dates.items())
        if variable in fields
    ]
    written = {key for key, _ in rows}
    lacking = ((fields[variable], value) for variable, value in kind.otherwise.items() if variable in fields)
    rows += [(field, value) for field, value in lacking if field not in written]
    rows += dated
    if note := note_of(record, is_kept):
        rows.append((note_field, latex.escaped(note)))
    width = max((len(key) for key, _ in rows), default=0)
    yield f"@{name}{{{record.id},"
    for key, value in rows:
        yield f"  {key.ljust(width)} = {value if value in _MONTHS else '{' + value + '}'},"
    yield from ("}", "")


def _publishes_itself(record: Record) -> bool:
    return record.texts.get("publisher") == record.texts.get("container")


def _value(field: str, value: str) -> str:
    if field in _VERBATIM:
        return value
    if field == "title":
        return latex.title(value)
    escaped = latex.escaped(value)
    if field in _LISTS and _AND.search(value):
        return f"{{{escaped}}}"
    return _RANGE.sub("--", _APART.sub("{-}", escaped)) if field == "pages" else escaped


def _year(record: Record) -> Iterator[tuple[str, str]]:
    """Yield year and month of the first day."""
    if "issued" not in record.dates:
        return
    date = edtf.parse(record.dates["issued"])
    first = date.start or date.end
    if first and first.year.isdigit():
        yield "year", first.year
        if first.month and first.month in range(1, 13):
            yield "month", _MONTHS[first.month]
