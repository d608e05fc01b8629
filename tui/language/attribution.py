"""Reporting verbs, and full names."""

import re
from functools import lru_cache
from typing import Final

from tui.language.lexicon import Lexicon, marks
from tui.language.phrase_table import Mark
from tui.language.quotations import quotations
from tui.language.spans import Span, touching

SOURCE_PHRASES: Final = frozenset(
    {"according to", "in the words of", "as reported by", "citing", "cites", "cited", "quoting"}
)
"""Phrases behind which the speaker stands, as before other reporting verbs."""

_VERB_BEHIND: Final = re.compile(r"\s{1,3}(?:that|how|what|why|whether|by)\b|[:,]\s{0,3}[“\"]")
_OBJECT_BEHIND: Final = re.compile(
    r"\s(?:the|an?|its|their|his|her|him|them|how|no|some|few|“|[a-z]{3,}ing|[a-z]{3,}s)\b"
)
_AN_OBJECT: Final = re.compile(
    r"\s(?:the|an?|it|him|them|its|their|how)\b(?!\s(?:previous|next|following|same|first)\b)"
)
_NOUN_BEFORE: Final = re.compile(
    r"\b(?!(?:was|were|been|being|is|are|be|the|its|his|her|their|as)\b)(?:[a-z]*(?P<plural>s|men|people|staff)|[a-z]{3,})\s(?:[a-z]+ly\s)?\Z"
)
_WORD_BEFORE: Final = re.compile(r"([^\W\d_][\w’'.-]*)\s{1,3}\Z")
_PRONOUNS: Final = frozenset({"he", "she", "it", "they", "who", "which", "also", "nobody"})
_PERFECT: Final = frozenset({"have", "has", "had"})
_NO_VERB_BEHIND: Final = re.compile(
    r"\b(?:should|must|to|may|might|could|can|will|the|a|an|this|its|their)\s{1,3}\Z", re.IGNORECASE
)
_NAME: Final = re.compile(
    r"\b(?:(?:[A-Z][\w’'-]{0,30}|(?:[A-Z]\.){1,3}|(?:Dr|Mr|Mrs|Ms|Prof|Gen|Lt|Col|Sgt|Maj|Capt|Adm|Sen|Rep|Gov|St)\.)\s){1,3}"
    r"[A-Z][\w’'-]{0,30}[a-z]\b"
)
_LEADING: Final = re.compile(
    r"(?:(?:The|A|An|In|On|At|Only|But|And|One|Both|Dr\.|Mr\.|Mrs\.|Ms\.|Prof\.|If|As|For|From|When|While|After|Before)\s)+"
)


@lru_cache(maxsize=8192)
def is_attributed(text: str, lists: Lexicon) -> bool:
    """Whether a text has a reporting verb outside quotation marks."""
    quoted = quotations(text)
    return any(not touching(quoted, mark.start, mark.end) for mark in reporting(text, lists))


@lru_cache(maxsize=8192)
def reporting(text: str, lists: Lexicon) -> tuple[Mark, ...]:
    """Return the reporting verbs, in quotation marks too.

    A verb behind a modal or “to” (“should consider”) and a noun that looks like a verb (“recent reports”) are none.
    """
    verbs: list[Mark] = []
    noun_end = behind_noun = 0
    for mark in marks(text, lists):
        is_unnamed = "unnamed" in mark.groups
        if is_unnamed:
            if " " in text[mark.start : mark.end]:
                noun_end = max(noun_end, mark.end)  # “reports” within “media reports”
            behind_noun = mark.end + 1
        if "attribution" not in mark.groups or (mark.start < noun_end and not is_unnamed):
            continue
        if "homonym" in mark.groups and (
            mark.end <= noun_end or not (mark.start == behind_noun or _is_verb(text, mark))
        ):
            continue
        if not _NO_VERB_BEHIND.search(text, max(0, mark.start - 12), mark.start):
            verbs.append(mark)
    return tuple(verbs)


def names(text: str) -> tuple[Span, ...]:
    """Find full names: two to four capitalised words in a row."""
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
    noun = text[mark.end - 1] != "s" and _NOUN_BEFORE.search(text, max(0, mark.start - 30), mark.start)
    if noun and (_OBJECT_BEHIND.match(text, mark.end) if noun["plural"] else _AN_OBJECT.match(text, mark.end)):
        return True
    before = _WORD_BEFORE.search(text, max(0, mark.start - 30), mark.start)
    if before is None:
        return False
    perfect = before[1].lower() in _PERFECT and text[mark.end - 1] != "s"  # “have told”, and not “have doubts”
    return perfect or before[1][0].isupper() or before[1].lower() in _PRONOUNS
