"""The export to JSON. Keys are called as in the TOML where the TOML has them."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tui.briefing import prose
from tui.briefing.kinds import ENTRY_PANES
from tui.library.records import Entry, Source
from tui.library.summaries import Summary
from tui.library.volume import Volume
from tui.render.citation import citation_with_chain, text_of

if TYPE_CHECKING:
    from tui.render.hits import SearchResult
    from tui.render.selection import Selection
    from tui.search.answers import Shown
    from tui.search.matcher import Matcher


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
    from tui.search.matcher import Matcher

    found = result.answer
    searched = found.searched
    matcher = Matcher(found.node, found.languages)
    yield _dumped(
        {
            "query": result.query,
            "total": found.total,
            "searched": {
                "briefings": searched.briefings,
                "entries": searched.entries,
                "sources": searched.sources,
                "texts_not_held": searched.texts_not_held,
                "broken": list(searched.unread),
                "complete": searched.complete,
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
        return [_plain(entity) for entity in edition.entities]
    if pane == "sources":
        return [_source(volume, source) for source in edition.sources]
    if pane.partition(":")[0] == "evidence":
        from tui.render.evidence.front import evidence_data

        return evidence_data(volume, pane.partition(":")[2])
    if pane in ENTRY_PANES:
        return [_entry(volume, entry) for entry in volume.pane(pane)]
    header = {key: value for key, value in _plain(edition).items() if key not in {"entries", "sources", "entities"}}
    header["conflicts"] = [[one.id, other.id, why] for one, other, why, _ in volume.links.conflicts]
    if pane == "overview":
        return header
    return header | {
        "entries": [_entry(volume, entry) for entry in edition.entries],
        "sources": [_source(volume, source) for source in edition.sources],
        "entities": [_plain(entity) for entity in edition.entities],
    }


def _thing(volume: Volume, name: str) -> dict[str, Any]:
    name = volume.id_now(name)
    if name in volume.entries:
        return _entry(volume, volume.entries[name])
    if name in volume.sources:
        return _source(volume, volume.sources[name])
    return _plain(volume.entities[name])


def _entry(volume: Volume, entry: Entry) -> dict[str, Any]:
    relations = [
        {"relation": relation.name, "declared_here": relation.outgoing, "entry": relation.other.id, "why": relation.why}
        for relation in volume.links.relations(entry)
    ]
    written = {key: value for key, value in _plain(entry).items() if key != "links"}
    return written | {
        "address": f"{volume.edition.id}#{entry.id}",
        "rating": volume.rating(entry),
        "relations": relations,
    }


def _source(volume: Volume, source: Source) -> dict[str, Any]:
    # The path of the text on this machine is private.
    written = {key: value for key, value in _plain(source).items() if key != "held"} | {"held": bool(source.held)}
    cited = text_of(citation_with_chain(volume, source))
    return written | {"citation": cited, "cited_by": [holder.id for holder, _ in volume.links.citing(source)]}


def _plain(record: Any) -> dict[str, Any]:
    """Convert a record to a dictionary, and the records in it."""
    return {key: _value(value) for key, value in zip(record._fields, record, strict=True)}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return _plain(value) if hasattr(value, "_fields") else [_value(item) for item in value]
    return value
