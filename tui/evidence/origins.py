"""On what independent origins the footnotes and the sources of a briefing rest, and how they are called."""

from collections.abc import Iterable

from tui.briefing.provenance import origins_of
from tui.library.origin_names import origin_name
from tui.library.records import Edition, Footnote


class Origins:
    """The origins of an edition's sources: what a source rests on, followed down to what rests on nothing known."""

    def __init__(self, edition: Edition) -> None:
        """Look at an edition."""
        self._sources = {source.id: source for source in edition.sources}
        self._under = {
            source.id: source.origin or ((source.cited_in,) if source.cited_in else ()) for source in edition.sources
        }
        self._entities = {entity.id: entity for entity in edition.entities}
        self._known: dict[str, frozenset[str]] = {}

    def of(self, source: str) -> frozenset[str]:
        """Give the origins of a source, as ids of sources or free keys."""
        if source not in self._known:
            self._known[source] = origins_of([source], self._under)
        return self._known[source]

    def behind(self, note: Footnote) -> frozenset[str]:
        """Return the origins of a footnote: its own, else those of its source."""
        return frozenset(note.origin) or self.of(note.source)

    def behind_all(self, notes: Iterable[Footnote]) -> frozenset[str]:
        """Return the origins of some footnotes together."""
        return frozenset().union(*map(self.behind, notes))

    def below(self, name: str) -> tuple[str, ...]:
        """Give what a source says that it rests on; nothing for a free key."""
        return self._sources[name].origin if name in self._sources else ()

    def label(self, origin: str) -> str:
        """Return the name of an origin."""
        return origin_name(origin, self._sources, self._entities)
