"""The documents of the index: passages with their words and field values."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as day_of
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.briefing import edtf
from tui.language.tokens import spaced, words_of
from tui.library.records import Entity, Entry, Source
from tui.library.volume import Volume
from tui.search.fields import KINDS
from tui.search.index.passages import (
    called,
    entity_texts,
    entry_texts,
    fronts,
    headings_of,
    paragraphs_of,
    quotes_of,
    source_texts,
)
from tui.search.index.schema import SHORT
from tui.search.index.values import Value, front_values, item_values, text_values

if TYPE_CHECKING:
    from tantivy import Document

FIRST_DATE: Final = 0
LAST_DATE: Final = 99_999_999
_PARAGRAPH_BITS: Final = 24
_ITEM_BITS: Final = 32
_MASK: Final = (1 << _PARAGRAPH_BITS) - 1
ORDER_BITS: Final = 32
"""Bits for the positions of the passages of one briefing."""

_SHORT_BEGINNING: Final = itemgetter(slice(SHORT))
_FIRST_LETTER: Final = itemgetter(0)


class Passage(NamedTuple):
    """One document of the index, before tantivy's own form."""

    item: int
    """Kind, index and paragraph, as `packed`."""
    texts: tuple[str, ...]
    tags: str
    """Values for filters and facets, `name=value` with spaces between them."""
    names: str
    """Words of names for fields, likewise, and the keys of exact addresses."""
    headings: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    dates: tuple[int, int] | None = None
    """The first and the last possible day, as numbers YYYYMMDD."""


def packed(kind: str, index: int, paragraph: int = -1) -> int:
    """Pack kind, index and paragraph into one number, in reading order."""
    return (KINDS.index(kind) << _ITEM_BITS + _PARAGRAPH_BITS) | (index << _PARAGRAPH_BITS) | (paragraph + 1)


def unpacked(item: int) -> tuple[str, int, int]:
    """Return kind, index and paragraph of a packed number."""
    index = (item >> _PARAGRAPH_BITS) & ((1 << _ITEM_BITS) - 1)
    return KINDS[item >> (_ITEM_BITS + _PARAGRAPH_BITS)], index, (item & _MASK) - 1


def order_of(as_of: str, path: str) -> int:
    """Return the upper half of a briefing's positions, the newest briefing first.

    The number is computed from the briefing alone, so that the order of indexing does not matter.
    """
    year, month, day = edtf.sort_key(as_of)
    known = day_of(max(1, int(year or "1")), max(1, month), min(28, max(1, day))).toordinal()
    return ((1 << 22) - 1 - known) << 10 | hashlib.blake2b(path.encode(errors="replace"), digest_size=2).digest()[0]


def passages(volume: Volume) -> Iterator[Passage]:
    """Yield the passages of a briefing, in reading order."""
    edition = volume.edition
    for index, front in enumerate(fronts(volume)):
        keys = () if index else (exact_key(edition.id), exact_key(edition.title))
        headings = () if index else (edition.title,)
        yield _passage(
            packed("briefing", index),
            front.texts,
            front_values(volume),
            keys,
            headings=headings,
            date=edition.as_of,
        )
    for index, entry in enumerate(edition.entries):
        yield _passage(
            packed(entry.table, index),
            entry_texts(volume, entry),
            tuple(item_values(volume, entry)),
            _keys(volume, entry, entry.number),
            headings=headings_of(volume, entry),
            quotes=quotes_of(entry),
            date=entry.date,
        )
    for index, entity in enumerate(edition.entities):
        yield _passage(
            packed("entity", index),
            entity_texts(entity),
            tuple(item_values(volume, entity)),
            (*_keys(volume, entity), *map(exact_key, called(entity))),
            headings=headings_of(volume, entity),
            quotes=quotes_of(entity),
        )
    for index, source in enumerate(edition.sources):
        yield _passage(
            packed("source", index),
            source_texts(source),
            tuple(item_values(volume, source)),
            _keys(volume, source),
            date=source.issued,
        )
    for index, source in enumerate(edition.sources):
        shared = _passage(0, (), text_values(volume, source))
        for number, text in paragraphs_of(volume, source):
            yield shared._replace(item=packed("text", index, number), texts=(text,))


def _passage(
    item: int,
    texts: Iterable[str],
    values: Sequence[Value],
    keys: Iterable[str] = (),
    *,
    headings: tuple[str, ...] = (),
    quotes: Iterable[str] = (),
    date: str = "",
) -> Passage:
    tags = _joined(value.tag for value in values)
    names = _joined((*chain.from_iterable(value.names for value in values), *keys))
    return Passage(item, tuple(texts), tags, names, headings, tuple(quotes), bounds(date) if date else None)


def _joined(terms: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(terms).split()))


def _keys(volume: Volume, item: Entry | Entity | Source, number: str = "") -> Iterator[str]:
    """Yield an item's own terms: id, number, address, headings and revision."""
    briefing = volume.edition.id
    for words in (item.id, number, f"{briefing}#{item.id}", *headings_of(volume, item)):
        if key := exact_key(words):
            yield key
    yield f"item={briefing}#{item.id}"
    yield f"rev={briefing}#{item.id}@{item.digest}"


def exact_key(words: str) -> str:
    """Return the term of an item that is called exactly so."""
    found = words_of(words).split()
    return f"=_{'_'.join(found)[:200]}" if found else ""


def bounds(written: str) -> tuple[int, int] | None:
    """Return the days YYYYMMDD that bound an EDTF date. None for other text."""
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


def document(passage: Passage, number: int, order: int) -> "Document":
    """Convert a passage to a document of the briefing with a number."""
    from tantivy import Document

    written = Document()
    for text in passage.texts:
        words = spaced(text)
        written.add_text("words", words)
        written.add_text("begins", beginnings(words.split()))
    for heading in passage.headings:
        written.add_text("heading", spaced(heading))
    for quote in passage.quotes:
        written.add_text("quote", spaced(quote))
    written.add_text("tags", passage.tags)
    written.add_text("names", passage.names)
    written.add_unsigned("of", number)
    written.add_unsigned("item", passage.item)
    written.add_unsigned("order", order)
    if passage.dates:
        written.add_unsigned("first", passage.dates[0])
        written.add_unsigned("last", passage.dates[1])
    return written


def beginnings(words: Iterable[str]) -> str:
    """Return the first one and two letters of all words, without repetition."""
    # Half the time of indexing in Python is spent here, so functions of C do the work.
    short = set(map(_SHORT_BEGINNING, words))
    return " ".join(short.union(map(_FIRST_LETTER, short)))
