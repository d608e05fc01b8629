"""The page of a briefing's entities, each with its entries."""

from tui.library.records import Entity, Entry
from tui.library.volume import Volume
from tui.render.links import brief_span, number_link
from tui.render.page import Para, Span
from tui.render.pages import entities_page as entities_index
from tui.render.pages import entity_block
from tui.site import frame
from tui.site.addresses import ENTITIES
from tui.site.blocks import Setter
from tui.site.elements import Element, Node, element
from tui.site.entry_sections import notes_list


def entities_page(volume: Volume, *, is_listed: bool = True) -> Element:
    """Set the page of all entities, by name."""
    setter = Setter(volume, ENTITIES)
    named = {entity.id: entity for entity in volume.edition.entities}
    articles = (_entity(setter, named[name]) for name in entities_index(volume).ids)
    return frame.briefing_page(
        volume, setter.addresses, "Entities", "entities", element("h1", {}, "Entities"), *articles, is_listed=is_listed
    )


def _entity(setter: Setter, entity: Entity) -> Element:
    links = setter.volume.links
    _, *facts = entity_block(setter.volume, entity).paras
    return element(
        "article",
        {"id": entity.id, "class": "entry entity"},
        *(element("span", {"id": old}) for old in entity.was),
        element("h2", {"dir": "auto"}, entity.name),
        element(
            "div",
            {"class": "said"},
            *setter.flow(facts),
            *_entries(setter, f"Said by {entity.name}", links.said_by(entity)),
            *_entries(setter, f"Said about {entity.name}", links.about(entity)),
        ),
        notes_list(setter, entity, entity.name),
    )


def _entries(setter: Setter, title: str, entries: tuple[Entry, ...]) -> tuple[Node, ...]:
    if not entries:
        return ()
    named = (Para((number_link(entry), Span(" "), brief_span(entry, 96))) for entry in entries)
    items = (element("li", {"dir": "auto"}, *setter.inline(para.spans)) for para in named)
    return (element("p", {"class": "heading"}, title), element("ul", {"class": "index"}, *items))
