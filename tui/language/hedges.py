"""Hedges and conditions of a statement."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tui.language.lexicon import HOLDING, Lexicon, marks, of_kind
from tui.language.senses import sense

_SIGN: Final = re.compile(r"(?<![\w/])[~≈](?=\s?[£$€¥]?\d)|(?<=\w)-odd(?=\s)")
"""The signs of a rough number."""
_FAMILIES: Final = {kind: kind for kind in ("hearsay", "rough", "part", "if")}


class Hedge(NamedTuple):
    """A word by which a statement is held back."""

    start: int
    end: int
    kind: str
    """A row of the lists, each of a family.

    `doubtful`, `possible` or `likely` (how likely), `conjecture` (that somebody supposes so), `hearsay` (who vouches),
    `rough` (how many), `part` (of how much it holds), `if` (on what it hangs)."""

    @property
    def family(self) -> str:
        """`chance`, `hearsay`, `rough`, `part` or `if`. A hedge may replace another of the family."""
        return _FAMILIES.get(self.kind, "chance")


@lru_cache(maxsize=16_384)
def hedges(text: str, lists: Lexicon) -> tuple[Hedge, ...]:
    """Find the hedges and conditions of a text, in order, without overlaps."""
    found: list[Hedge] = []
    for mark in marks(text, lists):
        if HOLDING not in mark.groups or (found and mark.start < found[-1].end):
            continue
        kind = sense(text, mark, lists)
        if kind is not None:
            found.append(Hedge(mark.start, mark.end + _has_stop(text, mark.start, mark.end, lists), kind))
    if "~" in text or "≈" in text or "-odd" in text:
        found = sorted([*found, *(Hedge(*sign.span(), "rough") for sign in _SIGN.finditer(text))])
    return tuple(found)


def _has_stop(text: str, start: int, end: int, lists: Lexicon) -> bool:
    """Whether a hedge is an abbreviation with its full stop: “c. 1840”."""
    return text.startswith(".", end) and lists.group(text[start:end].lower().split()[-1], "abbreviation") is not None


@lru_cache(maxsize=1024)
def families(text: str, lists: Lexicon) -> frozenset[str]:
    """Return the families of a text's hedges. A verb of expecting counts as chance."""
    found = {hedge.family for hedge in hedges(text, lists)}
    if any(of_kind(marks(text, lists), "softener")):
        found.add("chance")
    return frozenset(found)
