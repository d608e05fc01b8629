"""The export to JSON. Keys are called as in the TOML where the TOML has them.

Every document names its format and its version. Keys may be added to a version; where one is taken away or holds another
type of value, `VERSION` is raised. `tui.render.formats.json_schema` describes the documents.
"""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from tui.briefing import prose
from tui.briefing.kinds import ENTRY_PANES, KINDS
from tui.library.records import Entry, Source
from tui.library.summaries import Summary
from tui.library.volume import Volume
from tui.render.citation import citation_with_chain, text_of
from tui.render.selection import id_called

if TYPE_CHECKING:
    from tui.library.entry_links import Relation
    from tui.render.hits import SearchResult
    from tui.render.selection import Selection
    from tui.search.answers import Shown
    from tui.search.matcher import Matcher

KEYS: Final = {"from_": "from", "speaks_for": "for"}
"""The TOML keys of fields that are called otherwise."""
NAMES: Final = frozenset({"editor", "translator"})
"""The CSL variables that are lists of names."""
FORMAT: Final = "briefing-browser"
VERSION: Final = 1
"""The version of the documents."""
APART: Final = frozenset({"format", "entries", "sources", "entities"})
RESOLVED: Final = frozenset({"links", "listed", *KINDS})
"""The fields of an entry that stand in other keys."""
VIEWS: Final = ("conflicts", "judgments", "figures")
"""The views of the evidence that a whole briefing has; the others have panes of their own."""


def library(rows: Sequence[Summary], width: int) -> Iterator[str]:  # noqa: ARG001 (JSON has no lines)
    """Write the list of the library."""
    yield _dumped(
        "library",
        {
            "briefings": [
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
        },
    )


def briefing(selection: "Selection", width: int) -> Iterator[str]:  # noqa: ARG001 (likewise)
    """Write a briefing, one pane, or one entry, source or entity."""
    volume, pane, entry = selection
    if entry:
        yield _dumped(*_thing(volume, entry))
    elif pane:
        yield _dumped("pane", {"briefing": volume.edition.id, "pane": pane, "content": _pane(volume, pane)})
    else:
        yield _dumped("briefing", _whole(volume))


def answer(result: "SearchResult", width: int) -> Iterator[str]:  # noqa: ARG001 (likewise)
    """Write an answer with its hits and facets."""
    from tui.render.hits import gap_words
    from tui.search.matcher import Matcher

    found = result.answer
    searched = found.searched
    matcher = Matcher(found.node, found.languages)
    yield _dumped(
        "answer",
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
        },
    )


def _dumped(kind: str, written: dict[str, Any]) -> str:
    return json.dumps({"format": f"{FORMAT}/{kind}", "version": VERSION, **written}, ensure_ascii=False, indent=2)


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
    """Return the data of a pane."""
    edition = volume.edition
    if pane == "overview":
        return _header(volume)
    if pane == "entities":
        return [_plain(entity) for entity in edition.entities]
    if pane == "sources":
        return [_source(volume, source) for source in edition.sources]
    if pane in ENTRY_PANES:
        return [_entry(volume, entry) for entry in volume.pane(pane)]
    from tui.render.evidence.front import evidence_data

    return evidence_data(volume, pane.partition(":")[2])


def _whole(volume: Volume) -> dict[str, Any]:
    from tui.render.evidence.front import evidence_data

    evidence = {name: data for view in VIEWS for name, data in evidence_data(volume, view).items()}
    whole = {name: _pane(volume, name) for name in ("sources", "entities")}
    entries = [_entry(volume, entry) for entry in volume.edition.entries]
    return {**_header(volume), "entries": entries, **whole, "evidence": evidence}


def _header(volume: Volume) -> dict[str, Any]:
    written = _plain(volume.edition._replace(entries=(), sources=(), entities=()))
    header = {key: value for key, value in written.items() if key not in APART}
    conflicts = [
        {"entries": [one.id, other.id], "why": why, "kind": kind} for one, other, why, kind in volume.links.conflicts
    ]
    return {**header, "toml_format": volume.edition.format, "conflicts": conflicts}


def _thing(volume: Volume, name: str) -> tuple[str, dict[str, Any]]:
    """Return an entry, a source or an entity, behind its kind."""
    name = id_called(volume, name)
    if name in volume.entries:
        return "entry", _entry(volume, volume.entries[name])
    if name in volume.sources:
        return "source", _source(volume, volume.sources[name])
    return "entity", _plain(volume.entities[name])


def _entry(volume: Volume, entry: Entry) -> dict[str, Any]:
    written = _plain(entry._replace(links=()))
    for own in (entry.judgment, entry.question, entry.indicator):
        written |= _plain(own) if own else {}
    if entry.judgment:
        written |= written.pop("assess") or {}
        written |= {way: [link.to for link in entry.links if link.relation == way] for way in ("for", "against")}
    return {key: value for key, value in written.items() if key not in RESOLVED} | {
        "address": f"{volume.edition.id}#{entry.id}",
        "rating": volume.rating(entry),
        "relations": [_relation(one) for one in volume.links.relations(entry)],
    }


def _relation(relation: "Relation") -> dict[str, Any]:
    name, outgoing, other, *rest = relation
    keys = ("why", "stated", "kind", "weak", "position")
    return {"relation": name, "declared_here": outgoing, "entry": other.id, **dict(zip(keys, rest, strict=True))}


def _source(volume: Volume, source: Source) -> dict[str, Any]:
    # The path of the text on this machine is private.
    csl = {name: list(values) if name in NAMES else values[0] for name, values in source.csl}
    written = {**_plain(source), "held": bool(source.held), "csl": csl}
    cited = text_of(citation_with_chain(volume, source))
    return written | {"citation": cited, "cited_by": [holder.id for holder, _ in volume.links.citing(source)]}


def _plain(record: Any) -> dict[str, Any]:
    """Convert a record to a dictionary, and the records in it. Each field is called as its key."""
    return {KEYS.get(key, key): _value(value) for key, value in zip(record._fields, record, strict=True)}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return _plain(value) if hasattr(value, "_fields") else [_value(item) for item in value]
    return value
