"""The links of an edition's entries, as seen from either end."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final, NamedTuple, TypeVar

from tui.library.records import Edition, Entity, Entry, Footnote, Source

T = TypeVar("T")

_AT_ODDS: Final = frozenset({"contradiction", "reading", "denial"})
"""The kinds of a conflict in which both entries cannot be right."""


class Relation(NamedTuple):
    """A relation of one entry to another, as seen from the first."""

    name: str
    outgoing: bool
    """Whether the entry declares the relation. A conflict counts for both entries."""
    other: Entry
    why: str
    stated: bool = True
    """Whether the source states it; false for the briefing's own inference."""
    kind: str = ""
    """The kind of a conflict; empty where that is not given."""
    weak: bool = False
    position: str = ""
    """The position of a question that is meant."""


class Conflict(NamedTuple):
    """A pair of entries that are at odds, in reading order."""

    one: Entry
    other: Entry
    why: str
    kind: str


class EntryLinks:
    """The links of an edition's entries."""

    def __init__(self, edition: Edition, entries: Mapping[str, Entry]) -> None:
        """Prepare for an edition, with its entries by id."""
        self._edition = edition
        self._entries = entries

    def relations(self, entry: Entry) -> tuple[Relation, ...]:
        """Return the relations of an entry, outgoing and incoming."""
        return self._relations.get(entry.id, ())

    @cached_property
    def _relations(self) -> dict[str, tuple[Relation, ...]]:
        found: defaultdict[str, dict[tuple[str, bool, str, str], Relation]] = defaultdict(dict)
        for entry in self._edition.entries:
            for link in entry.links:
                name, other = link.relation, self._entries[link.to]
                # The side that says why wins over the one that does not.
                for here, there, outgoing in ((entry, other, True), (other, entry, name == "conflicts")):
                    key = (name, outgoing, there.id, link.position)
                    before = found[here.id].get(key)
                    if before is None or not before.why:
                        kind = link.kind or (before.kind if before else "")
                        found[here.id][key] = Relation(
                            name, outgoing, there, link.why, link.stated, kind, link.weak, link.position
                        )
                    elif link.kind and not before.kind:
                        found[here.id][key] = before._replace(kind=link.kind)
        return {entry: tuple(relations.values()) for entry, relations in found.items()}

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The pairs of entries in conflict, in reading order, with the reason."""
        order = {entry.id: place for place, entry in enumerate(self._edition.entries)}
        return tuple(
            Conflict(entry, relation.other, relation.why, relation.kind)
            for entry in self._edition.entries
            for relation in self.relations(entry)
            if relation.name == "conflicts" and order[entry.id] < order[relation.other.id]
        )

    @cached_property
    def at_odds(self) -> tuple[Conflict, ...]:
        """The conflicts in which both entries cannot be right."""
        return tuple(pair for pair in self.conflicts if self.is_at_odds(pair.kind))

    def is_at_odds(self, kind: str) -> bool:
        """Whether both entries of a conflict cannot be right. Format 1 names no kinds, and all its conflicts count."""
        return self._edition.format == 1 or kind in _AT_ODDS

    @cached_property
    def of_no_kind(self) -> tuple[Conflict, ...]:
        """The conflicts whose author has not given the kind yet."""
        return () if self._edition.format == 1 else tuple(pair for pair in self.conflicts if not pair.kind)

    def about(self, target: Entry | Entity) -> tuple[Entry, ...]:
        """Return the entries, mostly questions, that are about an entry or entity."""
        return self._about.get(target.id, ())

    @cached_property
    def _about(self) -> dict[str, tuple[Entry, ...]]:
        return _grouped((target, entry) for entry in self._edition.entries for target in dict.fromkeys(entry.about))

    def said_by(self, entity: Entity) -> tuple[Entry, ...]:
        """Return the entries of a speaker."""
        return self._said_by.get(entity.id, ())

    @cached_property
    def _said_by(self) -> dict[str, tuple[Entry, ...]]:
        return _grouped((entry.by.entity, entry) for entry in self._edition.entries if entry.by and entry.by.entity)

    def citing(self, source: Source) -> tuple[tuple[Entry | Entity, Footnote], ...]:
        """Return the holders of a source's citations, with their footnotes."""
        return self._citing.get(source.id, ())

    @cached_property
    def _citing(self) -> dict[str, tuple[tuple[Entry | Entity, Footnote], ...]]:
        holders: tuple[Entry | Entity, ...] = (*self._edition.entries, *self._edition.entities)
        return _grouped((note.source, (holder, note)) for holder in holders for note in holder.notes)


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for name, one in pairs:
        found[name].append(one)
    return {name: tuple(ones) for name, ones in found.items()}
