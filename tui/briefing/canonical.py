"""The canonical form of texts. It ignores white space, soft hyphens and Unicode composition, and nothing else.

Quotes are compared in this form alone. Each text keeps the way back, so that what is found has an exact place.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Final

from tui.briefing.characters import STRAY_JOINERS
from tui.briefing.occurrences import Occurrences

_UNSEEN: Final = f"[\u00ad\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff]|{STRAY_JOINERS}"
"""The soft hyphen, and marks without width or shape that no quote could name: the loader takes none of them."""
_COMPOSING: Final = re.compile("[\u0000-\u02ff]?[^\u0000-\u02ff]+")
"""Characters among which Unicode may compose; those below U+0300 take part only as the first of them (UAX 15)."""
_SHAPES: Final = {
    "'": "[‘’‚‛′ʼ`´]",
    '"': "[“”„‟″«»]",
    "-": "-{2,3}|[‐‑‒–—―−]",
    "…": r"\.\.\.",
    "": "[\u034f\u180b-\u180f\u200c\u200d\ufe00-\ufe0f]",
}
"""Signs that look alike, by the one that stands for them; those that are not seen stand for nothing."""
_ALIKE: Final = re.compile("|".join(f"({signs})" for signs in _SHAPES.values()))
_PLAIN: Final = tuple(_SHAPES)
_SEEN_GAP: Final = re.compile(r"[^\S ]\s*| \s+")
_MAYBE_UNSEEN: Final = re.compile("[\u00ad\u061c\u200b-\u200f\u2060-\u2064\ufeff]")

Piece = tuple[int, int, str]
"""The start and end offsets of some characters, and their replacement."""
Span = tuple[int, int]


class _Stage:
    """A text with replaced pieces, and the offsets in the text before."""

    def __init__(self, text: str, pieces: Iterable[Piece]) -> None:
        parts: list[str] = []
        # Where each stretch begins in the new text and the old, and where it ends in the old; -1 where it was kept.
        self._new, self._old, self._end = array("q", [0]), array("q", [0]), array("q", [-1])
        at = length = 0
        for start, end, said in pieces:
            parts += (text[at:start], said)
            length += start - at
            if len(said) != 1 or end - start != 1:
                self._mark(length, start, end)
                self._mark(length + len(said), end, -1)
            length += len(said)
            at = end
        self.text = "".join((*parts, text[at:]))

    def _mark(self, new: int, old: int, end: int) -> None:
        if self._new[-1] == new:  # of nothing there is no character that could be asked for
            self._old[-1], self._end[-1] = old, end
        else:
            self._new.append(new)
            self._old.append(old)
            self._end.append(end)

    def back(self, span: Span) -> Span:
        """Return the span in the text before of at least one character."""
        return self._before(span[0], last=False), self._before(span[1] - 1, last=True)

    def _before(self, at: int, *, last: bool) -> int:
        stretch = bisect_right(self._new, at) - 1
        if self._end[stretch] >= 0:
            return self._end[stretch] if last else self._old[stretch]
        return self._old[stretch] + at - self._new[stretch] + last

    def forth(self, span: Span) -> Span:
        """Return the span of characters of the text before. Replaced pieces count as a whole."""
        return self._after(span[0], last=False), self._after(span[1], last=True)

    def _after(self, at: int, *, last: bool) -> int:
        stretch = max(0, bisect_right(self._old, at - last) - 1)
        following = self._new[stretch + 1] if stretch + 1 < len(self._new) else len(self.text)
        if self._end[stretch] >= 0:
            return following if last else self._new[stretch]
        return min(self._new[stretch] + max(0, at - self._old[stretch]), following)


class Canonical:
    """The canonical form of a text, with the offsets in the original."""

    def __init__(self, original: str) -> None:
        """Read a text."""
        self.original = original
        self._stages = [_Stage(original, _gaps(original))]
        if not unicodedata.is_normalized("NFC", self.text):
            self._stages.append(_Stage(self.text, _compositions(self.text)))

    @property
    def text(self) -> str:
        """The text as it is read."""
        return self._stages[-1].text

    def back(self, span: Span) -> Span:
        """Return the span in the original of at least one character."""
        for stage in reversed(self._stages):
            span = stage.back(span)
        return span

    def forth(self, span: Span) -> Span:
        """Return the span in `text` of characters of the original."""
        for stage in self._stages:
            span = stage.forth(span)
        return span

    @cached_property
    def occurrences(self) -> Occurrences:
        """The search for words in `text`."""
        return Occurrences(self.text)

    @cached_property
    def alike(self) -> "Alike":
        """The text with one sign for all that look like it."""
        return Alike(self.text)


class Alike(_Stage):
    """A text with one character for all look-alikes. It serves suggestions, never an answer."""

    def __init__(self, text: str) -> None:
        """Read a text in its canonical form."""
        super().__init__(text, ((*match.span(), _PLAIN[(match.lastindex or 1) - 1]) for match in _ALIKE.finditer(text)))


def canonical(text: str) -> str:
    """Return the canonical form of a text.

    Each run of white space is one blank, invisible characters are dropped, and the rest is composed (UAX 15).
    """
    return unicodedata.normalize("NFC", _gap(text).sub(_said, text))


def _gap(text: str) -> re.Pattern[str]:
    """Return a pattern of a text's white space and invisible characters. A single blank is none."""
    return _any_gap() if _MAYBE_UNSEEN.search(text) else _SEEN_GAP


@cache
def _any_gap() -> re.Pattern[str]:
    """Return the pattern for texts with invisible characters. It takes milliseconds to compile."""
    return re.compile(rf"[^\S ](?:\s|{_UNSEEN})*| (?:\s|{_UNSEEN})+|(?:{_UNSEEN})(?:\s|{_UNSEEN})*")


def _said(gap: re.Match[str]) -> str:
    return " " if any(map(str.isspace, gap[0])) else ""


def _gaps(text: str) -> Iterator[Piece]:
    return ((*gap.span(), _said(gap)) for gap in _gap(text).finditer(text))


def _compositions(text: str) -> Iterator[Piece]:
    for run in _COMPOSING.finditer(text):
        if not unicodedata.is_normalized("NFC", run[0]):
            at = run.start()
            for cluster in _clusters(run[0]):
                composed = unicodedata.normalize("NFC", cluster)
                if composed != cluster:
                    yield at, at + len(cluster), composed
                at += len(cluster)


def _clusters(run: str) -> Iterator[str]:
    """Split a run of characters where Unicode composes nothing across."""
    start = 0
    for at in range(1, len(run)):
        character = run[at]
        if unicodedata.combining(unicodedata.normalize("NFD", character)[0]):
            continue
        parts = run[start:at], character
        if unicodedata.normalize("NFC", "".join(parts)) == "".join(
            unicodedata.normalize("NFC", part) for part in parts
        ):
            yield run[start:at]
            start = at
    yield run[start:]
