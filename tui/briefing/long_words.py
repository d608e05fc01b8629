"""Words longer than the widest page, which are broken over lines."""

import re
from collections.abc import Iterable
from typing import Final

WIDEST: Final = 80
"""Cells of the widest text column."""
_HALF: Final = WIDEST // 2
_SHOWN: Final = 24
_LONG: Final = re.compile(rf"(?<![^\s\u2e80-\uffff\-–—/])[^\s\u2e80-\uffff\-–—/]{{{WIDEST + 1},}}")
"""A run of characters in which the layout breaks no line; Han, Kana and Hangul are excluded."""


def long_word(text: str) -> re.Match[str] | None:
    """Find the first word that no page is wide enough for."""
    # Such a word fills a stretch of half its length, counted off from the beginning; hardly any text has such a stretch.
    for start in range(0, len(text) - _HALF + 1 if len(text) > WIDEST else 0, _HALF):
        if text.find(" ", start, start + _HALF) < 0:
            return _LONG.search(text)
    return None


def told(word: str, where: str = "") -> str:
    """Describe a broken word by its beginning."""
    return f"a word of {len(word):,} characters{where} is broken over lines: {word[:_SHOWN]}…"


def told_of(texts: Iterable[tuple[str, str]]) -> str:
    """Describe the first long word of some named texts; empty without any."""
    for name, text in texts:
        if found := long_word(text):
            return f"{name}: {told(found[0])}"
    return ""
