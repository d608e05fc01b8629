"""The entries on which each recommendation rests, and the doubts about them."""

from collections import deque
from typing import NamedTuple

from tui.evidence.opposition import opposes, opposition
from tui.library.entry_links import Relation
from tui.library.records import Entry
from tui.library.volume import Volume


class Basis(NamedTuple):
    """An entry on which a recommendation rests."""

    entry: Entry
    through: tuple[Entry, ...]
    """The entries between it and the recommendation; none where the recommendation itself names it."""
    doubts: tuple[Relation, ...]
    """The relations that oppose the entry."""
    tensions: tuple[Relation, ...] = ()
    """The conflicts in which the entry and the other one may both stand."""
    stated: bool = True
    """Whether the sources state each step to it; false for the briefing's own inference."""


class Trace(NamedTuple):
    """A recommendation with everything that it rests on."""

    recommendation: Entry
    bases: tuple[Basis, ...]
    """The nearest first."""
    doubts: tuple[Relation, ...]
    """The relations that oppose the recommendation itself."""
    tensions: tuple[Relation, ...] = ()

    @property
    def at_risk(self) -> bool:
        """Whether any of its bases is opposed."""
        return any(basis.doubts for basis in self.bases)


def trace(volume: Volume, recommendation: Entry) -> Trace:
    """Follow `rests_on` from a recommendation down, to each entry once."""
    found: list[Basis] = []
    seen = {recommendation.id}
    waiting: deque[tuple[Entry, tuple[Entry, ...], bool]] = deque([(recommendation, (), True)])
    while waiting:
        entry, through, stated = waiting.popleft()
        for relation in volume.links.relations(entry):
            if relation.name == "rests_on" and relation.outgoing and relation.other.id not in seen:
                seen.add(relation.other.id)
                follows = stated and relation.stated
                found.append(Basis(relation.other, through, *_doubts(volume, relation.other), follows))
                waiting.append((relation.other, (*through, relation.other), follows))
    return Trace(recommendation, tuple(found), *_doubts(volume, recommendation))


def _doubts(volume: Volume, entry: Entry) -> tuple[tuple[Relation, ...], tuple[Relation, ...]]:
    """Return the relations that oppose an entry, and its other conflicts."""
    relations = volume.links.relations(entry)
    others = (one for one in relations if one.name == "conflicts" and not opposes(volume, one))
    return opposition(volume, entry), tuple(others)


def traces_of(volume: Volume) -> tuple[Trace, ...]:
    """Trace every recommendation, in reading order."""
    return tuple(trace(volume, entry) for entry in volume.pane("recommendations"))
