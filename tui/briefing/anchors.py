"""Finding a quote in the text that it was taken from, as W3C Web Annotation selectors have it.

A quote is found byte for byte or not at all. What merely resembles it is never taken for it.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import Final, Literal, NamedTuple

State = Literal["exact", "moved", "changed", "missing", "ambiguous", "not-held"]

_CONTEXT: Final = 32
"""Characters of prefix and suffix in a TextQuoteSelector; the W3C model leaves the length open."""
_MOST_WORDS: Final = 12
"""Words of a prefix or suffix beyond which an author had better choose another quote."""
_FARTHEST: Final = 400
"""Characters in which these words are looked for."""
_MOST_PLACES: Final = 5000
"""Places beyond which a quote, such as a single letter, is not told from its likes; it would cost seconds."""
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n")
_WORD: Final = re.compile(r"\S")


class Paragraph(NamedTuple):
    """A paragraph of a held text."""

    number: int
    """Counted from 1; 0 for a first paragraph that is the source's title."""
    start: int
    """Offset of its first character, in Unicode code points."""
    end: int
    """Offset behind its last character."""


class Selector(NamedTuple):
    """TextPositionSelector and TextQuoteSelector in one."""

    exact: str
    prefix: str
    suffix: str
    start: int
    """Offset of the first character, in Unicode code points."""
    end: int
    """Offset behind the last character."""


class Anchor(NamedTuple):
    """What came of looking for a quote."""

    state: State
    start: int = -1
    end: int = -1
    paragraph: int = -1
    occurrences: int = 0
    """How often the quote stands in the text with its prefix and suffix."""


def paragraphs(text: str, title: str | None = None) -> tuple[Paragraph, ...]:
    """Split a text into paragraphs.

    Blank lines part them; where a text has none, each line is one. A first paragraph that is the title has the number 0.
    """
    separator = "\n\n" if _is_parted(text) else "\n"
    found = list(_stretches(text, separator))
    titled = bool(found and title and text[slice(*found[0])] == title)
    return tuple(Paragraph(index + (not titled), start, end) for index, (start, end) in enumerate(found))


def _is_parted(text: str) -> bool:
    """Tell whether a blank line stands between words of a text, without a copy of it."""
    first = _WORD.search(text)
    if first is None:
        return False
    # A blank line behind the first word parts it from a second one where any is behind it.
    return any(_WORD.search(text, match.end()) for match in _BLANK_LINE.finditer(text, first.end()))


def _stretches(text: str, separator: str) -> Iterator[tuple[int, int]]:
    pattern = _BLANK_LINE if separator == "\n\n" else re.compile("\n")
    start = 0
    for end, following in [*((match.start(), match.end()) for match in pattern.finditer(text)), (len(text), len(text))]:
        part = text[start:end]
        if part.strip():
            yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())
        start = following


def find(text: str, quote: str, prefix: str = "", suffix: str = "") -> tuple[int, ...]:
    """Give the offset of every place where the quote stands with its prefix before and its suffix behind it."""
    places = []
    at = text.find(quote)
    while at >= 0:
        if _follows(text, at, prefix.rstrip()) and _precedes(text, at + len(quote), suffix.lstrip()):
            places.append(at)
        at = text.find(quote, at + 1)
    return tuple(places)


def _follows(text: str, offset: int, prefix: str) -> bool:
    """Tell whether a prefix stands before an offset, whatever blanks lie between."""
    while prefix and offset and text[offset - 1].isspace():
        offset -= 1
    return text.endswith(prefix, 0, offset)


def _precedes(text: str, offset: int, suffix: str) -> bool:
    """Tell whether a suffix stands behind an offset, whatever blanks lie between."""
    while suffix and offset < len(text) and text[offset].isspace():
        offset += 1
    return text.startswith(suffix, offset)


def paragraph_of(parts: tuple[Paragraph, ...], offset: int) -> int:
    """Give the number of the paragraph that an offset stands in; -1 where in none."""
    place = bisect_right(parts, offset, key=attrgetter("start")) - 1
    return parts[place].number if place >= 0 and offset < parts[place].end else -1


def selector(text: str, start: int, end: int) -> Selector:
    """Describe a stretch of a text so that it can be found again in it."""
    before, behind = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return Selector(text[start:end], before, behind, start, end)


def anchor(
    text: str,
    parts: tuple[Paragraph, ...],
    quote: str,
    *,
    prefix: str = "",
    suffix: str = "",
    locked: tuple[int, int] | None = None,
) -> Anchor:
    """Look for a quote in a text.

    Args:
        text: the held text.
        parts: its paragraphs.
        quote: the words to be found, byte for byte.
        prefix: the words just before them, where they stand more than once.
        suffix: the words just behind them.
        locked: where the quote stood when it was last checked, as offsets in code points.

    Returns:
        `exact` where it stands once (and where it stood), `moved` where it stands once but elsewhere, `ambiguous` where
        it stands more than once, `changed` where other words are now in its place, `missing` where it was never seen.
    """
    places = find(text, quote, prefix, suffix)
    if not places:
        return Anchor("changed" if locked else "missing")
    if locked and locked[0] in places:
        return Anchor("exact", locked[0], locked[0] + len(quote), paragraph_of(parts, locked[0]), len(places))
    if len(places) > 1:
        return Anchor("ambiguous", occurrences=len(places))
    start = places[0]
    state: State = "moved" if locked else "exact"
    return Anchor(state, start, start + len(quote), paragraph_of(parts, start), 1)


def context(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Give the fewest words before a stretch of a text, or behind it where none before do, that tell it from its likes.

    Args:
        text: the held text.
        start: offset of the quote's first character.
        end: offset behind its last character.

    Returns:
        `prefix` and `suffix`, both empty where the quote stands once; None where no dozen words on either side tell it.
    """
    quote = text[start:end]
    if text.count(quote) > _MOST_PLACES:
        return None
    others = [at for at in find(text, quote) if at != start]
    if not others:
        return "", ""
    for prefix in _words_before(text, start):
        if not any(_follows(text, at, prefix) for at in others):
            return prefix, ""
    for suffix in _words_behind(text, end):
        if not any(_precedes(text, at + len(quote), suffix) for at in others):
            return "", suffix
    return None


def _words_before(text: str, offset: int) -> Iterator[str]:
    before = text[max(0, offset - _FARTHEST) : offset].rstrip()
    for match in itertools.islice(re.finditer(r"\S+", before[::-1]), _MOST_WORDS):
        yield before[len(before) - match.end() :]


def _words_behind(text: str, offset: int) -> Iterator[str]:
    behind = text[offset : offset + _FARTHEST].lstrip()
    for match in itertools.islice(re.finditer(r"\S+", behind), _MOST_WORDS):
        yield behind[: match.end()]
