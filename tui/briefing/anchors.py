"""Anchors of quotes in source texts, after W3C Web Annotation.

A quote is found as a person reads it (see `canonical`) or not at all. What merely resembles it is never taken for it.
"""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tui.briefing.indents import indented_paragraphs

if TYPE_CHECKING:  # a warm start splits texts into paragraphs and looks for no quote
    from tui.briefing.canonical import Canonical

Span = tuple[int, int]
"""Offsets of characters in a text, from and to, in Unicode code points."""
State = Literal["exact", "moved", "changed", "missing", "ambiguous", "not-held", "unlisted"]
"""`unlisted`: the text is not held, and the lock of the text that is named does not list the quote."""

_MOST_WORDS: Final = 12
"""Words of a prefix or suffix beyond which an author had better choose another quote."""
_FARTHEST: Final = 400
"""Characters in which these words are looked for."""
_MOST_PLACES: Final = 5000
"""Places beyond which a quote, such as a single letter, is not told from its likes; it would cost seconds."""
_BLANK_LINE: Final = re.compile(r"\n[ \t\r\f]*\n")
_LINE_END: Final = re.compile("\n")
_START: Final = re.compile("[\\s\ufeff]*")
_WORD: Final = re.compile(r"\S")
_SENTENCE_END: Final = re.compile(r"[.!?…:][\"'”’»)\]]*[ \t\r]*\n")


class Paragraph(NamedTuple):
    """A paragraph of a held text."""

    number: int
    """Counted from 1; 0 for a first paragraph that is the source's title."""
    start: int
    """Offset of its first character, in Unicode code points."""
    end: int
    """Offset behind its last character."""


class Anchor(NamedTuple):
    """The result of the search for a quote."""

    state: State
    start: int = -1
    end: int = -1
    paragraph: int = -1
    occurrences: int = 0
    """The number of places at which the quote occurs with its prefix and suffix."""


class Lookalike(NamedTuple):
    """Words of a text that look like a quote."""

    span: Span
    """Their offsets in the text, in code points."""
    quote: str
    prefix: str
    suffix: str


def paragraphs(text: str, title: str | None = None) -> tuple[Paragraph, ...]:
    """Split a text into paragraphs.

    Blank lines part them, and first lines that are indented; where a text has neither, each line is one. A first paragraph
    that is the title has the number 0.
    """
    found = list(_parted(text))
    titled = bool(found and title and text[slice(*found[0])] == title)
    return tuple(Paragraph(index + (not titled), start, end) for index, (start, end) in enumerate(found))


def _parted(text: str) -> Iterator[Span]:
    is_parted = _is_parted(text)
    stretches = _stretches(text, _BLANK_LINE) if is_parted else [_stripped(text, 0, len(text))]
    parts = [part for stretch in stretches for part in indented_paragraphs(text, *stretch)]
    if not is_parted and len(parts) == 1:
        return _stretches(text, _LINE_END)
    stripped = (_stripped(text, *part) for part in parts)
    return (part for part in stripped if part[0] < part[1])


def _stripped(text: str, start: int, end: int) -> Span:
    """Strip white space and a byte order mark from a span."""
    part = text[start:end]
    blank = _START.match(part)
    return start + (blank.end() if blank else 0), start + len(part.rstrip())


def _is_parted(text: str) -> bool:
    """Whether a blank line separates words of a text. The text is not copied."""
    first = _WORD.search(text)
    if first is None:
        return False
    # A blank line behind the first word parts it from a second one where any is behind it.
    return any(_WORD.search(text, match.end()) for match in _BLANK_LINE.finditer(text, first.end()))


def _stretches(text: str, separator: re.Pattern[str]) -> Iterator[Span]:
    start = 0
    for end, following in [*(match.span() for match in separator.finditer(text)), (len(text), len(text))]:
        first, last = _stripped(text, start, end)
        if first < last:
            yield first, last
        start = following


def find(text: "Canonical", quote: str, prefix: str = "", suffix: str = "") -> tuple[Span, ...]:
    """Return the spans of a quote between its prefix and suffix."""
    from tui.briefing.canonical import canonical

    wanted = canonical(quote)
    starts = text.occurrences.of(wanted) if wanted else ()
    spans = _places(text.text, starts, len(wanted), canonical(prefix), canonical(suffix))
    return tuple(map(text.back, spans))


def alike(text: "Canonical", quote: str, prefix: str = "", suffix: str = "") -> tuple[Lookalike, ...]:
    """Return the words that differ from a quote by look-alike characters only."""
    from tui.briefing.canonical import Alike, canonical
    from tui.briefing.occurrences import Occurrences

    signs, words = text.alike.text, text.text
    wanted, before, behind = (Alike(canonical(given)).text for given in (quote, prefix.rstrip(), suffix.lstrip()))
    found = []
    starts = Occurrences(signs).of(wanted) if wanted else ()
    for start, end in _places(signs, starts, len(wanted), before, behind):
        first, last = _before_blanks(signs, start), _behind_blanks(signs, end)
        spans = (start, end), (first - len(before), first), (last, last + len(behind))
        own = [words[slice(*text.alike.back(span))] if span[0] < span[1] else "" for span in spans]
        found.append(Lookalike(text.back(text.alike.back((start, end))), *own))
    return tuple(found)


def _places(text: str, starts: Iterable[int], length: int, prefix: str, suffix: str) -> Iterator[Span]:
    for at in starts:
        if _follows(text, at, prefix.rstrip()) and _precedes(text, at + length, suffix.lstrip()):
            yield at, at + length


def _follows(text: str, offset: int, prefix: str) -> bool:
    """Whether a prefix ends before an offset. Blanks between them are ignored."""
    return text.endswith(prefix, 0, _before_blanks(text, offset) if prefix else offset)


def _precedes(text: str, offset: int, suffix: str) -> bool:
    """Whether a suffix begins behind an offset. Blanks between them are ignored."""
    return text.startswith(suffix, _behind_blanks(text, offset) if suffix else offset)


def _before_blanks(text: str, offset: int) -> int:
    while offset and text[offset - 1].isspace():
        offset -= 1
    return offset


def _behind_blanks(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def paragraph_of(parts: Sequence[Paragraph], offset: int) -> int:
    """Return the paragraph's number at an offset; -1 outside every paragraph."""
    place = bisect_right(parts, offset, key=attrgetter("start")) - 1
    return parts[place].number if place >= 0 and offset < parts[place].end else -1


def crosses(text: str, parts: Sequence[Paragraph], start: int, end: int) -> bool:
    """Whether a stretch of a text runs from one paragraph into another.

    Where lines are the paragraphs, one that ends no sentence is taken for a line of a paragraph that was wrapped.
    """
    last = next((at for at in range(end - 1, start, -1) if not text[at].isspace()), start)
    first = next((at for at in range(start, last) if not text[at].isspace()), last)
    if paragraph_of(parts, first) == paragraph_of(parts, last):
        return False
    inside = text[first : last + 1]
    return bool(_BLANK_LINE.search(inside) or _SENTENCE_END.search(inside))


def around(parts: Sequence[Paragraph], start: int, end: int) -> Paragraph | None:
    """Return the paragraphs of a span as one, numbered like the first.

    Return None for a span outside every paragraph.
    """
    first = bisect_right(parts, start, key=attrgetter("end"))
    behind = bisect_left(parts, end, key=attrgetter("start"))
    return parts[first]._replace(end=parts[behind - 1].end) if first < behind else None


def passage(text: str, parts: Sequence[Paragraph], start: int, end: int) -> Span:
    """Return the span of a stretch's paragraphs, with wrapped lines around them.

    No sentence runs over its ends. It is the stretch itself where that is outside every paragraph.
    """
    first = bisect_right(parts, start, key=attrgetter("end"))
    last = bisect_left(parts, end, key=attrgetter("start")) - 1
    if first > last:
        return start, end
    while first and _is_wrapped(text, parts[first - 1], parts[first]):
        first -= 1
    while last + 1 < len(parts) and _is_wrapped(text, parts[last], parts[last + 1]):
        last += 1
    return parts[first].start, parts[last].end


def _is_wrapped(text: str, part: Paragraph, following: Paragraph) -> bool:
    """Whether a paragraph is a line that the following line continues."""
    return text[part.end : following.start] == "\n" and not _SENTENCE_END.search(text, part.start, part.end + 1)


def anchor(
    text: "Canonical", parts: Sequence[Paragraph], quote: str, places: Sequence[Span], locked: Span | None = None
) -> Anchor:
    """Return the anchor of a quote that was searched in a text.

    Args:
        text: the held text.
        parts: its paragraphs.
        quote: the words that were searched.
        places: where they stand with their prefix and suffix; see `find`.
        locked: where the quote stood when it was last checked, as offsets in code points.

    Returns:
        `exact` where it stands once (and where it stood), `moved` where it stands once but elsewhere, `ambiguous` where
        it stands more than once, `changed` where other words are now in its place, `missing` where it was never seen.
    """
    if not places:
        return Anchor("changed" if locked else "missing")
    if locked and _stands(text.original, quote, locked, places):
        return Anchor("exact", *locked, paragraph_of(parts, locked[0]), len(places))
    if len(places) > 1:
        return Anchor("ambiguous", occurrences=len(places))
    start, end = places[0]
    return Anchor("moved" if locked else "exact", start, end, paragraph_of(parts, start), 1)


def _stands(text: str, quote: str, locked: Span, places: Iterable[Span]) -> bool:
    """Whether a quote is still at its locked span. Blanks at the ends are ignored."""
    start, end = locked
    return stands_at(text, quote, start, end) and any(first < end and start < last for first, last in places)


def stands_at(text: str, quote: str, start: int, end: int) -> bool:
    """Whether a stretch of a text reads like a quote."""
    if not 0 <= start < end or text[start:end] == quote:  # most quotes are verbatim
        return 0 <= start < end

    from tui.briefing.canonical import canonical

    return canonical(text[start:end]) == canonical(quote)


def context(text: "Canonical", start: int, end: int) -> tuple[str, str] | None:
    """Return the shortest prefix or suffix that makes a span unique.

    Args:
        text: the held text.
        start: offset of the quote's first character.
        end: offset behind its last character.

    Returns:
        `prefix` and `suffix`, both empty where the quote stands once; None where no dozen words on either side tell it.
    """
    words = text.text
    start, end = text.forth((start, end))
    quote = words[start:end]
    found = list(itertools.islice(text.occurrences.of(quote), _MOST_PLACES + 1))
    if len(found) > _MOST_PLACES:
        return None
    others = [at for at in found if at != start]
    if not others:
        return "", ""
    for prefix in _words_before(words, start):
        if not any(_follows(words, at, prefix) for at in others):
            return prefix, ""
    for suffix in _words_behind(words, end):
        if not any(_precedes(words, at + len(quote), suffix) for at in others):
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
