"""The values of a BibTeX file.

Strings are resolved, and parts joined. Crossref gives fields of another entry.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

_SIGN: Final = re.compile(r'\\.|[{}"#]', re.DOTALL)
_ENCLOSED: Final = re.compile(r'\{.*\}|".*"', re.DOTALL)
_LONGEST: Final = 100_000
"""The most characters of a joined value. Strings of strings grow fast."""
_DEEPEST: Final = 4
"""The most entries that refer to one another."""
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
    places: Mapping[str, tuple[int, int]]
    repeated: tuple[str, ...]
    """The further values of fields that stand twice."""


def strings_of(blocks: Iterable[Any]) -> dict[str, str]:
    """Return the values of strings by their names."""
    strings: dict[str, str] = {}
    for block in blocks:
        strings[block.key.lower()] = joined(str(block.value), strings)
    return strings


def joined(value: str, strings: Mapping[str, str]) -> str:
    """Return a value without its signs of enclosing. Its parts are joined, and its strings resolved."""
    parts = [_plain(part.strip(), strings) for part in _parts(value)]
    return "".join(parts) if sum(map(len, parts)) <= _LONGEST or len(parts) == 1 else value


def entry_of(block: Any, strings: Mapping[str, str]) -> Entry:
    """Return the entry of a block. Of fields that stand twice, the first counts."""
    line = (block.start_line or 0) + 1
    fields: dict[str, str] = {}
    places: dict[str, tuple[int, int]] = {}
    repeated = []
    for field in block.fields:
        key, value = field.key.lower(), joined(str(field.value), strings)
        if key in fields:
            repeated.append(f"{key}: {value}")
        else:
            fields[key], places[key] = value, ((field.start_line or line - 1) + 1, 1)
    return Entry(block.key, block.entry_type, line, fields, places, tuple(repeated))


def with_parent(entry: Entry, entries: Mapping[str, Entry]) -> Entry:
    """Return an entry with the fields that crossref gives it.

    Args:
        entry: the entry.
        entries: all entries, by their keys in small letters.
    """
    fields, places = dict(entry.fields), dict(entry.places)
    seen, key = {entry.key.lower()}, fields.get("crossref", "").strip().lower()
    while len(seen) <= _DEEPEST and key not in seen and (parent := entries.get(key)):
        seen.add(key)
        given = {name: value for name, value in parent.fields.items() if name not in _OWN}
        if title := parent.fields.get("title", ""):
            given |= {} if entry.kind.lower() in _WHOLE else {"booktitle": title}
        if fields.keys() & {"date", "year"}:
            given = {name: value for name, value in given.items() if name not in {"date", "year", "month"}}
        places = {
            name: parent.places.get(name, parent.places.get("title", (parent.line, 1))) for name in given
        } | places
        fields = given | fields
        key = parent.fields.get("crossref", "").strip().lower()
    return entry._replace(fields=fields, places=places)


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


def _plain(part: str, strings: Mapping[str, str]) -> str:
    return part[1:-1] if _ENCLOSED.fullmatch(part) else strings.get(part.lower(), part)
