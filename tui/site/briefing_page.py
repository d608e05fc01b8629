"""The first page of a briefing: its front page, then its panes."""

from collections.abc import Iterator
from typing import Final

from tui.briefing import edtf
from tui.briefing.kinds import ENTRY_PANES, PANES
from tui.library.records import Entity, Source
from tui.library.volume import Volume
from tui.render import words
from tui.render.evidence.coverage import small_shares
from tui.render.overview import pane_count
from tui.render.page import Block, Para
from tui.render.pages import entities_page, source_block
from tui.render.views import VIEWS
from tui.site import frame
from tui.site.addresses import ENTITIES, EVIDENCE, FEED, INDEX, SOURCES, pane_anchor, view_anchor
from tui.site.blocks import Setter
from tui.site.elements import Element, Node, element
from tui.site.entry_sections import entry_article
from tui.site.front import front_sections
from tui.site.metadata import citation_head, downloads

_ROOT: Final = "../"


def briefing_page(volume: Volume, *, is_listed: bool = True) -> Element:
    """Set the first page of a briefing. A page that is in no list has no feed."""
    edition, setter = volume.edition, Setter(volume, INDEX)
    head = citation_head(volume)
    if is_listed:
        feed = {"rel": "alternate", "type": "application/atom+xml", "href": FEED, "title": "Changes"}
        head = (*head, element("link", feed))
    return frame.page(
        edition.title,
        element("div", {"class": "title"}, frame.title_element(edition.title, edition.lang), *_dates(volume)),
        _navigation(setter),
        *front_sections(setter),
        _coverage(setter),
        *_panes(setter),
        _sources(setter),
        _entities(setter),
        downloads(volume, is_listed=is_listed),
        root=_ROOT,
        lang=edition.lang,
        kind="briefing",
        head=head,
        is_listed=is_listed,
    )


def _dates(volume: Volume) -> Iterator[Element]:
    """Yield the dates of the briefing, and its authors."""
    edition = volume.edition
    told = [f"as of {edtf.in_words(edition.as_of)}"]
    told += [f"information to {edtf.in_words(edition.information_cutoff)}"] * bool(edition.information_cutoff)
    told.append(words.count(len(edition.sources), "source"))
    yield element("p", {"class": "meta"}, words.dotted(told))
    if edition.authors:
        yield element("p", {"class": "meta authors", "dir": "auto"}, ", ".join(edition.authors))


def _navigation(setter: Setter) -> Element:
    """Set the ways to the panes, with the numbers of their entries."""
    volume = setter.volume
    rows = [
        (str(key), pane.title, pane_count(volume, pane.name), setter.address(f"page:{pane.name}"))
        for key, pane in enumerate(PANES.values())
        if pane.name != "overview" and (pane_count(volume, pane.name) or pane.name == "evidence")
    ]
    if volume.edition.entities:
        rows.append(("e", "Entities", len(volume.edition.entities), setter.addresses.at(ENTITIES)))
    items = (
        element(
            "li",
            {},
            element("span", {"class": "key", "aria-hidden": "true"}, key),
            element("a", {"href": address}, title),
            element("span", {"class": "meta"}, f" {number:,}") if number else None,
        )
        for key, title, number, address in rows
    )
    return element("nav", {"aria-label": "Panes"}, element("ul", {"class": "panes"}, *items))


def _coverage(setter: Setter) -> Element:
    return element(
        "section",
        {"class": "front"},
        element("h2", {}, element("a", {"href": setter.addresses.at(EVIDENCE, view_anchor("coverage"))}, "EVIDENCE")),
        element("div", {}, *setter.block(Block("coverage", (Para(small_shares(setter.volume)),))), _views(setter)),
    )


def _views(setter: Setter) -> Element:
    """Set the ways to the views of the evidence."""
    items = (
        element("li", {}, element("a", {"href": setter.addresses.at(EVIDENCE, view_anchor(view.name))}, view.title))
        for view in VIEWS
    )
    return element("ul", {"class": "line"}, *items)


def _panes(setter: Setter) -> Iterator[Element]:
    """Yield the panes of entries, without empty ones."""
    for name in ENTRY_PANES:
        if entries := setter.volume.pane(name):
            yield _pane(name, *(entry_article(setter, entry) for entry in entries))


def _pane(name: str, *content: Node) -> Element:
    anchor = pane_anchor(name)
    title = element("h2", {"id": f"{anchor}:title"}, PANES[name].title if name in PANES else "Entities")
    return element("section", {"class": "pane", "id": anchor, "aria-labelledby": f"{anchor}:title"}, title, *content)


def _sources(setter: Setter) -> Node:
    """Set the list of sources. Each leads to its own section."""
    sources = setter.volume.edition.sources
    items = (_source(setter, source) for source in sources)
    return _pane("sources", element("ol", {"class": "sources"}, *items)) if sources else None


def _source(setter: Setter, source: Source) -> Element:
    cited = source_block(setter.volume, source).paras[0]
    link = element("a", {"class": "number", "href": setter.addresses.at(SOURCES, source.id)}, str(source.number))
    item = {"id": source.id, "value": str(source.number), "dir": "auto"}
    return element("li", item, link, " ", *setter.inline(cited.spans))


def _entities(setter: Setter) -> Node:
    """Set the index of entities."""
    page = entities_page(setter.volume)
    named = {entity.id: entity for entity in setter.volume.edition.entities}
    items = (_entity(setter, named[name]) for name in page.ids)
    return _pane("entities", element("ul", {"class": "index"}, *items)) if len(page) else None


def _entity(setter: Setter, entity: Entity) -> Element:
    link = element("a", {"href": setter.addresses.at(ENTITIES, entity.id)}, entity.name)
    return element("li", {"id": entity.id, "dir": "auto"}, link)
