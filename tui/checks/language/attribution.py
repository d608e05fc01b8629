"""Who is said to say it: reporting verbs with their speakers, and speakers that are not named."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from tui.checks.language.lexicon import Lexicon, Mark, marks, of_kind
from tui.checks.language.quotations import quotations
from tui.checks.language.spans import Span, touching

_GAP_TO_VERB: Final = re.compile(
    # “officials in Seoul, who …, have also” before the verb: words of the noun phrase, asides, auxiliaries, adverbs.
    r"(?:[^\S\n]+(?:(?:in|at|of|from|with|close|familiar|on|inside|within|for|there|here|who|whom|that|and|briefed)\b[^.;:!?“”\n]{0,80}?))?"
    r"(?:,[^.;:!?“”\n]{0,80},)?(?:\s+(?:have|has|had|also|now|were|are|then|later|both|all|would|do|did|[a-z]+ly)){0,3}\s+\Z"
)
_APPOSITION: Final = re.compile(r"([^,;:.!?“”\"\n—–]{1,60}),[^;:!?“”\"\n]{1,120},\s*\Z")
_SUBJECT: Final = re.compile(r"[^,;:.!?“”\"\n—–()]{1,80}\Z")
_BEHIND: Final = re.compile(
    r"\s+((?:[A-Z][\w.’'-]*|the|a|an|of|for|de|al|von|van|and|Mr\.|Dr\.)(?:\s+(?:[A-Z][\w.’'-]*|of|for|the|de|al|von|van)){0,6})"
)
_NAME: Final = re.compile(r"\b(?:[A-Z][\w’'.-]*[\w’']\s+){1,3}[A-Z][\w’'-]*[a-z]\b")
_NAMING: Final = re.compile(
    r"\s*(?:,\s*)?(?:such as|including|like|among them|notably)\s+[A-Z]|\s+[A-Z][a-z]+\s+[A-Z][a-z]+\b|\s*\([A-Z]"
)
_VERB_BEHIND: Final = re.compile(r"\s+(?:that|how|what|why|whether)\b|[:,]\s*[“\"]")
_WORD_BEFORE: Final = re.compile(r"([^\W\d_][\w’'.-]*)\s+\Z")
_PRONOUNS: Final = frozenset({"he", "she", "it", "they", "who", "which", "also", "nobody", "one"})
_MODAL_BEFORE: Final = re.compile(
    r"\b(?:should|must|to|may|might|could|can|will|the|a|an|this|its|their)\s+\Z", re.IGNORECASE
)
_FARTHEST: Final = 200
_NEAR: Final = 60


class Attribution(NamedTuple):
    """A reporting verb with its speaker."""

    start: int
    """Where the verb begins."""
    end: int
    kind: str
    """`say`, `argue` (a view), `find` (a finding or an admission) or `urge` (what should be done)."""
    speaker: Span | None
    """Who speaks, as far as it could be told: the words before the verb, or behind it after a quotation."""


class Unnamed(NamedTuple):
    """A speaker or source that stays unnamed."""

    start: int
    end: int
    kind: str
    """`people`, `experts` or `texts`."""


@lru_cache(maxsize=8192)
def attributions(text: str, lists: Lexicon) -> tuple[Attribution, ...]:
    """Find the reporting verbs outside quotation marks, in order.

    Not those behind a modal or “to” (“should consider”), nor nouns that look like verbs (“recent reports”).
    """
    quoted = quotations(text)
    return tuple(
        Attribution(mark.start, mark.end, kind, _speaker(text, mark))
        for mark, kind in _verbs(text, lists)
        if not touching(quoted, mark.start, mark.end)
    )


@lru_cache(maxsize=8192)
def unnamed(text: str, lists: Lexicon) -> tuple[Unnamed, ...]:
    """Find speakers and sources that are not named: nouns of the lists `unnamed` that speak, or “according to” which it is said.

    Silent where the text says openly that they are not named, or gives a name beside the noun.
    """
    found = marks(text, lists)
    nouns = [(mark, group) for mark, group in of_kind(found, "unnamed")]
    if not nouns:
        return ()
    verbs = [mark for mark, _ in _verbs(text, lists)]
    open_about = [mark for mark, _ in of_kind(found, "anonymous")]
    quoted = quotations(text)
    result: list[Unnamed] = []
    taken = 0
    for mark, group in nouns:
        if mark.start < taken or touching(quoted, mark.start, mark.end):
            continue
        behind = _spoken_until(text, mark, verbs)
        if behind is None:
            continue
        taken = behind  # what stands between the noun and its verb belongs to the noun
        if not _named(text, mark) and not any(_one_sentence(text, mark, other) for other in open_about):
            result.append(Unnamed(mark.start, mark.end, group))
    return tuple(result)


def names(text: str) -> tuple[Span, ...]:
    """Find what looks like the full name of a person or a body: two to four capitalised words in a row."""
    return tuple(Span(*match.span()) for match in _NAME.finditer(text))


def _speaker(text: str, verb: Mark) -> Span | None:
    behind = _BEHIND.match(text, verb.end)
    before = text[max(0, verb.start - 4) : verb.start].rstrip()
    spoken = text[verb.start : verb.end].lower() in {"according to", "in the words of", "as reported by"}
    if behind and (spoken or before.endswith(("”", '"', ",", "»", "’"))):
        return Span(*behind.span(1))
    subject = _SUBJECT.search(text, max(0, verb.start - 81), verb.start)
    if subject is None or not subject[0].strip():
        subject = _APPOSITION.search(text, max(0, verb.start - 190), verb.start)
        if subject is None:
            return None
        return _trimmed(text, *subject.span(1))
    return _trimmed(text, *subject.span())


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _verbs(text: str, lists: Lexicon) -> Iterator[tuple[Mark, str]]:
    found = marks(text, lists)
    nouns = [mark for mark, _ in of_kind(found, "unnamed")]
    for mark, kind in of_kind(found, "attribution"):
        if any(noun.start < mark.start < noun.end for noun in nouns):
            continue
        if mark.group("homonym") and not _VERB_BEHIND.match(text, mark.end):
            before = _WORD_BEFORE.search(text, max(0, mark.start - 30), mark.start)
            if before is None or not (before[1][0].isupper() or before[1].lower() in _PRONOUNS):
                continue
        if not _MODAL_BEFORE.search(text, max(0, mark.start - 12), mark.start):
            yield mark, kind


def _spoken_until(text: str, noun: Mark, verbs: list[Mark]) -> int | None:
    """Give where the words that make the noun a speaker end, or None where it is none."""
    for verb in verbs:
        if verb.end <= noun.start and noun.start - verb.end <= _NEAR and _source_of(text, verb, noun):
            return noun.end
        if noun.end < verb.start <= noun.end + _FARTHEST and _GAP_TO_VERB.fullmatch(text, noun.end, verb.start):
            return verb.end
    return None


_SOURCE_GAP: Final = re.compile(r"\s+(?:(?!and\b|or\b)[\w’'-]+\s+){0,4}")


def _source_of(text: str, verb: Mark, noun: Mark) -> bool:
    """Tell whether the noun is what “according to” names, or a speaker who stands behind the verb after a quotation."""
    words = text[verb.start : verb.end].lower()
    before = text[max(0, verb.start - 2) : verb.start].rstrip()
    if words not in {"according to", "in the words of", "as reported by"} and not before.endswith(("”", '"', ",", "»")):
        return False
    return bool(_SOURCE_GAP.fullmatch(text, verb.end, noun.start))


def _named(text: str, noun: Mark) -> bool:
    return bool(_NAMING.match(text, noun.end)) or text[: noun.start].endswith(("and other ", "and fellow "))


def _one_sentence(text: str, one: Mark, other: Mark) -> bool:
    start, end = min(one.end, other.end), max(one.start, other.start)
    return end - start <= _FARTHEST and not re.search(r"[.!?]\s", text[start:end])
