"""The values of a BibTeX file.

Strings are resolved, and parts joined. Crossref gives fields of another entry.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import accumulate
from typing import Any, Final, NamedTuple

from tui.citing.draft import Found, Place, shown

_SIGN: Final = re.compile(r'\\.|[{}"#]', re.DOTALL)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The strings that each style of BibTeX has."""
_LONGEST: Final = 100_000
"""The most characters of a joined value. Strings of strings grow fast."""
_MOST: Final = 8
"""The most entries from which one takes fields."""
REFERRING: Final = ("xdata", "crossref")
"""The fields that refer to entries from which one takes fields."""
_OWN: Final = frozenset(
    {"title", "subtitle", "crossref", "doi", "url", "urldate", "file", "keywords", "ids", "shorttitle", "entrysubtype",
     "note", "addendum", "annote", "annotation", "abstract", "pages"}
)  # fmt: skip
"""The fields that no entry takes from the one it refers to."""
_WHOLE: Final = frozenset({"book", "mvbook", "collection", "proceedings", "reference", "manual"})
"""The types of entry that stand in no other one."""


class Entry(NamedTuple):
    """An entry with its values."""

    key: str
    kind: str
    line: int
    fields: Mapping[str, str]
    places: Mapping[str, Place]
    repeated: tuple[tuple[str, str], ...]
    """The further values of fields that stand twice."""


def strings_of(blocks: Iterable[Any], found: Found) -> dict[str, str]:
    """Return the values of strings by their names."""
    values = {month: month for month in _MONTHS}
    for block in blocks:
        place = ((block.start_line or 0) + 1, 1)
        values[block.key.lower()] = joined(str(block.value), values, partial(found.tell, *place))
    return values


def joined(value: str, strings: Mapping[str, str], tell: Callable[[str], None]) -> str:
    """Return a value without its signs of enclosing. Its parts are joined, and its strings resolved."""
    parts = []
    for part in (part.strip() for part in _parts(value)):
        if part.lower() not in strings and not part.isdecimal() and not _is_enclosed(part):
            tell(f"{shown(part)!r} is no string of this file, and not in braces or quotes; it was taken as words")
            parts.append(part)
        else:
            parts.append(part[1:-1] if _is_enclosed(part) else strings.get(part.lower(), part))
    if sum(map(len, parts)) <= _LONGEST or len(parts) == 1:
        return "".join(parts)
    tell(f"its strings make more than {_LONGEST:,} characters; it was taken as it is written")
    return value


def entry_of(block: Any, strings: Mapping[str, str], found: Found) -> Entry:
    """Return the entry of a block. Of fields that stand twice, the first counts."""
    line = (block.start_line or 0) + 1
    fields: dict[str, str] = {}
    places: dict[str, Place] = {}
    repeated = []
    for field in block.fields:
        place = ((field.start_line or line - 1) + 1, 1)
        key, value = field.key.lower(), joined(str(field.value), strings, partial(found.tell, *place))
        if key in fields:
            repeated.append((key, value))
        else:
            fields[key], places[key] = value, place
    return Entry(block.key, block.entry_type, line, fields, places, tuple(repeated))


def referred(fields: Mapping[str, str], key: str) -> list[str]:
    """Return the keys of the entries that a field refers to."""
    return [name for name in map(str.strip, fields.get(key, "").split(",")) if name]


def with_parents(entry: Entry, entries: Mapping[str, Entry]) -> Entry:
    """Return an entry with the fields that xdata and crossref give it.

    Args:
        entry: the entry.
        entries: all entries, by their keys in small letters.
    """
    seen = {entry.key.lower()}
    waiting = [(name.lower(), key) for key in REFERRING for name in referred(entry.fields, key)]
    while waiting and len(seen) <= _MOST:
        name, key = waiting.pop(0)
        if name in seen or not (parent := entries.get(name)):
            continue
        seen.add(name)
        given = dict(parent.fields) if key == "xdata" else _given(entry, parent)
        given = {field: value for field, value in given.items() if field not in REFERRING}
        places = {field: parent.places.get(field, parent.places.get("title", (parent.line, 1))) for field in given}
        entry = entry._replace(fields=given | {**entry.fields}, places=places | {**entry.places})
        waiting += [(one.lower(), key) for key in REFERRING for one in referred(parent.fields, key)]
    return entry


def _given(entry: Entry, parent: Entry) -> dict[str, str]:
    """Return the fields that an entry takes from its larger work."""
    given = {name: value for name, value in parent.fields.items() if name not in _OWN}
    if title := parent.fields.get("title", ""):
        given |= {} if entry.kind.lower() in _WHOLE else {"booktitle": title}
    dated = {"date", "year", "month"} if entry.fields.keys() & {"date", "year"} else ()
    return {name: value for name, value in given.items() if name not in dated}


def _parts(value: str) -> Iterator[str]:
    """Split a value at each # outside braces and quotes."""
    depth, start, is_quoted = 0, 0, False
    for match in _SIGN.finditer(value):
        depth += (match[0] == "{") - (match[0] == "}")
        is_quoted ^= match[0] == '"' and depth == 0
        if match[0] == "#" and depth == 0 and not is_quoted:
            yield value[start : match.start()]
            start = match.end()
    yield value[start:]


def _is_enclosed(part: str) -> bool:
    """Whether a part stands in braces or quotes as a whole."""
    if len(part) < 2 or (part[0], part[-1]) not in {("{", "}"), ('"', '"')}:
        return False
    inside = [match[0] for match in _SIGN.finditer(part[1:-1])]
    depths = list(accumulate((sign == "{") - (sign == "}") for sign in inside))
    is_quoted = part[0] == '"' and any(sign == '"' and not depth for sign, depth in zip(inside, depths, strict=True))
    return not is_quoted and min(depths, default=0) >= 0 and not (depths or [0])[-1]
