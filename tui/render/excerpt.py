"""Excerpts: the sentence of a text with the most matches, highlighted."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from tui.render.page import Role, Span

_LONGEST: Final = 280
"""Characters of an excerpt; three lines and a half at 80 columns."""
_SENTENCE: Final = re.compile(r"(?<=[.!?…])[”’\"')\]]*\s+(?=[^\sa-z])|(?<=[。！？])|\n\s*\n")
"""The end of a sentence: a mark and a space, but not before a small letter, as behind “e.g.”."""
Offsets = tuple[int, int]


def excerpt(text: str, found: Sequence[Offsets]) -> tuple[str, list[Offsets]]:
    """Cut the sentence with the most matches out of a text.

    Args:
        text: the whole text.
        found: the spans of the matches, in order.

    Returns:
        The excerpt on one line, with an ellipsis for omitted words, and the matches' spans in the excerpt.
    """
    start, end = _best(text, found)
    if end - start > _LONGEST:
        start, end = _around(text, start, end, next((at for at in found if at[0] >= start), (start, start)))
    before = "… " if text[:start].strip() else ""
    after = " …" if text[end:].strip() else ""
    shift = len(before) - start
    inside = [(max(a, start) + shift, min(b, end) + shift) for a, b in found if a < end and b > start]
    # One character for another, so that the matches keep their offsets.
    return before + re.sub(r"\s", " ", text[start:end]) + after, inside


def sentence(text: str, found: Sequence[Offsets]) -> str:
    """Return the sentence of an excerpt, uncut and on one line."""
    start, end = _best(text, found)
    return " ".join(text[start:end].split())


def highlighted(text: str, found: Sequence[Offsets], role: Role = "text") -> tuple[Span, ...]:
    """Mark the matches in a text."""
    spans: list[Span] = []
    at = 0
    for start, end in found:
        spans += [Span(text[at:start], role), Span(text[start:end], "passage")]
        at = end
    return tuple(span for span in (*spans, Span(text[at:], role)) if span.text)


def _best(text: str, found: Sequence[Offsets]) -> Offsets:
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    sentences = [(a, b) for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if text[a:b].strip()]
    if not sentences:
        return 0, len(text)
    starts = [start for start, _ in found]
    best = max(sentences, key=lambda stretch: bisect_left(starts, stretch[1]) - bisect_left(starts, stretch[0]))
    start, end = best
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def _around(text: str, start: int, end: int, found: Offsets) -> Offsets:
    """Cut a long sentence at spaces, the first match near its start."""
    first = max(start, min(found[0] - _LONGEST // 3, end - _LONGEST))
    if first > start:
        space = text.find(" ", first, found[0])
        first = space + 1 if space >= 0 else first
    last = min(end, first + _LONGEST)
    if last < end:
        space = text.rfind(" ", max(found[1], first + 1), last)
        last = space if space > 0 else last
    return first, last
