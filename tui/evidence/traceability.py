"""The entries on which each recommendation rests, and the doubts about them."""

from collections import deque
from typing import Final, NamedTuple

from tui.library.entry_links import Relation
from tui.library.records import Entry
from tui.library.volume import Volume

_DOUBTS: Final = frozenset({("conflicts", True), ("attacks", False), ("undercuts", False)})
"""The relations, as (name, whether the entry declares it), that put an entry in doubt."""


class Basis(NamedTuple):
    """An entry on which a recommendation rests."""

    entry: Entry
    through: tuple[Entry, ...]
    """The entries between it and the recommendation; none where the recommendation itself names it."""
    doubts: tuple[Relation, ...]
    """The relations that put the entry in doubt."""
    stated: bool = True
    """Whether the sources state each step to it; false for the briefing's own inference."""


class Trace(NamedTuple):
    """A recommendation with everything that it rests on."""

    recommendation: Entry
    bases: tuple[Basis, ...]
    """The nearest first."""
    doubts: tuple[Relation, ...]
    """The relations that put the recommendation itself in doubt."""

    @property
    def at_risk(self) -> bool:
        """Whether any of its bases is in doubt."""
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
                found.append(Basis(relation.other, through, doubts(volume, relation.other), follows))
                waiting.append((relation.other, (*through, relation.other), follows))
    return Trace(recommendation, tuple(found), doubts(volume, recommendation))


def doubts(volume: Volume, entry: Entry) -> tuple[Relation, ...]:
    """Return the relations that conflict with an entry, attack or undercut it."""
    return tuple(
        relation for relation in volume.links.relations(entry) if (relation.name, relation.outgoing) in _DOUBTS
    )


def traces_of(volume: Volume) -> tuple[Trace, ...]:
    """Trace every recommendation, in reading order."""
    return tuple(trace(volume, entry) for entry in volume.pane("recommendations"))
