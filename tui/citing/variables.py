"""Variables without a field, kept as lines of a note.

The lines are those that Zotero reads in its field Extra, `Event Title: …`, so that nothing is dropped on the way.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, get_args

from tui.briefing import edtf
from tui.briefing.source import SourceType
from tui.citing.names import parsed
from tui.citing.record import DATES, NAMES, TEXTS, Record

_CSL: Final[Mapping[str, str]] = MappingProxyType({"container": "container-title", "lang": "language", "url": "URL"})
"""The variables that CSL calls otherwise than the TOML."""
_LINE: Final = re.compile(r"([A-Za-z][A-Za-z -]*): (\S.*)")
MARKUP: Final = re.compile(r"</?(?:i|b|sc|sub|sup|span)(?:\s[^<>]*)?>")
"""The markup in values of CSL-JSON."""
_TYPES: Final = frozenset(get_args(SourceType))


def csl_name(variable: str) -> str:
    """Return the name that CSL has for a variable."""
    if variable == "archive_location":  # the only one that CSL writes with an underscore
        return variable
    return _CSL.get(variable) or variable.replace("_", "-")


OF_CSL: Final[Mapping[str, str]] = MappingProxyType({csl_name(key): key for key in (*NAMES, *DATES, *TEXTS)})
"""The variables by their names in CSL."""
_BY_LABEL: Final = MappingProxyType(
    {name.lower().replace("_", "-"): variable for name, variable in OF_CSL.items()}
    | {"type": "type"}
    | {f"{key}-edtf": key for key in DATES}
)


def note_of(record: Record, is_kept: Callable[[str], bool], *, with_notes: bool = True) -> str:
    """Write a record's note: variables without a field, then the notes.

    Args:
        record: the record.
        is_kept: whether the format has a field for a variable, or for `type`.
        with_notes: whether the notes stand here, and not in fields of their own.
    """
    variables = "\n".join(_lines(record, is_kept))
    return "\n\n".join(filter(None, (variables, *(map(guarded, record.notes) if with_notes else ()))))


def with_note(record: Record, note: str) -> Record:
    """Add a note's variables and paragraphs to a record.

    A variable of the note counts for a date, and where the record says nothing else. The other value is kept as a
    paragraph.
    """
    found, notes = _parted(note)
    kind, names, values = record.type, dict(record.names), {**record.dates, **record.texts}
    kept: list[str] = []

    def is_taken(variable: str, before: str, after: str) -> bool:
        taken = variable in DATES or not says_more(before, after)
        left, counting = (before, after) if taken else (after, before)
        kept.extend([f"{_label(variable)}: {left}"] if says_more(left, counting) else [])
        return taken

    for variable, value in found:
        if variable == "type":
            kind = value
        elif variable not in NAMES and is_taken(variable, values.get(variable, ""), value):
            values[variable] = value
    for variable in dict.fromkeys(variable for variable, _ in found if variable in NAMES):
        listed = tuple(parsed(value) for name, value in found if name == variable)
        if is_taken(variable, *("; ".join(one.inverted for one in of) for of in (names.get(variable, ()), listed))):
            names[variable] = listed
    dates = {key: value for key, value in values.items() if key in DATES}
    texts = {key: value for key, value in values.items() if key not in DATES}
    return Record(record.id, kind, names, dates, texts, (*record.notes, *notes, *kept))


def _parted(note: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Split a note into variables with their values, and paragraphs."""
    found, paragraphs = [], []
    for paragraph in re.split(r"\n\s*\n", note):
        others = []
        for line in paragraph.split("\n"):
            variable, value = _variable(line)
            if variable:
                found.append((variable, value))
            elif line.strip():
                others.append(" ".join(line.split()))
        paragraphs += ["\n".join(others)] if others else []
    return found, paragraphs


def says_more(text: str, other: str) -> bool:
    """Whether a text has a word that another has not. Signs and markup are none."""
    words, others = (set(re.findall(r"[^\W_]+", MARKUP.sub("", one).casefold())) for one in (text, other))
    return not words <= others


def _lines(record: Record, is_kept: Callable[[str], bool]) -> Iterator[str]:
    if not is_kept("type"):
        yield f"Type: {record.type}"
    for variable, names in record.names.items():
        if not is_kept(variable):
            yield from (f"{_label(variable)}: {name.inverted}" for name in names)
    # Other programs would set the line of a date as it stands, in place of the date's own words.
    labelled = [(key, f"{_label(key)} EDTF", date) for key, date in record.dates.items()]
    labelled += [(key, _label(key), text) for key, text in record.texts.items()]
    for variable, label, value in labelled:
        if not is_kept(variable):
            yield f"{label}: {value}"


def guarded(note: str) -> str:
    """Return a note whose lines are not read as variables."""
    return "\n".join(f" {line}" if _variable(line)[0] else line for line in note.split("\n"))


def _label(variable: str) -> str:
    name = csl_name(variable)
    return name if name.isupper() else name.replace("-", " ").replace("_", " ").title()


def _variable(line: str) -> tuple[str, str]:
    """Return the variable of a line and its value; empty for prose."""
    match = _LINE.fullmatch(line.rstrip())
    variable = _BY_LABEL.get(match[1].lower().replace(" ", "-"), "") if match else ""
    if (
        not match
        or (variable in DATES and not edtf.is_valid(match[2]))
        or (variable == "type" and match[2] not in _TYPES)
        or (variable in NAMES and parsed(match[2]).is_empty)
    ):
        return "", ""
    return variable, match[2]
