"""CSL-JSON, in which Zotero and pandoc keep a bibliography."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from tui.citing import dates
from tui.citing.draft import Draft, Found
from tui.citing.names import Name
from tui.citing.record import DATES, NAMES, Bibliography, Record
from tui.citing.variables import OF_CSL, csl_name, note_of

_NOTES: Final = ("note", "annote", "abstract")
_IDLE: Final = frozenset({"id", "type", "citation-key", "custom", "categories"})
"""The keys that name an item, or say nothing of the work."""
_ITEMS: Final = re.compile(r'\{\s*"items"\s*:\s*(?=\[)')
"""The start of an object that holds the array, as Zotero's server sends it."""
_SPACE: Final = re.compile(r"[\s,]*")
_MARKUP: Final = re.compile(r"</?(?:i|b|sc|sub|sup|span)(?:\s[^<>]*)?>")


def write(records: Iterable[Record]) -> Iterator[str]:
    """Write records as a JSON array, an item for each."""
    yield "["
    before = ""
    for record in records:
        if before:
            yield f"{before},"
        before = json.dumps(item(record), ensure_ascii=False, indent=2)
    if before:
        yield before
    yield "]"


def item(record: Record) -> dict[str, Any]:
    """Return a record as an item of CSL-JSON."""
    written: dict[str, Any] = {"id": record.id, "type": record.type}
    written |= {csl_name(variable): [_name(name) for name in names] for variable, names in record.names.items()}
    written |= {csl_name(variable): dates.to_csl(date) for variable, date in record.dates.items()}
    written |= {csl_name(variable): text for variable, text in record.texts.items()}
    note = note_of(record, lambda variable: _is_kept(record, variable))
    return written | ({"note": note} if note else {})


def read(text: str) -> Bibliography:
    """Read a JSON array of items. A broken item is reported, and the others are taken."""
    found, lines = Found(), _Lines(text)
    for start, value, error in _items(text):
        if isinstance(value, dict) and value and not error:
            found.add(_draft(value, lines, start), lines.place(start)[0])
        else:
            found.tell(*lines.place(start), f"{error or 'this is no item; write {…}'}; it was left out")
    return found.bibliography()


class _Lines:
    """A text with the offsets of its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _is_kept(record: Record, variable: str) -> bool:
    """Whether CSL-JSON holds a value without loss. It has no dates of some kinds, and reads signs as markup."""
    if variable in DATES:
        return dates.from_csl(dates.to_csl(record.dates[variable])) == record.dates[variable]
    return not _MARKUP.search(record.texts.get(variable, ""))


def _name(name: Name) -> dict[str, str]:
    parts = {
        "literal": name.literal,
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: value for key, value in parts.items() if value}


def _items(text: str) -> Iterator[tuple[int, object, str]]:
    """Yield each item's offset, its value and its fault."""
    decoder, at = json.JSONDecoder(), _SPACE.match(text.removeprefix("\ufeff"))
    start = text.startswith("\ufeff") + (at.end() if at else 0)
    if wrapped := _ITEMS.match(text, start):
        start = wrapped.end()
    if text[start : start + 1] not in {"[", "{"}:
        yield start, None, "this is no CSL-JSON; it begins with ["
        return
    start += text[start] == "["
    while (start := _skipped(text, start)) < len(text) and text[start] != "]":
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            said = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deep"
            yield getattr(error, "pos", start), None, f"the item cannot be read: {said}"
            end = _next_item(decoder, text, start + 1)
        else:
            yield start, value, ""
        start = end


def _next_item(decoder: json.JSONDecoder, text: str, start: int) -> int:
    """Return the offset of the next sound item, or the text's end."""
    while (start := text.find("{", start)) >= 0:
        try:
            value, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            start += 1
            continue
        if "type" in value:
            return start
        start += 1
    return len(text)


def _skipped(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def _draft(value: Mapping[str, Any], lines: _Lines, start: int) -> Draft:
    draft = Draft(str(value.get("id") or ""), *lines.place(start))
    draft.set_type(str(value.get("type", "")), str(value.get("type", "")))
    for key, given in value.items():
        if key not in _IDLE:
            _take(draft, key, given, lines.place(max(lines.text.find(json.dumps(key), start), start)))
    return draft


def _take(draft: Draft, key: str, given: object, at: tuple[int, int]) -> None:
    """Take a value of an item."""
    variable = OF_CSL.get(key, "")
    if variable in NAMES:
        _take_names(draft, variable, given if isinstance(given, list) else [given], at)
    elif variable in DATES:
        said = (
            next((given[key] for key in ("literal", "raw") if key in given), given)
            if isinstance(given, dict)
            else given
        )
        written = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        draft.set_date(variable, dates.from_csl(given), written, at)
    elif isinstance(given, str | int | float) and not isinstance(given, bool):
        words = str(given) if key in _NOTES else _MARKUP.sub("", str(given)).strip()
        if variable:
            draft.set_text(variable, words)
        elif words:
            draft.add_note(words if key in _NOTES else f"{key}: {words}")
    elif given:
        draft.leave_out(key, at)


def _take_names(draft: Draft, variable: str, given: list[object], at: tuple[int, int]) -> None:
    for one in given:
        if name := _read_name(one):
            draft.add_name(variable, name)
        else:
            draft.leave_out(f"a name of {variable} without family and literal", at)


def _read_name(given: object) -> Name | None:
    if isinstance(given, str) and (whole := " ".join(given.split())):
        return Name(literal=whole)
    if not isinstance(given, dict):
        return None

    def part(*keys: str) -> str:
        return " ".join(" ".join(str(given[key]) for key in keys if given.get(key)).split())

    if whole := part("literal") or part("name"):
        return Name(literal=whole)
    if not part("family"):
        return Name(literal=part("given")) if part("given") else None
    return Name(part("family"), part("given"), part("dropping-particle", "non-dropping-particle"), part("suffix"))
