"""The list of the library's briefings, the newest first."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from tui.briefing import edtf, prose
from tui.library.summaries import Summary
from tui.render.library import counts_words
from tui.render.words import count, dotted
from tui.site import frame
from tui.site.addresses import FEED, INDEX
from tui.site.elements import Element, Node, document, element

PAGE: Final = 200
"""The most briefings of a page."""
_TITLE: Final = "Library"


class Card(NamedTuple):
    """The facts of a briefing that its summary lacks."""

    lang: str


def library_pages(
    number: int, rows: Sequence[Summary], cards: Mapping[Path, Card], whole: int
) -> Iterator[tuple[str, bytes]]:
    """Yield a page of the list of briefings.

    Args:
        number: the number of the page, from 1.
        rows: the briefings of the page.
        cards: their cards, by their files.
        whole: the number of all briefings.
    """
    feed = {"rel": "alternate", "type": "application/atom+xml", "href": FEED, "title": _TITLE}
    page = frame.page(
        _TITLE,
        element("div", {"class": "title"}, element("h1", {}, _TITLE)),
        element("p", {"class": "meta"}, count(whole, "briefing")),
        element("ol", {"class": "library"}, *(_briefing(row, cards[row.path].lang) for row in rows)) if rows else None,
        _turns(number, whole),
        element("p", {"class": "meta"}, element("a", {"href": FEED}, "Atom feed of this library")),
        root="",
        kind="library",
        head=(element("link", feed),),
    )
    yield _path(number), document(page)


def _path(number: int) -> str:
    return INDEX if number == 1 else f"list-{number}.html"


def _turns(number: int, whole: int) -> Node:
    """Set the ways to the other pages of the list."""
    last = max(1, -(-whole // PAGE))
    ways = [(number - 1, "Newer briefings")] * (number > 1) + [(number + 1, "Older briefings")] * (number < last)
    items = (element("li", {}, element("a", {"href": _path(to)}, said)) for to, said in ways)
    return element("nav", {"aria-label": "Pages"}, element("ul", {"class": "panes"}, *items)) if ways else None


def _briefing(row: Summary, lang: str) -> Element:
    spoken = {"lang": lang} if lang != "en" else {}
    told = dotted(filter(None, (f"as of {edtf.in_words(row.as_of)}", counts_words(row))))
    return element(
        "li",
        {},
        element("h2", {"dir": "auto", **spoken}, element("a", {"href": f"{row.id}/{INDEX}"}, row.title)),
        element("p", {"class": "meta"}, told),
        element("p", {"dir": "auto", **spoken}, prose.plain(row.bluf)),
    )
