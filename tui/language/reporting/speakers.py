"""Speakers: phrases that name or describe a person or a body."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tui.language.reporting.reporting_verbs import Sayings
from tui.language.spans import Span

PRONOUNS: Final = {"he": "he", "she": "she", "it": "it", "they": "they", "him": "he", "her": "she", "them": "they"}
_WRITER: Final = frozenset({"i", "we", "you", "one", "us", "me", "both"})
_OBJECT: Final = re.compile(r"\s(?:it|them|him|us|me|you)\Z")
"""The end of a phrase for no speaker: “one hears it”, “one of them”. “Who served under him” is a clause of its own."""
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|did|that|which|because|if)\b"
)
DETERMINER: Final = re.compile(
    r"(?:the|an?|its|his|her|their|our|my|your|one|another|some|several|many|most|few|two|three|four|five|six|seven|eight|"
    r"nine|ten|dozens|hundreds|both|other|each|every|\d+)\b",
    re.IGNORECASE,
)
_CAPITAL: Final = r"[A-Z][\w'’&-]*\.?"
_NAME: Final = re.compile(rf"{_CAPITAL}(?:\s(?:(?:de|da|del|al|bin|van|von|der|la|le|dos)\s)?{_CAPITAL})+")
TITLES: Final = {
    "mr": "he", "sir": "he", "lord": "he", "mrs": "she", "ms": "she", "miss": "she", "lady": "she", "baroness": "she",
    "dame": "she", "dr": "", "prof": "", "professor": "", "president": "", "minister": "", "governor": "", "senator": "",
    "general": "", "colonel": "", "captain": "", "judge": "", "justice": "", "bishop": "", "king": "he", "queen": "she",
    "prince": "he", "princess": "she", "father": "he", "sister": "she", "mayor": "", "chancellor": "", "inspector": "",
}  # fmt: skip
_BODY: Final = re.compile(
    r"\b(?:Ministry|Committee|Council|Bank|Fund|Directorate|Board|Office|Agency|Service|Services|Union|Party|Group|Company|"
    r"Ltd|Inc|AB|AG|plc|PLC|LLC|University|Institute|Trust|Commission|Court|Department|Staff|Watch|International|Authority|"
    r"Association|Federation|Bureau|Executive|Treasury|House|Corporation|Corp|Society|Foundation|Network|Alliance|Centre|"
    r"Center|Academy|Organization|Organisation|Forum|Coalition|Congress|Parliament|Assembly|Senate|Secretariat|Tribunal|"
    r"Command|Force|Forces|Police|Users|Partners|Brothers|Press|News|Times|Post|Street)\b"
)
_PERSON: Final = re.compile(
    r"\b(?:\w+(?:er|or|ist|man|woman|ian|ant|eur)|official|aide|chief|head|chair|deputy|president|diplomat|lawyer|witness|"
    r"judge|mother|father|wife|husband|friend|colleague|resident|student|king|queen|analyst|spokesperson|secretary|doctor|"
    r"nurse|teacher|priest|captain|clerk|guide|source|executive|economist|professor|general|colonel|mayor|nobody|somebody|"
    r"critic|expert|scientist|veteran|patient|girl|boy|people|physician|surgeon|cook|host|pilot|counsel|delegate|envoy)s?\b",
    re.IGNORECASE,
)
_NOT_PERSON: Final = re.compile(
    r"\b(?:paper|number|letter|matter|figure|order|water|power|weather|winter|summer|chapter)\b"
)
_FIRM: Final = re.compile(
    r"\b(?:operator|\w*maker|manufacturer|supplier|retailer|carrier|insurer|lender|publisher|broadcaster|employer|provider|"
    r"developer|producer|contractor|regulator|owner|buyer|seller|builder|brewer|miner|grower|claimant|defendant|appellant|"
    r"respondent|applicant|landlord|tenant|watchdog)\Z"
)
_FEMALE: Final = re.compile(
    r"\b(?:\w*woman|mother|wife|sister|daughter|queen|girl|grandmother|aunt|actress|widow|her)\b"
)
_MALE: Final = re.compile(r"\b(?:\w*[^o]man|father|husband|brother|son|king|boy|grandfather|uncle|fisherman)\b")
_PARTICIPLE: Final = re.compile(r"[A-Z]?[a-z]{3,}ing\b|[A-Z][a-z]+ed\s(?:by|in|at|on|to|with|whether|if|about)\b")
_SECOND_NOUN: Final = re.compile(r"\w(?<!\band)(?<!\bor)\s(?:the|an?|its|their|his|her)\s(?!Rt\b)")
"""“traders expect a fall”: an article within a phrase means that there is a verb before it."""
_PUBLISHED: Final = re.compile(r"(?<=\w)\s[a-z]+ed\Z")
_READ_BY: Final = re.compile(r"\b(?:seen|reviewed|obtained|viewed|cited|examined)\sby\s")
"""“A report seen by Reuters”: a reader of a text does not speak."""
_DOTTED: Final = re.compile(r"\b[A-Z]\.\Z|\b(?:Inc|Ltd|Corp|Jr|Sr|Co)\.\Z")
_GENITIVE: Final = re.compile(r"['’]s\Z|(?<=s)['’]\Z")
_ROLE: Final = re.compile(
    rf"(?:(?!\sand\s)[^,])*?\b(?!(?:of|for|and|or|the|in|at|on|to|from|with|an?|its|his|her|their|our|my|your|de|von|van|al|s)\b)[a-z][\w-]*[a-z]\s(?={_CAPITAL}(?:\s{_CAPITAL})*\Z)"
)
"""A role in small letters before a name: “her colleague Ann Lee”."""
_TRIM: Final = re.compile(r"[\s,;:“”\"()]+\Z")
_RELATIVE: Final = re.compile(r",?\s\(|,\s(?:who|which|whose)\b")
_BEHIND_NAME: Final = re.compile(r"\s(?:of|for|from|at|in|with)\s|,\s(?!(?:Inc|Ltd|LLC|Jr|Sr)\b)")
_ITEM: Final = re.compile(r"\d{1,3}[.)]\s+")
MOST_WORDS: Final = 16
ARTICLE: Final = re.compile(r"(?:the|an?)\s", re.IGNORECASE)
DEFINITE: Final = re.compile(r"the\s", re.IGNORECASE)


_OWNER: Final = re.compile(r"(?:(?:its|his|her|their|our|my|your|[Tt]he\s.*['’]s|\S+['’]s)\s)", re.IGNORECASE)
"""Behind an owner, capitals are an office and no name: “its Chief Engineer”."""


_JOINED: Final = re.compile(r",?\s(?:and|&)\s|,\s")


class Phrase(NamedTuple):
    """A phrase that stands for a speaker: its place, or a pronoun."""

    span: Span
    pronoun: str = ""
    """`he`, `she`, `it` or `they`; empty where the phrase names or describes somebody."""


def phrase(text: str, start: int, end: int, words: Sayings) -> Phrase | None:
    """Return the speaker that a stretch names or describes, or None.

    Conjunctions, adverbs, the writer's own `I` and `we`, texts, and whatever has a verb of its own are none.
    """
    if _READ_BY.search(text, start, end):
        return None
    span = _stripped(text, start, end)
    said = span.of(text)
    tokens = said.split()
    if not 0 < len(tokens) <= MOST_WORDS or "that" in tokens or not any(map(str.isalpha, said)):
        return None
    first = tokens[0].lower()
    if len(tokens) == 1 and first in PRONOUNS:
        return Phrase(span, PRONOUNS[first])
    return Phrase(span) if _may_begin(tokens, first, words) and _may_speak(said, words) else None


def _may_begin(tokens: list[str], first: str, words: Sayings) -> bool:
    """Whether a speaker's phrase may begin with a word."""
    writer = first in _WRITER and (len(tokens) == 1 or first not in {"one", "both"})
    pronoun = first in PRONOUNS and first != "her"
    return not (
        first in words.no_start or writer or pronoun or (len(tokens) > 1 and _PARTICIPLE.match(" ".join(tokens)))
    )


def _may_speak(said: str, words: Sayings) -> bool:
    """Whether a phrase stands for a person or body, no text."""
    head = _head(said)
    if _OBJECT.search(said) and " who " not in said:
        return False
    if _FINITE.search(head) or _SECOND_NOUN.search(head) or _PUBLISHED.sub("", head).split()[-1].lower() in words.texts:
        return False
    if DETERMINER.fullmatch(said):
        return not ARTICLE.fullmatch(f"{said} ")
    return bool(said[0].isupper() or DETERMINER.match(said) or head.endswith("s") or _PERSON.search(head))


@lru_cache(maxsize=4096)
def is_named(said: str) -> bool:
    """Whether a phrase ends with a person's or body's full name."""
    if owner := _OWNER.match(said):
        said = said[owner.end() :]
        if said[:1].isupper():
            return False
    article = ARTICLE.match(said)
    return bool(_NAME.search(said, article.end() if article else 0))


@lru_cache(maxsize=4096)
def is_person(said: str) -> bool:
    """Whether a phrase stands for one person and not for a body."""
    if _JOINED.search(said) and len(holders(said)) > 1:
        return False
    if said.split(maxsplit=1)[0].lower().rstrip(".") in TITLES:
        return True
    head = _head(said)
    if (body := _BODY.search(head)) and (body.end() == len(head) or not _PERSON.search(head)):
        return False
    if _NAME.search(said) and not ARTICLE.match(said):
        return True
    return bool(_PERSON.search(_head(said)) and not _NOT_PERSON.search(_head(said)))


@lru_cache(maxsize=4096)
def holders(said: str) -> tuple[str, ...]:
    """Return the persons of a phrase with several, or the phrase alone."""
    parts = tuple(part[role.end() if (role := _ROLE.match(part)) else 0 :] for part in _JOINED.split(said))
    return parts if len(parts) > 1 and all(map(_is_persons_name, parts)) else (said,)


def _is_persons_name(said: str) -> bool:
    return is_named(said) and is_person(said)


def is_firm(said: str) -> bool:
    """Whether a description fits a person and a body: “the operator”."""
    return bool(ARTICLE.match(said) and _FIRM.search(_head(said)))


def is_speaker(said: str) -> bool:
    """Whether a phrase stands for a person or named body."""
    return is_person(said) or is_plural(said) or _BODY.search(said.title()) is not None or is_named(said)


@lru_cache(maxsize=4096)
def is_plural(said: str) -> bool:
    """Whether a phrase stands for several."""
    if _JOINED.search(said) and len(holders(said)) > 1:
        return True
    words = _head(said).split()
    head = words[-1]
    return (head[0].islower() or (len(words) == 1 and bool(_PERSON.fullmatch(head)))) and (
        (head.endswith("s") and not head.endswith("ss")) or head in {"people", "police"}
    )


@lru_cache(maxsize=4096)
def gender(said: str) -> str:
    """Return `he` or `she` where the phrase tells it."""
    found = {TITLES.get(word.lower().rstrip("."), "") for word in said.split()} - {""}
    if len(found) == 1:
        return found.pop()
    head = _head(said)
    return (
        "she"
        if _FEMALE.search(head.lower()) and not head.lower().startswith("her ")
        else "he"
        if _MALE.search(head)
        else ""
    )


def _head(said: str) -> str:
    """Return a phrase without asides, relative clauses and prepositions."""
    return (
        re.split(
            r",|\s(?:who|which|whose|of|for|from|at|in|on|with|to|by|inside|close|familiar|briefed|under)\b", said
        )[0]
        or said
    )


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in ' ,;:“”"()\n\t':
        start += 1
    if item := _ITEM.match(text, start, end):
        start = item.end()
    said = text[start:end]
    if cut := _RELATIVE.search(said):
        said = said[: cut.start()]
    if (name := _NAME.search(said)) and not ARTICLE.match(said) and not _BODY.search(name[0]):
        behind = _BEHIND_NAME.match(said, name.end())
        said = said[: name.end()] if behind else said
    said = _TRIM.sub("", said)
    if said.endswith(".") and not _DOTTED.search(said):
        said = said[:-1]
    said = _GENITIVE.sub("", said)
    role = _ROLE.match(said)
    at = role.end() if role else 0
    return Span(start + at, start + len(said))
