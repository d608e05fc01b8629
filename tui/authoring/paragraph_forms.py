"""The form of a paragraph: prose, table or list."""

import re
from typing import Final, Literal

Form = Literal["", "table", "list"]
"""The form of a paragraph; empty for prose."""
_ROW: Final = re.compile(r"\S \| \S|\t\S")
_LETTER: Final = re.compile(r"[^\W\d_]")
_ITEM: Final = re.compile(r"\s*(?:[-*•‣▪◦●○∙·+–—]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)])[ \t]+")
_ENDS: Final = re.compile(r"[.!?…;][”’\"'»)\]]*(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹])*\s*\Z")
_FEWEST_WORDS: Final = 3
"""The words of the shortest item that is a sentence."""


def form_of(words: str) -> Form:
    """Return the form of a paragraph. Items of a list that are sentences are prose."""
    lines = words.splitlines()
    if not _LETTER.search(words) or 2 * sum(bool(_ROW.search(line)) for line in lines) > len(lines):
        return "table"
    items = sum(bool(_ITEM.match(line)) for line in lines)
    if not items or not _ITEM.match(words):
        return ""
    is_said = any(_ENDS.search(line) for line in lines) and len(words.split()) > items * _FEWEST_WORDS
    return "" if is_said else "list"


def behind_marker(words: str) -> int:
    """Return the offset behind the marker of an item."""
    marker = _ITEM.match(words)
    return marker.end() if marker else 0
