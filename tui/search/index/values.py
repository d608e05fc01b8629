"""The values that passages have in the fields of a query."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from tui.briefing.provenance import SourceOrigins
from tui.language.tokens import words_of
from tui.library.judgment_records import Position
from tui.library.ratings import best_note
from tui.library.records import Entity, Entry, Name, Source
from tui.library.volume import Volume
from tui.search.fields import DISPUTE, TAGS

_REASONS: Final = frozenset({"for", "against"})
"""The relations of a judgment to its evidence."""


class Value(NamedTuple):
    """A value of a field of `tui.search.fields`, as terms."""

    tag: str
    """The exact value, for filters and facets; empty where only names are searched."""
    names: tuple[str, ...]
    """The words of the names by which the value is found."""


@lru_cache(maxsize=4096)
def value_of(field: str, tag: str, *names: str) -> Value:
    """Return a value with its names. Many entries share one."""
    words = (f"{field}={word}" for name in names for word in words_of(name).split())
    return Value(f"{field}={'_'.join(tag.split())}" if tag else "", tuple(words))


def item_values(volume: Volume, item: Entry | Entity | Source) -> Iterator[Value]:
    """Return the values of an item in a briefing."""
    yield _inside(volume)
    if isinstance(item, Source):
        yield from source_values(volume, item)
    else:
        yield from entity_values(volume, item) if isinstance(item, Entity) else entry_values(volume, item)


def front_values(volume: Volume) -> tuple[Value, ...]:
    """Return the values of a briefing's front page."""
    return value_of("kind", "briefing"), _inside(volume)


def text_values(volume: Volume, source: Source) -> tuple[Value, ...]:
    """Return the values of each paragraph of a source's text."""
    return value_of("kind", "text"), _inside(volume), cited(source), value_of("reliability", source.reliability)


def _inside(volume: Volume) -> Value:
    return value_of("in", volume.edition.id, volume.edition.id, volume.edition.title)


def entry_values(volume: Volume, entry: Entry) -> Iterator[Value]:
    """Return the values of an entry."""
    is_dispute = bool(entry.question and entry.question.positions)
    kinds_of = (TAGS[entry.table], entry.kind, DISPUTE if is_dispute else "")
    yield from (value_of("kind", kind) for kind in kinds_of if kind)
    yield from _said(volume, entry)
    yield from volume.derived(_roles).get(entry.id, ())
    yield from _rated(volume, entry)
    sources = dict.fromkeys(volume.sources[note.source] for note in entry.notes)
    yield from map(cited, sources)
    has = {
        "conflict": any(relation.name == "conflicts" for relation in volume.links.relations(entry)),
        "quote": any(note.quote for note in entry.notes),
        "text": any(volume.carried_by(source).held for source in sources),
        "quantity": entry.quantity,
        "assessment": entry.assess,
        "date": entry.date,
    }
    yield from (value_of("has", name) for name, value in has.items() if value)


def _said(volume: Volume, entry: Entry) -> Iterator[Value]:
    """Return the speaker, subjects, stance and parties of an entry."""
    if entry.by:
        yield value_of("by", entry.by.entity or entry.by.text, *_names_of(volume, entry.by))
    if entry.actor:
        yield value_of("by", "", *_names_of(volume, entry.actor))
    yield from (value_of("about", name, name, *_all_names(volume, name)) for name in entry.about)
    if entry.stance:
        yield value_of("stance", entry.stance, entry.stance)
    origins = (name for note in entry.notes for name in note.origin or _origins_of(volume, note.source))
    yield from _parties(volume, (entry.by.entity if entry.by else "", *origins))


def _rated(volume: Volume, entry: Entry) -> Iterator[Value]:
    """Return the ratings of an entry, and the author's likelihood and confidence."""
    best = best_note(volume.sources, entry.notes)
    likelihood, confidence = entry.assess[:2] if entry.assess else ("", "")
    rated = {
        "rating": volume.rating(entry),
        "reliability": volume.sources[best.source].reliability if best else "",
        "likelihood": likelihood,
        "confidence": confidence,
    }
    yield from (value_of(field, value) for field, value in rated.items() if value)


def entity_values(volume: Volume, entity: Entity) -> Iterator[Value]:
    """Return the values of an entity."""
    yield value_of("kind", "entity")
    yield value_of("about", entity.id, entity.id, *_all_names(volume, entity.id))
    yield from _parties(volume, (entity.id,))
    if any(note.quote for note in entity.notes):
        yield value_of("has", "quote")
    yield from (cited(volume.sources[name]) for name in dict.fromkeys(note.source for note in entity.notes))


def source_values(volume: Volume, source: Source) -> Iterator[Value]:
    """Return the values of a source."""
    yield value_of("kind", "source")
    yield cited(source)
    yield value_of("reliability", source.reliability)
    yield value_of("by", "", *source.author)
    yield from _parties(volume, _origins_of(volume, source.id))
    has = {"text": source.held, "date": source.issued}
    yield from (value_of("has", name) for name, value in has.items() if value)


def cited(source: Source) -> Value:
    """Return a source as the value of the field `source`."""
    return value_of("source", source.id, source.id, source.label)


def _roles(volume: Volume) -> Mapping[str, tuple[Value, ...]]:
    """Return the positions and the bearings of each entry."""
    found: defaultdict[str, list[Value]] = defaultdict(list)
    for entry in volume.edition.entries:
        for name, value in (*_in_question(entry), *_in_judgment(volume, entry)):
            found[name].append(value)
    return {name: tuple(values) for name, values in found.items()}


def _in_question(entry: Entry) -> Iterator[tuple[str, Value]]:
    """Yield the entries that a dispute names, with their parts in it."""
    if entry.question:
        yield from ((name, _position(entry, one)) for one in entry.question.positions for name in one.entries)
        yield from ((bearing.entry, _evidence(entry)) for bearing in entry.question.evidence)


def _in_judgment(volume: Volume, entry: Entry) -> Iterator[tuple[str, Value]]:
    """Yield the reasons for and against a judgment, and its own position."""
    for link in entry.links if entry.judgment else ():
        question = volume.entries[link.to]
        if link.relation in _REASONS:
            yield link.to, _evidence(entry)
        elif question.question:
            yield from (
                (entry.id, _position(question, one)) for one in question.question.positions if one.id == link.position
            )


def _position(question: Entry, position: Position) -> Value:
    address = f"{question.id}#{position.id}"
    return value_of("position", address, address, position.text)


def _evidence(of: Entry) -> Value:
    return value_of("evidence", of.id, of.id, of.number)


def _parties(volume: Volume, names: Iterable[str]) -> Iterator[Value]:
    """Return the parties of entities and of the voices behind origins."""
    voices = volume.derived(_voices)
    found = (volume.entities.get(voices.get(name, name)) for name in names)
    for party in dict.fromkeys(entity.party for entity in found if entity and entity.party):
        yield value_of("party", party, party)


def _voices(volume: Volume) -> Mapping[str, str]:
    """Return the voice of each origin."""
    return {origin.id: origin.by.entity for origin in volume.edition.origins if origin.by}


def _origins_of(volume: Volume, source: str) -> frozenset[str]:
    return volume.derived(_source_origins).of(source)


def _source_origins(volume: Volume) -> SourceOrigins:
    return SourceOrigins(volume.edition.sources)


def _names_of(volume: Volume, name: Name) -> tuple[str, ...]:
    return (name.text, name.entity, *_all_names(volume, name.entity))


def _all_names(volume: Volume, name: str) -> tuple[str, ...]:
    entity = volume.entities.get(name)
    return entity.names if entity else ()
