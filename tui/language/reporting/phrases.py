"""Attribution without a verb of its own: “according to …”, “in her view …”, “as he put it …”, “the claim of … that …”."""

import re
from collections.abc import Iterator
from typing import Final

from tui.language.reporting.bounds import begins
from tui.language.reporting.frames import BE
from tui.language.reporting.reported_clause import ReportedClause, Said, around, rest_of, that_clauses
from tui.language.reporting.reporting_verbs import Sayings
from tui.language.reporting.speakers import is_speaker
from tui.language.reporting.subjects import AUXILIARIES, leading, named
from tui.language.spans import Span

_ACCORDING: Final = re.compile(
    r"(?P<mid>,\s)?\b(?:according to|in the (?:words|opinion|view|judgment|judgement) of|as reported by)\s",
    re.IGNORECASE,
)
_RELATIVE_END: Final = re.compile(
    r",\s(?!(?:who|which|whose|an?|one|[a-z]+ed\s(?:on|in|by|at|last|this|to|with|from)|formerly|now|then)\b|(?:[A-Z][\w-]+\s){0,3}"
    r"(?:Head|Chief|Director|Professor|President|Chair\w*|Secretary|Minister|Manager|Officer|Executive|Partner|Founder|Fellow|"
    r"Lecturer|Editor|Adviser|Economist|Analyst|CEO|CFO|MP|Envoy|Ambassador|Governor|Mayor)\b[^,]*,)"
)
_LAST: Final = re.compile(r"[;—]|\s-\s|[.]\s*\Z|,?\s(?:and|but)\s(?=\w+\s(?:is|was|had)\b)")
_IN_OPINION: Final = re.compile(
    r"\bIn\s(?P<who>his|her|their|its|my|our|[^,;:]{2,60}?['’]s?)\s(?:own\s)?(?:view|opinion|judgment|judgement|words|estimation|eyes|submission|contention|assessment|account|telling|reading|experience),?\s",
    re.IGNORECASE,
)
_AS_SAID: Final = re.compile(r"As\s(?P<who>[^,;:“”]{4,120}),\s")
_FROM_TEXT: Final = re.compile(
    r"\bIt\s(?:appears|appeared|seems|seemed|emerges|emerged|follows|followed)\s(?:from|by|in)\s[^,;:]{3,60}?\sthat\s"
)
_NOUN_THAT: Final = re.compile(
    r"\b(?:[Tt]he|[Aa]n?)\s(?P<noun>[a-z]+)\s(?:of|by|from)\s(?P<who>[^,;:.“”]{2,60}?),?\s(?:(?:is|was)\s)?that\s"
)
_OWN_NOUN: Final = re.compile(
    r"(?P<who>\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\b|(?:\b[Tt]he\s|\b[A-Z])[^,;:.“”]{1,50}?['’]s?)\s(?:[a-z]+\s)?(?P<noun>[a-z]+)\s(?:is|was|has been|remains)\sthat\s"
)
_IT_IS_NOUN: Final = re.compile(
    r"\b[Ii]t\s(?:is|was|remains)\s(?P<who>his|her|their|its|[^,;:.“”]{2,50}?['’]s?)\s(?:own\s)?(?:[a-z]+\s)?(?P<noun>[a-z]+)\sthat\s"
)
_COLON_QUOTE: Final = re.compile(r":\s(?=“)")
_KINDS: Final = {"said": "say", "judged": "judge", "demanded": "demand"}
_OWN: Final = frozenset({"my", "our"})


def by_phrase(text: str, words: Sayings) -> Iterator[ReportedClause]:
    """Yield the clauses that a phrase attributes."""
    for kind in (_according, _from_text, _in_opinion, _by_noun, _by_colon):
        yield from kind(text, words)


def as_said(text: str, words: Sayings) -> ReportedClause | None:
    """Return the clause behind “As the judge put it, …”, which holds nothing else before that comma."""
    match = _AS_SAID.match(text, begins(text))
    for verb in words.verbs(text[: match.end("who")]) if match else ():
        start = match.start("who") if match else 0
        end = AUXILIARIES.search(text, start, verb.start)
        is_noun = verb.form == "ing" and not BE.search(text, start, verb.start)  # “as the old saying goes”
        who = None if is_noun else named(text, start, end.start() if end else verb.start, words)
        if match and who:
            return rest_of(text, words, match.end(), match.start(), Said("say", who))
    return None


def _according(text: str, words: Sayings) -> Iterator[ReportedClause]:
    for match in _ACCORDING.finditer(text):
        stop, last = _RELATIVE_END.search(text, match.end()), _LAST.search(text, match.end())
        end = min(found.start() for found in (stop, last) if found) if stop or last else len(text)
        said = Said("say", named(text, match.end(), end, words))
        yield from around(text, words, Span(match.start(), end), said)


def _from_text(text: str, words: Sayings) -> Iterator[ReportedClause]:
    for match in _FROM_TEXT.finditer(text):
        yield rest_of(text, words, match.end(), match.start(), Said("say", None))


def _in_opinion(text: str, words: Sayings) -> Iterator[ReportedClause]:
    for match in _IN_OPINION.finditer(text):
        own = match["who"].lower() in _OWN
        who = None if own else named(text, *match.span("who"), words, possessive=True)
        yield rest_of(text, words, match.end(), match.start(), Said("judge", who))


def _by_noun(text: str, words: Sayings) -> Iterator[ReportedClause]:
    for pattern in (_NOUN_THAT, _OWN_NOUN, _IT_IS_NOUN):
        for match in pattern.finditer(text):
            kind = _KINDS.get(words.nouns.get(match["noun"], ""))
            who = named(text, *match.span("who"), words, possessive=pattern is not _NOUN_THAT) if kind else None
            if kind and who:
                yield from that_clauses(text, words, match.end(), match.start(), Said(kind, who))


def _by_colon(text: str, words: Sayings) -> Iterator[ReportedClause]:
    """Yield the quotation that a sentence announces by a colon alone: “Ann Lee welcomed the plan: “It …””."""
    for match in _COLON_QUOTE.finditer(text):
        who = leading(text, begins(text), words)
        if who and is_speaker(who.span.of(text)):
            yield rest_of(text, words, match.end(), match.start(), Said("say", who))
