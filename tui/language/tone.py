"""Loaded words, bare superlatives and dates that depend on the reader's day."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tui.language.lexicon import Lexicon, marks, of_kind
from tui.language.phrase_table import Mark
from tui.language.quotations import quotations
from tui.language.spans import Span, in_name, touching

_BEFORE_SUPERLATIVE: Final = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur|[A-Z]\w+[’']s)\s+(?:(?:single|very|world’s)\s+)?\Z"
)
_SAID_OF: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|remains?|became|becomes?)\s(?:\w+ly\s|still\s|now\s|perhaps\s)?(?:the|its|their|his|her|our)\s\Z"
)
_FROM_SOME: Final = re.compile(r"(?:\A|[.;:]\s)(?:Of|Among|In|Since)\s[^.;:]*\Z")
"""“Of the three, the second is the largest”: that is a scope."""
_ORDINAL: Final = re.compile(r"(?:second|third|fourth|fifth|one of the|two|three|four|five|ten)[\s-]+\Z", re.IGNORECASE)
_NEGATED: Final = re.compile(r"\b(?:not|never|no longer|hardly)\b\W{1,3}the\s+\Z", re.IGNORECASE)
_SCOPES_BEFORE: Final = ((_NEGATED, 20), (_ORDINAL, 16), (_FROM_SOME, 200))
"""Patterns before a superlative with a scope, and the characters to search."""
_OF_ALL: Final = re.compile(r"of\s(?:(?:them|us)\sall\b|all(?:\stime)?(?=\s?[,.;:!?—]|\Z))", re.IGNORECASE)
"""No scope: “the most cynical minister of them all”."""
_CLAUSE_END: Final = re.compile(r"[.;:!?](?=\s|\Z)|\n")
_ADJECTIVE: Final = re.compile(
    r"\s+[a-z]{3,}(?:ed|ful|ous|ive|ing|ant|ent|ble|al|ic|ile|ary|ure|ly|ex|re|less|some|ish|id|ate|ite|il|ern)\b"
)
_DATE: Final = re.compile(
    r"\b(?:1[89]|20|21)\d\d\b|\b\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}\b"
)
_MOVES: Final = re.compile(
    r"\s(?:across|along|into|over|towards?|out|back|home|down|up|through|from|behind|around|about|at|him|her|them|it)\b"
)
_WORD_BEFORE: Final = re.compile(r"([^\W\d_][\w’'-]*)\s\Z")
_LAST_OF_SOME: Final = re.compile(r"\bthe\s\Z", re.IGNORECASE)
_BOUND: Final = re.compile(r"\s(?:of|before|that|in|on)\b")
"""“the last Wednesday of each month”, “the last spring before the war”: no relative dates."""
_SENTENCE_END: Final = re.compile(r"[.!?]\s|\n\s*\n")


class Loaded(NamedTuple):
    """A word that judges, heightens or ranks."""

    start: int
    end: int
    kind: str
    """`judging`, `drama`, `praise`, `certainty` or `superlative`."""


@lru_cache(maxsize=8192)
def loaded(text: str, lists: Lexicon) -> tuple[Loaded, ...]:
    """Find loaded words and bare superlatives outside quotation marks."""
    found = marks(text, lists)
    quoted: tuple[Span, ...] | None = None
    result = []
    hedged = 0
    for mark in found:
        if "hedge" in mark.groups:
            hedged = max(hedged, mark.end)
        ranked = mark.group("superlative")
        kind = mark.group("loaded") or ("superlative" if ranked else None)
        if kind is None or (kind == "superlative" and not _bare(text, mark, lists, said_of=ranked == "measured")):
            continue
        if mark.end <= hedged or _plain(text, mark, lists):  # “almost certainly” is a hedge
            continue
        quoted = quotations(text) if quoted is None else quoted
        if not touching(quoted, mark.start, mark.end) and not in_name(text, mark):
            result.append(Loaded(mark.start, mark.end, kind))
    return tuple(result)


@lru_cache(maxsize=8192)
def relative_dates(text: str, lists: Lexicon) -> tuple[Span, ...]:
    """Find unquoted relative dates in sentences without a date."""
    spans: list[Span] = []
    quoted: tuple[Span, ...] | None = None
    for mark, _ in of_kind(marks(text, lists), "relative"):
        quoted = quotations(text) if quoted is None else quoted
        if (spans and mark.start < spans[-1].end) or _last_of_some(text, mark):
            continue
        if not touching(quoted, mark.start, mark.end) and not _dated(text, mark.start, mark.end):
            spans.append(Span(mark.start, mark.end))
    return tuple(spans)


def _plain(text: str, mark: Mark, lists: Lexicon) -> bool:
    """Whether a loaded word has its plain sense here: “staggering across the yard”, “the exercise regime”."""
    word = text[mark.start : mark.end].lower()
    if word.endswith("ing"):
        return _MOVES.match(text, mark.end) is not None
    if not word.startswith("regime"):
        return False
    before = _WORD_BEFORE.search(text, max(0, mark.start - 40), mark.start)
    return (
        before is not None and before[1].islower() and "’" not in before[1] and lists.group(before[1], "ruling") is None
    )


def _bare(text: str, mark: Mark, lists: Lexicon, *, said_of: bool) -> bool:
    """Whether a superlative has no scope. `said_of`: it must be said of something, behind “is” and the like."""
    asked = _SAID_OF if said_of else _BEFORE_SUPERLATIVE
    if not asked.search(text, max(0, mark.start - 40), mark.start):
        return False
    if any(scope.search(text, max(0, mark.start - reach), mark.start) for scope, reach in _SCOPES_BEFORE):
        return False
    if text[mark.start : mark.end].lower() in {"most", "least"} and not _ADJECTIVE.match(text, mark.end):
        return False
    stop = _CLAUSE_END.search(text, mark.end, mark.end + 200)
    end = stop.start() if stop else mark.end + 200
    scope = lists.local["scope"].search(text, mark.end, end)
    return scope is None or _OF_ALL.match(text, scope.start()) is not None


def _last_of_some(text: str, mark: Mark) -> bool:
    if not text.startswith(("last ", "Last ", "next "), mark.start) or not _BOUND.match(text, mark.end):
        return False
    return _LAST_OF_SOME.search(text, max(0, mark.start - 5), mark.start) is not None


def _dated(text: str, start: int, end: int) -> bool:
    begin = max(
        (match.end() for match in _SENTENCE_END.finditer(text, max(0, start - 200), start)), default=max(0, start - 200)
    )
    stop = _SENTENCE_END.search(text, end, end + 200)
    return bool(_DATE.search(text, begin, stop.start() if stop else end + 200))
