"""Patterns and scans of well-formed TOML text."""

import re
from collections import Counter
from functools import lru_cache
from typing import Final

import tomli

from tui.briefing.problems import KeyPath

BLANK: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_CLOSING: Final = frozenset("\"'0123456789e]}")
"""The last sign of a string, number, truth value, array or table."""
_SPACE: Final = re.compile(r"[ \t]*")
_BARE_KEY: Final = re.compile(r"[^\s.=\[\]{},#\"']+")
STRING: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}' r"|'''(?:[^']|'(?!''))*'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
PLAIN_PAIR: Final = re.compile(r'([A-Za-z0-9_-]+)[ \t]*=[ \t]*("(?!"")[^"\\\n]*"|)')
"""A bare key with a one-line string without escapes, the most frequent statement of a file."""
_LEAF: Final = rf"""[^\[\]{{}}"'#]++|"(?!"")[^"\\\n]*+"|{STRING.pattern}|#[^\n]*+"""
_FLAT: Final = rf"[\[{{](?:{_LEAF})*+[\]}}]"
_NESTED: Final = rf"[\[{{](?:{_LEAF}|{_FLAT})*+[\]}}]"
_END: Final = r"(?=[ \t]*(?:[\n#]|\Z))"
_PLAIN: Final = r"""(?:"(?!"")[^"\\\n]*+"|[\w.+:-]++)"""
_BRACKETS: Final = rf"[\[{{](?:{_LEAF}|{_NESTED})*+[\]}}]"
STATEMENT: Final = re.compile(rf"[ \t\n]*([A-Za-z0-9_-]+)[ \t]*=[ \t]*(?:({_PLAIN})|({_BRACKETS})){_END}", re.DOTALL)
"""A bare key with a plain value, or with brackets up to three deep. Nearly all statements match."""
_VALUE: Final = re.compile(rf"({_PLAIN}|{_BRACKETS}){_END}", re.DOTALL)
_UNNAMED: Final = rf"[ \t\n]*[A-Za-z0-9_-]++[ \t]*=[ \t]*(?:{_PLAIN}|{_BRACKETS}){_END}"
STATEMENTS: Final = re.compile(rf"(?:{_UNNAMED})*+", re.DOTALL)
PLAIN_HEADER: Final = re.compile(r"\[\[([A-Za-z0-9_-]+)\]\]")
_HEADER_LINE: Final = re.compile(
    r"\n(?:\[(?!\[?(?:true|false|inf|nan)\])(?:([A-Za-z][A-Za-z0-9_-]*)|\[([A-Za-z][A-Za-z0-9_-]*)\])\](?=[ \t]*\n)|[ \t]*\[)"
)
"""A plain header on a line of its own: group 1 of a table, group 2 of an array. Without a group any other bracket."""
SCALAR: Final = re.compile(r"[^,\]}#\r\n]*")
_MAY_BE_SKIPPED: Final = frozenset(" \t\r\n#")
_BRACKET: Final = re.compile(rf"{STRING.pattern}|#[^\n]*|[\[\]{{}}]", re.DOTALL)
"""A bracket, or a string or comment, in which brackets mean nothing."""


@lru_cache(maxsize=256)
def seeker(key: str) -> re.Pattern[str]:
    """Return the pattern that skips statements up to a bare key. Group 1 is the key, group 2 the value."""
    name = re.escape(key)
    value = rf"[ \t]*({_PLAIN}|{_BRACKETS}){_END}"
    return re.compile(rf"(?:(?![ \t\n]*{name}[ \t]*=){_UNNAMED})*+[ \t\n]*({name})[ \t]*={value}", re.DOTALL)


def statement_of(text: str, key: str, start: int, end: int) -> tuple[int, int, int] | None:
    """Return the offsets of a bare key and its value, or None.

    It looks at a glance: the text has no strings over several lines. Behind a closing sign no array or table is open.
    """
    at = text.find(f"\n{key} = ", start, end)
    if at < 0 or text[at - 1] not in _CLOSING or text.find("#", start, at) >= 0:
        return None
    value = _VALUE.match(text, at + len(key) + 4, end)
    return (at + 1, *value.span(1)) if value else None


def sections(text: str) -> list[tuple[int, KeyPath, int, int]]:
    """Return each table's header, key path, begin and end. The top of the text comes first.

    There are none unless all headers can be told at a glance. The text has no strings over several lines.
    """
    headers = [*_HEADER_LINE.finditer(text)] if text[:1] not in {"[", " ", "\t"} else []
    if not headers or not all(match.lastindex for match in headers):
        return []
    lengths: Counter[str] = Counter()
    found: list[tuple[int, KeyPath, int, int]] = [(-1, (), 0, headers[0].start() + 1)]
    ends = (*(match.start() + 1 for match in headers[1:]), len(text))
    for match, end in zip(headers, ends, strict=True):
        name = match[match.lastindex or 0]
        path = (name,) if match.lastindex == 1 else (name, lengths[name])
        lengths[name] += 1
        found.append((match.start() + 1, path, match.end(), end))
    return found


def _named(key: str) -> str:
    """Return the name of a key, quoted or bare."""
    return next(iter(tomli.loads(f"{key} = 0"))) if key[0] in "\"'" else key


def skipped(text: str, at: int, pattern: re.Pattern[str]) -> int:
    """Return the offset behind a pattern that may match nothing."""
    match = pattern.match(text, at) if text[at : at + 1] in _MAY_BE_SKIPPED else None
    return match.end() if match else at


def dotted_key(text: str, at: int) -> tuple[list[str], int]:
    """Return the parts of a key, and the offset behind the key."""
    parts: list[str] = []
    while True:
        at = skipped(text, at, _SPACE)
        match = STRING.match(text, at) or _BARE_KEY.match(text, at)
        if match is None:
            return parts or [""], at
        parts.append(_named(match[0]))
        at = skipped(text, match.end(), _SPACE)
        if not text.startswith(".", at):
            return parts, at
        at += 1


def end_of_brackets(text: str, at: int) -> int:
    """Return the offset behind a bracket's partner."""
    depth = 0
    for match in _BRACKET.finditer(text, at):
        character = text[match.start()]
        depth += (character in "[{") - (character in "]}")
        if depth == 0:
            return match.end()
    return len(text)


def next_item(text: str, at: int) -> int:
    """Return the offset of a bracket's next item, or of its end."""
    at = skipped(text, at, BLANK)
    return skipped(text, at + 1, BLANK) if text.startswith(",", at) else at
