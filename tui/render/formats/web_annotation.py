"""The export to W3C Web Annotations, one for each quoted footnote."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, uuid5

from tui.briefing import prose
from tui.briefing.kinds import ENTRY_PANES
from tui.library.records import Entity, Entry, Footnote
from tui.library.volume import Volume
from tui.render.selection import id_called

if TYPE_CHECKING:
    from tui.render.selection import Selection

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"


def briefing(selection: "Selection", width: int) -> Iterator[str]:  # noqa: ARG001 (JSON has no lines)
    """Write the annotations of a selection as one page."""
    volume, pane, entry = selection
    name = f"{volume.edition.id}#{entry}" if entry else volume.edition.id
    items, turns = [], Counter[tuple[str, ...]]()
    for one in _holders(volume, pane, id_called(volume, entry)):
        for note in (note for note in one.notes if note.quote):
            words = (one.id, note.source, note.quote, note.prefix, note.suffix)
            turns[words] += 1
            items.append(annotation(volume, one, note, turns[words]))
    page = {"@context": _CONTEXT, "id": _urn(name), "type": "AnnotationPage", "items": items}
    yield json.dumps(page, ensure_ascii=False, indent=2)


def annotation(volume: Volume, one: Entry | Entity, note: Footnote, turn: int) -> dict[str, Any]:
    """Return the annotation of a footnote of an entry or entity.

    Its id is the same at every export, wherever the footnote stands among the others, so that a second import changes
    nothing. `turn` counts footnotes of the same words.
    """
    source = volume.sources[note.source]
    selectors: list[dict[str, Any]] = [
        {"type": "TextQuoteSelector", "exact": note.quote}
        | ({"prefix": note.prefix} if note.prefix else {})
        | ({"suffix": note.suffix} if note.suffix else {})
    ]
    if note.start >= 0 and note.checked and not note.is_in_another_text(volume.carried_by(source)):
        selectors.append({"type": "TextPositionSelector", "start": note.start, "end": note.end})
    known: dict[str, Any] = {"dcterms:title": source.title} if source.title else {}
    if source.sha256:
        known["dcterms:identifier"] = f"urn:sha256:{source.sha256}"
    address = f"{volume.edition.id}#{one.id}"
    return {
        "id": _urn("\n".join((address, note.source, note.quote, note.prefix, note.suffix, str(turn)))),
        "type": "Annotation",
        "motivation": "describing",
        "body": {
            "type": "TextualBody",
            "value": prose.plain(one.text) or volume.shown(one.id),
            "format": "text/plain",
            "language": volume.edition.lang,
        },
        "target": {
            "source": {"id": source.url or f"briefing:{volume.edition.id}#{source.id}", "type": "Text", **known},
            "selector": selectors,
        },
        "dcterms:identifier": address,
    }


def _holders(volume: Volume, pane: str | None, name: str) -> tuple[Entry | Entity, ...]:
    """Return the entries and entities of a selection. Entities belong to no pane of entries."""
    if name:
        one = volume.entries.get(name) or volume.entities.get(name)
        return (one,) if one else ()
    if pane:
        return volume.pane(pane) if pane in ENTRY_PANES else ()
    return (*volume.edition.entries, *volume.edition.entities)


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'briefing:{name}')}"
