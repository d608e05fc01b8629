"""A briefing, a pane or an entry as JSON, its names those of the TOML where it has them."""

import json
from typing import Any

from tui.briefing.kinds import ENTRY_PANES
from tui.library.records import Entry, Source
from tui.library.volume import Volume
from tui.render.citation import citation_with_chain, text_of
from tui.render.words import rating


def json_of(volume: Volume, pane: str = "", entry: str = "") -> str:
    """Write a whole briefing, one pane of it, or one entry, source or entity."""
    edition = volume.edition
    if entry:
        written: Any = _thing(volume, entry)
    elif pane == "entities":
        written = [_plain(entity) for entity in edition.entities]
    elif pane == "sources":
        written = [_source(volume, source) for source in edition.sources]
    elif pane.partition(":")[0] == "evidence":
        from tui.render.evidence.front import evidence_data

        written = evidence_data(volume, pane.partition(":")[2])
    elif pane in ENTRY_PANES:
        written = [_entry(volume, one) for one in volume.pane(pane)]
    else:
        header = {key: value for key, value in _plain(edition).items() if key not in {"entries", "sources", "entities"}}
        header["conflicts"] = [[one.id, other.id, why] for one, other, why in volume.conflicts]
        written = header
        if pane != "overview":
            written |= {
                "entries": [_entry(volume, one) for one in edition.entries],
                "sources": [_source(volume, source) for source in edition.sources],
                "entities": [_plain(entity) for entity in edition.entities],
            }
    return json.dumps(written, ensure_ascii=False, indent=2)


def _thing(volume: Volume, former_or_not: str) -> dict[str, Any]:
    name = volume.id_now(former_or_not)
    if name in volume.entries:
        return _entry(volume, volume.entries[name])
    if name in volume.sources:
        return _source(volume, volume.sources[name])
    return _plain(volume.entities[name])


def _entry(volume: Volume, entry: Entry) -> dict[str, Any]:
    relations = [
        {"relation": relation.name, "declared_here": relation.outgoing, "entry": relation.other.id, "why": relation.why}
        for relation in volume.relations(entry)
    ]
    written = {key: value for key, value in _plain(entry).items() if key != "links"}
    return written | {
        "address": f"{volume.edition.id}#{entry.id}",
        "rating": rating(volume, entry),
        "relations": relations,
    }


def _source(volume: Volume, source: Source) -> dict[str, Any]:
    # Where the text lies on this machine is nobody's business but its user's.
    written = {key: value for key, value in _plain(source).items() if key != "held"} | {"held": bool(source.held)}
    cited = text_of(citation_with_chain(volume, source))
    return written | {"citation": cited, "cited_by": [holder.id for holder, _ in volume.citing(source)]}


def _plain(record: Any) -> dict[str, Any]:
    """Turn a record into a dictionary, and the records in it."""
    return {key: _value(value) for key, value in zip(record._fields, record, strict=True)}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return _plain(value) if hasattr(value, "_fields") else [_value(item) for item in value]
    return value
