"""A crawler of a site in a folder."""

import posixpath
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [value for key in ("href", "src", "action") if (value := given.get(key))]
        if given.get("id"):
            self.anchors.add(str(given["id"]))


def pages_of(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file of a site."""
    for path in sorted(site.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield str(path.relative_to(site)), path.read_text(encoding="utf-8")


def dead_links(site: Path) -> set[tuple[str, str]]:
    """Return the links within a site that lead nowhere, each with its page."""

    @cache
    def read(path: str) -> _Links:
        links = _Links()
        links.feed((site / path).read_text(encoding="utf-8"))
        return links

    dead = set()
    for path, _ in pages_of(site):
        if not path.endswith((".html", ".xml")):
            continue
        for link in read(path).links:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            to = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            )
            is_there = (site / to).is_file()
            fragment = unquote(parts.fragment)
            if not is_there or (fragment and fragment not in read(to).anchors):
                dead.add((path, link))
    return dead
