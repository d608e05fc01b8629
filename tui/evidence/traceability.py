"""On which claims each recommendation rests, and whether these stand."""

from collections import deque
from typing import Final, NamedTuple

from tui.library.records import Entry
from tui.library.volume import Bond, Volume

_DOUBTS: Final = frozenset({("conflicts", True), ("attacks", False), ("undercuts", False)})
"""Relations, as (relation, whether the entry itself declares it), that make what rests on an entry uncertain."""


class Rest(NamedTuple):
    """An entry on which a recommendation rests."""

    entry: Entry
    through: tuple[Entry, ...]
    """The entries between it and the recommendation; none where it is named there."""
    doubts: tuple[Bond, ...]
    """What conflicts with it, attacks it or undercuts it."""


class Trace(NamedTuple):
    """A recommendation with everything that it rests on."""

    recommendation: Entry
    rests: tuple[Rest, ...]
    """Nearest first."""
    doubts: tuple[Bond, ...]
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
        for bond in volume.bonds(entry):
            if bond.relation == "rests_on" and bond.outgoing and bond.other.id not in seen:
                seen.add(bond.other.id)
                found.append(Rest(bond.other, through, doubts(volume, bond.other)))
                waiting.append((bond.other, (*through, bond.other)))
    return Trace(recommendation, tuple(found), doubts(volume, recommendation))


def doubts(volume: Volume, entry: Entry) -> tuple[Bond, ...]:
    """Give what conflicts with an entry, attacks it or undercuts it."""
    return tuple(bond for bond in volume.bonds(entry) if (bond.relation, bond.outgoing) in _DOUBTS)


def traces(volume: Volume) -> tuple[Trace, ...]:
    """Trace every recommendation, in reading order."""
    return tuple(trace(volume, entry) for entry in volume.pane("recommendations"))
