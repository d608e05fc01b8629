"""The independent origins of sources and footnotes, and the names of origins."""

from collections.abc import Iterable

from tui.briefing.provenance import SourceOrigins
from tui.library.judgment_records import Position
from tui.library.records import Entry, Footnote, Name
from tui.library.voices import origin_words
from tui.library.volume import Volume


def origins_for(volume: Volume, entry: Entry) -> int:
    """Count the independent origins of all that speaks for an entry.

    Its own footnotes count, and those of entries that support it.
    """
    relations = volume.links.relations(entry)
    supporting = [one.other for one in relations if one.name == "supports" and not one.outgoing]
    if not supporting:
        return entry.origins
    return len(volume.derived(Origins).behind_all(note for one in (entry, *supporting) for note in one.notes))


def voices_for(volume: Volume, position: Position) -> tuple[Name, ...]:
    """Return the voices of those who hold a position, each once."""
    notes = (note for name in position.entries for note in volume.entries[name].notes)
    return volume.derived(Origins).voices(notes)


class Origins:
    """The origins of a volume's sources, down to those without an origin."""

    def __init__(self, volume: Volume) -> None:
        """Index the sources of a volume."""
        self._volume = volume
        self._sources = SourceOrigins(volume.edition.sources)
        self._by = {origin.id: origin.by for origin in volume.edition.origins}
        self._voices: dict[str, Name] = {}

    def of(self, source: str) -> frozenset[str]:
        """Return the origins of a source: ids of sources or free keys."""
        return self._sources.of(source)

    def behind(self, note: Footnote) -> frozenset[str]:
        """Return the origins of a footnote, else those of its source."""
        return frozenset(note.origin) or self.of(note.source)

    def behind_all(self, notes: Iterable[Footnote]) -> frozenset[str]:
        """Return all origins of several footnotes."""
        return frozenset().union(*map(self.behind, notes))

    def voices(self, notes: Iterable[Footnote]) -> tuple[Name, ...]:
        """Return the voices behind several footnotes, each once."""
        origins = (origin for note in notes for origin in sorted(self.behind(note)))
        return tuple(dict.fromkeys(map(self._voice, origins)))

    def is_speaker(self, voice: Name) -> bool:
        """Whether a voice is somebody's, and not a mere source."""
        return bool(voice.entity) or voice in self._by.values()

    def _voice(self, origin: str) -> Name:
        if origin not in self._voices:
            self._voices[origin] = self._named(origin)
        return self._voices[origin]

    def _named(self, origin: str) -> Name:
        by = self._by.get(origin)
        name = by.entity if by else origin
        if name in self._volume.entities:
            return Name(self._volume.entities[name].name, name)
        return by or Name(self.label(origin))

    def below(self, name: str) -> tuple[str, ...]:
        """Return the origins that a source declares; none for a free key."""
        return self._volume.sources[name].origin if name in self._volume.sources else ()

    def label(self, origin: str) -> str:
        """Return the name of an origin."""
        return origin_words(self._volume, origin)
