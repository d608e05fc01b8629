"""Denials: “denied that …”, “rejected claims that …”, “were dismissed by …”.

The clause that is denied would by itself say the contrary, and so the denial is the clause that was said.
"""

import re
from collections.abc import Iterator
from typing import Final

from tui.language.reporting.bounds import clause_start, ends, trimmed
from tui.language.reporting.frames import THAT, Here
from tui.language.reporting.reported_clause import ReportedClause, Said
from tui.language.reporting.reporting_verbs import Sayings
from tui.language.reporting.subjects import named
from tui.language.spans import Span

_OBJECT: Final = re.compile(r"\s(?P<words>(?:[^\s,;:.“”]+\s?){1,6})")
_ANYTHING: Final = re.compile(
    r"(?:any|all|having|being|it|involvement|responsibility|wrongdoing|knowledge|doing|ever)\b|(?!the|an?\b)[a-z]+ing\b"
)
_OF_ANYTHING: Final = frozenset({"deny", "dispute", "refute", "rebut"})
"""Verbs that deny any matter. A plan too may be rejected or dismissed."""
_DISPUTED: Final = re.compile(r"(?:the|that|this|these|those|its|their|his|her)\s")
_BEHIND: Final = frozenset({"of", "that", "by", "from", "in", "on", "about", "as", "and", "or", "to", "for", "with"})
_BY: Final = re.compile(
    r"(?:\s\w+ly)?\sby\s(?P<who>[^,;:.“”]{2,90}?)(?=\s(?:on|in|at|last|this|after|before|during|when|as|and)\b|[,;:.“”]|\Z)"
)
_IDEAS: Final = frozenset({"idea", "notion", "rumour", "rumor", "criticism", "insinuation", "implication", "link"})
"""Further nouns for words that may be denied."""
_GRANTS: Final = frozenset(
    {"application", "motion", "visa", "permit", "bail", "access", "petition", "licence", "license", "permission"}
)
"""Nouns for things that are refused to somebody."""


def denial(here: Here) -> Iterator[ReportedClause]:
    """Yield the denial of a verb, with the words that are denied."""
    if "deny" not in here.verb.classes:
        return
    text, words, verb = here.text, here.words, here.verb
    if be := here.passive:
        start = clause_start(text, be.start())
        if not _names_words(text[start : be.start()], words):
            return
        by = _BY.match(text, verb.end)
        who = named(text, *by.span("who"), words) if by else None
        yield ReportedClause(Said("deny", who), (trimmed(text, start, verb.end),), Span(start, verb.end))
    elif (verb.base != "dismiss" and THAT.match(text, verb.end)) or _is_denied(here):
        whole = trimmed(text, verb.start, ends(text, verb.end, words))
        yield ReportedClause(here.said("deny"), (whole,), Span(verb.start, whole.end))


def _is_denied(here: Here) -> bool:
    """Whether the object of a verb was said or done. A plan or request was not."""
    found = _OBJECT.match(here.text, here.verb.end)
    if found is None:
        return False
    if here.verb.base == "deny" and _ANYTHING.match(found["words"]):
        return True
    if here.verb.base in _OF_ANYTHING and _DISPUTED.match(found["words"]):
        asked = {word for word, kind in here.words.nouns.items() if kind == "demanded"} | _GRANTS
        return asked.isdisjoint(word.removesuffix("s") for word in found["words"].split())
    return _names_words(found["words"], here.words)


def _names_words(phrase: str, words: Sayings) -> bool:
    """Whether a noun phrase stands for words that were said."""
    for word in phrase.lower().split():
        if word in _BEHIND:
            return False
        single = word.removesuffix("s")
        if single in _IDEAS or {words.nouns.get(word), words.nouns.get(single)} & {"said", "judged"}:
            return True
    return False
