"""Stretches of a text."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of the stretch."""
        return text[self.start : self.end]


def enclosing(spans: Sequence[tuple[int, int]], start: int, end: int) -> Span | None:
    """Return the span around a stretch, or None. Spans are sorted and do not overlap."""
    index = bisect_right(spans, (start, end)) - 1
    for candidate in (index, index + 1):
        if 0 <= candidate < len(spans) and spans[candidate][0] <= start and end <= spans[candidate][1]:
            return Span(*spans[candidate])
    return None


def touching(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch shares a character with any span."""
    index = bisect_right(spans, (start, end)) - 1
    near = spans[max(0, index - 1) : index + 2]
    return any(start < other_end and other_start < end for other_start, other_end in near)


def in_name(text: str, span: tuple[int, int, *tuple[object, ...]]) -> bool:
    """Whether a capitalised word is a part of a name."""
    start, end = span[0], span[1]
    if not text[start].isupper():
        return False
    before = text[max(0, start - 3) : start].rstrip()[-1:]
    return before not in {"", ".", "!", "?", ":", "“", "‘", "*", "\n"} or text[end : end + 2].strip()[:1].isupper()
