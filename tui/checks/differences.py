"""In which signs two pieces of writing differ that look alike."""

from difflib import SequenceMatcher
from itertools import islice
from typing import Final

from tui.briefing.canonical import canonical
from tui.briefing.characters import described

_MOST: Final = 3
"""The most differences in a message."""


def differing_signs(written: str, meant: str) -> str:
    """Describe the written characters and the text's characters in words."""
    ours, theirs = canonical(written), canonical(meant)
    pairs = {
        (ours[first:last], theirs[start:end]): None
        for kind, first, last, start, end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        if kind != "equal"
    }
    return ", ".join(f"{_named(its)} for {_named(one)}" for one, its in islice(pairs, _MOST))


def _named(signs: str) -> str:
    return " ".join(map(described, signs)) or "nothing"
