"""The origins of entries, and the relations between entries."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.briefing.entry import Entry
from tui.briefing.model import Briefing
from tui.briefing.provenance import SourceOrigins
from tui.briefing.traversal import Place, entries

_OPPOSING: Final = frozenset({"attacks", "undercuts", "conflicts"})


class Against(NamedTuple):
    """An entry that speaks against another one."""

    relation: str
    """`attacks`, `undercuts` or `conflicts`."""
    by: str
    """The id of the entry that speaks against it."""


class Evidence:
    """The relations of one briefing, looked up from both ends."""

    def __init__(self, briefing: Briefing) -> None:
        """Go through the briefing once."""
        self.places: dict[str, Place] = {place.entry.id: place for place in entries(briefing)}
        self._origins = SourceOrigins(briefing.source)
        self._entities = {entity.id for entity in briefing.entity}
        self._supported_by: dict[str, list[str]] = defaultdict(list)
        self._against: dict[str, list[Against]] = defaultdict(list)
        self._at_odds: set[tuple[str, str]] = set()
        for place in self.places.values():
            self._relate(place.entry)

    def _relate(self, entry: Entry) -> None:
        for _, relation, link in entry.links():
            if relation == "supports":
                self._supported_by[link.to].append(entry.id)
            elif relation in _OPPOSING:
                self._against[link.to].append(Against(relation, entry.id))
                self._at_odds.add((link.to, entry.id))
                if relation == "conflicts":
                    self._against[entry.id].append(Against(relation, link.to))

    def origins(self, entry: Entry) -> frozenset[str]:
        """Return the independent origins of an entry and of the direct supporters."""
        told = [entry, *(self.places[name].entry for name in self._supported_by.get(entry.id, ()))]
        return frozenset().union(*(self._behind(one) for one in told))

    def _behind(self, entry: Entry) -> frozenset[str]:
        """Return the origins of an entry's own citations."""
        by = entry.speaker or ""
        speaker = by if by in self._entities else ""
        return frozenset().union(*(self._origins.behind(one.source, one.origin, speaker) for _, one in entry.cited()))

    def against(self, name: str) -> Iterator[Against]:
        """Yield the entries against an entry, without duplicates."""
        yield from dict.fromkeys(self._against.get(name, ()))

    def at_odds(self, one: str, other: str) -> bool:
        """Whether either of two entries attacks or conflicts with the other."""
        return (one, other) in self._at_odds or (other, one) in self._at_odds
