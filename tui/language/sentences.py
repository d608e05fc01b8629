"""The bounds of sentences."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from tui.language.lexicon import Lexicon
from tui.language.spans import Span, touching

_END: Final = re.compile(
    r"[.!?…]+[”’\"'»)\]]*(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹])*(?=\s|\Z)|\n[ \t\r]*\n|\n(?=[ \t]*(?:[-*•]|\d{1,3}[.)])[ \t])"
)
"""The end of a sentence, with the marks of its footnotes."""
_NOTES: Final = re.compile(r"(?<=[.!?…”’\"'»)])(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹])+\Z")
_LAST_OF_NOTES: Final = frozenset("]¹²³⁰⁴⁵⁶⁷⁸⁹")
_ITEM: Final = re.compile(r"(?:\A|\n)[ \t]*\d{1,3}\Z")
"""The number of an item of a list, whose full stop ends nothing."""
_LONGEST_ITEM: Final = 12
_LONGEST_ABBREVIATION: Final = 12
_WORD_BEFORE: Final = re.compile(r"[^\s“”„«»\"'‘(\[]+\Z")
_NEXT_WORD: Final = re.compile(r"\s*[“„«\"'‘(\[]*(\w+)")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_DOT: Final = re.compile(r"\.")


@lru_cache(maxsize=4096)
def sentences(text: str, lists: Lexicon) -> tuple[Span, ...]:
    """Split a text into sentences, without blanks and footnote marks between them.

    A full stop ends none behind an abbreviation or an initial, unless the next word is one that begins sentences; nor
    before a small letter. Blank lines and items of a list part sentences too.
    """
    cuts = [0, *(match.end() for match in _END.finditer(text) if _ends(text, match, lists)), len(text)]
    return tuple(span for start, end in pairwise(cuts) if (span := _stripped(text, start, end)).start < span.end)


@lru_cache(maxsize=1024)
def without_inner_stops(text: str, lists: Lexicon) -> str:
    """Return a text in which each full stop ends a sentence.

    Those of abbreviations and numbers become middle dots, so that each offset stays.
    """
    ends = [match.span() for match in _END.finditer(text) if _ends(text, match, lists)]
    return _DOT.sub(lambda dot: "." if touching(ends, dot.start(), dot.end()) else "·", text)


def clause(text: str, sentence: Span, start: int, end: int) -> Span:
    """Return the clause around a stretch, between semicolons, colons or dashes."""
    before = [match.end() for match in _BREAK.finditer(text, sentence.start, start)]
    after = _BREAK.search(text, end, sentence.end)
    return Span(before[-1] if before else sentence.start, after.start() if after else sentence.end)


_BREAK: Final = re.compile(r"[;:]\s|\s[–—]\s|—")


def _ends(text: str, match: re.Match[str], lists: Lexicon) -> bool:
    if match[0][0] == "\n":
        return True
    following = _NEXT_WORD.match(text, match.end())
    if following is None:
        return True
    first = following[1]
    if first[0].islower() or (
        match[0] == "." and _ITEM.search(text, max(0, match.start() - _LONGEST_ITEM), match.start())
    ):
        return False
    if match[0][0] != "." or match[0].startswith(".."):
        return True
    before = _WORD_BEFORE.search(text, max(0, match.start() - _LONGEST_ABBREVIATION), match.start())
    word = before[0].lower() if before else ""
    initials = bool(_INITIALS.fullmatch(word)) and not word.isdigit()
    if not initials and lists.group(word, "abbreviation") is None:
        return True
    return "." in word and lists.group(first, "starter") is not None


def _stripped(text: str, start: int, end: int) -> Span:
    part = text[start:end].rstrip()
    if part[-1:] in _LAST_OF_NOTES and (notes := _NOTES.search(part)):
        part = part[: notes.start()]
    return Span(start + len(part) - len(part.lstrip()), start + len(part))
