"""The page of the search."""

from tui.site import frame
from tui.site.addresses import INDEX
from tui.site.elements import Element, element


def search_page() -> Element:
    """Set the page, which needs its script. Without that it names the ways that are left."""
    without = element(
        "noscript",
        {},
        element(
            "p",
            {},
            "The search needs JavaScript. The page of a briefing has all of its entries, and your browser finds words in it.",
        ),
        element("p", {}, element("a", {"href": INDEX}, "The library")),
    )
    return frame.page(
        "Search",
        element("h1", {}, "Search"),
        without,
        element("p", {"class": "meta", "id": "said", "role": "status"}),
        element("ol", {"class": "hits", "id": "hits"}),
        element("button", {"id": "more", "type": "button", "hidden": ""}, "More hits"),
        root="",
        kind="search",
        is_listed=False,
    )
