"""Hedges, conditions and the strength of a statement."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tui.checks.language.lexicon import Lexicon, marks, of_kind

STRENGTH: Final = {"doubtful": 1, "possible": 2, "hearsay": 3, "likely": 3, "rough": 4, "if": 2}
"""How much of a statement each kind of hedge lets stand, from 1 to 4; 4 is all of it, since a rough number is a number."""
ASSERTED: Final = 4
_NUMBER: Final = re.compile(r"\s+(?:(?:a|an|the|as|one|half)\s+)?[£$€¥]?(\d|[^\W\d_]+(?:\s+[^\W\d_]+)?)")
_EITHER_SIDE: Final = frozenset({"at least", "at most"})
_TOPIC_REACH: Final = 40
_NUMBER_BEFORE: Final = frozenset({"or so", "or more"})


_FAMILIES: Final = {kind: kind for kind in ("hearsay", "rough", "if")}


class Hedge(NamedTuple):
    """A word by which a statement is held back."""

    start: int
    end: int
    kind: str
    """`doubtful`, `possible` or `likely` (how likely), `hearsay` (who vouches), `rough` (how many), `if` (on what it hangs)."""

    @property
    def family(self) -> str:
        """What the hedge is about: `chance`, `hearsay`, `rough` or `if`; one stands in for another of its family."""
        return _FAMILIES.get(self.kind, "chance")


@lru_cache(maxsize=16_384)
def hedges(text: str, lists: Lexicon) -> tuple[Hedge, ...]:
    """Find every hedge and condition of a text, in order; a hedge within a longer one is not given again."""
    found: list[Hedge] = []
    for mark in marks(text, lists):
        kind = mark.groups.get("hedge") or mark.groups.get("condition")
        if kind is None or (found and mark.start < found[-1].end):
            continue
        if kind != "rough" or _beside_number(text, mark.start, mark.end, lists):
            found.append(Hedge(mark.start, mark.end, kind))
    return tuple(found)


def conditions(text: str, lists: Lexicon) -> tuple[Hedge, ...]:
    """Find the conjunctions that make a statement conditional; «if» in the sense of whether is none."""
    return tuple(hedge for hedge in hedges(text, lists) if hedge.kind == "if")


@lru_cache(maxsize=1024)
def families(text: str, lists: Lexicon) -> frozenset[str]:
    """Name what the hedges of a text are about; a verb of expecting or doubting counts as a hedge of chance."""
    found = {hedge.family for hedge in hedges(text, lists)}
    if any(of_kind(marks(text, lists), "softener")):
        found.add("chance")
    return frozenset(found)


def strength(text: str, lists: Lexicon) -> int:
    """Give the strength of a sentence: that of its weakest hedge, or `ASSERTED` where it has none."""
    return min((STRENGTH[hedge.kind] for hedge in hedges(text, lists)), default=ASSERTED)


def _beside_number(text: str, start: int, end: int, lists: Lexicon) -> bool:
    word = text[start:end].lower()
    if word in _NUMBER_BEFORE or (
        word in _EITHER_SIDE and _numbered(text[max(0, start - _TOPIC_REACH) : start], lists)
    ):
        return True
    match = _NUMBER.match(text, end)
    if match is None or not (match[1][0].isdigit() or _begins_with_number(match, lists)):
        return False
    before = text[max(0, start - _TOPIC_REACH) : start].split()[-4:]
    return not any(lists.group(word, "topic") for word in before)  # “a song about a hundred swans”


def _begins_with_number(match: re.Match[str], lists: Lexicon) -> bool:
    return any(lists.group(word, "number") for word in (match[0].strip(), match[1], match[1].split()[0]))


def _numbered(words: str, lists: Lexicon) -> bool:
    return any(character.isdigit() for character in words) or any(of_kind(marks(words, lists), "number"))
