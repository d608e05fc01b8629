"""The reported clauses of a sentence: active, passive, nested, inverted."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from tui.language.reporting.bounds import begins
from tui.language.reporting.complements import aside, complement, inverse
from tui.language.reporting.denials import denial
from tui.language.reporting.frames import BE, FINITE, Here, framed, passive
from tui.language.reporting.phrases import as_said, by_phrase
from tui.language.reporting.reported_clause import ReportedClause
from tui.language.reporting.reporting_verbs import Sayings, Verb

_NEGATED: Final = re.compile(
    r"(?:n['’]t|\bnot|\bnever|\bdeclined to|\brefused to|\bunable to|\bfailed to)\s(?:\w+ly\s)?\Z"
)
_NO_VERB: Final = re.compile(
    r"\b(?:the|an?|this|that|these|those|its|his|her|their|our|your|my|of|to|in|on|for|by|with|from|at|no|any|some|such|"
    r"may|might|could|can|should|must|own|as|new|first|last|latest|recent|official|final|two|three)\s\Z"
)
_NOBODY: Final = re.compile(
    r"\b(?:nobody|no one|none|neither|hardly anyone|few|no \w+)\b[^,;:.“”]{0,40}\Z", re.IGNORECASE
)
"""“Nobody believes that it will hold” lays the contrary to nobody."""
_NOBODY_REACH: Final = 60
_NOUN_BEFORE: Final = re.compile(r"(?:['’]s?|\b(?:many|other|several|recent|media|news|press|\w+al|\w+ive))\s\Z")
_FRAMES: Final = (inverse, denial, passive, framed, complement, aside)
_RELATIVE: Final = re.compile(r",\s(?:who|which)\s(?:[^\s,;:“”]+\s){0,3}\Z")
_MAIN_VERB: Final = re.compile(
    rf",(?:\s(?:also|now|then|later|\w+ly))?(?:{FINITE.pattern}|\s(?:paid|left|held|sold|built|brought|stood|spoke|said)\b)"
)
_MOST_VERBS: Final = 32
_LONGEST: Final = 1_500
"""The verbs and characters that are read of a sentence, since each verb reads all. People write a dozen verbs at most."""


def reported_clauses(text: str, words: Sayings) -> list[ReportedClause]:
    """Return the reported clauses of a sentence.

    Args:
        text: the sentence, its quotations hidden.
        words: the reporting words of its language.
    """
    text = text[:_LONGEST]
    first = as_said(text, words)
    found = [
        *([first] if first else ()),
        *by_phrase(text, words),
        *_by_verb(text, words, first.main.start if first else 0),
    ]
    found = [one for one in found if all(part.start < part.end for part in one.parts)]
    return _innermost(sorted(found, key=lambda one: (one.region.start, -one.region.end)))


def _by_verb(text: str, words: Sayings, left: int) -> Iterator[ReportedClause]:
    for verb in islice(words.verbs(text), _MOST_VERBS):
        if verb.start < left or not _is_verb(text, verb, words):
            continue
        here = Here(text, words, verb, left)
        found = next((found for frame in _FRAMES if (found := list(frame(here)))), [])
        yield from _within_relative(text, verb, found)
        if found:
            left = max(left, verb.end)


def _within_relative(text: str, verb: Verb, found: list[ReportedClause]) -> list[ReportedClause]:
    """Cut clauses at the comma that closes a relative clause: “Ann Lee, who said …, left”."""
    relative = _RELATIVE.search(text, begins(text), verb.start)
    if relative is None or FINITE.search(text, begins(text), relative.start()):
        return found
    close = _MAIN_VERB.search(text, verb.end)
    return [one.until(close.start()) for one in found] if close else found


def _is_verb(text: str, verb: Verb, words: Sayings) -> bool:
    """Whether a form is a reporting verb: no noun, negation or infinitive."""
    before = text[max(0, verb.start - 24) : verb.start]
    if verb.start > begins(text) and text[verb.start].isupper():
        return False
    if _NOBODY.search(text, max(0, verb.start - _NOBODY_REACH), verb.start):
        return False
    if BE.search(before):
        return verb.form in {"past", "ing"}
    if _NEGATED.search(before):
        return verb.base in {"think", "believe", "expect"}
    if verb.form == "ing":
        return before.endswith((", ", " in ", " as "))
    noun = verb.base in words.nouns_too and verb.form in {"base", "s"} and _NOUN_BEFORE.search(before)
    return not noun and (not _NO_VERB.search(before.lower()) or before.endswith("used to "))


def _innermost(found: list[ReportedClause]) -> list[ReportedClause]:
    """Keep the inner of two overlapping clauses, unless small or denied."""
    denials = [one for one in found if one.denies]
    found = [one for one in found if one.denies or not any(_begins_in(one, outer) for outer in denials)]
    kept: list[ReportedClause] = []
    for index, one in enumerate(found):
        inner = [other for at, other in enumerate(found) if at != index and _precedes(other, at, one, index)]
        nested = any(2 * (other.region.end - other.region.start) > one.main.end - one.main.start for other in inner)
        if not nested and not any(_within(one, other) for other in kept):
            kept.append(one)
    return kept


def _precedes(other: ReportedClause, at: int, one: ReportedClause, index: int) -> bool:
    """Whether a clause lies within another or is preferred to another."""
    if other.main == one.main:
        return (other.said.speaker is not None, at) > (one.said.speaker is not None, index)
    return _within(other, one)


def _within(one: ReportedClause, other: ReportedClause) -> bool:
    return other.main.start <= one.main.start and one.main.end <= other.main.end


def _begins_in(one: ReportedClause, other: ReportedClause) -> bool:
    return other.main.start <= one.main.start < other.main.end
