"""The bounds of clauses in a sentence."""

import re
from collections.abc import Callable
from typing import Final

from tui.language.reporting.reporting_verbs import Sayings, Verb
from tui.language.spans import Span

DAY: Final = r"(?:(?:same|very)\s)?(?:day|night|morning|afternoon|evening|week|month|year|summer|winter)\b"
"""A time that “that” points to, as in “said that night”."""
ADJUNCT: Final = (
    rf"(?:(?:\s(?:in|on|at|to|during|from|after|before|by|through|via|with|without|last|late|early|this|yesterday|today|"
    rf"tonight|later|earlier|recently|again|then|flatly|bluntly|simply|repeatedly|privately|publicly|of|about|as a fact)\b|\sthat(?=\s{DAY}))"
    rf"(?:\s(?!that\b(?!\s{DAY}))[^\s,.;:“”—]+){{0,12}}?,?)"
)
_OCCASION: Final = r"(?:\s(?:when|while|as|after|before|because)\s[^,.;:!?“”—]{1,90})"
"""A clause behind “she said” that gives the occasion, and is no reported clause."""
TAIL: Final = re.compile(rf"(?:{_OCCASION}|{ADJUNCT})?\s*(?=[,.;:!?)”—]|\s[–-]\s|\Z)")
_TAIL_TO: Final = re.compile(
    r"(?:\s[^\s,.;:“”]+(?:\s[^\s,.;:“”]+){0,4})?"
    rf"{ADJUNCT}?\s*(?=[,.;:!?)”—]|\s[–-]\s|\Z)"
)
"""The words behind “she told”: whom, and when."""
_STOP: Final = re.compile(
    r"[;:]\s|,\sin\s(?:what|which)\s|\s[–-]+\s|—|--|,?\s+according to\b|,\s(?:but|though|although|whereas)\s|,?\s(?:and|but|or|nor)\sthat\s|"
    r",\s(?:an?|the)\s(?:[\w-]+\s){0,2}(?:statement|claim|charge|figure|accusation|assertion|allegation|view|account|"
    r"suggestion|denial|demand|move|step)\b|\s\((?:[A-Z]?\d|see|cf|p\.)[^)]{0,20}\)|[.?!]\s*\)?\s*\Z"
)
JOINED: Final = re.compile(
    r",\s(?:and|but|so|yet|or|nor)\s(?=(?:[^\s;]+\s){1,12}?(?:(?:is|are|was|were|has|have|had|will|would|can|cannot|could|may|"
    r"might|must|should|ought|need|do|does|did)\b|\w{3,}ed\b))"
)
_CONJUNCTION: Final = re.compile(
    r"(?:(?:but|and|yet|so(?!\s(?:long|far|much|many|little|few)\b)|indeed|still|however|then)\b,?\s+)+", re.IGNORECASE
)
_MARKER: Final = re.compile(r"\s*(?:[A-Z][A-Za-z .'’-]{0,40}:\s|\(|[-•*]\s|\d{1,3}[.)]\s)*")
_DATELINE: Final = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:,\s\w+\.?\s\d{1,2})?(?:\s\([^)]{1,30}\))?\s+[–—-]+\s")
_BRACKETS: Final = re.compile(r"(?<=\s)\([^()]{1,90}\)")
_HARD: Final = re.compile(r"[;:]\s|\s[–-]\s|—|--|[.?!]['’]?\s(?=[A-Z“])")
_AND_VERB: Final = re.compile(r",?\sand\s(?:(?:also|then|has|have|had|\w+ly)\s)?\Z")
_OTHER: Final = re.compile(r",\s(?:and|but|while)\s(?:[^\s,;:]+\s){1,7}\Z")
_ASIDE: Final = re.compile(
    r",\s(?!and\b|but\b|or\b|which\b|who\b|that\b|a\s\w+\s(?:that|which)\b)(?:[^\s,;:“”]+\s){1,6}\Z"
)
_TO_THAT: Final = re.compile(r"\sthat\s|:\s|\s“")
_TO_CLAUSE: Final = re.compile(r"\s(?:that|“|it|he|she|they)\b")


def masked(text: str, quoted: tuple[Span, ...]) -> str:
    """Hide quotations and brackets, with all verbs and commas in them."""
    letters = list(text.replace("\n", " ").replace("\r", " ").replace("\t", " "))
    for start, end in quoted:
        letters[start:end] = [" " if letter.isspace() else "q" for letter in letters[start:end]]
        if start:
            letters[start - 1] = "“"
        if end < len(letters):
            letters[end] = "”"
    hidden = "".join(letters)
    marker = _MARKER.match(hidden)
    first = marker.end() if marker else 0
    return _BRACKETS.sub(lambda match: match[0] if match.start() < first else " " * len(match[0]), hidden)


def begins(text: str) -> int:
    """Return the offset behind a sentence's number, bracket, dateline or speaker label."""
    marker = _MARKER.match(text)
    start = marker.end() if marker else 0
    dateline = _DATELINE.match(text, start)
    return dateline.end() if dateline else start


def clause_start(text: str, before: int) -> int:
    """Return the start of the main clause around an offset."""
    start = begins(text)
    for match in _HARD.finditer(text, start, before):
        start = match.end()
    conjunction = _CONJUNCTION.match(text, start)
    return conjunction.end() if conjunction else start


def trimmed(text: str, start: int, end: int) -> Span:
    """Return a stretch without the blanks and marks at its edges."""
    while start < end and text[start] in " ,;:.”)":
        start += 1
    while end > start and text[end - 1] in " ,;:.(!":
        end -= 1
    return Span(start, end)


def tail(text: str, verb: Verb, words: Sayings) -> re.Match[str] | None:
    """Match the words between the verb of “…, she said” and the next sign."""
    return (_TAIL_TO if verb.base in words.addressed else TAIL).match(text, verb.end)


def ends(text: str, start: int, words: Sayings, *, phrase: bool = False) -> int:
    """Return the end of the clause that begins at an offset. A phrase ends before a joined clause."""
    end = stop.start() if (stop := _STOP.search(text, start)) else len(text)
    if phrase and (stop := JOINED.search(text, start, end)):
        end = stop.start()
    for verb in words.verbs(text[start:end]):
        there = verb._replace(start=start + verb.start, end=start + verb.end)
        for ending in _ENDINGS:
            if (at := ending(text, start, there, words)) is not None:
                return at
    return end


def _participle(text: str, _start: int, verb: Verb, _words: Sayings) -> int | None:
    """Return the comma before “, adding that …”."""
    return verb.start - 2 if verb.form == "ing" and text[: verb.start].endswith(", ") else None


def _attributed(text: str, start: int, verb: Verb, words: Sayings) -> int | None:
    """Return the comma before “, she said”."""
    aside = _ASIDE.search(text, start, verb.start) if verb.form != "ing" else None
    return aside.start() if aside and tail(text, verb, words) else None


def _other_clause(text: str, start: int, verb: Verb, _words: Sayings) -> int | None:
    """Return the comma before “, and it notes that …”."""
    other = _OTHER.search(text, start, verb.start) if verb.form in _PREDICATES else None
    return other.start() if other and _TO_THAT.match(text, verb.end) else None


def _other_predicate(text: str, start: int, verb: Verb, _words: Sayings) -> int | None:
    """Return the start of “and accused …”."""
    joined = _AND_VERB.search(text, start, verb.start) if verb.form in _PREDICATES else None
    says = _TO_CLAUSE.match(text, verb.end) or verb.classes & {"accuse", "order"}
    return joined.start() if joined and says else None


_PREDICATES: Final = frozenset({"past", "s"})
_ENDINGS: Final[tuple[Callable[[str, int, Verb, Sayings], int | None], ...]] = (
    _participle,
    _attributed,
    _other_clause,
    _other_predicate,
)
