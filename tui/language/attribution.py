"""Reporting verbs, with who is said to speak."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from tui.language.lexicon import Lexicon, Mark, marks
from tui.language.quotations import quotations
from tui.language.spans import Span, touching

SOURCE_PHRASES: Final = frozenset(
    {"according to", "in the words of", "as reported by", "citing", "cites", "cited", "quoting"}
)
"""Phrases behind which the speaker stands, as before other reporting verbs."""

_SUBJECT: Final = re.compile(r"[^,;:.!?“”\"\n—–()]{1,80}\Z")
_APPOSITION: Final = re.compile(r"([^,;:.!?“”\"\n—–]{1,60}),[^;:!?“”\"\n]{1,120},\s{0,3}\Z")
_BEHIND: Final = re.compile(
    r"\s{1,3}((?:[A-Z][\w.’'-]{0,30}|the|a|an|Mr\.|Dr\.)(?:\s(?:[A-Z][\w.’'-]{0,30}|of|for|the|de|al|von|van)){0,6})"
)
_VERB_BEHIND: Final = re.compile(r"\s{1,3}(?:that|how|what|why|whether)\b|[:,]\s{0,3}[“\"]")
_WORD_BEFORE: Final = re.compile(r"([^\W\d_][\w’'.-]*)\s{1,3}\Z")
_PRONOUNS: Final = frozenset({"he", "she", "it", "they", "who", "which", "also", "nobody"})
_PERFECT: Final = frozenset({"have", "has", "had"})
_NO_VERB_BEHIND: Final = re.compile(
    r"\b(?:should|must|to|may|might|could|can|will|the|a|an|this|its|their)\s{1,3}\Z", re.IGNORECASE
)
_QUOTE_END: Final = ("”", '"', ",", "»", "’")
_NAME: Final = re.compile(
    r"\b(?:(?:[A-Z][\w’'-]{0,30}|(?:[A-Z]\.){1,3}|(?:Dr|Mr|Mrs|Ms|Prof|Gen|Lt|Col|Sgt|Maj|Capt|Adm|Sen|Rep|Gov|St)\.)\s){1,3}"
    r"[A-Z][\w’'-]{0,30}[a-z]\b"
)
_LEADING: Final = re.compile(
    r"(?:(?:The|A|An|In|On|At|Only|But|And|One|Both|Dr\.|Mr\.|Mrs\.|Ms\.|Prof\.|If|As|For|From|When|While|After|Before)\s)+"
)


class Attribution(NamedTuple):
    """A reporting verb with its speaker."""

    start: int
    """Where the verb begins."""
    end: int
    kind: str
    """`say`, `argue` (a view), `find` (a finding or an admission) or `urge` (what should be done)."""
    speaker: Span | None
    """Who speaks, as far as it could be told: the words before the verb, or behind it after a quotation."""


@lru_cache(maxsize=8192)
def attributions(text: str, lists: Lexicon) -> tuple[Attribution, ...]:
    """Find the reporting verbs outside quotation marks, in order.

    Not those behind a modal or “to” (“should consider”), nor nouns that look like verbs (“recent reports”).
    """
    quoted = quotations(text)
    return tuple(
        Attribution(mark.start, mark.end, kind, _speaker(text, mark))
        for mark, kind in reporting(text, lists)
        if not touching(quoted, mark.start, mark.end)
    )


def reporting(text: str, lists: Lexicon) -> Iterator[tuple[Mark, str]]:
    """Find the reporting verbs with their kinds, in quotation marks too."""
    noun_end = behind_noun = 0
    for mark in marks(text, lists):
        if mark.group("unnamed") and " " in text[mark.start : mark.end]:
            noun_end = max(noun_end, mark.end)  # “reports” within “media reports”
        kind = mark.group("attribution")
        if mark.group("unnamed"):
            behind_noun = mark.end + 1
        if kind is None or (mark.start < noun_end and not mark.group("unnamed")):
            continue
        if mark.group("homonym") and (mark.end <= noun_end or not (mark.start == behind_noun or _is_verb(text, mark))):
            continue
        if not _NO_VERB_BEHIND.search(text, max(0, mark.start - 12), mark.start):
            yield mark, kind


def names(text: str) -> tuple[Span, ...]:
    """Find what looks like the full name of a person or a body: two to four capitalised words in a row."""
    spans = []
    for match in _NAME.finditer(text):
        leading = _LEADING.match(match[0])
        start = match.start() + (leading.end() if leading else 0)
        if " " in text[start : match.end()]:
            spans.append(Span(start, match.end()))
    return tuple(spans)


def _is_verb(text: str, mark: Mark) -> bool:
    if _VERB_BEHIND.match(text, mark.end):
        return True
    before = _WORD_BEFORE.search(text, max(0, mark.start - 30), mark.start)
    if before is None:
        return False
    perfect = before[1].lower() in _PERFECT and text[mark.end - 1] != "s"  # “have told”, and not “have doubts”
    return perfect or before[1][0].isupper() or before[1].lower() in _PRONOUNS


def _speaker(text: str, verb: Mark) -> Span | None:
    behind = _BEHIND.match(text, verb.end)
    phrase = text[verb.start : verb.end].lower() in SOURCE_PHRASES
    if behind and (phrase or text[max(0, verb.start - 4) : verb.start].rstrip().endswith(_QUOTE_END)):
        return Span(behind.start(1), behind.start(1) + len(behind[1].rstrip(".’'-")))
    subject = _SUBJECT.search(text, max(0, verb.start - 81), verb.start)
    if subject and subject[0].strip():
        return _trimmed(text, *subject.span())
    apposition = _APPOSITION.search(text, max(0, verb.start - 190), verb.start)
    return _trimmed(text, *apposition.span(1)) if apposition else None


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
