"""The voices of a briefing: the speakers behind its entries and origins."""

from tui.library.origin_names import origin_name
from tui.library.ratings import best_note
from tui.library.records import Entity, Entry, Name
from tui.library.volume import Volume


def origin_words(volume: Volume, origin: str) -> str:
    """Return the name of an origin, with its voice."""
    return origin_name(origin, volume.sources, volume.entities, volume.origins)


def voice_of(volume: Volume, entry: Entry) -> Entity | None:
    """Return the speaker of an entry, or the one behind its source.

    None for voices without party and reliability.
    """
    if volume.edition.format == 1:
        return None
    first = entry.notes[:1]
    origins = [name for note in first for name in note.origin or volume.sources[note.source].origin]
    behind = [volume.origins[name].by for name in origins[:1] if name in volume.origins]
    for name in (entry.by, *behind):
        found = volume.entities.get(name.entity) if name else None
        if found is not None:
            return found if found.party or found.reliability else None
    return None


def short_of(volume: Volume, name: Name) -> str:
    """Return the short name of an entity, or the words themselves."""
    return (volume.entities[name.entity].short if name.entity in volume.entities else "") or volume.name_of(name)


def is_relayed(volume: Volume, entry: Entry, voice: Entity) -> bool:
    """Whether others than the voice made the best source of an entry."""
    names = {name.casefold() for name in voice.names}
    if note := best_note(volume.sources, entry.notes):
        source = volume.sources[note.source]
        makers = (*source.author, source.publisher, source.container)
        return names.isdisjoint(maker.casefold() for maker in makers)
    return False
