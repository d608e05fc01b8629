"""The addresses within a site, from the targets of links on pages.

A briefing has a folder. Its first page has an anchor for each id, so that `briefing/#entry` leads to all of them.
"""

from typing import Final

from tui.briefing.kinds import PANES
from tui.library.volume import Volume
from tui.render.views import PANE, choice_of

INDEX: Final = "index.html"
SOURCES: Final = "sources.html"
ENTITIES: Final = "entities.html"
EVIDENCE: Final = "evidence.html"
SEARCH: Final = "search.html"
FEED: Final = "feed.xml"
CITATIONS: Final = "citations"
"""The folder of a briefing's sources in the formats of `briefing cite`."""
TEXTS: Final = "texts"
"""The folder of the held texts that may be shown whole."""
_PANE: Final = "pane:"
_VIEW: Final = "view:"
"""No id of an entry has a colon."""


def pane_anchor(name: str) -> str:
    """Return the anchor of a pane on the first page."""
    return f"{_PANE}{name}"


def view_anchor(name: str, part: str = "") -> str:
    """Return the anchor of a view, or of a dispute in it."""
    return f"{_VIEW}{name}:{part}" if part else f"{_VIEW}{name}"


def note_anchor(holder: str, position: int) -> str:
    """Return the anchor of a footnote. Positions count from 1."""
    return f"{holder}:{position}"


def mark_anchor(holder: str, position: int) -> str:
    """Return the anchor of a footnote's mark in the text."""
    return f"{holder}:{position}:mark"


class Addresses:
    """The addresses of one briefing, as links of one of its pages."""

    def __init__(self, volume: Volume, page: str) -> None:
        """Write links for a page of a briefing."""
        self._volume = volume
        self._page = page

    def of(self, target: str, holder: str = "") -> str:
        """Return the address of a target; empty where the site has none.

        Args:
            target: the target of a span or a block.
            holder: the id of the entry whose footnotes are meant.
        """
        if target.startswith("#"):
            return self.item(target[1:])
        kind, _, rest = target.partition(":")
        if kind == "note":
            return f"#{note_anchor(holder, int(rest))}" if holder else ""
        if kind == "page":
            return self._named(rest)
        if kind == "text":
            source, _, paragraph = rest.partition("/")
            return self.text(source, paragraph)
        return ""

    def item(self, name: str) -> str:
        """Return the address of an entry, a source or an entity."""
        name = self._volume.id_now(name)
        page = INDEX if name in self._volume.entries else SOURCES if name in self._volume.sources else ENTITIES
        return self.at(page, name) if self._volume.has(name) else ""

    def text(self, source: str, paragraph: str = "") -> str:
        """Return the address of a held text. Only texts that may be shown have one."""
        if source not in self._volume.sources or not self._volume.sources[source].republish:
            return ""
        return self.at(f"{TEXTS}/{source}.html", f"p{paragraph}" if paragraph else "")

    def at(self, page: str, anchor: str = "") -> str:
        """Return the address of an anchor on a page of the briefing."""
        page = self.up(page) if page != self._page or not anchor else ""
        return f"{page}#{anchor}" if anchor else page

    def up(self, path: str) -> str:
        """Return the relative address of a path within the briefing's folder."""
        return f"{'../' * self._page.count('/')}{path}"

    def _named(self, name: str) -> str:
        """Return the address of a page by its name in the reader."""
        if name.partition(":")[0] == "overview":
            return self.at(INDEX)
        if name in PANES and name != PANE:
            return self.at(INDEX, pane_anchor(name))
        if name == "entities":
            return self.at(ENTITIES)
        choice = choice_of(name)
        if choice is None:
            return ""
        is_dispute = choice.view == "conflicts" and choice.part
        return self.at(EVIDENCE, view_anchor(choice.view, choice.part if is_dispute else "") if choice.view else "")
