"""The sentence of a text that shows best what was looked for, and its words highlighted."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from tui.render.page import Role, Span

_LONGEST: Final = 280
"""Characters of an excerpt; three lines and a half at 80 columns."""
_SENTENCE: Final = re.compile(r"(?<=[.!?…])[”’\"')\]]*\s+(?=[^\sa-z])|(?<=[。！？])|\n\s*\n")
"""Where a sentence ends: behind its mark and a space, but not before a small letter, as behind “e.g.”."""
Stretch = tuple[int, int]


def excerpt(text: str, found: Sequence[Stretch]) -> tuple[str, list[Stretch]]:
    """Cut the sentence with the most of what was found out of a text; the first one where there is nothing.

    Args:
        text: the whole text.
        found: stretches of it, in order.

    Returns:
        The excerpt on one line, with an ellipsis wherever words are left out, and what was found in it.
    """
    start, end = _best(text, found)
    if end - start > _LONGEST:
        start, end = _around(text, start, end, next((at for at in found if at[0] >= start), (start, start)))
    before = "… " if text[:start].strip() else ""
    after = " …" if text[end:].strip() else ""
    shift = len(before) - start
    inside = [(max(a, start) + shift, min(b, end) + shift) for a, b in found if a < end and b > start]
    # One character for another: what was found keeps its place.
    return before + re.sub(r"\s", " ", text[start:end]) + after, inside


def sentence(text: str, found: Sequence[Stretch]) -> str:
    """Return the sentence of an excerpt, uncut and on one line."""
    start, end = _best(text, found)
    return " ".join(text[start:end].split())


def highlighted(text: str, found: Sequence[Stretch], role: Role = "text") -> tuple[Span, ...]:
    """Set a text with what was found in it marked."""
    spans: list[Span] = []
    at = 0
    for start, end in found:
        spans += [Span(text[at:start], role), Span(text[start:end], "passage")]
        at = end
    return tuple(span for span in (*spans, Span(text[at:], role)) if span.text)


def _best(text: str, found: Sequence[Stretch]) -> Stretch:
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    sentences = [(a, b) for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if text[a:b].strip()]
    if not sentences:
        return 0, len(text)
    starts = [start for start, _ in found]
    best = max(sentences, key=lambda stretch: bisect_left(starts, stretch[1]) - bisect_left(starts, stretch[0]))
    start, end = best
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def _around(text: str, start: int, end: int, found: Stretch) -> Stretch:
    """Cut a sentence that is too long at spaces, so that what was found stands in its first half."""
    first = max(start, min(found[0] - _LONGEST // 3, end - _LONGEST))
    if first > start:
        space = text.find(" ", first, found[0])
        first = space + 1 if space >= 0 else first
    last = min(end, first + _LONGEST)
    if last < end:
        space = text.rfind(" ", max(found[1], first + 1), last)
        last = space if space > 0 else last
    return first, last
