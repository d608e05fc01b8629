"""What the reader has before him: the open briefings, the page for every place, and where every link leads."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tui.briefing.kinds import ENTRY_PANES, PANE_OF, PANES
from tui.library.records import Entity, Entry, Source
from tui.library.volume import Volume
from tui.render.library import problems_page
from tui.render.overview import overview_page
from tui.render.page import Block, Page, fixed, line
from tui.render.views import view_of
from tui.session.keymap import NO_KEYS, Keymap
from tui.session.library_page import library_page
from tui.session.search.locations import query_of
from tui.session.shared import SharedContent, languages_of
from tui.session.unread import changes_block, entry_freshness
from tui.state.reader_state import ReaderState
from tui.state.records import Location

if TYPE_CHECKING:
    from tui.session.find.finder import Finder
    from tui.session.search.search_session import SearchSession

_WITH_NOTES = frozenset({"sources", "entity", "entities"})
"""Pages other than panes of entries beside which footnotes stand; a view of the evidence says so in its row."""


_OF_ONE: Final = frozenset({"entry", "source", "entity", "text"})
"""The kinds of page that show one entry, source or entity."""
_OWN: Final = frozenset({"overview", "evidence"})
"""The pages of a briefing that tell what only this reader has: what was read, and the keys."""


class Session:
    """Gives pages for places to one reader. It knows the library and the reader's state, and nothing of a screen."""

    def __init__(
        self,
        shared: SharedContent,
        state: ReaderState,
        extra_pages: Mapping[str, Callable[["Session"], Page]] | None = None,
        keymap: Keymap = NO_KEYS,
    ) -> None:
        """Begin a session.

        Args:
            shared: what is read, which other sessions may share.
            state: the reader's own state.
            extra_pages: further pages that belong to no briefing, such as the help, by name.
            keymap: the keys that pages tell.
        """
        self.shared = shared
        self.catalogue = shared.catalogue
        self.state = state
        self.keymap = keymap
        self.extra_pages = extra_pages or {}
        # Pages that depend on the reader, by place and the edition that they were made of.
        self._pages: dict[tuple[str, str, int], Page] = {}
        self._finders: dict[tuple[str, str, int], Finder] = {}
        self._left: dict[tuple[str, str], Location] = {}
        self.visits = state.visits()

    def adopt(self, state: ReaderState) -> None:
        """Serve another reader, of whom nothing was known when the session began."""
        self.state = state
        self.visits = state.visits()
        vars(self).pop("search", None)  # what answers the search keeps the queries of the reader before
        self._left.clear()
        self.forget_pages("")

    # Briefings

    def forget_pages(self, name: str) -> None:
        """Let the reader's own pages of a briefing, or of the library, be made anew."""
        self._pages = {key: page for key, page in self._pages.items() if key[0] != name}
        self._finders = {key: finder for key, finder in self._finders.items() if key[0] != name}
        vars(self).pop("_marked", None)

    def has(self, name: str) -> bool:
        """Whether the library has a briefing of this name; the pages that belong to none are always there."""
        return not name or self.shared.result(name) is not None or self.catalogue.find(name) is not None

    def volume(self, name: str) -> Volume | None:
        """Return an open briefing; None where it is not open or cannot be opened."""
        return self.shared.volume(name)

    # Pages

    def page(self, location: Location) -> Page:
        """Return the page for a place; one that is not there any more says so."""
        if (query := query_of(location)) is not None:
            return self.search.page(query)
        volume = self.volume(location.briefing)
        if volume is not None and location.page not in _OWN:
            return self.shared.page(location) or _gone(location)
        key = (location.briefing, location.page, self.shared.edition(location.briefing))
        if key not in self._pages:
            self._pages[key] = self._make(location, volume)
        return self._pages[key]

    def _make(self, location: Location, volume: Volume | None) -> Page:
        """Make a page that depends on the reader, or that no briefing has."""
        if not location.briefing:
            if location.page.startswith("sign:"):
                from tui.render.signs import sign_page

                return sign_page(location.page.removeprefix("sign:"))
            make = self.extra_pages.get(location.page)
            return make(self) if make else library_page(self.catalogue, self.state, self.visits, self.home_pane)
        if volume is None:
            return problems_page(location.briefing, self.shared.problems(location.briefing))
        if location.page == "overview":
            return overview_page(volume, changes_block(volume, self.state))
        from tui.render.evidence.front import front_page

        return front_page(volume, key_of=self.keymap.first)

    # Links

    def resolved(self, location: Location) -> Location:
        """Return a place by the ids that its briefing and what is on it have now; they may have been renamed."""
        volume = self.volume(location.briefing)
        if volume is None:
            return location
        kind, colon, name = location.page.partition(":")
        page = f"{kind}:{volume.id_now(name)}" if colon and kind in _OF_ONE else location.page
        if kind == "text":  # its blocks are paragraphs
            return location._replace(briefing=volume.edition.id, page=page)
        block, top = (
            f"{part}{separator}{volume.id_now(last)}"
            for part, separator, last in (block.rpartition(":") for block in (location.block, location.top))
        )
        return Location(volume.edition.id, page, block, top, location.row)

    def ids(self, briefing: str) -> frozenset[str]:
        """Return the ids of an open briefing: the one that it has, and those that it had."""
        volume = self.volume(briefing)
        return frozenset({briefing, *(volume.edition.was if volume else ())})

    def front(self, name: str) -> Location:
        """Return the place at which a briefing opens: where it was left, or its overview."""
        left = self.state.location(name)
        return left if left and left.page != "library" else Location(name, "overview")

    def left_in(self, briefing: str, pane: str) -> Location:
        """Return the place where a pane was last left."""
        return self._left.get((briefing, pane.partition("/")[0]), Location(briefing, pane))

    def leave(self, location: Location, to: Location) -> None:
        """Remember where a page was left, for coming back to it by its key and for the next start.

        Going from a briefing to elsewhere is what makes it read in its present revision.
        """
        volume = self.volume(location.briefing)
        if volume is None:
            return
        # What a name has behind a slash is how the page was shown; coming back, it is shown so again.
        self._left[location.briefing, location.page.partition("/")[0]] = location
        self.state.remember(location)
        if to.briefing != location.briefing:
            self.state.visited(location.briefing, volume.edition.digest)
            self.visits[location.briefing] = volume.edition.digest
            self.forget_pages("")

    # What the current block is

    def item(self, location: Location) -> Entry | Source | Entity | None:
        """Return the entry, source or entity that the current block of a place shows."""
        volume = self.volume(location.briefing)
        if volume is None:
            return None
        kind, _, shown = location.page.partition(":")
        part, _, name = location.block.rpartition(":")
        # Names of blocks that show none of these may still be the id of one.
        view = view_of(location.page)
        if kind == "evidence" and not part and not (view and view.has_entries):
            return None
        if kind == "overview" or (kind == "entity" and (part == "note" or location.block in {"said", "about"})):
            return None
        if kind in {"entry", "source", "text"}:
            name = shown
        return volume.entries.get(name) or volume.sources.get(name) or volume.entities.get(name)

    def has_notes(self, location: Location) -> bool:
        """Whether the blocks of a page have footnotes, or sources their uses, to stand beside them."""
        kind, _, _ = location.page.partition(":")
        view = view_of(location.page)
        has_notes = view.has_notes if view else kind in ENTRY_PANES or kind in _WITH_NOTES
        return has_notes and self.volume(location.briefing) is not None

    def is_read_on(self, page: str) -> bool:
        """Whether what is current on a page counts as read; the Evidence pane shows but the gist of an entry."""
        return page.partition(":")[0] != "evidence"

    def home_pane(self, location: Location) -> str:
        """Name the pane to which a page belongs, for the row of panes."""
        kind, _, name = location.page.partition(":")
        volume = self.volume(location.briefing)
        if kind == "entry" and volume and name in volume.entries:
            return PANE_OF[volume.entries[name].table]
        return {"source": "sources", "text": "sources", "entity": "entities"}.get(kind, kind)

    def glyph(self, briefing: str, name: str, page: str = "") -> str:
        """Return the signs beside a block: unread or changed, and below it the bookmark and the letters of marks, the newest first."""
        volume = self.volume(briefing)
        fresh = entry_freshness(volume, self.state.read_digests(briefing), name) if volume else ""
        marked = self._marked.get((briefing, name))
        if not marked:
            return fresh
        # An entry or a source is the same on every page.
        is_thing = volume is not None and (name in volume.entries or name in volume.sources)
        letters = "".join(reversed(marked.values())) if is_thing else marked.get(page, "")
        return fresh + "".join(dict.fromkeys(letters))

    @cached_property
    def _marked(self) -> dict[tuple[str, str], dict[str, str]]:
        """The letters of marks by briefing and block, and by page, the newest page last and its newest letter first."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for mark in reversed(self.state.marks()):
            by_page = found.setdefault((mark.location.briefing, mark.location.block), {})
            by_page[mark.location.page] = mark.letter + by_page.pop(mark.location.page, "")
        return found

    # Finding

    @cached_property
    def search(self) -> "SearchSession":
        """What answers the search over everything."""
        from tui.session.search.search_session import SearchSession

        return SearchSession(self.state, self.shared)

    def finder(self, location: Location) -> "Finder":
        """Return what looks for words from a place: in all panes of its briefing, or in a page that is no pane."""
        if location.page in PANES and self.volume(location.briefing) is not None:
            return self.shared.finder(location.briefing)
        key = (location.briefing, location.page, self.shared.edition(location.briefing))
        if key not in self._finders:
            from tui.session.find.finder import Finder

            languages = languages_of(self.volume(location.briefing))
            self._finders[key] = Finder([(location.page, self.page(location))], languages)
        return self._finders[key]


def _gone(location: Location) -> Page:
    said = f"“{location.page.rpartition(':')[2]}” is not in this edition any more."
    return fixed("Gone", [Block("gone", (line(said, "warning", indent=2),))])
