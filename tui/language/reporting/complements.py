"""The clauses of reporting verbs: “said that …”, “said …”, “…, she said, …”, “…, said Ann Lee”."""

import re
from collections.abc import Iterator
from typing import Final

from tui.language.reporting.bounds import ADJUNCT, DAY, TAIL, begins, ends, tail
from tui.language.reporting.frames import FINITE, THAT, Here
from tui.language.reporting.reported_clause import FEW, ReportedClause, Said, around, that_clauses
from tui.language.reporting.reporting_verbs import Sayings
from tui.language.reporting.speakers import is_named, is_person
from tui.language.reporting.subjects import named
from tui.language.spans import Span

_THAT_TO: Final = re.compile(rf"(?:\s(?!that\b)[^\s,;:“”]+){{0,8}}?{ADJUNCT}?\s+that\s")
_COLON: Final = re.compile(r"(?:\s[^\s,;:“”]+){0,10}:\s+(?=\S)")
_ZERO: Final = re.compile(rf"{ADJUNCT}??\s(?=\S)")
_ZERO_TO: Final = re.compile(
    rf"\s(?:me|us|him|her|them|you|it|[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)?|[a-z]+s)(?:\s\w+sel(?:f|ves))?{ADJUNCT}??\s"
    r"(?=(?:he|she|it|they|we|I|there|the|an?|his|her|its|their|no|some|most|“)\b|“)"
)
_OPENS: Final = re.compile(
    r"(?:he|she|it|they|we|I|you|there|this|these|those|nothing|nobody|no|the|an?|his|her|its|their|our|my|some|many|most|"
    r"all|both|only|any|each|every|other|such|more|fewer|one|[A-Z][\w'’.-]*|\d[\d.,]*|[a-z]+(?:s|ing|en|men|ple|ion|ity))\s"
)
_PRONOUN: Final = re.compile(r"(?:he|she|it|they|we|I|you|there)\s", re.IGNORECASE)
_NO_CLAUSE: Final = re.compile(
    r"(?:whether|if|how|what|why|who|whom|when|where|so|to|not|no\Z|yes|goodbye|nothing\Z)\b"
)
_RELATIVE: Final = re.compile(r"\b(?:who|which|that)\s(?:[^\s,]+\s){1,6}\Z")
_GAP: Final = re.compile(r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should)\s")
_THAT_DAY: Final = re.compile(DAY)
"""“Said that night”: a time, and no clause."""
_WHO: Final = re.compile(r"\s(?:who|which|whom|whose)\s")
_OWN_WORD: Final = re.compile(r"\b(?:I|[Ww]e)\s(?:\w+\s){0,2}\Z")
_WITH: Final = re.compile(r"\swith\s(?P<who>[^,;:]{2,60}?)\s(?:that|in)\s")
_DOUBT: Final = "doubt"
"""The verb that negates the clause behind, which alone would say the contrary."""
_NO_PREDICATE: Final = re.compile(r"(?:in|on|at|to|of|by|for|with|again|so|\Z)\b")
_FURTHER: Final = re.compile(
    r"(?:in|on|at|late|last|yesterday|today|this|during|by|to)\b[^,;:]{0,60}?,?\s"
    r"(?=(?:he|she|it|they|we|the|there|its|no)\b|“)"
)
"""An adverbial of place or time may stand before the clause: “said on Tuesday it had stopped”."""
_VERB_LAST: Final = re.compile(
    r"(?:the|an?|its|his|her|their|our|this|that|no|some)\s(?:[\w-]+\s)+[a-z]+(?:[^s]s|ed)\Z"
)
_CLAUSE_NEXT: Final = re.compile(r"\s(?:that|it|he|she|they)\b")
_NAME_END: Final = re.compile(r"[,.;:“”!?—)]\s|[.!?]?\s*\Z|,|\s[–-]\s|\s(?:when|while|as|because)\s")
_TITLE: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|[A-Z])\Z")
_MOST_OF_TEXT: Final = 12


def complement(here: Here) -> Iterator[ReportedClause]:
    """Yield the clause behind a verb."""
    text, words, verb = here.text, here.words, here.verb
    start = _clause_at(here) if here.kind and not here.passive else None
    if start is None or _NO_CLAUSE.match(text, start):
        return
    own = _OWN_WORD.search(text, 0, verb.start)
    if own and _GAP.match(text, start):  # “…, which I believe has never been published”: a hedge of the writer
        return
    said = here.said(here.kind)
    if own and (with_ := _WITH.match(text, verb.end)):
        said = Said(here.kind, named(text, *with_.span("who"), words))
    if said.speaker is None and verb.form == "ing":
        said = said._replace(same=True)
    yield from that_clauses(text, words, verb.start if verb.base == _DOUBT else start, verb.start, said)


def inverse(here: Here) -> Iterator[ReportedClause]:
    """Yield the clause before “…, said Ann Lee”."""
    text, words, verb = here.text, here.words, here.verb
    before = text[: verb.start].rstrip()
    fits = before.endswith("”") or (before.endswith(",") and "after" in verb.classes)
    addressed = verb.base in words.addressed and "after" not in verb.classes
    if not fits or not here.kind or verb.form == "ing" or addressed:
        return
    end = _name_ends(text, verb.end)
    who = named(text, verb.end, end, words)
    if who is not None and not _CLAUSE_NEXT.match(text, verb.end) and not _may_be_clause(who.span.of(text)):
        rest = TAIL.match(text, who.span.end)
        attribution = Span(len(before), max(end, rest.end() if rest else 0))
        yield from around(text, words, attribution, Said(here.kind, who))


def aside(here: Here) -> Iterator[ReportedClause]:
    """Yield the clause around “…, she said, …”."""
    text, words, verb = here.text, here.words, here.verb
    rest = tail(text, verb, words)
    if rest is None or not here.kind or here.passive or verb.form == "ing" or text.startswith(":", rest.end()):
        return
    opening = max(text.rfind("”", 0, verb.start), _comma(text[: verb.start].rstrip()))
    if opening <= begins(text) + FEW or _WHO.match(text, opening + 1):
        return
    said = here._replace(left=max(opening + 1, here.left)).said(here.kind)
    if said.speaker or _of_text(text[opening + 1 : verb.start], words):
        yield from around(text, words, Span(opening, rest.end()), said)


def _clause_at(here: Here) -> int | None:
    text, verb = here.text, here.verb
    that = _THAT_TO if verb.base in here.words.addressed else THAT
    match = that.match(text, verb.end) or _COLON.match(text, verb.end)
    if match and match[0].endswith("that ") and _THAT_DAY.match(text, match.end()):
        return None
    return match.end() if match else _zero(here)


def _zero(here: Here) -> int | None:
    """Return the start of a verb's clause without “that”, or None."""
    text, words, verb = here.text, here.words, here.verb
    match = _ZERO.match(text, verb.end) if verb.base != "tell" else None
    if match is None and verb.base in words.addressed:
        match = _ZERO_TO.match(text, verb.end)
    if match is None or verb.base not in words.zero:
        return None
    start = match.end()
    rest = text[start : ends(text, start, words)]
    if _NO_CLAUSE.match(rest) or (_GAP.match(rest) and not _RELATIVE.search(text, 0, verb.start)):
        return None
    if _is_clause(rest) or (rest.startswith("“") and start == verb.end + 1):
        return start
    further = _FURTHER.match(text, start)
    return further.end() if further and FINITE.search(text, further.end()) else None


def _is_clause(rest: str) -> bool:
    if pronoun := _PRONOUN.match(rest):
        return not _NO_PREDICATE.match(rest, pronoun.end())
    return bool(_OPENS.match(rest) and FINITE.search(f" {rest}"))


def _may_be_clause(said: str) -> bool:
    """Whether a phrase may have its own verb, as “the deck sags”."""
    return not is_named(said) and bool(FINITE.search(f" {said} ") or (_VERB_LAST.match(said) and not is_person(said)))


def _comma(before: str) -> int:
    """Return the comma before the subject of an aside. Inner asides are skipped."""
    at = before.rfind(",")
    if at != len(before) - 1:
        return at
    inner = before.rfind(",", 0, max(at, 0))
    return before.rfind(",", 0, inner) if inner > 0 else -1


def _of_text(stretch: str, words: Sayings) -> bool:
    """Whether the subject is a text: “the register shows”."""
    tokens = [token.strip(",.") for token in stretch.split()]
    return 0 < len(tokens) <= _MOST_OF_TEXT and not words.texts.isdisjoint(tokens)


def _name_ends(text: str, start: int) -> int:
    stop = _NAME_END.search(text, start)
    while stop and stop[0] and _TITLE.search(text, start, stop.start()):
        stop = _NAME_END.search(text, stop.end())
    return stop.start() if stop else len(text)
