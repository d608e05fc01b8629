"""The names of persons that speak or act in a text."""

import re
from itertools import pairwise
from typing import Final

from tui.language.attribution import names
from tui.language.lexicon import Lexicon
from tui.language.spans import Span

_WORD: Final = re.compile(r"[\w.-]+")
_BEFORE: Final = 80
_GENITIVE: Final = re.compile(r"['’]s?\b|['’](?=\s)")
_CHAINED: Final = re.compile(r",?\s(?:and|or|&)\s(?:the\s)?|,\s")
_OPENS: Final = re.compile(
    # What a clause of its own opens with, or what singles one out among many.
    r"(?:\A|[.!?;:—–(]\s*[“\"]?|,\s|“|\b(?:and|but|or|only|even|while|though|although|whereas|that|because|if|when|where|whom|so|yet|then"
    r"|notably|including|namely|save|except|(?:led|headed|chaired|written|signed)\sby|among\sthem|such\sas|according\sto)\s|(?:\A|[.!?;:]\s)(?:For|To)\s|[,.?!][”\"]\s)\Z",
    re.IGNORECASE,
)
_OTHER_ROLE: Final = re.compile(r"\b[Tt]he\s(?:[\w’-]+\s){0,3}[\w’-]+,\s\Z")
"""“the minister, Ana Ruiz, denies it”: one with a role of her own, outside the plural."""
_ROLE_BEFORE: Final = re.compile(
    r"(?:\A|\b)(?:the|an?|its|their|one|two|three|four|former|senior)\s(?:[a-z-]+\s){0,2}([a-z-]+)\s\Z", re.IGNORECASE
)
_LAST_WORD: Final = re.compile(r"([\w’'-]+)\s\Z")
_AT_A_BODY: Final = re.compile(
    r"\b(?:at|of|from|in|by|for|with|aboard|near|to)\s(?:the\s)?[A-Z][\w’'.-]*(?:,\s(?:the\s)?[A-Z][\w’'.-]*)*\Z"
)


def persons(text: str, lists: Lexicon) -> tuple[Span, ...]:
    """Find names of persons that head a clause or follow a verb.

    Not a name behind “at”, “of” or another preposition, one with an article or a genitive, one in whose words is the word of
    a body or place, nor one whose role sets him apart from the others.
    """
    found = names(text)
    kept: list[Span] = []
    verdicts: dict[Span, bool] = {}
    for earlier, span in pairwise((Span(0, 0), *found)):
        chained = earlier in verdicts and _CHAINED.fullmatch(text, earlier.end, span.start)
        verdict = verdicts[earlier] if chained and not verdicts[earlier] else _is_person(text, span, lists)
        verdicts[span] = verdict
        if verdict:
            kept.append(span)
    return tuple(kept)


def _is_person(text: str, span: Span, lists: Lexicon) -> bool:
    words = span.of(text)
    if _GENITIVE.search(words) or _GENITIVE.match(text, span.end):
        return False
    if any(_names_no_person(word, lists) for word in _WORD.findall(words)):
        return False
    return _stands_as_person(text, span, lists)


def _names_no_person(word: str, lists: Lexicon) -> bool:
    initials = "." in word or len(word) == 1
    shouted = word.isupper() and not initials
    return shouted or lists.group(word.strip("."), "body") is not None or lists.group(word, "unnamed") == "experts"


def _stands_as_person(text: str, span: Span, lists: Lexicon) -> bool:
    first = max(0, span.start - _BEFORE)
    if _OPENS.search(text, first, span.start):
        before = text[first : span.start]
        apart = text.startswith(",", span.end) and _OTHER_ROLE.search(before)
        return not apart and not _AT_A_BODY.search(before.rstrip(" ,").removesuffix(" and"))
    role = _ROLE_BEFORE.search(text, first, span.start)
    if role is not None:
        return any(lists.group(role[1] + ending, "unnamed") is not None for ending in ("", "s"))
    last = _LAST_WORD.search(text, first, span.start)
    return last is not None and any(lists.group(last[1], kind) is not None for kind in ("attribution", "unnamed"))
