"""The origins of entries, and the relations between entries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from tui.briefing.entry import Entry, Link
from tui.briefing.fields import Conflict, Reason, Relation
from tui.briefing.model import Briefing
from tui.briefing.provenance import SourceOrigins
from tui.briefing.traversal import Place

_OPPOSING: Final = frozenset({"attacks", "undercuts", "conflicts"})
_BOTH_MAY_STAND: Final = frozenset({"tension", "other-count", "other-date"})
"""The kinds of conflict in which both entries can be right."""


class Against(NamedTuple):
    """An entry that speaks against another one."""

    relation: str
    """`attacks`, `undercuts`, `conflicts` or `positions`."""
    by: str
    """The id of the entry that speaks against it."""


class Evidence:
    """The relations of one briefing, looked up from both ends."""

    def __init__(self, briefing: Briefing, places: Iterable[Place], links: Iterable[tuple[Place, Link]]) -> None:
        """Index the relations of a briefing's entries."""
        self.places: dict[str, Place] = {place.entry.id: place for place in places}
        self._origins = SourceOrigins(briefing.source, briefing.entity, briefing.origin)
        self._supported_by: dict[str, list[str]] = defaultdict(list)
        self._against: dict[str, list[Against]] = defaultdict(list)
        self._at_odds: set[tuple[str, str]] = set()
        self._opposed: set[str] = set()
        self._disputes = {
            question.id: {one.id: frozenset(one.entries) for one in question.positions}
            for question in briefing.question
            if question.positions
        }
        self._held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for place, link in links:
            self._relate(place.entry, link.relation, link.target)
        for question, positions in self._disputes.items():
            for position, names in positions.items():
                for name in names:
                    self._held[name][question].add(position)

    def _relate(self, entry: Entry, relation: str, target: Relation | Reason) -> None:
        if relation == "supports":
            self._supported_by[target.to].append(entry.id)
        elif relation in _OPPOSING:
            self._at_odds.add((target.to, entry.id))
            self._opposed.update((target.to, entry.id))
            if isinstance(target, Conflict) and target.kind in _BOTH_MAY_STAND:
                return
            self._against[target.to].append(Against(relation, entry.id))
            if relation == "conflicts":
                self._against[entry.id].append(Against(relation, target.to))

    def origins(self, entry: Entry) -> frozenset[str]:
        """Return the independent origins of an entry and of the direct supporters."""
        return self.origins_of([entry.id, *self._supported_by.get(entry.id, ())])

    def origins_of(self, names: Iterable[str]) -> frozenset[str]:
        """Return the independent origins of some entries' own citations."""
        return frozenset().union(*(self._origins.of_entry(self.places[name].entry) for name in names))

    def against(self, name: str) -> Iterator[Against]:
        """Yield the entries against an entry, without duplicates. Those of other positions come last."""
        yield from dict.fromkeys((*self._against.get(name, ()), *self._of_other_positions(name)))

    def _of_other_positions(self, name: str) -> Iterator[Against]:
        for question, own in self._held.get(name, {}).items():
            for position, names in self._disputes[question].items():
                if position not in own:
                    yield from (Against("positions", other) for other in sorted(names - {name}))

    def at_odds(self, one: str, other: str) -> bool:
        """Whether two entries are declared at odds, or hold different positions."""
        if (one, other) in self._at_odds or (other, one) in self._at_odds:
            return True
        if not self._held:
            return False
        mine, others = self._held.get(one, {}), self._held.get(other, {})
        return any(mine[question].isdisjoint(others[question]) for question in mine.keys() & others.keys())

    def is_opposed(self, name: str) -> bool:
        """Whether an entry is at odds with any other one."""
        return name in self._opposed or next(self._of_other_positions(name), None) is not None
