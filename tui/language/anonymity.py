"""Speakers and sources that are not named."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from tui.language.attribution import SOURCE_PHRASES, names, reporting
from tui.language.lexicon import AGENT, Lexicon, between, marks, of_kind
from tui.language.phrase_table import Mark
from tui.language.quotations import quotations
from tui.language.spans import Span, in_name, touching

_FARTHEST: Final = 200
"""Characters between a noun and its verb: an aside or a relative clause fits."""
_NEAR: Final = 60
_TO_VERB: Final = re.compile(
    # “officials in Seoul, who …, have also” before the verb: what belongs to the noun, asides, auxiliaries, adverbs.
    r"(?:\s(?:the|this|his|her|its|their)(?:\s[\w’-]+){1,4})?(?:\s(?:in|at|of|from|with|close|familiar|on|aboard|near|across|under|behind|along|around|outside|opposite|by|loyal|involved|present|living|working|inside|within|for|there|here|who|whom|and|briefed|interviewed|polled|questioned|surveyed|instructed|consulted|asked|quoted|cited|seen|obtained|reviewed|leaked|published|shared|filed|compiled|posted|released|taken|shot)\b[^,.;:!?“”\n]{0,80}?)?"
    r"(?:,[^.;:!?“”\n]{0,80},)?"
    r"(?:\s(?!said\b|told\b)[a-z]+ed\s[^,.;:!?“”\n]{1,60}\sand(?=\s(?:said|told)\b))?"
    r"(?:\s(?:have|has|had|also|now|then|later|long|often|still|never|again|both|all|would|do|did|were|are|been|[a-z]+ly)){0,3}\s"
)
_BE: Final = re.compile(r"\b(?:were|are|been)\s(?:[a-z]+ly\s)?\Z")
_APPOSITION: Final = re.compile(r"[A-Z][\w’-]+,\s\Z")
_BODY: Final = re.compile(r"(?:\b[A-Z]{2,}|[^\s.!?:“]\s[A-Z][\w’-]+)\s\Z")
"""“US intelligence”, “the Russian state media”: a body that can be asked, unlike “intelligence”."""
_TELLING: Final = frozenset({"tell", "tells", "told"})
"""Verbs behind which a hearer stands, and never the speaker."""
_BY: Final = re.compile(r"\sby\s")
_OWNED: Final = re.compile(r"(?:\w['’]s|\ws['’]|\b(?:its|their|his|her)(?:\sown)?)\s(?:[a-z]+\s){0,2}\Z")
"""“The ministry’s own figures”: their owner can be asked."""
_PLURAL: Final = re.compile(
    r"(?<![\w’'-])([a-z]{3,}(?<!s)s)\s(?:(?:have|had|also|now|then|still|often|[a-z]+ly)\s){0,2}\Z"
)
_SAID_OF_THEM: Final = re.compile(r"\s(?:to|by|of|dead|lost)\b")
"""“missiles believed to be new”."""
_NOT_SUBJECT: Final = re.compile(
    r"\b(?:of|for|in|at|from|with|by|to|on|over|about|against|between|among|after|before|during|as|than)\s(?:[\w’'-]+\s){0,3}\Z"
    r"|\b(?:who|which|that|whose)\s[^,;:.]*\Z"
)
_TO_NOUN: Final = re.compile(r"\s(?:(?!and\b|or\b)[\w’'-]+\s){0,4}")
_INDEFINITE: Final = re.compile(r"\b(?:a|an|one|another)\s(?:[\w’.-]+\s){0,4}\Z", re.IGNORECASE)
_BESIDES: Final = re.compile(r"\band\s(?:the\s)?\Z")
_GENERIC: Final = re.compile(r"\b(?:what|whatever|than|if|when|whether|where)\s\Z", re.IGNORECASE)
"""“what a source said” speaks of any source."""
_NAMING: Final = re.compile(
    r"(?:,?\s(?:such as|including|like|among them|notably))?,?\s[A-Z][\w’-]+\s[A-Z]|,?\s(?:such as|including|like)\s[A-Z]|\s\([A-Z]"
    r"|\s[a-z][^,;.:“”]{2,60},\s(?:[A-Z][a-z]{0,3}\.?\s)?[A-Z][\w’-]+(?:\s[A-Z][\w’-]+)?,"
)
_SIGNED: Final = re.compile(
    r"(?:\s(?!that\b)[\w’-]+){0,6}?\s(?:by|of|from|in|for|at)\s(?:the\s)?(?:[A-Z]|(?:19|20)\d\d\b)|\s\("
)
"""A text with an author, a body, a place or a year can be looked up."""
_TEXTS: Final = frozenset({"study", "survey", "poll", "analysis", "investigation", "report"})
_NAMED_BEFORE: Final = ("and other ", "and fellow ", "both ", "Both ")
"""“both delegations” are two that were named before."""
_END_OF_SENTENCE: Final = re.compile(r"[.!?]\s")
_COLLECTIVE_NO: Final = re.compile(
    r"\b(?:the|of|these|those|its|their|two|three|four|five|six|several|no)\s\Z|[’']s\s\Z", re.IGNORECASE
)


_Noun = tuple[Mark, str]
"""A noun for a speaker, with its group."""


class Unnamed(NamedTuple):
    """A speaker or source that stays unnamed."""

    start: int
    end: int
    kind: str
    """`people`, `experts`, `texts`, `single` (“an official”) or `passive` (“it is believed”)."""


@lru_cache(maxsize=8192)
def unnamed(text: str, lists: Lexicon) -> tuple[Unnamed, ...]:
    """Find unnamed speakers and sources: nouns of `unnamed` with reporting verbs.

    Silent where the text says openly that they are not named, or gives a name beside the noun, and inside quotation marks.
    """
    found = marks(text, lists)
    nouns, agents, openly = _sorted(found)
    verbs = reporting(text, lists)
    if verbs:
        nouns = _with_agents(text, nouns, [*agents, *_plurals(text, verbs, lists)])
    else:
        nouns = [noun for noun in nouns if noun[1] == "passive"]
    if not nouns:
        return ()
    quoted = quotations(text)
    result: list[Unnamed] = []
    taken = 0
    for mark, group in nouns:
        if mark.start < taken or (quoted and touching(quoted, mark.start, mark.end)):
            continue
        behind = _passed_on_until(text, mark) if group == "passive" else _spoken_until(text, mark, verbs)
        start = _with_article(text, mark, taken) if group == "single" and behind is not None else mark.start
        if behind is None or start is None:
            continue
        taken = behind  # what stands between the noun and its verb belongs to the noun
        if not _named(text, mark, group, start) and not _said_openly(text, mark, openly):
            result.append(Unnamed(start, mark.end, group))
    return tuple(result)


@lru_cache(maxsize=1024)
def said_openly(label: str, lists: Lexicon) -> bool:
    """Whether a label says that the speaker is unnamed: “unnamed analysts”."""
    return any(of_kind(marks(label, lists), "anonymous"))


@lru_cache(maxsize=1024)
def anonymous_label(label: str, lists: Lexicon) -> bool:
    """Whether a label names nobody without saying so: “US officials”."""
    if said_openly(label, lists):
        return False
    named = names(label)
    first, last = (named[0].end, named[-1].start) if named else (len(label) + 1, -1)
    return any(
        (group not in {"single", "passive"} or _with_article(label, mark) is not None)
        and last < mark.end
        and not (first <= mark.start and _BESIDES.search(label, max(0, mark.start - 9), mark.start))
        for mark, group in _with_agents(label, *_sorted(marks(label, lists))[:2])
    )


def collectives(text: str, lists: Lexicon) -> tuple[Span, ...]:
    """Find plural experts that are neither counted nor known from before."""
    experts = [mark for mark in marks(text, lists) if mark.groups.get("unnamed") == "experts"]
    quoted = quotations(text) if experts else ()
    return tuple(
        Span(mark.start, mark.end)
        for mark in experts
        if not touching(quoted, mark.start, mark.end)
        and not in_name(text, mark)  # “Doctors Without Borders”
        and text[mark.end : mark.end + 1] not in {"’", "'"}
        and not _COLLECTIVE_NO.search(text, max(0, mark.start - 10), mark.start)
    )


def _sorted(found: tuple[Mark, ...]) -> tuple[list[_Noun], list[_Noun], list[Mark]]:
    """Return the listed nouns, those by their endings, and words for “unnamed”."""
    nouns: list[_Noun] = []
    agents: list[_Noun] = []
    openly: list[Mark] = []
    for mark in found:
        groups = mark.groups
        if "unnamed" in groups:
            nouns.append((mark, groups["unnamed"]))
        if AGENT in groups:
            agents.append((mark, groups[AGENT]))
        if "anonymous" in groups:
            openly.append(mark)
    return nouns, agents, openly


def _with_agents(text: str, nouns: list[_Noun], agents: list[_Noun]) -> list[_Noun]:
    """Add the speakers that an ending or a verb tells."""
    if not agents:
        return nouns
    spans = [mark[:2] for mark, _ in nouns]
    fresh = {
        agent.start: (Mark(agent.start, agent.end, {"unnamed": group}), group)
        for agent, group in agents
        if not touching(spans, agent.start, agent.end) and not in_name(text, agent)
    }
    return sorted([*nouns, *fresh.values()], key=_start) if fresh else nouns


def _start(noun: _Noun) -> int:
    return noun[0].start


def _plurals(text: str, verbs: Sequence[Mark], lists: Lexicon) -> Iterator[_Noun]:
    """Yield the plural nouns before verbs of persons: “dog owners complained”."""
    for verb in verbs:
        word = text[verb.start : verb.end].lower().split()[0]
        if lists.group(word, "voiced") is None or _SAID_OF_THEM.match(text, verb.start + len(word)):
            continue
        noun = _PLURAL.search(text, max(0, verb.start - _NEAR), verb.start)
        if noun is None or lists.group(noun[1], "thing") is not None:
            continue
        if not _NOT_SUBJECT.search(text, max(0, noun.start(1) - _NEAR), noun.start(1)):
            yield Mark(*noun.span(1), {}), "people"


def _with_article(text: str, noun: Mark, earliest: int = 0) -> int | None:
    """Return the offset of the indefinite article before a noun, or None. None stands before `earliest`."""
    match = _INDEFINITE.search(text, max(earliest, noun.start - _NEAR), noun.start)
    if match is None or _GENERIC.search(text, max(0, match.start() - 12), match.start()):
        return None
    return match.start()


def _spoken_until(text: str, noun: Mark, verbs: Sequence[Mark]) -> int | None:
    """Return the end of a speaking noun's verb, or None."""
    end = noun.end - (len(" who") if text.endswith(" who", noun.start, noun.end) else 0)
    for verb in verbs:
        if not noun.start - _NEAR - 20 <= verb.start <= noun.end + _FARTHEST:
            continue
        if verb.end <= noun.start and _is_source_of(text, verb, noun):
            return noun.end
        if text[noun.end : verb.start] == " and ":  # “flew out the officials and said nothing”
            return None
        if noun.end < verb.start and _TO_VERB.fullmatch(text, end, verb.start):
            return None if _is_said_of(text, verb) else verb.end
    return None


def _passed_on_until(text: str, passive: Mark) -> int | None:
    """Return the end of a passive, or None for an aside."""
    if _BY.match(text, passive.end):
        return None
    before = text[max(0, passive.start - 3) : passive.start]
    aside = before.endswith(", ") and text[passive.end : passive.end + 1] == ","
    return None if aside or before == "so " else passive.end


def _is_said_of(text: str, verb: Mark) -> bool:
    """Whether a verb behind “be” says something of its subject: “officials were said to be late”."""
    return bool(_BE.search(text, max(0, verb.start - 30), verb.start)) and text[verb.end - 3 : verb.end] != "ing"


def _is_source_of(text: str, verb: Mark, noun: Mark) -> bool:
    """Whether the noun stands behind “according to” or behind a quotation's verb."""
    before = text[max(0, verb.start - 2) : verb.start].rstrip()
    word = text[verb.start : verb.end].lower()
    phrase = word in SOURCE_PHRASES or (verb.group("attribution") == "say" and _BY.match(text, verb.end))
    inverted = before.endswith(("”", '"', ",", "»")) and word not in _TELLING and not _BY.match(text, verb.end)
    if noun.start - verb.end > _NEAR or not (phrase or inverted):
        return False
    return bool(_TO_NOUN.fullmatch(text, verb.end, noun.start))


def _named(text: str, noun: Mark, group: str, start: int) -> bool:
    """Whether a name stands beside a noun phrase that begins at `start`."""
    before = text[max(0, start - 40) : start]
    if group == "texts" and (_BODY.search(before) or _OWNED.search(before) or in_name(text, noun)):
        return True
    if text[noun.start : noun.end].lower() in _TEXTS and _SIGNED.match(text, noun.end):
        return True
    apposition = group == "single" and _APPOSITION.search(before)
    return bool(_NAMING.match(text, noun.end) or apposition) or before.endswith(_NAMED_BEFORE)


def _said_openly(text: str, noun: Mark, openly: list[Mark]) -> bool:
    for other in between(openly, noun.start - _FARTHEST, noun.end + _FARTHEST + 1):
        if not _END_OF_SENTENCE.search(text, min(noun.end, other.end), max(noun.start, other.start)):
            return True
    return False
