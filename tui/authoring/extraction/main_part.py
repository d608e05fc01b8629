"""Separates the main part of a web page from its surroundings."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from tui.authoring.extraction.markup import has, name_of
from tui.authoring.extraction.sets import word_set

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROUND: Final = frozenset({"nav", "aside", "menu", "search"})
_ROUND_ROLES: Final = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu", "toolbar"}
)
_ROUND_NAMES: Final = word_set(
    "ad ads advert advertisement advertising breadcrumb breadcrumbs byline-share catlinks comments comment-list cookie "
    "cookie-banner cookies jump-link mw-editsection mw-jump-link navbar navbox navigation newsletter newsletter-signup "
    "noprint no-print outbrain pager pagination paywall popup post-navigation print-hidden printfooter promo recommended "
    "related related-articles related-posts related-stories share share-buttons sharedaddy sharing sidebar site-footer "
    "site-header skip-link skip-links social social-media social-share subscribe taboola tag-list tags toc toolbar "
    "vector-toc widget widget-area headerlink anchorjs-link"
)
"""Classes and ids of elements that surround the main part of a page."""
_UNSEEN_NAMES: Final = word_set(
    "sr-only visually-hidden visuallyhidden screen-reader-text screenreader-only a11y-hidden element-invisible"
)
_UNSEEN: Final = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_NOTES: Final = re.compile(r"(?:foot|end)-?notes?\b|\breflist\b|\breferences\b", re.IGNORECASE)
_MOST: Final = 0.6
"""The least share of the text of all articles that the main article has; the others are teasers."""
_KNOWN: Final = 0.95
"""The least share of trafilatura's text that must lie within the main part."""
_LARGE: Final = 4_000_000
"""Bytes of a page beyond which trafilatura is not used, since it takes about a second a megabyte."""
_RUN: Final = 4
"""The number of consecutive words that identify a passage."""


def leave(element: "Element") -> bool:
    """Whether an element is invisible or only surrounds the main part."""
    if element.get("hidden") is not None or _UNSEEN.search(element.get("style") or ""):
        return True
    if element.get("aria-hidden") == "true" and not "".join(element.itertext()).strip(" \n\t#¶§🔗"):
        return True
    if _is_of_notes(element):
        return False
    names = {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}
    if name_of(element) in {"body", "html", "main", "article"}:
        return False
    return bool(
        name_of(element) in _ROUND
        or _is_end_of_page(element)
        or element.get("role") in _ROUND_ROLES
        or names & _UNSEEN_NAMES
        or names & _ROUND_NAMES
    )


def _is_of_notes(element: "Element") -> bool:
    said = " ".join(filter(None, map(element.get, ("class", "id", "role", "epub:type"))))
    return bool(said and _NOTES.search(said)) or element.get("role") in {"note", "doc-footnote"}


def _is_end_of_page(element: "Element") -> bool:
    """Whether an element is a footer without notes, or a menu's header."""
    name = name_of(element)
    if name == "footer":
        return not any(_is_of_notes(inner) for inner in element.iterdescendants() if name_of(inner))
    return name == "header" and not has(element, "h1", "h2") and has(element, "nav", "ul")


def main_part(page: "Element", data: bytes) -> "tuple[Element, ...]":
    """Return the main part of a page, after a headline outside it.

    Args:
        page: the whole page.
        data: the page's file.
    """
    body = page.find(".//body")
    root = _told(page)
    if root is None:
        root = _found(body if body is not None else page, data)
    heads = [head for head in page.iter("h1") if not _is_within_round(head) and head.text_content().strip()]
    inside = set(root.iter("h1"))
    if len(heads) == 1 and not inside and _is_before(heads[0], root):
        return heads[0], root
    return (root,)


def _told(page: "Element") -> "Element | None":
    """Return the main part by the page's own markup.

    It is the largest article where that has most of the text, or the page's one `main` element.
    """
    mains = [*page.iter("main")] or page.xpath("//*[@role='main']")
    main = mains[0] if len(mains) == 1 else None
    articles = [one for one in (main if main is not None else page).iter("article") if not _is_within_round(one)]
    outer = [one for one in articles if not any(name_of(above) == "article" for above in one.iterancestors())]
    if outer:
        sizes = [len(one.text_content()) for one in outer]
        largest = max(sizes)
        whole = len(main.text_content()) if main is not None else sum(sizes)
        if largest >= _MOST * whole or (main is None and largest >= _MOST * sum(sizes)):
            return outer[sizes.index(largest)]
    return main


def _found(body: "Element", data: bytes) -> "Element":
    """Return the smallest part that has nearly all of trafilatura's text."""
    import trafilatura

    if len(data) > _LARGE:
        return body
    text = trafilatura.extract(data, include_comments=False, include_tables=True, favor_recall=True) or ""
    runs = set(_runs(text.split()))
    if not runs:
        return body
    here = _shared(body, runs)
    part = body
    while here:
        inner = max(((_shared(child, runs), child) for child in part if name_of(child)), key=_first, default=None)
        if inner is None or inner[0] < _KNOWN * here:
            break
        part = inner[1]
    return part


def _first(pair: "tuple[int, Element]") -> int:
    return pair[0]


def _shared(element: "Element", runs: set[str]) -> int:
    return sum(run in runs for run in _runs(element.text_content().split()))


def _runs(words: list[str]) -> Iterable[str]:
    return (" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1)))


def _is_within_round(element: "Element") -> bool:
    return any(leave(one) for one in (element, *element.iterancestors()))


def _is_before(element: "Element", other: "Element") -> bool:
    for one in element.getroottree().iter(element.tag, other.tag):
        if one is element or one is other:
            return one is element
    return False
