"""The provenance of sources: the chain of each, and its origins."""

from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a warm start goes without the models
    from tui.briefing.entry import Entry
    from tui.briefing.source import Entity, Origin


class _Source(Protocol):
    """A source of a briefing, as a model or as a record."""

    @property
    def id(self) -> str: ...
    @property
    def origin(self) -> tuple[str, ...]: ...
    @property
    def cited_in(self) -> str | None: ...


def chain(name: str, through: Mapping[str, str]) -> tuple[str, ...]:
    """Follow `cited_in` from a source to the source that was read. A cycle ends the chain.

    Args:
        name: the source's id.
        through: for each source the id of the one through which alone it is known, or nothing.
    """
    trail = [name]
    while (name := through.get(name, "")) and name not in trail:
        trail.append(name)
    return tuple(trail)


def carrier(name: str, through: Mapping[str, str], holds: Container[str]) -> str:
    """Find the source whose text carries another source's words.

    This is the first held source of the chain, or else the end of the chain.
    """
    trail = chain(name, through)
    return next((link for link in trail if link in holds), trail[-1])


class SourceOrigins:
    """The origins of one briefing's sources; each question is answered once."""

    def __init__(
        self, sources: Iterable[_Source], entities: "Iterable[Entity]" = (), origins: "Iterable[Origin]" = ()
    ) -> None:
        """Index the sources by their origins, or else by their `cited_in`.

        Args:
            sources: the sources.
            entities: the entities, by any of whose names a speaker may be called.
            origins: the origins that have a table, and so may have a speaker.
        """
        self._under = {
            source.id: source.origin or ((source.cited_in,) if source.cited_in else ()) for source in sources
        }
        self._ids = {name: entity.id for entity in entities for name in reversed(entity.names)}
        self._voices = {origin.id: self._id(origin.by) for origin in origins if origin.by}
        self._known: dict[tuple[str, ...], frozenset[str]] = {}

    def of(self, source: str) -> frozenset[str]:
        """Return the origins of a source: ids of sources, or free keys."""
        return self.behind(source)

    def of_entry(self, entry: "Entry") -> frozenset[str]:
        """Return the origins of an entry's own footnotes."""
        by = entry.speaker or ""
        return frozenset().union(*(self.behind(one.source, one.origin, by) for one in entry.footnotes))

    def behind(self, source: str, named: tuple[str, ...] = (), by: str = "") -> frozenset[str]:
        """Return the origins of a statement in a source.

        Args:
            source: the id of the source.
            named: the origins that the footnote itself names; they stand in place of those of the source.
            by: the speaker: the id of an entity, or words; empty where nobody is named.
        """
        names = named or (source,)
        found = self._known.get(names)
        if found is None:
            found = self._known[names] = self._followed(names)
        if named or not by or len(found) < 2:
            return found
        # A speaker is one origin, on however many others the outlet rests.
        speaker = self._id(by)
        own = [name for name in found if self._voices.get(name) == speaker]
        return frozenset(own if len(own) == 1 else [speaker])

    def _id(self, by: str) -> str:
        """Return the id of the named entity, or the words themselves."""
        return self._ids.get(by, by)

    def _followed(self, names: Iterable[str]) -> frozenset[str]:
        found: set[str] = set()
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                below = self._under.get(name, ())
                waiting.extend(below)
                found.update(() if below else (name,))
        return frozenset(found)
