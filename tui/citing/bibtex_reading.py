"""The reader of BibTeX and BibLaTeX. bibtexparser finds the blocks."""

import logging
import re
from collections.abc import Callable, Collection, Mapping
from functools import partial
from importlib import import_module
from typing import Any, Final

from tui.citing import dates, latex
from tui.citing.bibtex_kinds import GENRES, TYPES, is_plain, says_nothing, variable_of
from tui.citing.bibtex_values import REFERRING, Entry, entry_of, referred, strings_of, with_parents
from tui.citing.draft import Draft, Found, Place, shown
from tui.citing.lines import lines_of
from tui.citing.names import Name, of_person, parsed
from tui.citing.record import DATES, NAMES, Bibliography

NEEDS: Final = "bibtexparser"
"""The package that reads the blocks; an extra."""
_LOST: Final = re.compile(
    r'^(?:@[^\n]*[{(]|[ \t]*\w+[ \t]*\{[^{}\s]*,|[^%\n]*=[ \t]*["{\d])[^\n]*(?:\n[^\n]*\S[^\n]*)*', re.MULTILINE
)
"""Lines between the entries that may have meant to be one."""
_COMMENT: Final = re.compile(r"@comment\s*[{(]", re.IGNORECASE)
_NOTES: Final = ("annotation", "annote", "note", "addendum", "abstract")
_VERBATIM: Final = frozenset({"url", "doi", "date", "urldate"})
_FILES: Final = frozenset({"file", "ids"})
"""Further fields without LaTeX, such as paths of files."""
_ADDRESS: Final = re.compile(r"\s*(?:\\url\s*\{\s*)?(https?://[^\s{}]+)[\s}]*")
"""An address, also in the command for one."""
_PLACES: Final = frozenset({"url", "howpublished"})
"""The fields that may hold an address alone."""
_ESCAPED: Final = re.compile(r"\\([_%&#])")
_TILDE: Final = re.compile(r"\{?(?:\\textasciitilde|\\~|\$\\sim\$)(?:\{\})?\}?")
_TOGETHER: Final = frozenset({"year", "month", "day", "subtitle", *REFERRING, *_NOTES})
"""The fields that are read together with others."""


def read(text: str) -> Bibliography:
    """Read a BibTeX file. Blocks that cannot be read are reported.

    Raises:
        ModuleNotFoundError: bibtexparser is not installed.
    """
    found = Found()
    try:
        library = _library(lines_of(text, found).text)
    except RecursionError:
        found.tell(1, 1, "its braces are nested too deep; nothing was read")
        return found.bibliography()
    blocks = _blocks(library, found)
    strings = strings_of(library.strings, found)
    entries = sorted((entry_of(block, strings, found) for block in blocks), key=lambda entry: entry.line)
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    used = {name.lower() for entry in entries for name in referred(entry.fields, "xdata")}
    for entry in entries:
        if entry.kind.lower() == "xdata" and entry.key.lower() in used:  # its values stand in others
            continue
        try:
            found.add(_draft(with_parents(entry, by_key), by_key), entry.line)
        except RecursionError:
            found.tell(entry.line, 1, "its braces are nested too deep; it was left out")
    return found.bibliography()


def _blocks(library: Any, found: Found) -> list[Any]:
    """Return the blocks of entries, and tell of the others."""
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
        for match in _LOST.finditer("" if _COMMENT.match(block.raw) else block.raw):
            line = (block.start_line or 0) + block.raw.count("\n", 0, match.start()) + 1
            found.tell(line, 1, f"this begins no entry; it was left out: {shown(match[0])}")
    return blocks


def _library(text: str) -> Any:
    """Split a text into blocks."""
    # It logs each block that fails; here they are reported as problems.
    logging.getLogger(NEEDS).addHandler(logging.NullHandler())
    return import_module(f"{NEEDS}.entrypoint").parse_string(text, parse_stack=[])


def _held(block: Any) -> Any:
    """Return the entry of a block that only a key made fail."""
    while block is not None and not hasattr(block, "entry_type"):
        block = getattr(block, "ignore_error_block", None)
    return block


def _draft(entry: Entry, entries: Collection[str]) -> Draft:
    fields, places = entry.fields, entry.places
    name = entry.kind.lower()
    draft = Draft(entry.key, (entry.line, 1))
    draft.set_type(TYPES.get(name, ""), f"@{entry.kind}")
    if name in TYPES and not is_plain(name):
        draft.keep("entry type", entry.kind)
    for key, value in fields.items():
        if key not in _TOGETHER:
            _take(draft, variable_of(name, key), key, value, places[key])
        elif key in _NOTES:
            (draft.add_prose if key == "abstract" else draft.add_note)(_read(draft, value, places[key]))
    _settle(draft, entry)
    for key, value in entry.repeated:
        draft.keep(key, _read(draft, value, places[key]))
    for key in REFERRING:
        draft.keep(key, ", ".join(name for name in referred(fields, key) if name.lower() not in entries))
    return draft


def _settle(draft: Draft, entry: Entry) -> None:
    """Take the genre, title and date, which several fields make."""
    fields, name = entry.fields, entry.kind.lower()
    at = (entry.line, 1)
    if genre := GENRES.get(name) if "type" not in fields else "":
        draft.set_text("genre", genre, "type")
    elif draft.text("genre") in says_nothing(name):
        draft.clear("genre")
    elif genre := GENRES.get(draft.text("genre")):
        draft.clear("genre")
        draft.set_text("genre", genre, "type")
    if subtitle := _read(draft, fields.get("subtitle", ""), entry.places.get("subtitle", at)):
        title = draft.clear("title")
        draft.set_text("title", f"{title}: {subtitle}" if title else subtitle, "subtitle")
    if fields.keys() & {"year", "month", "day"}:
        _take_year(draft, fields, entry.places.get("year", at))


def _read(draft: Draft, value: str, at: Place) -> str:
    """Read a value of LaTeX. Unknown commands are told at its place."""
    return latex.read(value, partial(draft.tell, at))


def _take(draft: Draft, variable: str, key: str, value: str, at: Place) -> None:
    """Take a field of an entry."""
    plain = value
    if key in _VERBATIM | _PLACES:
        plain = _TILDE.sub("~", _ESCAPED.sub(r"\1", value))
    if key in _PLACES and (address := _ADDRESS.fullmatch(plain)):
        draft.set_text("url", address[1], key)
    elif variable in NAMES:
        for part in _split(value) if value.strip(" {}~\n") else []:
            if part.strip().lower() == "others":
                draft.add_note(f"and others ({key})")
            else:
                draft.add_name(variable, _name(part.strip(), partial(_read, draft, at=at)), part, at)
    elif variable in DATES:
        draft.set_date(variable, dates.from_words(value), key, value, at)
    elif variable:
        written = _ranged(value) if variable == "page" else value
        draft.set_text(variable, plain if key in _VERBATIM else _read(draft, written, at), key)
    else:
        draft.keep(key, value if key in _FILES else _read(draft, value, at))


def _name(text: str, read_latex: Callable[[str], str]) -> Name:
    """Read a name with its braces. One in braces is a body."""
    if re.fullmatch(r"\{.*\}", text, re.DOTALL) and _closes_last(text):
        return Name(literal=" ".join(read_latex(text[1:-1]).split()))
    parts = [" ".join(read_latex(part).split()) for part in _split(text, ",")]
    if len(parts) == 1:
        return of_person(parts[0])
    name = parsed(", ".join(part.replace(",", "\0") for part in parts))
    return Name(*(part.replace("\0", ",") for part in name))


def _split(value: str, separator: str = "and") -> list[str]:
    """Split a value at a word or a comma outside braces."""
    parts, depth, start = [], 0, 0
    pattern = re.compile(r"[{}]|(?:^|\s+)and(?=\s|$)" if separator == "and" else r"[{}]|,", re.IGNORECASE)
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
    return re.sub(r"(?<=[\w}])\s*(?:--?|–|—)\s*(?=[\w{\\])", "-", pages)


def _take_year(draft: Draft, fields: Mapping[str, str], at: Place) -> None:
    """Take year, month and day. Parts that make no date become notes."""
    parts = {key: " ".join(_read(draft, fields.get(key, ""), at).split()) for key in ("year", "month", "day")}
    for count in (3, 2, 1):
        year, *others = used = [part for part in list(parts.values())[:count] if part] or [""]
        is_number = all(map(str.isdecimal, others))
        written = f"{'-'.join([year, *(f'{int(part):02}' for part in others)])}" if is_number else " ".join(used[::-1])
        if len(used) == count and (date := dates.from_words(written)):
            draft.set_date("issued", date, "year", written, at)
            break
    else:
        count = 1
        draft.set_date("issued", None, "year", parts["year"], at)
    for key in list(parts)[count:]:
        draft.keep(key, parts[key])
