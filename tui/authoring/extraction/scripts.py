"""Numbers above and below the line, written so that none runs into the number that stands before it."""

import re
from typing import Final

_ABOVE: Final = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_BELOW: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_NUMERIC: Final = re.compile(r"[\d+\-−=()ni]*\d[\d+\-−=()ni]*|[ni]", re.ASCII)
_MARKS: Final = re.compile(r"[\w*†‡§,;–\- ]{1,24}")
_SIGNS: Final = {"TM": "™", "SM": "℠", "R": "®", "(R)": "®"}


def above(words: str, *, before: str, note: bool) -> str:
    """Write words that stand above the line.

    Args:
        words: the words.
        before: the character that they are attached to; empty where there is none.
        note: whether they lead to a note.
    """
    if note and _MARKS.fullmatch(words):
        return f"[{words}]"
    if _NUMERIC.fullmatch(words) and (any(map(str.isdigit, words)) or before.isdigit()):
        return words.translate(_ABOVE)
    if any(map(str.isdigit, words)) and not words.startswith(("[", "(")):
        return f"[{words}]" if _MARKS.fullmatch(words) else f"^{words}"
    return _SIGNS.get(words, words)


def below(words: str, *, before: str, following: str) -> str:
    """Write words that stand below the line: CO2 as everybody writes it, but log₂8, where the 8 would run on."""
    runs_on = before.isdigit() or following.isdigit()
    return words.translate(_BELOW) if runs_on and _NUMERIC.fullmatch(words) else words
