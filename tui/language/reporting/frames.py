"""Frames of reporting verbs with an object: urging, demanding, accusing, describing as."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.language.reporting.bounds import ADJUNCT, clause_start, ends, trimmed
from tui.language.reporting.reported_clause import ReportedClause, Said, that_clauses
from tui.language.reporting.reporting_verbs import Sayings, Verb
from tui.language.reporting.subjects import SAME, named, subject
from tui.language.spans import Span

_ORDER: Final = re.compile(
    r"\s(?!to\b|that\b|whether\b|for\b|about\b|against\b|how\b)(?P<np>[^,;:“”]{1,80}?)(?:,[^,;:]{1,60},)?\s(?:not\s)?to\s(?!the\b|an?\b|his\b|her\b|its\b|their\b|this\b|these\b)[a-z]+"
)
_AS: Final = re.compile(r"\s(?P<what>[^,;:]{1,70}?)\sas\s(?:(?:being|having been)\s)?(?=\S)")
_NAME: Final = re.compile(r"\s(?:(?:[^,;:“”\s]+\s){1,5})(?=“)")
_ACCUSE: Final = re.compile(r"\s(?P<who>[^,;:]{1,80}?)\sof\s(?=\S)")
_PUT: Final = re.compile(r"\s(?=(?:the|its|their|his|her|that|total|losses|damage)\b[^,;:]{0,60}?\sat\s[^,;:]*)")
_THING: Final = re.compile(
    r"\s(?=(?:to|against)\s[a-z]|(?:that\s)?(?:the|an?|its|their|his|her|more|new|[a-z]+ing|[a-z]+s)\b|“)"
)
_BY_WHOM: Final = re.compile(
    rf"{ADJUNCT}?\s(?:by|on behalf of|for)\s(?P<who>[^.;:“”]{{2,90}}?)(?=,?\sthat\s|,|\.|;|\sand\s(?:is|was|has|had|will)\b|\Z)"
)
_FOR_WHOM: Final = re.compile(r"(?:For|On behalf of)\s(?P<who>[^.;:“”]{2,90}?),?\sit\s*\Z")
_BEHIND_BY: Final = re.compile(r"(?:,[^,;:]{1,90},|,)?\sthat\s")
BE: Final = re.compile(
    r"\b(?:is|are|was|were|been|being|be|gets?|got)\s(?:(?:\w+ly|also|now|not|widely|often|then)\s){0,2}\Z"
)
FINITE: Final = re.compile(
    r"\s(?:is|are|was|were|has|have|had|will|would|can|cannot|could|may|might|must|should|ought|does|did|do|\w+n['’]t|"
    r"[a-z]{2,}ed|rose|fell|came|went|took|made|gave|lost|won|met|saw|grew|kept|left|sent|told|began|\w+qqs?|[a-z]+s\s[a-z]{3,}\s(?:an?|the|no|more|less|to|its|their|\d+))\b"
)
_AGREED: Final = re.compile(r"\bwith\s(?P<who>[^,;:]{2,60}?)\sin\s\Z")
THAT: Final = re.compile(rf"(?:,[^,;:“”]{{1,60}},|,)?{ADJUNCT}?\s+that\s")
_TOO_FAR: Final = re.compile(r"\b(?:that|is|was|were|had|has|who)\b")
_AUXILIARY: Final = re.compile(r"\s(?:has|have|had|is|was|also|now|to)\s*\Z")
_THAT_FIRST: Final = re.compile(r"that\s", re.IGNORECASE)
_BE_REACH: Final = 30
_MOST_ADDRESSED: Final = 9
"""Words by which those are named who are to act."""


class Here(NamedTuple):
    """A reporting verb in its sentence."""

    text: str
    words: Sayings
    verb: Verb
    left: int
    """The end of the reporting verb before."""

    @property
    def kind(self) -> str:
        """`say`, `judge`, `find` or `demand`; empty for a verb without a clause."""
        names = ("say", "judge", "find", "demand")
        return next(
            (name for name in names if name in self.verb.classes), "say" if "after" in self.verb.classes else ""
        )

    @property
    def passive(self) -> re.Match[str] | None:
        """The form of “to be” before the verb."""
        near = max(0, self.verb.start - _BE_REACH)
        return BE.search(self.text, near, self.verb.start) if self.verb.form == "past" else None

    def said(self, kind: str) -> Said:
        """Return the kind of saying with the verb's subject as speaker."""
        who = subject(self.text, self.verb, self.left, self.words)
        return Said(kind, None if isinstance(who, str) else who, who is SAME)


def passive(here: Here) -> Iterator[ReportedClause]:
    """Yield passive clauses: “we were told by … that …”, “… was proposed by …”."""
    text, words, verb = here.text, here.words, here.verb
    be = here.passive
    if be is None:
        return
    start = clause_start(text, be.start())
    by = _BY_WHOM.match(text, verb.end) or _FOR_WHOM.match(text, start, be.start())
    who = named(text, *by.span("who"), words) if by else None
    end = max(by.end(), verb.end) if by else verb.end
    that = (_BEHIND_BY if by else THAT).match(text, end)
    if that and (who or verb.base in words.addressed):
        yield from that_clauses(text, words, that.end(), start, Said(here.kind, who))
    elif who and _THAT_FIRST.match(text, start):
        yield ReportedClause(Said(here.kind, who), (trimmed(text, start + 5, be.start()),), Span(start, end))
    elif who and "demand" in verb.classes and verb.base not in words.addressed | {"ask", "suggest"}:
        lead = _AUXILIARY.sub("", text[start : be.start()])
        yield ReportedClause(Said("demand", who), (trimmed(text, start, start + len(lead)),), Span(start, end))


def framed(here: Here) -> Iterator[ReportedClause]:
    """Yield the objects of urging, demanding, describing, accusing and putting."""
    if here.passive:
        return
    for name, pattern, kind in _OBJECTS:
        match = pattern.match(here.text, here.verb.end) if name in here.verb.classes else None
        if match is None or _fails(name, here, match):
            continue
        said = here.said(kind)
        if with_ := _AGREED.search(here.text, 0, here.verb.start):
            said = Said(kind, named(here.text, *with_.span("who"), here.words))
        if said.speaker or said.same or name in {"order", "demand"}:
            object_ = _object(name, here, match)
            yield ReportedClause(said, (object_,), Span(here.verb.start, object_.end))
        return


def _object(name: str, here: Here, match: re.Match[str]) -> Span:
    text = here.text
    start = match.start("np") if name in {"order", "expect"} else match.end()
    if name == "demand" and text.startswith("that ", start):
        start += 5
    end = ends(text, start, here.words, phrase=True)
    close = text.find("”", start) if name == "name" else -1
    return trimmed(text, start + 1, close) if close > 0 else trimmed(text, start, end)


def _fails(name: str, here: Here, match: re.Match[str]) -> bool:
    """Whether the verb only seems to stand in a frame: “told the board that it was to close”."""
    base, rest = here.verb.base, here.text[match.end() :]
    if name in {"order", "expect"}:
        return bool(_TOO_FAR.search(match["np"])) or len(match["np"].split()) > _MOST_ADDRESSED
    if name == "demand":
        that = rest.startswith(("that ", "against "))
        return base in {"suggest", "urge"} or (base in {"ask", "advise", "request"} and not that)
    return name == "as" and bool(FINITE.search(match["what"]) or rest.startswith(("soon", "long", "well", "far")))


_OBJECTS: Final = (
    ("order", _ORDER, "demand"),
    ("expect", _ORDER, "judge"),
    ("demand", _THING, "demand"),
    ("as", _AS, "judge"),
    ("accuse", _ACCUSE, "say"),
    ("put", _PUT, "say"),
    ("name", _NAME, "judge"),
)
