"""The positions of keys and values in a TOML text, for messages.

No TOML parser in reach tells this, so this walks the text once more, and only once a problem is to be reported. The text
has passed a real parser already: what is scanned here is known to be well formed.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import Final

import tomli

from tui.briefing.problems import KeyPath
from tui.briefing.toml_text import string_offset

_BLANK: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_BARE_KEY: Final = re.compile(r"[^\s.=\[\]{},#\"']+")
_STRING: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}' r"|'''(?:[^']|'(?!''))*'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN_PAIR: Final = re.compile(r'([A-Za-z0-9_-]+)[ \t]*=[ \t]*("(?!"")[^"\\\n]*"|)')
"""A bare key with a one-line string without escapes, the most frequent statement of a file."""
_LEAF: Final = rf"""[^\[\]{{}}"'#]++|"(?!"")[^"\\\n]*+"|{_STRING.pattern}|#[^\n]*+"""
_FLAT: Final = rf"[\[{{](?:{_LEAF})*+[\]}}]"
_NESTED: Final = rf"[\[{{](?:{_LEAF}|{_FLAT})*+[\]}}]"
_END: Final = r"(?=[ \t]*(?:[\n#]|\Z))"
_PLAIN: Final = r"""(?:"(?!"")[^"\\\n]*+"|[\w.+:-]++)"""
_BRACKETS: Final = rf"[\[{{](?:{_LEAF}|{_NESTED})*+[\]}}]"
_STATEMENT: Final = re.compile(rf"[ \t\n]*([A-Za-z0-9_-]+)[ \t]*=[ \t]*(?:({_PLAIN})|({_BRACKETS})){_END}", re.DOTALL)
"""A bare key with a plain value, or with brackets up to three deep. Nearly all statements match."""
_UNNAMED: Final = rf"[ \t\n]*[A-Za-z0-9_-]++[ \t]*=[ \t]*(?:{_PLAIN}|{_BRACKETS}){_END}"
_STATEMENTS: Final = re.compile(rf"(?:{_UNNAMED})*+", re.DOTALL)
_PLAIN_HEADER: Final = re.compile(r"\[\[([A-Za-z0-9_-]+)\]\]")
_SCALAR: Final = re.compile(r"[^,\]}#\r\n]*")
_MAY_BE_SKIPPED: Final = frozenset(" \t\r\n#")
_BRACKET: Final = re.compile(rf"{_STRING.pattern}|#[^\n]*|[\[\]{{}}]", re.DOTALL)
"""A bracket, or a string or comment, in which brackets mean nothing."""
# Dotted keys are cut here: no briefing nests so far, and a hostile one must not cost us a path for each of its parts.
_DEEPEST: Final = 16


@lru_cache(maxsize=256)
def _seeker(key: str) -> re.Pattern[str]:
    """Return the pattern that skips statements up to a bare key. Group 1 is the key, group 2 the value."""
    name = re.escape(key)
    value = rf"[ \t]*({_PLAIN}|{_BRACKETS}){_END}"
    return re.compile(rf"(?:(?![ \t\n]*{name}[ \t]*=){_UNNAMED})*+[ \t\n]*({name})[ \t]*={value}", re.DOTALL)


def _named(key: str) -> str:
    """Return the name of a key, quoted or bare."""
    return next(iter(tomli.loads(f"{key} = 0"))) if key[0] in "\"'" else key


class Positions:
    """The places of a well-formed TOML text's keys and values."""

    def __init__(self, text: str) -> None:
        """Walk the text."""
        self._text = text
        self._at = 0
        self._keys: dict[KeyPath, int] = {}
        self._values: dict[KeyPath, tuple[int, int]] = {}
        self._lengths: dict[KeyPath, int] = {}
        # Statements that can be told at a glance, by their table: they are walked when something of it is asked for.
        self._stretches: dict[KeyPath, list[tuple[int, int]]] = {}
        # Arrays and inline tables, which are most of a file, are stepped over until something in one is asked for.
        self._folded: dict[KeyPath, int] = {}
        self.tables: dict[int, KeyPath] = {}
        """The table that each header opens, by the header's offset in the text."""
        self.ends: dict[int, int] = {-1: 0}
        """Where the last statement below each header ends, by the header's offset; -1 means the top of the text."""
        self.items: dict[KeyPath, list[tuple[int, int]]] = {}
        """Where the items of each array and the pairs of each inline table stand, once something in it was asked for."""
        self._line_starts = [0, *accumulate(map((1).__add__, map(len, text.split("\n"))))]
        self._document()

    def of_key(self, path: KeyPath) -> tuple[int, int]:
        """Return the line and column of a key or its nearest table."""
        return self.line_and_column(self._nearest(path, {})[0])

    def of_value(self, path: KeyPath) -> tuple[int, int]:
        """Return the line and column of a value or its nearest table."""
        return self.line_and_column(self._nearest(path, self._values)[0])

    def span(self, path: KeyPath) -> tuple[int, int] | None:
        """Return the span of a value; None without such a value."""
        if match := self._sought(path):
            return match.span(2)
        self._unfold(path)
        return self._values.get(path)

    def key(self, path: KeyPath) -> int | None:
        """Return the offset of a key or table header, or None."""
        self._unfold(path)
        return self._keys.get(path)

    def unfolded(self, path: KeyPath) -> list[tuple[int, int]]:
        """Return the spans of an array's items or an inline table's pairs."""
        self._unfold((*path, 0))
        return self.items.get(path, [])

    def of_words(self, path: KeyPath, offset: int, length: int) -> tuple[int, int, int, int]:
        """Return the lines and columns of some characters' begin and end.

        A negative offset means the whole value. Where there is no such value, its nearest table is meant, without extent.
        """
        start, end = self._nearest(path, self._values)
        if offset >= 0 and self._text[start] in "\"'":
            token = self._text[start:end]
            start, end = start + string_offset(token, offset), start + string_offset(token, offset + length)
        return (*self.line_and_column(start), *self.line_and_column(end))

    def _nearest(self, path: KeyPath, values: dict[KeyPath, tuple[int, int]]) -> tuple[int, int]:
        """Return the span of a value, or of the nearest outer key. Keys have no extent."""
        if values is self._values:
            if known := values.get(path):
                return known
            if match := self._sought(path):
                return match.span(2)
        self._unfold(path)
        for length in range(len(path), 0, -1):
            if (span := values.get(path[:length])) is not None:
                return span
            if (start := self._keys.get(path[:length])) is not None:
                return start, start
        return 0, 0

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset, both from 1."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def _document(self) -> None:
        table: KeyPath = ()
        header = -1
        while True:
            start = self._at
            if (at_a_glance := _STATEMENTS.match(self._text, start)) and at_a_glance.end() > start:
                self._at = self.ends[header] = at_a_glance.end()
                self._stretches.setdefault(table, []).append((start, self._at))
            self._skip(_BLANK)
            if self._at >= len(self._text):
                return
            start = self._at
            if self._text[start] == "[":
                header = start
                table = self.tables[start] = self._header()
                self.ends[start] = self._at
                self._keys.setdefault(table, start)
                if isinstance(table[-1], int):  # the array, for messages that mean all of it
                    self._keys.setdefault(table[:-1], start)
            else:
                self._pair(table)
                self.ends[header] = self._at

    def _sought(self, path: KeyPath) -> re.Match[str] | None:
        """Return the match of a table's key and value without parsing the other statements."""
        for start, end in self._stretches.get(path[:-1], ()) if isinstance(path[-1], str) else ():
            if match := _seeker(path[-1]).match(self._text, start, end):
                return match
        return None

    def _statements(self, table: KeyPath, start: int, end: int) -> None:
        """Walk statements of a table that were stepped over."""
        keys, values = self._keys, self._values
        self._at = start
        while match := _STATEMENT.match(self._text, self._at, end):
            path = (*table, match[1])
            keys.setdefault(path, match.start(1))
            span = match.span(match.lastindex or 0)
            if match.lastindex == 3:
                self._folded[path] = span[0]
            values.setdefault(path, span)
            self._at = match.end()

    def _header(self) -> KeyPath:
        """Parse a header ``[a.b]`` or ``[[a.b]]``. Return the path of its table."""
        if plain := _PLAIN_HEADER.match(self._text, self._at):
            self._at = plain.end()
            index = self._lengths.get((plain[1],), 0)
            self._lengths[plain[1],] = index + 1
            return plain[1], index
        doubled = self._text.startswith("[[", self._at)
        self._at += 2 if doubled else 1
        parts = self._dotted_key()
        self._at += 2 if doubled else 1
        path: KeyPath = ()
        for part in parts[:-1]:
            path = self._last_of((*path, part))
        path = (*path, parts[-1])
        if doubled:
            self._lengths[path] = self._lengths.get(path, 0) + 1
        return self._last_of(path)

    def _last_of(self, path: KeyPath) -> KeyPath:
        """Replace an array of tables in a path by its latest table."""
        length = self._lengths.get(path)
        return path if length is None else (*path, length - 1)

    def _pair(self, table: KeyPath) -> None:
        start = self._at
        if plain := _PLAIN_PAIR.match(self._text, start):
            path = (*table, plain[1])
            self._keys.setdefault(path, start)
            self._at = plain.end()
            if plain[2]:
                self._values.setdefault(path, plain.span(2))
            else:
                self._value(path)
            return
        parts = self._dotted_key()[:_DEEPEST]
        for length in range(1, len(parts) + 1):
            self._keys.setdefault((*table, *parts[:length]), start)
        self._at += 1  # the equals sign
        self._value((*table, *parts))

    def _dotted_key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._skip(_SPACE)
            match = _STRING.match(self._text, self._at) or _BARE_KEY.match(self._text, self._at)
            if match is None:
                return parts or [""]
            parts.append(_named(match[0]))
            self._at = match.end()
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _value(self, path: KeyPath) -> None:
        self._skip(_BLANK)
        start = self._at
        if self._text[start : start + 1] in {"[", "{"}:
            self._folded[path] = start
            self._pass_over_brackets()
        elif match := _STRING.match(self._text, start) or _SCALAR.match(self._text, start):
            self._at = match.end()
        self._values.setdefault(path, (start, start + len(self._text[start : self._at].rstrip())))

    def _array(self, path: KeyPath) -> None:
        self._at += 1
        items = self.items[path] = []
        while self._more("]"):
            index = len(items)
            self._value((*path, index))
            items.append(self._values[(*path, index)])

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        items = self.items[path] = []
        while self._more("}"):
            start = self._at
            self._pair(path)
            items.append((start, start + len(self._text[start : self._at].rstrip())))

    def _more(self, closing: str) -> bool:
        """Skip blanks and a comma. Return whether the bracket has another item."""
        self._skip(_BLANK)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip(_BLANK)
        if self._at >= len(self._text):
            return False
        if self._text[self._at] == closing:
            self._at += 1
            return False
        return True

    def _pass_over_brackets(self) -> None:
        depth = 0
        for match in _BRACKET.finditer(self._text, self._at):
            character = self._text[match.start()]
            depth += (character in "[{") - (character in "]}")
            if depth == 0:
                self._at = match.end()
                return
        self._at = len(self._text)

    def _unfold(self, path: KeyPath) -> None:
        """Parse the arrays and inline tables on the way to a value."""
        for length in range(len(path)):
            if path[:length] in self._stretches and not self._open(path, length + 1):
                for stretch in self._stretches.pop(path[:length]):
                    self._statements(path[:length], *stretch)
            start = self._folded.pop(path[:length], None)
            if start is not None:
                self._at = start
                if self._text[start] == "[":
                    self._array(path[:length])
                else:
                    self._inline_table(path[:length])

    def _open(self, path: KeyPath, length: int) -> bool:
        """Find the one array or inline table of a table that a longer path leads into."""
        if len(path) <= length or not (match := self._sought(path[:length])):
            return False
        outer = path[:length]
        if outer not in self._values:
            self._keys.setdefault(outer, match.start(1))
            self._values[outer] = match.span(2)
            if self._text[match.start(2)] in "[{":
                self._folded[outer] = match.start(2)
        return True

    def _skip(self, pattern: re.Pattern[str]) -> None:
        if self._text[self._at : self._at + 1] not in _MAY_BE_SKIPPED:
            return
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at
