"""The independent origins of sources and footnotes, and the names of origins."""

from collections.abc import Iterable

from tui.briefing.provenance import origins_of
from tui.library.origin_names import origin_name
from tui.library.records import Footnote
from tui.library.volume import Volume


class Origins:
    """The origins of a volume's sources, down to those without an origin."""

    def __init__(self, volume: Volume) -> None:
        """Index the sources of a volume."""
        self._volume = volume
        self._under = {
            source.id: source.origin or ((source.cited_in,) if source.cited_in else ())
            for source in volume.edition.sources
        }
        self._known: dict[str, frozenset[str]] = {}

    def of(self, source: str) -> frozenset[str]:
        """Return the origins of a source: ids of sources or free keys."""
        if source not in self._known:
            self._known[source] = origins_of([source], self._under)
        return self._known[source]

    def behind(self, note: Footnote) -> frozenset[str]:
        """Return the origins of a footnote, else those of its source."""
        return frozenset(note.origin) or self.of(note.source)

    def behind_all(self, notes: Iterable[Footnote]) -> frozenset[str]:
        """Return all origins of several footnotes."""
        return frozenset().union(*map(self.behind, notes))

    def below(self, name: str) -> tuple[str, ...]:
        """Return the origins that a source declares; none for a free key."""
        return self._volume.sources[name].origin if name in self._volume.sources else ()

    def label(self, origin: str) -> str:
        """Return the name of an origin."""
        return origin_name(origin, self._volume.sources, self._volume.entities)
