"""Metadata of a briefing for programs that cite."""

from typing import Final

from tui.briefing import edtf
from tui.library.volume import Volume
from tui.render.cite_formats import FORMATS, Cited, CiteFormat
from tui.site.addresses import CITATIONS, FEED
from tui.site.elements import Node, element

_GENERATED: Final = "Downloads"


def citation_head(volume: Volume) -> tuple[Node, ...]:
    """Return the metadata by which reference managers save the page."""
    edition = volume.edition
    told = [("description", " ".join(edition.bluf.split())), ("citation_title", edition.title)]
    told += [("citation_author", author) for author in edition.authors]
    told += [("citation_publication_date", _slashed(edition.as_of)), ("citation_language", edition.lang)]
    told += [("DC.title", edition.title), ("DC.type", "Report"), ("DC.date", edition.as_of)]
    told += [("DC.creator", author) for author in edition.authors]
    return tuple(element("meta", {"name": name, "content": content}) for name, content in told)


def _slashed(text: str) -> str:
    """Return the known parts of a date as 2026/11/22. An interval has its end."""
    date = edtf.parse(text)
    day = date.last or date.start
    known = (day.month, day.day) if day and day.month not in edtf.SEASONS else ()
    return "/".join([day.year, *(f"{part:02}" for part in known if part)]) if day else ""


def citation_path(written: CiteFormat) -> str:
    """Return the path of a format's file in the briefing's folder."""
    return f"{CITATIONS}/{written.name}{written.suffix}"


def citation_files(volume: Volume) -> dict[str, bytes]:
    """Write the sources of a briefing in each format of `briefing cite`."""
    sources = volume.edition.sources
    if not sources:
        return {}
    return {
        citation_path(written): "".join(
            f"{line}\n" for line in written.write(volume, [Cited(source) for source in sources])
        ).encode()
        for written in FORMATS.values()
    }


def downloads(volume: Volume, *, is_listed: bool) -> Node:
    """Set the links to the files of a briefing."""
    links = [(citation_path(written), written.title) for written in FORMATS.values()] if volume.edition.sources else []
    links += [(FEED, "Atom feed of changes")] * is_listed
    items = (element("li", {}, element("a", {"href": path}, title)) for path, title in links)
    title = element("h2", {}, _GENERATED)
    said = (
        element("p", {"class": "meta"}, "The sources, for programs that cite them.") if volume.edition.sources else None
    )
    return (
        element("section", {"class": "pane downloads"}, title, said, element("ul", {"class": "line"}, *items))
        if links
        else None
    )
