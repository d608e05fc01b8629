"""Annotations as quotes of held sources. Each is exact, or is refused with a reason."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from tui.authoring.additions import taken_ids
from tui.authoring.annotations import Annotation, Annotations, Refusal
from tui.authoring.bibliographies import address_mark
from tui.authoring.drafts import prose_words
from tui.authoring.quotations import quotation
from tui.briefing import anchors
from tui.briefing.anchors import Span
from tui.briefing.model import Briefing
from tui.briefing.provenance import chain
from tui.briefing.source import Source
from tui.briefing.toml_edits import Insert
from tui.briefing.toml_text import basic_string
from tui.library.located_quotes import locate
from tui.library.source_texts import SourceText

OWN_SCHEME: Final = "briefing:"
"""The beginning of the address of a source without one, in our own export."""
_HEADING: Final = "# Quoted by `briefing import` from annotations; each is a draft until you have settled it.\n\n"


class Quoted(NamedTuple):
    """The quotes that annotations add, as drafts of claims."""

    edits: tuple[Insert, ...]
    ids: tuple[str, ...]
    """The ids of the claims."""
    doubles: tuple[Refusal, ...]
    """The annotations whose words the briefing quotes already."""
    refused: tuple[Refusal, ...]


class _RefusedError(Exception):
    """The reason why an annotation is refused."""


def quoted(
    given: Annotations, briefing: Briefing, data: Mapping[str, Any], text_of: Callable[[Source], SourceText | None]
) -> Quoted:
    """Return the edits that add the quotes of annotations.

    Words that the briefing quotes are not added again, nor one annotation twice.

    Args:
        given: the annotations.
        briefing: the existing briefing.
        data: its TOML.
        text_of: returns the held text of a source.
    """
    places = _Places(briefing, text_of)
    known = dict(reversed([*places.quoted(data)]))  # the first holder is named
    names = _names(taken_ids(data))
    seen: dict[tuple[str, Span, str, str], int] = {}
    tables: dict[str, str] = {}
    doubles, refused = [], list(given.refused)
    for one in given.found:
        try:
            place = places.of(one)
            mark = (place.carrier, place.span, one.said, one.comment)
            there = known.get(mark[:2], "")
            if there or mark in seen:
                said = f"quotes the words of {there!r}" if there else f"is alike annotation {seen[mark]}"
                doubles.append(Refusal(one.number, f"{said}; it was not added"))
            else:
                claim = _claim(one, place)
                seen[mark] = one.number
                name = next(names)
                tables[name] = _table({"id": basic_string(name), **claim})
        except _RefusedError as error:
            refused.append(Refusal(one.number, str(error)))
    edits = (Insert(_HEADING + "\n\n".join(tables.values()), "claim"),) if tables else ()
    return Quoted(edits, tuple(tables), tuple(doubles), tuple(sorted(refused)))


def _names(taken: frozenset[str]) -> Iterator[str]:
    return (name for number in itertools.count(1) if (name := f"annotation-{number}") not in taken)


class _Place(NamedTuple):
    """The place of an annotation's words."""

    source: Source
    carrier: str
    """The id of the source whose text has them."""
    text: SourceText
    span: Span


class _Places:
    """The sources of a briefing with their held texts."""

    def __init__(self, briefing: Briefing, text_of: Callable[[Source], SourceText | None]) -> None:
        self._briefing = briefing
        self._text_of = text_of
        self._texts: dict[str, SourceText | None] = {}
        self._through = {source.id: source.cited_in or "" for source in briefing.source}
        self._sources = {source.id: source for source in briefing.source}

    def of(self, one: Annotation) -> _Place:
        """Find the words of an annotation.

        Raises:
            _RefusedError: they cannot be quoted.
        """
        sources = list(dict.fromkeys(self._named(one)))
        if not sources:
            raise _RefusedError(f"no source has the address {one.address!r}; add the source first")
        carriers = [(source, *carried) for source in sources if (carried := self._carrier(source))]
        if not carriers:
            raise _RefusedError(
                f"the text of the source {sources[0].id!r} is not held here; hold it first: briefing hold"
            )
        reasons = []
        for source, carrier, text in carriers:
            span, reason = _span(one, text)
            if span:
                return _Place(source, carrier, text, span)
            reasons.append(f"{reason} of the source {source.id!r}")
        raise _RefusedError(reasons[0])

    def quoted(self, data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, Span], str]]:
        """Yield the places that are quoted already, with the holders' ids."""
        texts = {source.id: text for source in self._briefing.source if (text := self._text(source.id))}
        for quote in locate(self._briefing, texts):
            table, index = quote.path[:2]
            if len(quote.spans) == 1:
                yield (quote.carrier, quote.spans[0]), data[str(table)][index]["id"]

    def _named(self, one: Annotation) -> Iterator[Source]:
        """Yield the sources that an annotation names, by hash or address."""
        sources = self._briefing.source
        if one.sha256:
            yield from (source for source in sources if source.sha256 == one.sha256)
        own = one.address.partition("#")[2] if one.address.startswith(OWN_SCHEME) else ""
        yield from (source for source in sources if source.id == own)
        if mark := address_mark(one.address):
            yield from (source for source in sources if source.url and address_mark(source.url) == mark)

    def _carrier(self, source: Source) -> tuple[str, SourceText] | None:
        held = ((name, self._text(name)) for name in chain(source.id, self._through))
        return next(((name, text) for name, text in held if text), None)

    def _text(self, name: str) -> SourceText | None:
        if name not in self._texts:
            self._texts[name] = self._text_of(self._sources[name]) if name in self._sources else None
        return self._texts[name]


def _span(one: Annotation, text: SourceText) -> tuple[Span | None, str]:
    """Return the span of an annotation's words, or a reason for none."""
    is_same = one.sha256 == text.sha256 and one.start >= 0
    if not one.quote:
        is_there = is_same and one.end <= len(text.text)
        return ((one.start, one.end), "") if is_there else (None, "names offsets alone, without the sha256 of the text")
    for context in ((one.prefix, one.suffix), (one.prefix, ""), ("", one.suffix)):
        if any(context) and len(found := anchors.find(text.canonical, one.quote, *context)) == 1:
            return found[0], ""
    found = anchors.find(text.canonical, one.quote)
    if is_same and (one.start, one.end) in found:
        return (one.start, one.end), ""
    if not found:
        return None, "its words do not stand in the text"
    if len(found) > 1:
        return None, f"its words stand {len(found)} times, and prefix and suffix do not tell which, in the text"
    return found[0], ""


def _claim(one: Annotation, place: _Place) -> dict[str, str]:
    """Return the keys of a draft of a claim.

    Raises:
        _RefusedError: the words cannot be quoted.
    """
    found = quotation(place.text.canonical, place.text.paragraphs, place.source.id, place.span)
    if not found.line:
        raise _RefusedError(" ".join(found.remarks) or "its words are blank")
    words = prose_words(place.text.text[slice(*place.span)])
    said = prose_words(one.said) or f"Proposed as a claim from ¶{found.paragraph}: “{words}”"
    note = "\n\n".join(filter(None, map(prose_words, one.comment.split("\n\n"))))
    rows = {"text": basic_string(said), "cite": f"[{found.line}]", "note": basic_string(note) if note else ""}
    return {key: value for key, value in rows.items() if value} | {"draft": "true"}


def _table(rows: Mapping[str, str]) -> str:
    width = max(map(len, rows))
    return "\n".join(["[[claim]]", *(f"{key.ljust(width)} = {value}" for key, value in rows.items())]) + "\n"
