"""The reader of BibTeX and BibLaTeX. bibtexparser finds the blocks."""

import logging
import re
from collections.abc import Collection, Iterator, Mapping
from importlib import import_module
from typing import Any, Final

from tui.citing import dates, latex
from tui.citing.bibtex_kinds import TYPES, variable_of
from tui.citing.bibtex_values import Entry, entry_of, strings_of, with_parent
from tui.citing.draft import Draft, Found
from tui.citing.names import Name, of_person, parsed
from tui.citing.record import DATES, NAMES, Bibliography

NEEDS: Final = "bibtexparser"
"""The package that reads the blocks; an extra."""
_LOST: Final = re.compile(r"^@[^\n]*[{(][^\n]*", re.MULTILINE)
"""A line between the entries that may have meant to be one."""
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
    blocks = list(library.entries)
    for block in library.failed_blocks:
        line = (block.start_line or 0) + 1
        if held := _held(block):
            blocks.append(held)
            twice = ", ".join(sorted(getattr(block, "duplicate_keys", ())))
            said = (
                f"{twice} stands twice in it; the first was taken" if twice else "its key stands twice; both were taken"
            )
            found.tell(line, 1, f"{held.key!r}: {said}")
            continue
        said = " ".join(str(getattr(block.error, "abort_reason", "") or block.error).split())
        found.tell(line, 1, f"this entry was left out: {said[:120] or 'it cannot be read'}")
    for block in library.comments:
        for match in _LOST.finditer("" if block.raw.lower().startswith("@comment") else block.comment):
            line = (block.start_line or 0) + block.comment.count("\n", 0, match.start()) + 1
            found.tell(line, 1, f"this begins no entry; it was left out: {match[0][:60]}")
    strings = strings_of(library.strings)
    entries = sorted((entry_of(block, strings) for block in blocks), key=lambda entry: entry.line)
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    for entry in entries:
        try:
            found.add(_draft(with_parent(entry, by_key), by_key), entry.line)
        except RecursionError:
            found.tell(entry.line, 1, "its braces are nested too deep; it was left out")
    return found.bibliography()


def _library(text: str) -> Any:
    """Split a text into blocks."""
    # It logs each block that fails; here they are reported as problems.
    logging.getLogger(NEEDS).addHandler(logging.NullHandler())
    return import_module(f"{NEEDS}.entrypoint").parse_string(text.removeprefix("\ufeff"), parse_stack=[])


def _held(block: Any) -> Any:
    """Return the entry of a block that only a key made fail."""
    while block is not None and not hasattr(block, "entry_type"):
        block = getattr(block, "ignore_error_block", None)
    return block


def _draft(entry: Entry, entries: Collection[str]) -> Draft:
    fields, places = entry.fields, entry.places
    name = entry.kind.lower()
    draft = Draft(entry.key, entry.line)
    draft.set_type(TYPES.get(name, ""), f"@{entry.kind}")
    for key, value in fields.items():
        if key not in _SILENT:
            _take(draft, variable_of(name, key), key, value, places[key])
    if "subtitle" in fields and draft.text("title"):
        draft.set_text("title", f"{draft.text('title')}: {latex.read(fields['subtitle'])}")
    if "date" not in fields and "year" in fields:
        _take_year(draft, fields, places["year"])
    for note in _notes(entry, entries):
        draft.add_note(note)
    return draft


def _notes(entry: Entry, entries: Collection[str]) -> Iterator[str]:
    """Yield the notes of an entry, and the values without another place."""
    yield from (latex.read(entry.fields[key]) for key in _NOTES if key in entry.fields)
    # A line that begins with a space sets no variable.
    yield from (f" {' '.join(latex.read(value).split())}" for value in entry.repeated)
    parent = entry.fields.get("crossref", "").strip()
    if parent and parent.lower() not in entries:
        yield f"crossref: {parent}"


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


def _take_year(draft: Draft, fields: Mapping[str, str], at: tuple[int, int]) -> None:
    """Take year and month. A month that cannot be read becomes a note."""
    year, month = fields["year"].strip("{} "), " ".join(latex.read(fields.get("month", "")).split())
    written = f"{year}-{int(month):02}" if month.isdecimal() else f"{month} {year}"
    date = dates.from_words(written) if month else None
    if month and not date:
        draft.add_note(f"month: {month}")
    draft.set_date("issued", date or dates.from_words(year), fields["year"], at)
