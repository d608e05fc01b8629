"""Edits of a TOML text in place. Order, layout and comments stay as they are.

An edit is a row of data. `edited` finds the characters that it means, writes the new ones, and reads the result again: it
says what the text said before but for the edits, or nothing is done.
"""

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import tomli

from tui.briefing import toml_arrays
from tui.briefing.positions import Positions
from tui.briefing.problems import KeyPath, key_text
from tui.briefing.toml_text import basic_string

_BOM: Final = "\ufeff"
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_REST: Final = re.compile(r"[ \t]*(?:#[^\r\n]*)?")
"""The rest of a line behind a statement."""
_LINE_BREAK: Final = re.compile(r"\r?\n|\Z")
_BLANK_LINES: Final = re.compile(r"(?:[ \t]*\r?\n)+")
_BEHIND_A_BLANK_LINE: Final = re.compile(r"(?:\A|\n[ \t\r]*\n)\Z")
_COMMENTS: Final = re.compile(r"(?:[ \t]*#[^\n]*(?:\n|\Z))*")
_COMMENTS_ABOVE: Final = re.compile(r"(?:^[ \t]*#[^\n]*\n)*[ \t]*\Z", re.MULTILINE)
_FIRST_KEY: Final = re.compile(r"[^\n]*\n([ \t]*)([A-Za-z0-9_-]+  +)?")
"""The indentation of a table's first key, and the key where blanks align its equals sign."""


class EditError(ValueError):
    """An edit that cannot be done without harm; the message says why."""


class Put(NamedTuple):
    """An edit that replaces a value, or adds a missing key."""

    path: KeyPath
    value: str
    """The value as TOML."""


class Append(NamedTuple):
    """An edit that appends a value to an array. A missing array is added."""

    path: KeyPath
    """The key path of the array."""
    value: str
    """The value as TOML."""


class Remove(NamedTuple):
    """An edit that removes a key, an item, or a table.

    A table's own comments stand in its body, or directly above its header or below its last line.
    """

    path: KeyPath


class Insert(NamedTuple):
    """An edit that adds tables behind the last table of a name."""

    tables: str
    """One table or several, as TOML, with the comments that belong to them."""
    behind: str = ""


TomlEdit = Put | Append | Remove | Insert
"""Something to be done to a TOML text; key paths are those of the text before any of the edits."""
Change = tuple[int, int, str]
"""The start and end offsets of some characters, and their replacement."""


def edited(text: str, edits: Sequence[TomlEdit], sound: str | None = None) -> str:
    """Apply edits to a TOML text. Everything else stays unchanged.

    Args:
        text: the text with its own line breaks, and a byte order mark where it has one.
        edits: what is to be done.
        sound: the text with what is no TOML blanked out, character by character; the text itself where left out.

    Raises:
        EditError: an edit means what is not there, or cannot be done without harm to something else.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    body, readable = text.removeprefix(_BOM), (text if sound is None else sound).removeprefix(_BOM)
    try:
        expected = _read(readable)
        editor = _Editor(readable)
        _apply(expected, edits, editor.tables)
        changes = [change for edit in edits for change in editor.changes(edit)]
        faithful = _read(_changed(readable, changes)) == expected
    except (tomli.TOMLDecodeError, LookupError, TypeError, AttributeError) as error:
        raise EditError(f"the TOML is not understood here: {error}") from error
    if not faithful:
        raise EditError("the TOML is laid out in a way that cannot be edited in place; edit it by hand")
    return mark + _changed(body, changes)


def _read(text: str) -> dict[str, Any]:
    # Numbers as they are written: nan is not equal to itself.
    return tomli.loads(text, parse_float=str)


def _changed(text: str, changes: Iterable[Change]) -> str:
    parts = []
    at = 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        if start < at:
            raise EditError("two of the edits mean the same place; do them one after the other")
        parts += [text[at:start], new]
        at = end
    return "".join((*parts, text[at:]))


class _Editor:
    """Finds the characters that edits mean."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._positions = Positions(text)
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._headers = [-1, *sorted(self._positions.tables)]
        self._paths: dict[int, KeyPath] = {-1: (), **self._positions.tables}
        self._below_path: dict[KeyPath, list[int]] = defaultdict(list)
        for header in self._headers[1:]:
            for length in range(1, len(self._paths[header]) + 1):
                self._below_path[self._paths[header][:length]].append(header)
        self.tables: dict[KeyPath, int] = {path: header for header, path in reversed(self._paths.items())}

    def changes(self, edit: TomlEdit) -> Iterable[Change]:
        if isinstance(edit, Insert):
            return [self._insertion(edit)]
        if isinstance(edit, Remove):
            return self._removals(edit.path)
        span = self._positions.span(edit.path)
        if span is None:
            return self._addition(edit)
        if isinstance(edit, Put):
            return [(*span, edit.value)]
        return self._at_the_end(edit.path, span, edit.value)

    def _addition(self, edit: Put | Append) -> Iterable[Change]:
        """Add a key to the innermost existing table. Missing tables become dotted keys."""
        value = edit.value if isinstance(edit, Put) else f"[{edit.value}]"
        for length in range(len(edit.path) - 1, -1, -1):
            table = edit.path[:length]
            name = ".".join(map(_key, edit.path[length:]))
            if table in self.tables:
                return [self._added(self.tables[table], name, value)]
            if span := self._positions.span(table):
                return self._at_the_end(table, span, f"{name} = {value}")
        raise _nothing_there(edit.path)

    def _added(self, header: int, name: str, value: str) -> Change:
        """Add a statement to a table's end, laid out like the first."""
        first = _FIRST_KEY.match(self._text, header) if header >= 0 else None
        indent, width = (first[1], len(first[2] or " ")) if first else ("", 1)
        end = self._positions.ends[header]
        if header < 0 and not end:
            return 0, 0, f"{name} = {value}{self._newline}"
        at = self._line_end(end)
        return at, at, self._own(f"\n{indent}{name.ljust(width - 1)} = {value}")

    def _at_the_end(self, path: KeyPath, span: tuple[int, int], value: str) -> Iterable[Change]:
        items = self._positions.unfolded(path)
        changes = toml_arrays.addition(self._text, span, items, value)
        return [(start, end, self._own(new)) for start, end, new in changes]

    def _removals(self, path: KeyPath) -> Iterable[Change]:
        if mine := self._below_path.get(path):
            return [(*stretch, "") for stretch in self._stretches(mine)]
        span = self._positions.span(path)
        if span is None:
            raise _nothing_there(path)
        if path[:-1] in self.tables:
            start = self._text.rfind("\n", 0, self._positions.key(path) or 0) + 1
            return [(start, self._next_line(span[1]), "")]
        around = self._positions.span(path[:-1])
        if around is None:
            raise _nothing_there(path[:-1])
        items = self._positions.unfolded(path[:-1])
        place = next(place for place, (start, end) in enumerate(items) if start <= span[0] < end)
        return [toml_arrays.removal(self._text, around, items, place)]

    def _stretches(self, headers: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Return the spans of tables with their comments. Adjacent tables form one span."""
        places = [bisect_left(self._headers, header) for header in headers]
        for _, group in itertools.groupby(enumerate(places), lambda numbered: numbered[1] - numbered[0]):
            run = [place for _, place in group]
            start, end = self._above(run[0]), self._below(run[-1])
            if _BEHIND_A_BLANK_LINE.search(self._text, max(0, start - 80), start):
                blank = _BLANK_LINES.match(self._text, end)
                end = blank.end() if blank else end
            if end == len(self._text):  # no blank line is left at the end
                start = len(self._text[:start].rstrip())
                start = self._next_line(start) if start else 0
            yield start, end

    def _above(self, place: int) -> int:
        """Return the offset of the comments directly above a header."""
        header = self._headers[place]
        before = self._next_line(self._positions.ends[self._headers[place - 1]]) if self._top(place) else 0
        match = _COMMENTS_ABOVE.search(self._text, min(before, header), header)
        return match.start() if match else header

    def _top(self, place: int) -> bool:
        """Whether any statement or header stands before a header."""
        return place > 1 or self._positions.ends[-1] > 0

    def _below(self, place: int) -> int:
        """Return the offset of a table's end, with its own comments below."""
        end = self._next_line(self._positions.ends[self._headers[place]])
        match = _COMMENTS.match(self._text, end)
        after = match.end() if match else end
        following = place + 1 < len(self._headers) and self._above(place + 1) <= after
        return end if following else after

    def _insertion(self, edit: Insert) -> Change:
        like = self._below_path.get((edit.behind,))
        at = self._below(bisect_left(self._headers, like[-1])) if like else len(self._text)
        before = "\n" if at and not self._text.endswith("\n", 0, at) else ""
        gap = "" if _BEHIND_A_BLANK_LINE.search(self._text, max(0, at - 80), at) else "\n"
        behind = "" if at == len(self._text) or _BLANK_LINES.match(self._text, at) else "\n"
        tables = edit.tables.strip("\n")
        return at, at, self._own(f"{before}{gap}{tables}\n{behind}")

    def _line_end(self, at: int) -> int:
        match = _REST.match(self._text, at)
        return match.end() if match else at

    def _next_line(self, at: int) -> int:
        match = _LINE_BREAK.match(self._text, self._line_end(at))
        return match.end() if match else len(self._text)

    def _own(self, new: str) -> str:
        return new.replace("\r\n", "\n").replace("\n", self._newline)


def _key(part: str | int) -> str:
    if isinstance(part, int):
        raise EditError("there is no such place in the TOML")
    return part if _BARE.fullmatch(part) else basic_string(part)


def _nothing_there(path: KeyPath) -> EditError:
    return EditError(f"there is no {key_text(path)} in the TOML")


def _apply(data: dict[str, Any], edits: Iterable[TomlEdit], tables: Container[KeyPath]) -> None:
    """Apply edits to plain data, given the tables that have headers."""
    gone: list[KeyPath] = []
    for edit in edits:
        if isinstance(edit, Insert):
            for name, rows in _read(edit.tables).items():
                data.setdefault(name, []).extend(rows)
            continue
        *way, key = edit.path
        holder = _at(data, way, missing=not isinstance(edit, Remove))
        if isinstance(edit, Put):
            holder[key] = _read(f"v = {edit.value}")["v"]
        elif isinstance(edit, Append):
            holder.setdefault(key, []).append(_read(f"v = {edit.value}")["v"])
        else:
            _ = holder[key]
            gone.append(edit.path)
    # From the last on, so that an item's index means it still.
    for path in sorted(dict.fromkeys(gone), key=lambda path: [(str(type(part)), part) for part in path], reverse=True):
        holder = _at(data, path[:-1])
        del holder[path[-1]]
        if not holder and path in tables and isinstance(path[-1], int):
            del _at(data, path[:-2])[path[-2]]


def _at(data: Any, way: Iterable[str | int], *, missing: bool = False) -> Any:
    for part in way:
        data = data.setdefault(part, {}) if missing and isinstance(data, dict) else data[part]
    return data
