"""Words longer than the widest page, which are broken over lines."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

WIDEST: Final = 80
"""Cells of the widest text column."""
_SHOWN: Final = 24


def long_word(text: str) -> re.Match[str] | None:
    """Find the first word that no page is wide enough for."""
    at = 0
    # From one blank to the last in reach behind it: few texts have to be searched for the word itself.
    while len(text) - at > WIDEST:
        at = text.rfind(" ", at, at + WIDEST + 1) + 1
        if not at:
            return _long().search(text)
    return None


@cache
def _long() -> re.Pattern[str]:
    """Return a pattern of characters in which the layout breaks no line. Han, Kana and Hangul are excluded.

    Its classes take milliseconds to compile, and few texts need it.
    """
    return re.compile(rf"(?<![^\s\u2e80-\uffff\-–—/])[^\s\u2e80-\uffff\-–—/]{{{WIDEST + 1},}}")


def told(word: str, where: str = "") -> str:
    """Describe a broken word by its beginning."""
    return f"a word of {len(word):,} characters{where} is broken over lines: {word[:_SHOWN]}…"


def told_of(texts: Iterable[tuple[str, str]]) -> str:
    """Describe the first long word of some named texts; empty without any."""
    for name, text in texts:
        if found := long_word(text):
            return f"{name}: {told(found[0])}"
    return ""
