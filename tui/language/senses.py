"""Senses of a listed word: a hedge, a condition or neither."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from tui.language.lexicon import Lexicon, between, marks, of_kind
from tui.language.phrase_table import Mark
from tui.language.sentences import without_inner_stops

_CURRENCY: Final = (
    r"(?:(?:USD?|EUR|GBP|CHF|JPY|CNY|RMB|INR|AUD?|CAD?|NZD?|NOK|SEK|DKK|PLN|RUB|KRW|Rs\.?|kr\.?)\s?)?[£$€¥₹₩]?\s?"
)
_NUMBER: Final = re.compile(
    rf"\s*[“„«\"‘'(\[]?(?:(?:a|an|the|as|one|half)\s+)?{_CURRENCY}([\d½⅓⅔¼¾⅛]|[^\W\d_]+(?:\s+[^\W\d_]+)?)"
)
_EITHER_SIDE: Final = frozenset({"at least", "at most"})
NUMBER_BEFORE: Final = frozenset({"or so", "or more", "or thereabouts"})
"""Hedges behind their number."""
_TOPIC_REACH: Final = 40
_NEAR: Final = 60

_LEAVE: Final = re.compile(
    # What is allowed or forbidden: “may not touch”, “may only be used”, “may be carried out only with the power off”.
    r"\s+(?:only\b|wish\b|be\s+[a-z]+(?:\s+[a-z]+){0,3}?\s+(?:only|without)\b"
    r"|not\b(?!\s+(?:have|be|yet|even|always|exist|know|last|need|want|work|suffice|hold|survive|matter|come|happen)\b))"
)
_FORBIDDEN: Final = re.compile(
    r"(?:^|[.;:,]\s+|\bthat\s+)(?:no|nobody|no one|none of)\b[^.,;:]{0,60}\s\Z", re.IGNORECASE
)
_WHETHER: Final = re.compile(
    r"\b(?:(?:ask|asks|asked|asking|wonder|wonders|wondered)(?:\s+[\w’'-]+){0,3}|(?:tell|told|show|shown|know)\s+(?:me|us|him|her|them))\s+\Z",
    re.IGNORECASE,
)
_MEASURED: Final = re.compile(r"\b(?:is|are|was|were|be|been|not|times|twice|half|just|almost|nearly|about)\s+\Z")
"""Before “as long as”: how long a thing is, and no condition."""
_GOVERNS: Final = re.compile(
    r"\s+(?:that|to|the|a|an|his|her|its|their|our|this|these|those|it|he|she|they|we|I|you|there|at|no|some|nothing|nobody|[A-Z]|[£$€]?\d)"
    r"(?![\w’'·-]*(?:,|\.|\Z))"
)
_THAT: Final = re.compile(r"\s+that\b")
_NOUN_BEFORE: Final = re.compile(
    r"(?:\b(?:the|a|an|this|that|no|any|each|every|some|his|her|its|their|our|my|your|of|in|by|for|with|and|or)|['’]s)\s+\Z",
    re.IGNORECASE,
)
_PASSIVE: Final = re.compile(r"(?:\b(?:is|are|was|were|be|been|being|long|[a-z]+ly)|['’]s|,)\s+\Z", re.IGNORECASE)
_PASSED_ON: Final = re.compile(r"(?:,[^,.;:]{1,60},)?\s+(?:to|as|that)\b")
_ACTIVE: Final = re.compile(r",\s+\Z")
"""Before “said that”: “Ann Lee, for the line, said that”."""
_OPENING: Final = re.compile(r"(?:\A|[.!?:;,(“\"—–]\s?|\b(?:but|and|or|only)\s)\Z")
_OPENED: Final = re.compile(
    r"\s+(?:the|a|an|it|they|he|she|we|you|no|any|all|its|their|his|her|there|this|these|those|that|[a-z]+s|[A-Z][\w’'-]*|[a-z]+ment)\b"
    r"|\s+(?:to\s)?[^,.;:]{1,60}(?:,|\.)"
)
_SENTENCE_BEFORE: Final = re.compile(r"(?:\A|[.!?:;“\"(—–]\s?)\Z")
_SUBJECT: Final = re.compile(r"\s+(?!not\b)[\w“]")
_NOUN_PHRASE: Final = re.compile(
    r"\s+(?!not\b)(?:the|any|anyone|anybody|no|nobody|it|he|she|they|we|you|I|there|this|that|these|those|his|her|its|their|our"
    r"|der|die|das|ein|eine|er|sie|es|[A-Z][\w’'-]*)\b[^,.;:]{1,80}"
)
_FOLLOWS: Final = re.compile(r",|\b(?:would|could|might|will|may)\b")
_MODAL: Final = re.compile(r"\b(?:would|could|might|will|may|cannot|can|must)\b")
_INDICATIVE: Final = frozenset({"were", "had"})
"""Verbs that make a condition only where something would follow: “the piers, not the rails, were the cause”."""
_END: Final = re.compile(r"[.!?](?=\s|[”\"’]|\Z)|\n")
_LONGEST: Final = 400

Test = Callable[[str, Mark, Lexicon], bool]


def sense(text: str, mark: Mark, lists: Lexicon) -> str | None:
    """Return the kind of hedge of a listed word, or None."""
    for name in mark.groups:
        test = _TESTS.get(name)
        if test is not None and test(text, mark, lists):
            return mark.groups[name]
    return None


def _is_inverted(text: str, mark: Mark, lists: Lexicon) -> bool:
    """Whether a verb before the subject makes a condition: “Should the buyers return, …”."""
    start, small = mark.start, text[mark.start].islower()
    if small and not text.endswith((", ", ", and "), max(0, start - len(", and ")), start):
        return False
    end = text.find(" ", start)
    if end < 0 or not (_NOUN_PHRASE if small else _SUBJECT).match(text, end):
        return False
    text = without_inner_stops(text, lists)
    stop = _END.search(text, end, end + _LONGEST)
    if stop and stop[0] == "?":
        return False
    if small:
        return text[start:end] not in _INDICATIVE or _is_supposed(text, start, stop)
    opens = _SENTENCE_BEFORE.search(text, max(0, start - 2), start)
    return bool(opens and _FOLLOWS.search(text, end, stop.start() if stop else end + _LONGEST))


def _is_supposed(text: str, start: int, stop: re.Match[str] | None) -> bool:
    """Whether the sentence of a verb has a modal."""
    begin = max(
        (end.end() for end in _END.finditer(text, max(0, start - _LONGEST), start)), default=max(0, start - _LONGEST)
    )
    return bool(_MODAL.search(text, begin, stop.start() if stop else start + _LONGEST))


def _hedges(text: str, mark: Mark, lists: Lexicon) -> bool:
    if mark.groups["hedge"] == "rough":
        return _beside_number(text, mark.start, mark.end, lists)
    if "modal" not in mark.groups:
        return True
    if _LEAVE.match(text, mark.end):
        return False
    return not _FORBIDDEN.search(text, max(0, mark.start - _NEAR - 20), mark.start)


def _makes_condition(text: str, mark: Mark, lists: Lexicon) -> bool:
    word = text[mark.start : mark.end].lower()
    if word == "if":
        return not _WHETHER.search(text, max(0, mark.start - _NEAR), mark.start)
    if word.endswith("long as"):
        return not _MEASURED.search(text, max(0, mark.start - 12), mark.start)
    return not _of_anonymity(text, mark, lists)


def _of_anonymity(text: str, mark: Mark, lists: Lexicon) -> bool:
    """Whether a condition is only the anonymity of a speaker."""
    stop = _END.search(without_inner_stops(text, lists), mark.end, mark.end + _LONGEST)
    near = between(marks(text, lists), mark.end, min(stop.start() if stop else len(text), mark.end + _NEAR))
    return any(of_kind(near, "anonymous"))


def _is_verb(text: str, mark: Mark, lists: Lexicon) -> bool:
    """Whether a possible noun is a verb with an object."""
    if _THAT.match(text, mark.end):
        return True
    governs = _GOVERNS.match(text, mark.end) or _GOVERNS.match(without_inner_stops(text, lists), mark.end)
    return bool(governs) and not _NOUN_BEFORE.search(text, max(0, mark.start - 8), mark.start)


def _is_passive(text: str, mark: Mark, lists: Lexicon) -> bool:
    passed_on = _PASSED_ON.match(text, mark.end) or (
        text.startswith(",", mark.end) and _PASSED_ON.match(without_inner_stops(text, lists), mark.end)
    )
    if not passed_on or not _PASSIVE.search(text, max(0, mark.start - 16), mark.start):
        return False
    return not (passed_on[0].endswith("that") and _ACTIVE.search(text, max(0, mark.start - 3), mark.start))


def _opens_clause(text: str, mark: Mark, lists: Lexicon) -> bool:
    return bool(
        _OPENING.search(text, max(0, mark.start - 5), mark.start) and _OPENED.match(text, mark.end)
    ) and not _of_anonymity(text, mark, lists)


def _always(text: str, mark: Mark, lists: Lexicon) -> bool:
    del text, mark, lists
    return True


def _narrows(text: str, mark: Mark, lists: Lexicon) -> bool:
    return "hedge" not in mark.groups or not _hedges(text, mark, lists)


def _beside_number(text: str, start: int, end: int, lists: Lexicon) -> bool:
    word = text[start:end].lower()
    if word in NUMBER_BEFORE or (word in _EITHER_SIDE and _numbered(text[max(0, start - _TOPIC_REACH) : start], lists)):
        return True
    if not (text.startswith(" ", end) and text[end + 1 : end + 2].isdigit() and len(word) > 1):  # as most are
        dotted = text.startswith(".", end)
        if dotted and lists.group(word.split()[-1], "abbreviation") is None and len(word) > 1:
            return False  # a sentence ends
        if not dotted and (len(word) == 1 or not text[end : end + 1].isspace()):
            return False
        match = _NUMBER.match(text, end + dotted)
        if match is None or not (not match[1][0].isalpha() or _begins_with_number(match, lists)):
            return False
    if not start:
        return True
    before = text[max(0, start - _TOPIC_REACH) : start].lower().split()[-4:]
    return not any("topic" in lists.groups.get(word, ()) for word in before)  # “a song about a hundred swans”


def _begins_with_number(match: re.Match[str], lists: Lexicon) -> bool:
    return any(lists.group(word, "number") for word in (match[0].strip(), match[1], match[1].split()[0]))


def _numbered(words: str, lists: Lexicon) -> bool:
    return any(character.isdigit() for character in words) or any(of_kind(marks(words, lists), "number"))


_TESTS: Final[Mapping[str, Test]] = {
    "hedge": _hedges,
    "condition": _makes_condition,
    "conjecture": _always,
    "guarded": _is_verb,
    "held": _is_passive,
    "opening": _opens_clause,
    "narrow": _narrows,
    "inverted": _is_inverted,
}
"""The test of each kind of list."""
