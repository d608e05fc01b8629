"""Atom feeds of the library and of each briefing."""

import uuid
from collections.abc import Iterable
from typing import Final

from tui.briefing import edtf, prose
from tui.library.summaries import Summary
from tui.library.volume import Volume
from tui.site.addresses import FEED, INDEX
from tui.site.elements import Element, xml_element

_ATOM: Final = "http://www.w3.org/2005/Atom"
_NAMES: Final = uuid.UUID("6f6c1ad2-1c0c-5d4f-9e36-0c5f0b8f6a51")
"""The namespace of the ids of feeds and entries."""
_AUTHOR: Final = "Briefing Browser"


def library_feed(rows: Iterable[Summary]) -> Element:
    """Set the feed of the library, an entry a briefing."""
    listed = list(rows)
    return _feed(
        "Library",
        "library",
        max((_moment(row.as_of) for row in listed), default=_moment("")),
        (_AUTHOR,),
        *(_entry(row.title, f"{row.id}", _moment(row.as_of), f"{row.id}/{INDEX}", row.bluf) for row in listed),
    )


def briefing_feed(volume: Volume) -> Element:
    """Set the feed of a briefing, with its revisions."""
    edition = volume.edition
    entries = [
        _entry(edition.title, f"{edition.id} {place} {one.on}", _moment(one.on), INDEX, one.text)
        for place, one in enumerate(edition.revisions)
    ]
    first = _entry(edition.title, f"{edition.id} {edition.as_of}", _moment(edition.as_of), INDEX, edition.bluf)
    return _feed(edition.title, edition.id, _moment(edition.as_of), edition.authors or (_AUTHOR,), first, *entries)


def _feed(title: str, name: str, updated: str, authors: Iterable[str], *entries: Element) -> Element:
    return xml_element(
        "feed",
        {"xmlns": _ATOM},
        xml_element("title", {}, title),
        xml_element("id", {}, _id(f"feed {name}")),
        xml_element("updated", {}, updated),
        *(xml_element("author", {}, xml_element("name", {}, author)) for author in authors),
        xml_element("link", {"rel": "self", "href": FEED}),
        xml_element("link", {"rel": "alternate", "type": "text/html", "href": INDEX}),
        *entries,
    )


def _entry(title: str, name: str, updated: str, address: str, text: str) -> Element:
    return xml_element(
        "entry",
        {},
        xml_element("title", {}, title),
        xml_element("id", {}, _id(name)),
        xml_element("updated", {}, updated),
        xml_element("link", {"rel": "alternate", "type": "text/html", "href": address}),
        xml_element("summary", {}, " ".join(prose.plain(text).split())),
    )


def _id(name: str) -> str:
    return uuid.uuid5(_NAMES, name).urn


def _moment(date: str) -> str:
    """Return the first moment of an EDTF date, in UTC."""
    year, month, day = edtf.sort_key(date) if date else ("1970", 1, 1)
    return f"{int(year):04}-{max(1, month):02}-{min(28, max(1, day)) if month == 2 else max(1, day):02}T00:00:00Z"
