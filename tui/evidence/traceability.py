"""On which claims each recommendation rests, and whether these stand."""

from collections import deque
from typing import Final, NamedTuple

from tui.library.records import Entry
from tui.library.volume import Relation, Volume

_DOUBTS: Final = frozenset({("conflicts", True), ("attacks", False), ("undercuts", False)})
"""Relations, as (relation, whether the entry itself declares it), that make what rests on an entry uncertain."""


class Rest(NamedTuple):
    """An entry on which a recommendation rests."""

    entry: Entry
    through: tuple[Entry, ...]
    """The entries between it and the recommendation; none where it is named there."""
    doubts: tuple[Relation, ...]
    """What conflicts with it, attacks it or undercuts it."""


class Trace(NamedTuple):
    """A recommendation with everything that it rests on."""

    recommendation: Entry
    rests: tuple[Rest, ...]
    """Nearest first."""
    doubts: tuple[Relation, ...]
    """What speaks against the recommendation itself."""

    @property
    def at_risk(self) -> bool:
        """Whether anything that it rests on is contested, attacked or undercut."""
        return any(rest.doubts for rest in self.rests)


def trace(volume: Volume, recommendation: Entry) -> Trace:
    """Follow what a recommendation rests on, and what that rests on, each entry once by its shortest way."""
    found: list[Rest] = []
    seen = {recommendation.id}
    waiting: deque[tuple[Entry, tuple[Entry, ...]]] = deque([(recommendation, ())])
    while waiting:
        entry, through = waiting.popleft()
        for relation in volume.relations(entry):
            if relation.name == "rests_on" and relation.outgoing and relation.other.id not in seen:
                seen.add(relation.other.id)
                found.append(Rest(relation.other, through, doubts(volume, relation.other)))
                waiting.append((relation.other, (*through, relation.other)))
    return Trace(recommendation, tuple(found), doubts(volume, recommendation))


def doubts(volume: Volume, entry: Entry) -> tuple[Relation, ...]:
    """Give what conflicts with an entry, attacks it or undercuts it."""
    return tuple(relation for relation in volume.relations(entry) if (relation.name, relation.outgoing) in _DOUBTS)


def traces(volume: Volume) -> tuple[Trace, ...]:
    """Trace every recommendation, in reading order."""
    return tuple(trace(volume, entry) for entry in volume.pane("recommendations"))
