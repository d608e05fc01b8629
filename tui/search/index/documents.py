"""From a briefing that is open to the documents of the index."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from tui.briefing import edtf
from tui.language.tokens import words_of
from tui.library.records import Entity, Entry, Source
from tui.library.volume import Volume
from tui.search.fields import KINDS
from tui.search.index.passages import (
    entity_texts,
    entry_texts,
    fronts,
    headings_of,
    paragraphs_of,
    quotes_of,
    source_texts,
)

FIRST_DATE: Final = 0
LAST_DATE: Final = 99_999_999
_PERSON: Final = "person"
_PARAGRAPH_BITS: Final = 24
_ITEM_BITS: Final = 32
_MASK: Final = (1 << _PARAGRAPH_BITS) - 1
ORDER_BITS: Final = 32
"""Bits for the places of the passages of one briefing."""


class Passage(NamedTuple):
    """One document of the index, in words."""

    item: int
    """What it is: kind, place and paragraph, as `packed`."""
    texts: tuple[str, ...]
    tags: str
    """The values that filter and are counted, `name=value` with spaces between them."""
    names: str
    """Names under which it is looked for in a field, and the addresses that mean nothing but it, likewise."""
    headings: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    dates: tuple[int, int] | None = None
    """The first and the last day that it may be of, as figures YYYYMMDD."""


def packed(kind: str, place: int, paragraph: int = -1) -> int:
    """Put kind, place and paragraph into one number, in the order in which a briefing is read."""
    return (KINDS.index(kind) << _ITEM_BITS + _PARAGRAPH_BITS) | (place << _PARAGRAPH_BITS) | (paragraph + 1)


def unpacked(item: int) -> tuple[str, int, int]:
    """Give kind, place and paragraph again."""
    place = (item >> _PARAGRAPH_BITS) & ((1 << _ITEM_BITS) - 1)
    return KINDS[item >> (_ITEM_BITS + _PARAGRAPH_BITS)], place, (item & _MASK) - 1


def order_of(as_of: str, path: str) -> int:
    """Give the upper half of a briefing's places in the order of the library: the newest first.

    It comes from the briefing alone, so that the order does not depend on which briefing was indexed first.
    """
    year, month, day = edtf.sort_key(as_of)
    known = date(max(1, int(year or "1")), max(1, month), min(28, max(1, day))).toordinal()
    return ((1 << 22) - 1 - known) << 10 | hashlib.blake2b(path.encode(errors="replace"), digest_size=2).digest()[0]


def passages(volume: Volume) -> Iterator[Passage]:
    """Give everything in a briefing that can be found, in reading order."""
    edition = volume.edition
    inside = _value("in", edition.id)
    about_briefing = " ".join([*_tokens("in", edition.id), *_tokens("in", edition.title)])
    yield from _fronts(volume, inside, about_briefing)
    for place, entry in enumerate(edition.entries):
        yield _entry(volume, entry, place, inside, about_briefing)
    for place, entity in enumerate(edition.entities):
        yield _entity(volume, entity, place, inside, about_briefing)
    for place, source in enumerate(edition.sources):
        yield _source(volume, source, place, inside, about_briefing)
    for place, source in enumerate(edition.sources):
        tags = f"kind=text {inside} {_value('source', source.id)} {_value('reliability', source.reliability)}"
        names = " ".join([about_briefing, *_of_source(source)])
        for number, text in paragraphs_of(volume, source):
            yield Passage(packed("text", place, number), (text,), tags, names)


def _fronts(volume: Volume, inside: str, about_briefing: str) -> Iterator[Passage]:
    edition = volume.edition
    own = " ".join([about_briefing, exact_key(edition.id), exact_key(edition.title)])
    for place, front in enumerate(fronts(volume)):
        names, headings = (about_briefing, ()) if place else (own, (edition.title,))
        tags = f"kind=briefing {inside}"
        yield Passage(packed("briefing", place), front.texts, tags, names, headings, dates=_dates(edition.as_of))


def _entry(volume: Volume, entry: Entry, place: int, inside: str, about_briefing: str) -> Passage:
    sources = [volume.sources[note.source] for note in entry.notes]
    tags = [_value("kind", entry.table), inside, *_statement(entry), *_rated(volume, entry)]
    tags += [_value("about", name) for name in entry.about]
    tags += [_value("source", source.id) for source in dict.fromkeys(sources)]
    tags += [_value("has", name) for name in _has(volume, entry)]
    names = [about_briefing, *_addresses(volume, entry, entry.number), *_tokens("stance", entry.stance)]
    for name in filter(None, (entry.by, entry.actor)):
        for words in (name.text, name.entity, *_all_names(volume, name.entity)):
            names += _tokens("by", words)
    for target in entry.about:
        for words in (target, *_all_names(volume, target)):
            names += _tokens("about", words)
    for source in dict.fromkeys(sources):
        names += _of_source(source)
    return Passage(
        packed(entry.table, place),
        tuple(entry_texts(volume, entry)),
        _joined(tags),
        _joined(names),
        headings_of(volume, entry),
        tuple(quotes_of(entry)),
        _dates(entry.date),
    )


def _statement(entry: Entry) -> Iterator[str]:
    if entry.kind:
        yield _value("kind", entry.kind)
    if entry.by:
        yield _value("by", entry.by.entity or entry.by.text)
    if entry.stance:
        yield _value("stance", entry.stance)


def _rated(volume: Volume, entry: Entry) -> Iterator[str]:
    if code := volume.rating(entry):
        yield _value("rating", code)
    if entry.notes:
        yield _value("reliability", volume.sources[entry.notes[0].source].reliability)
    if entry.assess and entry.assess.likelihood:
        yield _value("likelihood", entry.assess.likelihood)


def _has(volume: Volume, entry: Entry) -> Iterator[str]:
    if any(relation.name == "conflicts" for relation in volume.relations(entry)):
        yield "conflict"
    if any(note.quote for note in entry.notes):
        yield "quote"
    if any(volume.carried_by(volume.sources[note.source]).held for note in entry.notes):
        yield "text"
    for name, value in (("quantity", entry.quantity), ("assessment", entry.assess), ("date", entry.date)):
        if value:
            yield name


def _entity(volume: Volume, entity: Entity, place: int, inside: str, about_briefing: str) -> Passage:
    tags = [_value("kind", "entity"), inside, _value("about", entity.id)]
    tags += [_value("has", "quote")] if any(note.quote for note in entity.notes) else []
    tags += [_value("source", name) for name in dict.fromkeys(note.source for note in entity.notes)]
    names = [about_briefing, *_addresses(volume, entity, "")]
    if entity.type == _PERSON:  # is meant by any part of the name
        names += [exact_key(part) for part in words_of(entity.name).split()]
    for words in (entity.id, *_all_names(volume, entity.id)):
        names += _tokens("about", words)
    for source in dict.fromkeys(note.source for note in entity.notes):
        names += _of_source(volume.sources[source])
    return Passage(
        packed("entity", place),
        tuple(entity_texts(entity)),
        _joined(tags),
        _joined(names),
        headings_of(volume, entity),
        tuple(quotes_of(entity)),
    )


def _source(volume: Volume, source: Source, place: int, inside: str, about_briefing: str) -> Passage:
    tags = [_value("kind", "source"), inside, _value("source", source.id), _value("reliability", source.reliability)]
    has = {"text": source.held, "date": source.issued}
    tags += [_value("has", name) for name, value in has.items() if value]
    names = [about_briefing, *_addresses(volume, source, ""), *_of_source(source)]
    for author in source.author:
        names += _tokens("by", author)
    return Passage(
        packed("source", place),
        tuple(source_texts(source)),
        _joined(tags),
        _joined(names),
        dates=_dates(source.issued),
    )


def _addresses(volume: Volume, item: Entry | Entity | Source, number: str) -> Iterator[str]:
    """Give what means nothing but this: its id, number and address, its headings, and its revision."""
    briefing = volume.edition.id
    for words in (item.id, number, f"{briefing}#{item.id}", *headings_of(volume, item)):
        if key := exact_key(words):
            yield key
    yield f"item={briefing}#{item.id}"
    yield f"rev={briefing}#{item.id}@{item.digest}"


def exact_key(words: str) -> str:
    """Give the term under which something is found by exactly these words."""
    found = words_of(words).split()
    return f"=_{'_'.join(found)[:200]}" if found else ""


def _of_source(source: Source) -> list[str]:
    return [*_tokens("source", source.id), *_tokens("source", source.label)]


def _all_names(volume: Volume, name: str) -> tuple[str, ...]:
    entity = volume.entities.get(name)
    return (entity.name, *entity.aka) if entity else ()


def _value(name: str, value: str) -> str:
    """Write a value as one term: it may hold spaces, and terms may not."""
    return f"{name}={'_'.join(value.split())}"


def _tokens(name: str, words: str) -> list[str]:
    return [f"{name}={word}" for word in words_of(words).split()]


def _joined(terms: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(terms).split()))


def _dates(written: str) -> tuple[int, int] | None:
    return bounds(written) if written else None


def bounds(written: str) -> tuple[int, int] | None:
    """Give the first and the last day that a date of EDTF may mean, as figures YYYYMMDD; None where it is none."""
    try:
        parsed = edtf.parse(written)
    except ValueError:
        return None
    if not parsed.interval:
        assert parsed.start is not None  # noqa: S101 (a date that is no interval has its start)
        return _first(parsed.start), _last(parsed.start)
    return (
        _first(parsed.start) if parsed.start else FIRST_DATE,
        _last(parsed.end) if parsed.end else LAST_DATE,
    )


def _first(day: edtf.Day) -> int:
    year, month, number = edtf.sort_key_of(day)
    return int(year) * 10_000 + max(1, month) * 100 + max(1, number)


def _last(day: edtf.Day) -> int:
    year, month, number = edtf.latest(day)
    return int(year) * 10_000 + min(month, 12) * 100 + min(number, 31)
