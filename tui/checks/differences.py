"""In which signs two pieces of writing differ that look alike."""

from difflib import SequenceMatcher
from itertools import islice
from typing import Final

from tui.briefing.canonical import canonical
from tui.briefing.characters import described

_MOST: Final = 3
"""Differences that are told; who looks at three knows what to look for."""


def differing_signs(written: str, meant: str) -> str:
    """Say in words which signs were written, and which the text has in their place."""
    ours, theirs = canonical(written), canonical(meant)
    pairs = {
        (ours[first:last], theirs[start:end]): None
        for kind, first, last, start, end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        if kind != "equal"
    }
    return ", ".join(f"{_named(its)} for {_named(one)}" for one, its in islice(pairs, _MOST))


def _named(signs: str) -> str:
    return " ".join(map(described, signs)) or "nothing"
