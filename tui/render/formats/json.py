"""The export to JSON. Keys are called as in the TOML where the TOML has them."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from tui.briefing import prose
from tui.briefing.kinds import ENTRY_PANES, KINDS
from tui.library.records import Edition, Entity, Entry, Source
from tui.library.summaries import Summary
from tui.library.volume import Volume
from tui.render.citation import citation_with_chain, text_of
from tui.render.selection import id_called

if TYPE_CHECKING:
    from tui.render.hits import SearchResult
    from tui.render.selection import Selection
    from tui.search.answers import Shown
    from tui.search.matcher import Matcher

_KEYS: Final = {"from_": "from", "speaks_for": "for"}
"""The TOML keys of fields that are called otherwise."""
_NAMES: Final = frozenset({"editor", "translator"})
"""The CSL variables that are lists of names."""
_OF_FORMAT_2: Final[Mapping[type, frozenset[str]]] = {
    Edition: frozenset({"information_cutoff", "status", "from", "until", "origins", "revisions"}),
    Entry: frozenset({"short", "note"}),
    Source: frozenset({"republish", "note"}),
    Entity: frozenset({"party", "reliability"}),
}
"""The keys of format 2 that are left out where they are empty."""


def library(rows: Sequence[Summary], width: int) -> Iterator[str]:  # noqa: ARG001 (JSON has no lines)
    """Write the list of the library."""
    yield _dumped(
        [
            {
                "id": row.id,
                "title": row.title,
                "bluf": prose.plain(row.bluf),
                "as_of": row.as_of,
                "counts": row.counts,
                "status": row.publication.status,
                "from": row.publication.from_.isoformat() if row.publication.from_ else None,
                "until": row.publication.until.isoformat() if row.publication.until else None,
                "problems": [str(problem) for problem in row.problems],
            }
            for row in rows
        ]
    )


def briefing(selection: "Selection", width: int) -> Iterator[str]:  # noqa: ARG001 (likewise)
    """Write a briefing, one pane, or one entry, source or entity."""
    volume, pane, entry = selection
    yield _dumped(_thing(volume, entry) if entry else _pane(volume, pane or ""))


def answer(result: "SearchResult", width: int) -> Iterator[str]:  # noqa: ARG001 (likewise)
    """Write an answer with its hits and facets."""
    from tui.render.hits import gap_words
    from tui.search.matcher import Matcher

    found = result.answer
    searched = found.searched
    matcher = Matcher(found.node, found.languages)
    yield _dumped(
        {
            "query": result.query,
            "total": found.total.number,
            "offset": result.offset,
            "left": result.left,
            "searched": {
                "briefings": searched.briefings,
                "entries": searched.entries,
                "sources": searched.sources,
                "texts_not_held": searched.texts_not_held,
                "broken": list(searched.unread),
                "complete": searched.complete,
                "missing": list(gap_words(searched)),
            },
            "unmet": list(found.unmet),
            "suggestions": list(found.suggestions),
            "fuzzy": found.fuzzy,
            "alike": found.alike,
            "hits": [_hit(shown, matcher) for shown in filter(None, map(result.show, found.hits))],
            "facets": {name: dict(values) for name, values in result.facets().items()},
        }
    )


def _dumped(written: object) -> str:
    return json.dumps(written, ensure_ascii=False, indent=2)


def _hit(shown: "Shown", matcher: "Matcher") -> dict[str, object]:
    text = shown.best(matcher)
    return {
        "briefing": shown.hit.briefing,
        "kind": shown.hit.kind,
        "id": shown.id,
        "address": shown.address,
        "number": shown.number,
        "paragraph": shown.hit.paragraph if shown.hit.kind == "text" else None,
        "heading": shown.heading,
        "rating": shown.rating,
        "text": text,
        "spans": [list(span) for span in matcher.spans(text)],
        "page": shown.page,
        "score": round(shown.hit.score, 4),
    }


def _pane(volume: Volume, pane: str) -> Any:
    """Return the data of a pane, or of the whole briefing."""
    edition = volume.edition
    if pane == "entities":
        return [_written(entity) for entity in edition.entities]
    if pane == "sources":
        return [_source(volume, source) for source in edition.sources]
    if pane.partition(":")[0] == "evidence":
        from tui.render.evidence.front import evidence_data

        return evidence_data(volume, pane.partition(":")[2])
    if pane in ENTRY_PANES:
        return [_entry(volume, entry) for entry in volume.pane(pane)]
    header = _written(
        edition, without={"entries", "sources", "entities", *(("format",) if edition.format == 1 else ())}
    )
    header["conflicts"] = [
        [one.id, other.id, why, *([kind] if kind else [])] for one, other, why, kind in volume.links.conflicts
    ]
    if pane == "overview":
        return header
    return header | {
        "entries": [_entry(volume, entry) for entry in edition.entries],
        "sources": [_source(volume, source) for source in edition.sources],
        "entities": [_written(entity) for entity in edition.entities],
    }


def _thing(volume: Volume, name: str) -> dict[str, Any]:
    name = id_called(volume, name)
    if name in volume.entries:
        return _entry(volume, volume.entries[name])
    if name in volume.sources:
        return _source(volume, volume.sources[name])
    return _written(volume.entities[name])


def _entry(volume: Volume, entry: Entry) -> dict[str, Any]:
    relations = [
        {"relation": relation.name, "declared_here": relation.outgoing, "entry": relation.other.id, "why": relation.why}
        | ({} if relation.stated else {"stated": False})
        | ({"weak": True} if relation.weak else {})
        | {key: value for key, value in (("kind", relation.kind), ("position", relation.position)) if value}
        for relation in volume.links.relations(entry)
    ]
    written = _written(entry, without={"links", "listed", *KINDS})
    if volume.edition.format == 1 and entry.quantity:
        written["quantity"]["note"] = written["quantity"].pop("words")
    for own in (entry.judgment, entry.question, entry.indicator) if volume.edition.format > 1 else ():
        written |= _plain(own) if own else {}
    if entry.judgment:
        written |= written.pop("assess") or {}
        written |= {way: [link.to for link in entry.links if link.relation == way] for way in ("for", "against")}
    return written | {
        "address": f"{volume.edition.id}#{entry.id}",
        "rating": volume.rating(entry),
        "relations": relations,
    }


def _source(volume: Volume, source: Source) -> dict[str, Any]:
    # The path of the text on this machine is private.
    written = _written(source, without={"held", "csl"}) | {"held": bool(source.held)}
    for name, values in source.csl:
        written[name] = list(values) if name in _NAMES else values[0]
    cited = text_of(citation_with_chain(volume, source))
    return written | {"citation": cited, "cited_by": [holder.id for holder, _ in volume.links.citing(source)]}


def _written(record: Any, without: Collection[str] = ()) -> dict[str, Any]:
    """Convert a record, without keys of format 2 that are empty."""
    return {
        key: value
        for key, value in _plain(record).items()
        if key not in without and (value or key not in _OF_FORMAT_2[type(record)])
    }


def _plain(record: Any) -> dict[str, Any]:
    """Convert a record to a dictionary, and the records in it. Each field is called as its key."""
    return {_KEYS.get(key, key): _value(value) for key, value in zip(record._fields, record, strict=True)}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return _plain(value) if hasattr(value, "_fields") else [_value(item) for item in value]
    return value
