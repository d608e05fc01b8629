"""Reported clauses, and the functions that cut clauses from sentences."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.language.reporting.bounds import clause_start, ends, trimmed
from tui.language.reporting.reporting_verbs import Sayings
from tui.language.reporting.speakers import Phrase
from tui.language.spans import Span

_AND_THAT: Final = re.compile(r"[;,]?\s(?:and\s|but\s|or\s)?that\s|:\s(?=\w)")
_LEFT_OVER: Final = re.compile(
    r"\s*(?:[a-z]+ing|who|which|whose|an?|in|on|at|as|during|after|before|of)\b", re.IGNORECASE
)
_AGAIN: Final = re.compile(r"[,.;:]?\s(?:[^“”]{1,80}\s)?“")
FEW: Final = 2
"""Characters before a quotation that are only marks."""


class Said(NamedTuple):
    """The kind of saying and the speaker of a clause."""

    kind: str
    """`say`, `judge`, `find`, `demand` or `deny`."""
    speaker: Phrase | None
    same: bool = False
    """Whether the speaker is that of the statement before."""


class ReportedClause(NamedTuple):
    """A clause that is laid to somebody."""

    said: Said
    parts: tuple[Span, ...]
    """The clause; more than one part where its attribution stands amid it."""
    region: Span
    """The clause together with the words that attribute it."""

    @property
    def denies(self) -> bool:
        """Whether the clause is a denial. Clauses within a denial are nobody's."""
        return self.said.kind == "deny"

    def until(self, end: int) -> "ReportedClause":
        """Return the clause up to an offset."""
        parts = tuple(Span(start, min(stop, end)) for start, stop in self.parts if start < end)
        return self._replace(parts=parts, region=self.region._replace(end=min(self.region.end, end))) if parts else self

    @property
    def main(self) -> Span:
        """The longest part of the clause."""
        return max(self.parts, key=lambda part: part.end - part.start)


def rest_of(text: str, words: Sayings, at: int, start: int, said: Said) -> ReportedClause:
    """Return the clause at an offset, with the attribution at `start`."""
    return ReportedClause(said, (trimmed(text, at, ends(text, at, words)),), Span(start, len(text)))


def that_clauses(text: str, words: Sayings, at: int, start: int, said: Said) -> Iterator[ReportedClause]:
    """Yield the clause that begins at an offset, and each “and that …”."""
    end = ends(text, at, words)
    yield ReportedClause(said, (trimmed(text, at, end),), Span(start, end))
    while again := _AND_THAT.match(text, end):
        at, end = again.end(), ends(text, again.end(), words)
        yield ReportedClause(said, (trimmed(text, at, end),), Span(at, end))


def around(text: str, words: Sayings, attribution: Span, said: Said) -> Iterator[ReportedClause]:
    """Yield the clause before an attribution, behind it, or on both sides."""
    start, end = attribution
    first = clause_start(text, start)
    lead = trimmed(text, first, start)
    quote = text.rfind("“", 0, lead.end)
    if lead.start < lead.end and "”" in text[lead.end - 1 : start + 1] and quote <= first + FEW:
        lead = Span(max(quote + 1, first), text.rfind("”", 0, start + 1))
        after = _quoted_on(text, end)
    else:
        after = _behind(text, words, end, led=lead.start < lead.end)
    parts = tuple(part for part in (lead, after) if part.start < part.end)
    if parts:
        yield ReportedClause(said, parts, Span(parts[0].start, max(end, parts[-1].end)))


def _quoted_on(text: str, end: int) -> Span:
    """Return the second half of “…,” she said, “…”."""
    again = _AGAIN.match(text, end)
    close = text.find("”", again.end()) if again else -1
    return Span(again.end(), close) if again and close > 0 else Span(end, end)


def _behind(text: str, words: Sayings, end: int, *, led: bool) -> Span:
    """Return the part of the clause behind the attribution, without asides."""
    rest = text[end + 1 :].lstrip()
    if text[end : end + 1] != "," or (led and _LEFT_OVER.match(rest) and not rest.startswith("as ")):
        return Span(end, end)
    after = trimmed(text, end + 1, ends(text, end + 1, words))
    is_other = any(verb.start < FEW for verb in words.verbs(after.of(text)))
    return Span(end, end) if is_other else after
