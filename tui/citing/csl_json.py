"""CSL-JSON, in which Zotero and pandoc keep a bibliography."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from tui.citing import dates
from tui.citing.draft import Draft, Found, Place
from tui.citing.lines import Lines, lines_of
from tui.citing.names import Name
from tui.citing.record import DATES, NAMES, Bibliography, Record
from tui.citing.variables import MARKUP, OF_CSL, csl_name, note_of

_FLAGS: Final = frozenset({"parse-names", "comma-suffix", "static-ordering"})
"""The parts of a name that tell a program how to set it."""
_NOTES: Final = ("note", "annote", "abstract")
_IDLE: Final = frozenset({"id", "type", "citation-key"})
"""The keys that name an item."""
_ITEMS: Final = re.compile(r'\{\s*"(?:items|references)"\s*:\s*(?=\[)')
"""The start of an object that holds the array, as Zotero's server sends it."""
_BEHIND: Final = re.compile(r"\]?+[\s,}]*+(?=\S)")
_DEEP: Final = "it is nested too deep"
_LONG: Final = 18
_LEAF: Final = re.compile(r"(?!null\b)\b[0-9A-Za-z\\]*[1-9A-Za-z\\]")
"""Words of a date that say something; zeros fill one up."""
_SPACE: Final = re.compile(r"[\s,]*")


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
    found = Found()
    lines = lines_of(text, found, escapes=True)
    for start, at, value, error in _items(lines):
        try:
            if isinstance(value, dict) and value and not error:
                found.add(_draft(value, lines, start), lines.place(start)[0])
            else:
                found.tell(*lines.place(at), f"{error or 'this is no item; write {…}'}; it was left out")
        except RecursionError:
            found.tell(*lines.place(start), f"{_DEEP}; it was left out")
    return found.bibliography()


def _is_kept(record: Record, variable: str) -> bool:
    """Whether CSL-JSON holds a value without loss. It has no dates of some kinds, and reads signs as markup."""
    if variable in DATES:
        return dates.from_csl(dates.to_csl(record.dates[variable])) == record.dates[variable]
    return not MARKUP.search(record.texts.get(variable, ""))


def _name(name: Name) -> dict[str, str]:
    parts = {
        "literal": name.literal,
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: value for key, value in parts.items() if value}


def _items(lines: Lines) -> Iterator[tuple[int, int, object, str]]:
    """Yield the offsets of each item and its fault, and both themselves."""
    text = lines.text
    decoder = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=_integer, parse_float=_same, parse_constant=_same)
    start = _skipped(text, 0)
    if wrapped := _ITEMS.match(text, start):
        start = wrapped.end()
    if text[start : start + 1] not in {"[", "{"}:
        yield start, start, None, "this is no CSL-JSON; it begins with ["
        return
    is_list = text[start] == "["
    start += is_list
    is_sound = True
    while (start := _skipped(text, start)) < len(text) and text[start] != "]":
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            said = error.msg if isinstance(error, json.JSONDecodeError) else _DEEP
            begins = f"the item that begins in line {lines.place(start)[0]} cannot be read"
            yield start, getattr(error, "pos", start), None, f"{begins}: {said}"
            end, is_sound = _next_item(decoder, text, start + 1), False
        else:
            yield start, start, value, ""
            is_sound = True
        start = end
    if is_list and is_sound and start >= len(text):
        yield (
            start,
            max(len(text.rstrip()) - 1, 0),
            None,
            "the list does not end with ]; what may have stood behind is lost",
        )
    elif behind := _BEHIND.match(text, start):
        yield start, behind.end(), None, "this stands behind the list of items"


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object. A key that stands twice gets another name."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        name = key
        while name in found:
            name = f"{name} again"
        found[name] = value
    return found


def _integer(digits: str) -> int | str:
    """Return a number. Python refuses to convert very long ones."""
    return int(digits) if len(digits) < _LONG else digits


def _same(number: str) -> str:
    """Return a number as it is written: 1.10 is no 1.1."""
    return number


def _next_item(decoder: json.JSONDecoder, text: str, start: int) -> int:
    """Return the offset of the next sound item, or the text's end."""
    while (start := text.find("{", start)) >= 0:
        try:
            value, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            start += 1
            continue
        if value.keys() & {"type", "title"}:
            return start
        start += 1
    return len(text)


def _skipped(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def _draft(value: Mapping[str, Any], lines: Lines, start: int) -> Draft:
    names = [words for key in ("citation-key", "id") if (words := _words(value.get(key)))]
    draft = Draft(names[0] if names else "", lines.place(start))
    draft.set_type(_words(value.get("type")), _words(value.get("type")))
    for name in names[1:] if names[1:] != names[:1] else []:
        draft.keep("id", name)
    for key, given in value.items():
        if key not in _IDLE:
            _take(draft, key, given, lines.place(max(lines.text.find(json.dumps(key), start), start)))
    return draft


def _take(draft: Draft, key: str, given: object, at: Place) -> None:
    """Take a value of an item."""
    variable = OF_CSL.get(key, "")
    if variable in NAMES:
        for one in given if isinstance(given, list) else [given] if given else []:
            _take_name(draft, variable, one, at)
    elif variable in DATES:
        _take_date(draft, variable, given, at)
    elif variable:
        draft.set_text(variable, MARKUP.sub("", _words(given)).strip(), key)
    elif key in _NOTES:
        (draft.add_note if key == "note" else draft.add_prose)(given if isinstance(given, str) else _words(given))
    else:
        draft.keep(key, _words(given))


def _take_date(draft: Draft, variable: str, given: object, at: Place) -> None:
    """Take a date. Parts of it that it needs not go into the note."""
    parts = given if isinstance(given, dict) else {"raw": _words(given)}
    parts = {key: value for key, value in parts.items() if value is not False and _LEAF.search(json.dumps(value))}
    date = dates.from_csl(parts)
    more = {key: value for key, value in parts.items() if key not in dates.parts_read(parts)}
    if date and more and dates.from_csl(more) != date:
        draft.keep(variable, _words(more))
    if parts:
        words = _words(next(iter(parts.values()))) if len(parts) == 1 else _words(parts)
        draft.set_date(variable, date, variable, words, at)


def _take_name(draft: Draft, variable: str, given: object, at: Place) -> None:
    """Take a name. Parts without a field go into the note."""
    parts = (
        {key: _words(value) for key, value in given.items()} if isinstance(given, dict) else {"literal": _words(given)}
    )

    def part(*keys: str) -> str:
        return " ".join(filter(None, (parts.pop(key, "") for key in keys)))

    if parts.get("literal") or parts.get("name"):
        name = Name(literal=part("literal") or part("name"))
    elif parts.get("family"):
        name = Name(part("family"), part("given"), part("dropping-particle", "non-dropping-particle"), part("suffix"))
    else:
        name = Name(literal=part("given"))
    draft.add_name(variable, name, _words(given), at)
    for key, value in parts.items():
        if key not in _FLAGS:
            draft.keep(f"{variable} {name.natural}, {key}", value)


def _words(given: object) -> str:
    """Return a value as words. Objects and other lists stay JSON."""
    if isinstance(given, str):
        return " ".join(given.split())
    if given is None or given in ([], {}):
        return ""
    if isinstance(given, list) and all(isinstance(one, str) for one in given):
        return "; ".join(given)
    return json.dumps(given, ensure_ascii=False)
