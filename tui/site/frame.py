"""The frame of every page: head, policy, search and way back."""

from collections.abc import Iterable, Mapping
from typing import Final

from tui.library.volume import Volume
from tui.site.addresses import INDEX, SEARCH, Addresses
from tui.site.elements import Element, Node, element

STYLE: Final = "site.css"
SCRIPT: Final = "site.js"
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
)
"""The policy for content: nothing is loaded but the site's own style and script."""
_LINKS: Final = {"rel": "stylesheet"}


def page(
    title: str,
    *body: Node,
    root: str,
    lang: str = "en",
    kind: str = "",
    head: Iterable[Node] = (),
    is_listed: bool = True,
) -> Element:
    """Set a whole page.

    Args:
        title: the title for the window.
        body: what stands between the page's header and its footer.
        root: the way to the folder of the site, such as `../`.
        lang: the language of the title.
        kind: the class of the page.
        head: further metadata.
        is_listed: whether search engines may list the page.
    """
    metas: tuple[Mapping[str, str], ...] = (
        {"charset": "utf-8"},
        {"http-equiv": "Content-Security-Policy", "content": _POLICY},
        {"name": "viewport", "content": "width=device-width, initial-scale=1"},
        {"name": "color-scheme", "content": "light dark"},
        {"name": "referrer", "content": "no-referrer"},
        {"name": "generator", "content": "Briefing Browser"},
        *([] if is_listed else [{"name": "robots", "content": "noindex"}]),
    )
    return element(
        "html",
        {"lang": lang},
        element(
            "head",
            {},
            *(element("meta", meta) for meta in metas),
            element("title", {}, title),
            element("link", {"rel": "stylesheet", "href": f"{root}{STYLE}"}),
            element("script", {"src": f"{root}{SCRIPT}", "defer": ""}),
            *head,
        ),
        element(
            "body",
            {"class": kind} if kind else {},
            element("a", {"class": "skip", "href": "#main", "lang": "en"}, "Skip to the text"),
            element(
                "header",
                {"class": "top", "lang": "en"},
                element("a", {"href": f"{root}index.html", "class": "library"}, "Library"),
                _search(root),
            ),
            element("main", {"id": "main", "lang": "en"}, *body),
        ),
    )


def briefing_page(
    volume: Volume, addresses: Addresses, title: str, kind: str, *body: Node, is_listed: bool = True
) -> Element:
    """Set a further page of a briefing, with the way back."""
    edition = volume.edition
    lang = {"lang": edition.lang} if edition.lang != "en" else {}
    back = element("a", {"href": addresses.at(INDEX), **lang}, edition.title)
    return page(
        f"{title}: {edition.title}",
        element("p", {"class": "back-to", "dir": "auto"}, back),
        *body,
        root=addresses.up("../"),
        lang=edition.lang,
        kind=kind,
        is_listed=is_listed,
    )


def _search(root: str) -> Element:
    field = {"type": "search", "name": "q", "aria-label": "Search the library", "placeholder": "Search", "id": "q"}
    form = {"action": f"{root}{SEARCH}", "role": "search"}
    return element("form", form, element("input", field), element("button", {}, "Search"))


def title_element(title: str, lang: str, name: str = "h1") -> Element:
    """Set a title in its language."""
    return element(name, {"dir": "auto", **({"lang": lang} if lang != "en" else {})}, title)
