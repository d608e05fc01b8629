"""The words by which a text lays its statement to somebody."""

import re
from collections.abc import Iterator
from typing import Final

from tui.language.attribution import reporting
from tui.language.lexicon import Lexicon
from tui.language.quotations import quotations
from tui.language.reporting.bounds import masked
from tui.language.reporting.reporting_verbs import sayings
from tui.language.reporting.sentence import reported_clauses
from tui.language.sentences import sentences
from tui.language.spans import Span

_NOT_YET: Final = re.compile(
    r"\b(?:will|would|shall|should|must|may|might|could|can|cannot|to|not|never)\s(?:\w+ly\s)?\Z", re.IGNORECASE
)
"""Words before a verb by which nobody has said anything yet."""
_INTRODUCED: Final = re.compile(r"(?:\bthat|\bhow|\bwhether|\bthat,?\sif|:)\s[“\"]?\Z|[“\"]\Z|\AAs\s[^,;:]{1,60},\s\Z")
_THAT: Final = re.compile(r"[^,;:.“”]{0,60}?\b(?:that|how|whether)\s")
_VIEW: Final = (
    r"In\s(?:his|her|their|its|my|our|[^,]{1,40}?['’]s?)\s(?:own\s)?(?:view|opinion|words|judge?ment)\b"
    r"(?!\s(?:is|was|are|were|has|had|will|of|on)\b)"
)
_PHRASE: Final = re.compile(rf"(?:According to|As reported by|{_VIEW})\s?", re.IGNORECASE)
_VIEW_BEHIND: Final = re.compile(rf"(?<=,\s){_VIEW}(?=\W*\Z)", re.IGNORECASE)
_BARE: Final = re.compile(
    r"(?P<who>.{1,140}?)\s(?:(?:say|think)s?|said|thought|believe[sd]?|(?<=\bWe\s)(?:assess|judge))\s"
    r"(?!(?:it|there)\s(?:in|on|at|to|for|again)\b)(?=(?:the|it|he|she|they|we|there|its|his|her|their|some|most|all|[A-Z][\w’'-]*|\d[\d.,]*)\s\w+[\s,])"
)
"""“Officials said the weir leaked”, where no “that” introduces the clause."""
_OTHER_CLAUSE: Final = re.compile(
    r";|[“”]|\b(?:that|which|who|whose|if|had|was|were)\s|,\s(?:and|but)\s"
    r"|(?<=\w\s)(?:because|before|after|when|while|although|until)\s|^(?:nobody|no one|none|neither|few|no \w+)\b",
    re.IGNORECASE,
)
"""Signs that the words before a verb hold another clause, or that nobody spoke."""
_LONGEST: Final = 140
"""Characters before the verb of an opening attribution."""


def attributions(text: str, lists: Lexicon) -> Iterator[Span]:
    """Yield the words that lay a statement to somebody: “the mason says that”.

    A statement that is yet to be made (“will admit that”) has none, nor has a verb without a clause (“saw it as”).
    """
    words = sayings(lists.lang)
    hidden = masked(text, quotations(text))
    for start, end in sentences(text, lists) if words else ():
        sentence = hidden[start:end]
        if phrase := _PHRASE.match(sentence) or _VIEW_BEHIND.search(sentence) or _bare(sentence):
            yield Span(start + phrase.start(), start + phrase.end())
            continue
        for said, parts, region in reported_clauses(sentence, words) if words else ():
            first = parts[0]
            if said.kind == "demand" or _NOT_YET.search(sentence, 0, region.start):
                continue
            if first.start > region.start and _INTRODUCED.search(sentence, 0, first.start):
                speaker = said.speaker.span.start if said.speaker else region.start
                yield Span(start + min(speaker, region.start), start + first.start)
            elif first.start == region.start and first.end < region.end:
                yield Span(start + first.end, start + region.end)


def opening(text: str, lists: Lexicon) -> Span | None:
    """Find the attribution with which a text begins. None where the statement comes first."""
    words = sayings(lists.lang)
    first = next(iter(sentences(text, lists)), None)
    if words is None or first is None:
        return None
    sentence = masked(text, quotations(text))[first.start : first.end]
    if phrase := _PHRASE.match(sentence) or _bare(sentence):
        return Span(first.start, first.start + phrase.end())
    mark = next(iter(reporting(sentence, lists)), None)
    if mark and _is_subject(sentence[: mark.start]) and (that := _THAT.match(sentence, mark.end)):
        return Span(first.start, first.start + that.end())
    for _, parts, region in reported_clauses(sentence, words):
        behind = parts[0].start
        is_first = sentence.startswith("As ") or _is_subject(sentence[: region.start])
        if region.start < behind and is_first and _INTRODUCED.search(sentence, 0, behind):
            return Span(first.start, first.start + behind)
    return None


def _bare(sentence: str) -> re.Match[str] | None:
    found = _BARE.match(sentence)
    if not found or (found["who"].endswith(",") and found["who"].count(",") == 1):  # “The weir leaks, says Ann Holt”
        return None
    return found if _is_subject(f"{found['who']} ") else None


def _is_subject(before: str) -> bool:
    """Whether the words before a verb are a subject alone."""
    return 0 < len(before) <= _LONGEST and not _OTHER_CLAUSE.search(before) and not _NOT_YET.search(before)
