"""The passage that resembles a quote most: a suggestion, never an answer."""

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from typing import Final

_WORD: Final = re.compile(r"\w+")
_LONGEST_TEXT: Final = 1_000_000
"""Characters of a text that are gone through; a long book has three times as many."""
_LONGEST_QUOTE: Final = 100
"""Words; a footnote's quote has at most 20 or so."""
_CANDIDATES: Final = 8
_ALIKE: Final = 0.6
"""The least likeness of a suggestion, as a ratio of difflib; below that ratio a suggestion misleads."""


def resembling(text: str, quote: str) -> str:
    """Return the passage that resembles a quote most, or an empty string."""
    wanted = [_folded(word) for word in _WORD.findall(quote)][:_LONGEST_QUOTE]
    places = [match.span() for match in _WORD.finditer(text, 0, _LONGEST_TEXT)]
    words = [_folded(text[start:end]) for start, end in places]

    def ratio(first: int, last: int) -> float:
        return SequenceMatcher(None, " ".join(words[first : last + 1]), " ".join(wanted), autojunk=False).ratio()

    windows = [_trimmed(words, start, wanted) for start in _likely_starts(words, wanted)]
    best = max(windows, key=lambda window: ratio(*window), default=None)
    if best is None or ratio(*best) < _ALIKE:
        return ""
    return text[places[best[0]][0] : places[best[1]][1]]


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def _likely_starts(words: list[str], wanted: list[str]) -> list[int]:
    """Return the starts of windows that share most words with a quote."""
    length = min(len(wanted), len(words))
    missing = Counter(wanted)
    shared = 0
    scored = []
    for at, word in enumerate(words):
        if word in missing:
            shared += missing[word] > 0
            missing[word] -= 1
        if at >= length and (gone := words[at - length]) in missing:
            missing[gone] += 1
            shared -= missing[gone] > 0
        if at >= length - 1 and shared:
            scored.append((-shared, at - length + 1))
    return [start for _, start in sorted(scored)[:_CANDIDATES]]


def _trimmed(words: list[str], start: int, wanted: list[str]) -> tuple[int, int]:
    """Trim words that the quote lacks from both ends of a window."""
    first, last = start, min(start + len(wanted), len(words)) - 1
    while first < last and words[first] not in wanted:
        first += 1
    while last > first and words[last] not in wanted:
        last -= 1
    return first, last
