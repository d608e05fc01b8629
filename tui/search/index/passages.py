"""The texts of a briefing's passages, for the index and the hits."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.briefing import prose
from tui.language.tokens import words_of
from tui.library.records import Entity, Entry, Footnote, Origin, Source
from tui.library.volume import Volume

_PERSON: Final = "person"


class Front(NamedTuple):
    """A block of the front page about the whole briefing."""

    block: str
    """The block's name."""
    heading: str
    texts: tuple[str, ...]
    """The main text first."""


def fronts(volume: Volume) -> tuple[Front, ...]:
    """Return the front page's bottom line and its note on method."""
    edition = volume.edition
    said = (prose.plain(edition.bluf), edition.title, *edition.authors, edition.id)
    note = (Front("note", "How this was made", (prose.plain(edition.note),)),) if edition.note else ()
    changes = tuple(prose.plain(one.text) for one in edition.revisions)
    origins = tuple(filter(None, (text for one in edition.origins for text in _origin_texts(volume, one))))
    changed = (Front("note", "Changes", changes),) if changes else ()
    named = (Front("note", "Origins", origins),) if origins else ()
    return (Front("bluf", "", said), *note, *changed, *named)


def _origin_texts(volume: Volume, origin: Origin) -> tuple[str, ...]:
    by = (volume.name_of(origin.by), origin.by.text) if origin.by else ()
    return (origin.name, *by, prose.plain(origin.note), origin.id)


def entry_texts(volume: Volume, entry: Entry) -> Iterator[str]:
    """Yield the texts of an entry, the main text first."""
    yield prose.plain(entry.text)
    if entry.title:
        yield entry.title
    if entry.reasons:
        yield prose.plain(entry.reasons)
    yield from _people(volume, entry)
    yield from filter(None, (entry.hedge, entry.stance, entry.short, prose.plain(entry.note)))
    yield from map(prose.plain, filter(None, _own_voice(entry)))
    if entry.quantity:
        yield f"{entry.quantity.of} {entry.quantity.unit} {entry.quantity.words}"
    if entry.assess and entry.assess.why:
        yield prose.plain(entry.assess.why)
    yield from (prose.plain(link.why) for link in entry.links if link.why)
    yield from _footnotes(entry.notes)
    yield f"{entry.id} {entry.number}"
    yield from _spoken_of(volume, entry)


def source_texts(source: Source) -> Iterator[str]:
    """Yield the texts of a source, the title first."""
    yield source.title or source.label
    yield from filter(None, (prose.plain(source.descriptor), prose.plain(source.note), source.label, *source.author))
    yield from filter(None, (source.publisher, source.container, source.type, source.url, *source.origin))
    yield from (value for variable in source.csl for value in variable.values)
    yield f"{source.id} {source.number}"


def entity_texts(entity: Entity) -> Iterator[str]:
    """Yield the texts and names of an entity, the main name first."""
    yield entity.name
    if entity.text:
        yield prose.plain(entity.text)
    yield from entity.names[1:]
    yield from filter(None, (entity.role, entity.affiliation, entity.type, entity.party))
    yield from _footnotes(entity.notes)
    yield entity.id


def paragraphs_of(volume: Volume, source: Source) -> tuple[tuple[int, str], ...]:
    """Return the numbered paragraphs of a source's held text. None where no text is held."""
    held = volume.text_of(source) if source.held else None
    if held is None:
        return ()
    from tui.briefing.canonical import canonical  # an index that is up to date reads none

    return tuple((part.number, canonical(held.text[part.start : part.end])) for part in held.paragraphs)


def quotes_of(item: Entry | Entity) -> Iterator[str]:
    """Yield the verbatim quotes of an item."""
    from tui.briefing.canonical import canonical

    return (canonical(note.quote) for note in item.notes if note.quote)


def headings_of(volume: Volume, item: Entry | Source | Entity) -> tuple[str, ...]:
    """Return the names of an item. A query of exactly such a name means the item."""
    if isinstance(item, Source):
        return tuple(filter(None, (item.title, item.label)))
    if isinstance(item, Entity):
        return item.names
    speaker = volume.name_of(item.by) if item.table == "view" and item.by and not item.title else ""
    return tuple(filter(None, (item.title, speaker, item.short)))


def called(entity: Entity) -> tuple[str, ...]:
    """Return the single names of a person. Each may stand for the person."""
    return tuple(words_of(entity.name).split()) if entity.type == _PERSON else ()


def _own_voice(entry: Entry) -> Iterator[str]:
    """Yield the texts that only judgments, questions and indicators have."""
    if judged := entry.judgment:
        yield judged.so_what
        yield from (one.text for one in judged.alternatives)
        yield from (text for one in judged.previous for text in (one.text, one.why))
        yield judged.outcome.why if judged.outcome else ""
    if asked := entry.question:
        yield asked.settled_by
        yield from (text for one in asked.positions for text in (one.text, one.note))
        yield from (one.why for one in asked.evidence)
    if watched := entry.indicator:
        yield watched.where
        yield from (sign.text for sign in watched.outcomes)


def _people(volume: Volume, entry: Entry) -> Iterator[str]:
    for name in (entry.by, entry.actor):
        if name:
            yield name.text
            shown = volume.name_of(name)
            if shown != name.text:
                yield shown
    yield from filter(None, (entry.role, entry.affiliation))


def _footnotes(notes: tuple[Footnote, ...]) -> Iterator[str]:
    for note in notes:
        yield from filter(None, (note.quote, prose.plain(note.note), note.page, *note.origin))


def _spoken_of(volume: Volume, entry: Entry) -> Iterator[str]:
    """Yield all names of an entry's subjects and speakers."""
    named = [*entry.about, *(name.entity for name in (entry.by, entry.actor) if name)]
    for name in dict.fromkeys(named):
        if entity := volume.entities.get(name):
            yield from entity.names
