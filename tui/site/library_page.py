"""The first page of a site: the briefings of the library."""

from collections.abc import Iterable

from tui.briefing import edtf, prose
from tui.library.summaries import Summary
from tui.render.library import counts_words
from tui.render.words import count, dotted
from tui.site import frame
from tui.site.addresses import FEED, INDEX
from tui.site.elements import Element, element

TITLE = "Library"


class Listed:
    """A briefing of the list, with the language of its words."""

    def __init__(self, row: Summary, lang: str) -> None:
        """Describe a briefing by its summary."""
        self.row = row
        self.lang = lang


def library_page(rows: Iterable[Listed]) -> Element:
    """Set the list of the briefings."""
    listed = list(rows)
    feed = {"rel": "alternate", "type": "application/atom+xml", "href": FEED, "title": TITLE}
    return frame.page(
        TITLE,
        element("div", {"class": "title"}, element("h1", {}, TITLE)),
        element("p", {"class": "meta"}, count(len(listed), "briefing")),
        element("ol", {"class": "library"}, *map(_briefing, listed)),
        element("p", {"class": "meta"}, element("a", {"href": FEED}, "Atom feed of this library")),
        root="",
        kind="library",
        head=(element("link", feed),),
    )


def _briefing(listed: Listed) -> Element:
    row = listed.row
    lang = {"lang": listed.lang} if listed.lang != "en" else {}
    told = dotted(filter(None, (f"as of {edtf.in_words(row.as_of)}", counts_words(row))))
    link = element("a", {"href": f"{row.id}/{INDEX}"}, row.title)
    return element(
        "li",
        {},
        element("h2", {"dir": "auto", **lang}, link),
        element("p", {"class": "meta"}, told),
        element("p", {"dir": "auto", **lang}, prose.plain(row.bluf)),
    )
