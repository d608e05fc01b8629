"""Entries as articles, each with its footnotes at the end."""

from collections.abc import Iterator
from typing import Final

from tui.briefing.kinds import KINDS
from tui.library.records import Entity, Entry, Footnote
from tui.render.entries import entry_parts
from tui.render.notes import sidenote
from tui.render.page import Para
from tui.render.words import count
from tui.site.addresses import SOURCES, mark_anchor, note_anchor
from tui.site.blocks import Setter
from tui.site.elements import Element, Node, element

_QUOTE, _META = "quote", "meta"
_RELATIONS: Final = "Relations and reasons"


def entry_article(setter: Setter, entry: Entry) -> Element:
    """Set an entry. All relations with their reasons stand behind a disclosure."""
    (first, *others), related = entry_parts(setter.volume, entry)
    stated, all_related = entry_parts(setter.volume, entry, full=True)
    shown = {first, *others}
    further = [para for para in stated if para.text and para not in shown]
    if [para.text for para in related] != [para.text for para in all_related]:
        further += all_related
    is_headed = bool(first.spans) and first.spans[0].role == "heading"
    number = element("a", {"class": "number", "href": f"#{entry.id}"}, entry.number)
    heading = element("span", {"dir": "auto"}, *setter.inline(first.spans, entry.id)) if is_headed else None
    body = others if is_headed else [first._replace(marker=None, hang=0), *others]
    kind = element("span", {"class": "hidden"}, f"{KINDS[entry.table].title} ")
    return element(
        "article",
        {"id": entry.id, "class": f"entry {entry.table}"},
        *_former(entry),
        element("h3", {} if is_headed else {"class": "bare"}, element("span", {}, kind, number), " ", heading),
        element(
            "div",
            {"class": "said"},
            *setter.flow(body, entry.id),
            element("div", {"class": "brief"}, *setter.flow(related, entry.id)) if related else None,
            _disclosure(setter, further, entry),
        ),
        notes_list(setter, entry, entry.number),
    )


def _former(thing: Entry | Entity) -> Iterator[Element]:
    """Yield the anchors of former ids."""
    return (element("span", {"id": old}) for old in thing.was)


def _disclosure(setter: Setter, paras: list[Para], entry: Entry) -> Node:
    if not paras:
        return None
    return element("details", {}, element("summary", {}, _RELATIONS), *setter.flow(paras, entry.id))


def notes_list(setter: Setter, holder: Entry | Entity, name: str) -> Node:
    """Set the footnotes of an entry or an entity."""
    if not holder.notes:
        return None
    label = f"{count(len(holder.notes), 'footnote')} of {name}"
    firsts: dict[int, int] = {}
    for position, note in enumerate(holder.notes, 1):
        firsts.setdefault(note.number, position)
    in_text = isinstance(holder, Entry)  # an entity's text has no marks
    items = (
        _note(setter, holder.id, note, position, mark_anchor(holder.id, firsts[note.number]) if in_text else holder.id)
        for position, note in enumerate(holder.notes, 1)
    )
    return element("ol", {"class": "notes", "aria-label": label}, *items)


def _note(setter: Setter, holder: str, note: Footnote, position: int, back_to: str) -> Element:
    """Set a footnote. `back_to` is the anchor of its mark."""
    volume = setter.volume
    named, *others = sidenote(volume, note, position).paras
    source = volume.sources[note.source]
    label, *rest = named.spans
    link = element("a", {"class": "source", "href": setter.addresses.at(SOURCES, source.id)}, label.text)
    back = {"href": f"#{back_to}", "role": "doc-backlink", "aria-label": "Back to the text"}
    spoken = {"lang": source.lang} if source.lang and source.lang != "en" else {}
    return element(
        "li",
        {"id": note_anchor(holder, position), "value": str(note.number), "popover": ""},
        element("p", {"dir": "auto"}, link, *setter.inline(rest)),
        *(_line(setter, para, spoken if para.spans[0].role == "quote" else {}) for para in others),
        element("p", {}, element("a", {"class": "back", **back}, "↩")),
    )


def _line(setter: Setter, para: Para, spoken: dict[str, str]) -> Element:
    if spoken:
        return element("p", {"class": "quote", "dir": "auto", **spoken}, element("q", {}, para.text))
    return setter.para(para)
