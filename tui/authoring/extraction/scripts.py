"""Superscripts and subscripts in plain text, distinct from the numbers beside them."""

import re
from typing import Final

_ABOVE: Final = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_BELOW: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_NUMERIC: Final = re.compile(r"[\d+\-−=()ni]*\d[\d+\-−=()ni]*|[ni]", re.ASCII)
_MARKS: Final = re.compile(r"[\w*†‡§,;–\- ]{1,24}")
_SIGNS: Final = {"TM": "™", "SM": "℠", "R": "®", "(R)": "®"}


def above(words: str, *, before: str, note: bool) -> str:
    """Write raised words in plain text.

    Args:
        words: the words.
        before: the character before the words; empty where the words are attached to none.
        note: whether the words link to a note.
    """
    if note and _MARKS.fullmatch(words):
        return f"[{words}]"
    if _NUMERIC.fullmatch(words) and (any(map(str.isdigit, words)) or before.isdigit()):
        return words.translate(_ABOVE)
    if any(map(str.isdigit, words)) and not words.startswith(("[", "(")):
        return f"[{words}]" if _MARKS.fullmatch(words) else f"^{words}"
    return _SIGNS.get(words, words)


def below(words: str, *, before: str, following: str) -> str:
    """Write lowered words in plain text.

    CO2 stays as it is usually written. In log₂8 the subscript keeps the two numbers apart.
    """
    runs_on = before.isdigit() or following.isdigit()
    return words.translate(_BELOW) if runs_on and _NUMERIC.fullmatch(words) else words
