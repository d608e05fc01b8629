"""Edits of the arrays and inline tables of a TOML text."""

import re
from collections.abc import Sequence
from typing import Final

Span = tuple[int, int]
"""Offsets of characters in a text, from and to."""
_COMMA: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*,")
_LINE_END: Final = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=\r?\n)")
"""The rest of a line on which no further item stands."""
_INDENT: Final = re.compile(r"\n([ \t]*)\Z")


def addition(text: str, around: Span, items: Sequence[Span], value: str) -> list[tuple[int, int, str]]:
    """Return the changes that append an item, laid out like the last.

    Args:
        text: the whole text.
        around: the array or inline table with its brackets.
        items: its items; of an inline table, its pairs.
        value: the new item.
    """
    start, end = around
    if not items:
        bare = not text[start + 1 : end - 1].strip()
        inner = f" {value} " if text[start] == "{" else value
        return [(start + 1, end - 1, inner)] if bare else [(end - 1, end - 1, value)]
    last = items[-1][1]
    comma = _COMMA.match(text, last, end)
    at = comma.end() if comma else last
    if (indent := _INDENT.search(text, start, items[-1][0])) and (rest := _LINE_END.match(text, at, end)):
        line = (rest.end(), rest.end(), f"\n{indent[1]}{value}{',' if comma else ''}")
        return [line] if comma else [(last, last, ","), line]
    return [(at, at, f" {value}" if comma else f", {value}")]


def removal(text: str, around: Span, items: Sequence[Span], place: int) -> tuple[int, int, str]:
    """Return the change that removes an item with its line and comma.

    Args:
        text: the whole text.
        around: the array or inline table with its brackets.
        items: its items; of an inline table, its pairs.
        place: the item's place among them, from 0.
    """
    start, end = items[place]
    comma = _COMMA.match(text, end, around[1])
    at = comma.end() if comma else end
    indent = _INDENT.search(text, around[0], start)
    rest = _LINE_END.match(text, at, around[1])
    in_array = text[around[0]] == "["  # which may end in a comma
    if indent and rest and (comma or not place or in_array):
        return start - len(indent[1]), text.index("\n", rest.end()) + 1, ""
    if place + 1 < len(items):
        return start, items[place + 1][0], ""
    if not place or (indent and in_array):
        return start, at, ""
    return items[place - 1][1], end, ""
