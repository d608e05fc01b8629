"""The judged queries, and how well a ranking answers them."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

TUNED: Final = Path(__file__).with_name("judged.txt")
"""The queries on which the ranking was tried out while it was made."""
HELD_OUT: Final = Path(__file__).with_name("heldout.txt")
"""Those which it never saw."""
REWORDED: Final = Path(__file__).with_name("reworded.txt")
"""Those in other words than the content's."""
_RENAMED: Final = Path(__file__).with_name("renamed.txt")
_DEPTH: Final = 10
_HALF: Final = "half words"
_BEST: Final = 3
_GONE: Final = "gone"
"""The new name of an answer that is no longer in the content."""


class Judged(NamedTuple):
    """A query with its right answers."""

    kind: str
    """The class of queries that it belongs to."""
    text: str
    grades: dict[str, int]
    """How right each answer is, from 1 to 3, by its address."""

    @property
    def typing(self) -> bool:
        """Whether its last word is only begun."""
        return self.kind == _HALF


class Mark(NamedTuple):
    """How well one query was answered."""

    ndcg: float
    first: int | None
    """The rank of the first answer that is exact; None where it is not among those found."""


def judged(file: Path = TUNED) -> tuple[Judged, ...]:
    """Read all judged queries of a set."""
    found: list[Judged] = []
    kind, now = "", renamed()
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            text, *groups = line.split(" | ")
            grades = {
                address_of(name): _BEST - place
                for place, group in reversed(list(enumerate(groups)))
                for written in group.split()
                for name in now.get(written, (written,))
            }
            asked = " ".join(now.get(text, (text,)))
            if asked and _BEST in grades.values():
                found.append(Judged(kind, asked, grades))
    return tuple(found)


def renamed() -> dict[str, tuple[str, ...]]:
    """Read the present names of what was renamed."""
    lines = (line.partition(" → ") for line in _RENAMED.read_text(encoding="utf-8").splitlines())
    return {old: () if new == _GONE else tuple(new.split()) for old, arrow, new in lines if arrow}


def address_of(written: str) -> str:
    """Return the address of an entry as it is written in the lists."""
    in_handbook = written.startswith("h:")
    return f"{'handbook' if in_handbook else 'dprk-missiles'}#{written.removeprefix('h:')}"


def mark(query: Judged, ranked: Sequence[str]) -> Mark:
    """Mark a ranking: its discounted gain among the first ten, beside that of the best ranking there could be."""
    gains = [2.0 ** query.grades.get(address, 0) - 1 for address in ranked[:_DEPTH]]
    ideal = sorted((2.0**grade - 1 for grade in query.grades.values()), reverse=True)[:_DEPTH]
    exact = (rank for rank, address in enumerate(ranked, 1) if query.grades.get(address) == _BEST)
    return Mark(_discounted(gains) / _discounted(ideal), next(exact, None))


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
