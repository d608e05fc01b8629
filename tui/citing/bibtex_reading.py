"""The reader of BibTeX and BibLaTeX. bibtexparser finds the blocks."""

import logging
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Final

from tui.citing import dates, latex
from tui.citing.bibtex_kinds import TYPES, variable_of
from tui.citing.draft import Draft, Found
from tui.citing.names import Name, of_person, parsed
from tui.citing.record import DATES, NAMES, Bibliography

NEEDS: Final = "bibtexparser"
"""The package that reads the blocks; an extra."""
_NOTES: Final = ("annotation", "annote", "note", "addendum", "abstract")
_VERBATIM: Final = frozenset({"url", "doi", "date", "urldate", "year", "month"})
_SILENT: Final = frozenset(
    {"year", "month", "day", "file", "subtitle", "entrysubtype", "shorttitle", "shortjournal", "timestamp", "owner", "groups",
     "ids", "keywords", "crossref", *_NOTES}
)  # fmt: skip
"""The fields that are read together with others, or say nothing of the work."""


def read(text: str) -> Bibliography:
    """Read a BibTeX file. Blocks that cannot be read are reported.

    Raises:
        ModuleNotFoundError: bibtexparser is not installed.
    """
    found = Found()
    try:
        library = _library(text)
    except RecursionError:
        found.tell(1, 1, "its braces are nested too deep; nothing was read")
        return found.bibliography()
    for block in library.failed_blocks:
        said = " ".join(str(getattr(block.error, "abort_reason", "") or block.error).split())
        found.tell((block.start_line or 0) + 1, 1, f"this entry was left out: {said[:120] or 'it cannot be read'}")
    for entry in library.entries:
        line = (entry.start_line or 0) + 1
        try:
            found.add(_draft(entry, line), line)
        except RecursionError:
            found.tell(line, 1, "its braces are nested too deep; it was left out")
    return found.bibliography()


def _library(text: str) -> Any:
    """Split a text into blocks. Strings are resolved."""
    # It logs each block that fails; here they are reported as problems.
    logging.getLogger(NEEDS).addHandler(logging.NullHandler())
    entrypoint = import_module(f"{NEEDS}.entrypoint")
    middlewares = import_module(f"{NEEDS}.middlewares")
    stack = [middlewares.ResolveStringReferencesMiddleware(), middlewares.RemoveEnclosingMiddleware()]
    return entrypoint.parse_string(text.removeprefix("\ufeff"), parse_stack=stack)


def _draft(entry: Any, line: int) -> Draft:
    fields = {field.key.lower(): str(field.value) for field in entry.fields}
    places = {field.key.lower(): ((field.start_line or line - 1) + 1, 1) for field in entry.fields}
    name = entry.entry_type.lower()
    draft = Draft(entry.key, line)
    draft.set_type(TYPES.get(name, ""), f"@{entry.entry_type}")
    for key, value in fields.items():
        if key not in _SILENT:
            _take(draft, variable_of(name, key), key, value, places[key])
    if "subtitle" in fields and draft.text("title"):
        draft.set_text("title", f"{draft.text('title')}: {latex.read(fields['subtitle'])}")
    if "date" not in fields and "year" in fields:
        draft.set_date("issued", _year_and_month(fields), fields["year"], places["year"])
    for key in _NOTES:
        if key in fields:
            draft.add_note(latex.read(fields[key]))
    return draft


def _take(draft: Draft, variable: str, key: str, value: str, at: tuple[int, int]) -> None:
    """Take a field of an entry."""
    if variable in NAMES:
        for name in _names(value):
            draft.add_name(variable, name)
        if _split(value)[-1].strip().lower() == "others":
            draft.add_note(f"and others ({key})")
    elif variable in DATES:
        draft.set_date(variable, dates.from_words(value), value, at)
    elif variable:
        words = value if key in _VERBATIM else latex.read(value)
        draft.set_text(variable, _ranged(words) if variable == "page" else words)
    else:
        draft.add_note(f"{key}: {latex.read(value)}")


def _names(value: str) -> Iterator[Name]:
    """Split names before their braces go: one in braces is a body."""
    for part in _split(value):
        text = part.strip()
        if re.fullmatch(r"\{.*\}", text, re.DOTALL) and _closes_last(text):
            yield Name(literal=" ".join(latex.read(text[1:-1]).split()))
        elif text.lower() != "others":
            yield _person(text)


def _person(text: str) -> Name:
    parts = [" ".join(latex.read(part).split()) for part in _split(text, ",")]
    if len(parts) == 1:
        return of_person(parts[0])
    name = parsed(", ".join(part.replace(",", "\0") for part in parts))
    return Name(*(part.replace("\0", ",") for part in name))


def _split(value: str, separator: str = "and") -> list[str]:
    """Split a value at a word or a comma outside braces."""
    parts, depth, start = [], 0, 0
    pattern = re.compile(r"[{}]|\s+and\s+" if separator == "and" else r"[{}]|,", re.IGNORECASE)
    for match in pattern.finditer(value):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth == 0:
            parts.append(value[start : match.start()])
            start = match.end()
    return [*parts, value[start:]]


def _closes_last(text: str) -> bool:
    """Whether the first brace is closed by the last."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return place == len(text) - 1
    return False


def _ranged(pages: str) -> str:
    return re.sub(r"(?<=\w)\s*(?:--?|–|—)\s*(?=\w)", "-", pages)


def _year_and_month(fields: Mapping[str, str]) -> str | None:
    year, month = fields["year"].strip("{} "), fields.get("month", "").strip("{} ")
    if not month:
        return dates.from_words(year)
    if month.isdigit():
        return dates.from_words(f"{year}-{int(month):02}")
    return dates.from_words(f"{month} {year}")
