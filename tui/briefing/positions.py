"""The positions of keys and values in a TOML text, for messages.

No TOML parser in reach tells this, so this walks the text once more, and only once a problem is to be reported. The text
has passed a real parser already: what is scanned here is known to be well formed.
"""

import re
from bisect import bisect_right
from typing import Final

from tui.briefing.problems import KeyPath
from tui.briefing.toml_scan import (
    BLANK,
    PLAIN_HEADER,
    PLAIN_PAIR,
    SCALAR,
    STATEMENT,
    STATEMENTS,
    STRING,
    dotted_key,
    end_of_brackets,
    next_item,
    sections,
    seeker,
    skipped,
    statement_of,
)
from tui.briefing.toml_text import string_offset

# Dotted keys are cut here: no briefing nests so far, and a hostile one must not cost us a path for each of its parts.
_DEEPEST: Final = 16
_LINE_BREAK: Final = re.compile(r"\n")


class Positions:
    """The places of a well-formed TOML text's keys and values."""

    def __init__(self, text: str) -> None:
        """Walk the text."""
        self._text = text
        self._is_short = '"""' not in text and "'''" not in text
        self._at = 0
        self._keys: dict[KeyPath, int] = {}
        self._values: dict[KeyPath, tuple[int, int]] = {}
        self._lengths: dict[KeyPath, int] = {}
        # Statements by their table: they are walked when something of it is asked for that is not seen at a glance.
        self._stretches: dict[KeyPath, list[tuple[int, int]]] = {}
        # Arrays and inline tables, which are most of a file, are stepped over until something in one is asked for.
        self._folded: dict[KeyPath, int] = {}
        self.tables: dict[int, KeyPath] = {}
        """The table that each header opens, by the header's offset in the text."""
        self.items: dict[KeyPath, list[tuple[int, int]]] = {}
        """Where the items of each array and the pairs of each inline table stand, once something in it was asked for."""
        self._line_starts = [0, *[match.end() for match in _LINE_BREAK.finditer(text)]]
        for header, table, start, end in sections(text) if self._is_short else ():
            self._stretches[table] = [(start, end)]
            if table:
                self.tables[header] = table
                self._keys.setdefault(table[:1], header)
                self._keys[table] = header
        self._ends = None if self._stretches else self._document()

    @property
    def ends(self) -> dict[int, int]:
        """The ends of the statements below each header, by its offset. The top of the text is -1."""
        if self._ends is None:
            self._ends = self._document()
        return self._ends

    def of_key(self, path: KeyPath) -> tuple[int, int]:
        """Return the line and column of a key or its nearest table."""
        return self.line_and_column(self._nearest(path, {})[0])

    def of_value(self, path: KeyPath) -> tuple[int, int]:
        """Return the line and column of a value or its nearest table."""
        return self.line_and_column(self._nearest(path, self._values)[0])

    def span(self, path: KeyPath) -> tuple[int, int] | None:
        """Return the span of a value; None without such a value."""
        if sought := self._sought(path):
            return sought[1:]
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
        line, column = self.line_and_column(start)
        if self._text.find("\n", start, end) < 0:  # as of most values
            return line, column, line, column + end - start
        return (line, column, *self.line_and_column(end))

    def _nearest(self, path: KeyPath, values: dict[KeyPath, tuple[int, int]]) -> tuple[int, int]:
        """Return the span of a value, or of the nearest outer key. Keys have no extent."""
        if values is self._values:
            if known := values.get(path):
                return known
            if sought := self._sought(path):
                return sought[1:]
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

    def _document(self) -> dict[int, int]:
        """Walk the whole text. Return where the last statement below each header ends."""
        ends = {-1: 0}
        self._at, self._lengths, self._stretches = 0, {}, {}
        table: KeyPath = ()
        header = -1
        while True:
            start = self._at
            if (at_a_glance := STATEMENTS.match(self._text, start)) and at_a_glance.end() > start:
                self._at = ends[header] = at_a_glance.end()
                self._stretches.setdefault(table, []).append((start, self._at))
            self._at = skipped(self._text, self._at, BLANK)
            if self._at >= len(self._text):
                return ends
            start = self._at
            if self._text[start] == "[":
                header = start
                table = self.tables[start] = self._header()
                ends[start] = self._at
                self._keys.setdefault(table, start)
                if isinstance(table[-1], int):  # the array, for messages that mean all of it
                    self._keys.setdefault(table[:-1], start)
            else:
                self._pair(table)
                ends[header] = self._at

    def _sought(self, path: KeyPath) -> tuple[int, int, int] | None:
        """Return the offsets of a table's key and value. Other statements stay unparsed."""
        key = path[-1]
        for start, end in self._stretches.get(path[:-1], ()) if isinstance(key, str) else ():
            if self._is_short and (place := statement_of(self._text, str(key), start, end)):
                return place
            if match := seeker(str(key)).match(self._text, start, end):
                return match.start(1), *match.span(2)
        return None

    def _statements(self, table: KeyPath, start: int, end: int) -> None:
        """Walk statements of a table that were stepped over."""
        keys, values = self._keys, self._values
        self._at = start
        while self._at < end:
            if match := STATEMENT.match(self._text, self._at, end):
                path = (*table, match[1])
                keys.setdefault(path, match.start(1))
                span = match.span(match.lastindex or 0)
                if match.lastindex == 3:
                    self._folded[path] = span[0]
                values.setdefault(path, span)
                self._at = match.end()
            elif (at := skipped(self._text, self._at, BLANK)) > self._at:
                self._at = at
            else:
                self._pair(table)

    def _header(self) -> KeyPath:
        """Parse a header ``[a.b]`` or ``[[a.b]]``. Return the path of its table."""
        if plain := PLAIN_HEADER.match(self._text, self._at):
            self._at = plain.end()
            index = self._lengths.get((plain[1],), 0)
            self._lengths[plain[1],] = index + 1
            return plain[1], index
        doubled = self._text.startswith("[[", self._at)
        self._at += 2 if doubled else 1
        parts, self._at = dotted_key(self._text, self._at)
        self._at += 2 if doubled else 1
        path: KeyPath = ()
        for place, part in enumerate(parts, 1):
            path = (*path, part)
            if doubled and place == len(parts):
                self._lengths[path] = self._lengths.get(path, 0) + 1
            if length := self._lengths.get(path):  # an array of tables, whose latest one is meant
                path = (*path, length - 1)
        return path

    def _pair(self, table: KeyPath) -> None:
        start = self._at
        if plain := PLAIN_PAIR.match(self._text, start):
            path = (*table, plain[1])
            self._keys.setdefault(path, start)
            self._at = plain.end()
            if plain[2]:
                self._values.setdefault(path, plain.span(2))
            else:
                self._value(path)
            return
        parts, self._at = dotted_key(self._text, start)
        parts = parts[:_DEEPEST]
        for length in range(1, len(parts) + 1):
            self._keys.setdefault((*table, *parts[:length]), start)
        self._at += 1  # the equals sign
        self._value((*table, *parts))

    def _value(self, path: KeyPath) -> None:
        self._at = skipped(self._text, self._at, BLANK)
        start = self._at
        if self._text[start : start + 1] in {"[", "{"}:
            self._folded[path] = start
            self._at = end_of_brackets(self._text, start)
        elif match := STRING.match(self._text, start) or SCALAR.match(self._text, start):
            self._at = match.end()
        self._values.setdefault(path, (start, start + len(self._text[start : self._at].rstrip())))

    def _array(self, path: KeyPath) -> None:
        items = self.items[path] = []
        self._at = next_item(self._text, self._at + 1)
        while self._text[self._at : self._at + 1] not in {"]", ""}:
            index = len(items)
            self._value((*path, index))
            items.append(self._values[(*path, index)])
            self._at = next_item(self._text, self._at)
        self._at += 1

    def _inline_table(self, path: KeyPath) -> None:
        items = self.items[path] = []
        self._at = next_item(self._text, self._at + 1)
        while self._text[self._at : self._at + 1] not in {"}", ""}:
            start = self._at
            self._pair(path)
            items.append((start, start + len(self._text[start : self._at].rstrip())))
            self._at = next_item(self._text, self._at)
        self._at += 1

    def _unfold(self, path: KeyPath) -> None:
        """Parse the arrays and inline tables on the way to a value."""
        for length in range(len(path)):
            if path[:length] in self._stretches and not self._open(path, length + 1):
                for stretch in self._stretches.pop(path[:length]):
                    self._statements(path[:length], *stretch)
            start = self._folded.pop(path[:length], None)
            if start is not None:
                self._at = start
                parse = self._array if self._text[start] == "[" else self._inline_table
                parse(path[:length])

    def _open(self, path: KeyPath, length: int) -> bool:
        """Find the only array or inline table on a longer path."""
        if len(path) <= length or not (sought := self._sought(path[:length])):
            return False
        outer = path[:length]
        if outer not in self._values:
            self._keys.setdefault(outer, sought[0])
            self._values[outer] = sought[1:]
            if self._text[sought[1]] in "[{":
                self._folded[outer] = sought[1]
        return True
