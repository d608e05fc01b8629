"""A reader's session: open briefings, and a page for every location."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from tui.briefing.kinds import ENTRY_PANES, PANE_OF, PANES
from tui.library.records import Entity, Entry, Source
from tui.library.volume import Volume
from tui.render.library import problems_page, withdrawn_page
from tui.render.overview import overview_page
from tui.render.page import Block, Page, fixed, line
from tui.render.views import view_of
from tui.session.citing import CiteChoice
from tui.session.edition_change import PANE_OF_PAGE
from tui.session.filters import filter_of
from tui.session.items import item_at
from tui.session.kept import Kept
from tui.session.keymap import NO_KEYS, Keymap
from tui.session.library_page import library_page
from tui.session.lists import Lists
from tui.session.search.locations import query_of
from tui.session.shared import SharedContent, beside_block, languages_of
from tui.session.unread import changes_block, entry_freshness
from tui.state.reader_state import ReaderState
from tui.state.records import Location, kind_of

if TYPE_CHECKING:
    from tui.session.find.finder import Finder
    from tui.session.search.search_session import SearchSession

_WITH_NOTES = frozenset({"sources", "entity", "entities"})
"""Pages with footnotes, besides panes of entries; the views of the evidence declare it in their table."""


_OWN: Final = frozenset({"overview", "evidence"})
"""The pages of a briefing that depend on this reader: on readings, or on keys."""


class Session:
    """Makes pages for the locations of one reader, without a screen.

    It knows the library and the reader's state.
    """

    def __init__(
        self,
        shared: SharedContent,
        state: ReaderState,
        extra_pages: Mapping[str, Callable[["Session"], Page]] | None = None,
        keymap: Keymap = NO_KEYS,
    ) -> None:
        """Begin a session.

        Args:
            shared: the open briefings, which other sessions may use too.
            state: the reader's own state.
            extra_pages: functions that make further pages without a briefing, such as the help, by name.
            keymap: the keys that pages mention.
        """
        self.shared = shared
        self.catalogue = shared.catalogue
        self.state = state
        self.keymap = keymap
        self.extra_pages = extra_pages or {}
        # Pages that depend on the reader, by briefing, page and the number of the edition.
        self._pages: dict[tuple[str, str, int], Page] = {}
        self._finders: dict[tuple[str, str, int], Finder] = {}
        self._left: dict[tuple[str, str], Location] = {}
        self._met: dict[str, int] = {}
        """The number of the edition of each briefing in which the reader's marks and readings were found again."""
        self.kept = Kept(self)
        self.lists = Lists(shared, lambda: self.state, keymap)
        self.cite_choice = CiteChoice(lambda: self.state)
        self.visits = state.visits()

    def adopt(self, state: ReaderState) -> None:
        """Replace the reader's state, which was unknown when the session began."""
        self.state = state
        self.visits = state.visits()
        vars(self).pop("search", None)  # it keeps the queries of the former state
        self._left.clear()
        self._met.clear()
        self.forget_pages("")

    # Briefings

    def forget_pages(self, name: str) -> None:
        """Drop the reader's own pages of a briefing, or of the library."""
        self._pages = {key: page for key, page in self._pages.items() if key[0] != name}
        self._finders = {key: finder for key, finder in self._finders.items() if key[0] != name}
        vars(self).pop("_marked", None)

    def has(self, name: str) -> bool:
        """Whether the library has a briefing. The empty id always exists."""
        return not name or self.shared.result(name) is not None or self.catalogue.find(name) is not None

    def volume(self, name: str) -> Volume | None:
        """Return a briefing. It is opened at the first use.

        None stands for one that is missing or cannot be opened.
        """
        volume = self.shared.volume(name)
        if volume is not None and self._met.get(name) != (edition := self.shared.edition(volume.edition.id)):
            self._met[name] = edition
            self.kept.carry_over(volume)
        return volume

    # Pages

    def page(self, location: Location) -> Page:
        """Return the page of a location; for a deleted one, a note."""
        if (query := query_of(location)) is not None:
            return self.search.page(query)
        volume = self.volume(location.briefing)
        if volume is not None and location.page not in _OWN:
            page = self.lists.page(location)
            return _gone(location) if page is None else page
        key = (location.briefing, location.page, self.shared.edition(location.briefing))
        if key not in self._pages:
            self._pages[key] = self._make(location, volume)
        return self._pages[key]

    def _make(self, location: Location, volume: Volume | None) -> Page:
        """Create a page that depends on the reader or has no briefing."""
        if not location.briefing:
            if location.page.startswith("sign:"):
                from tui.render.signs import sign_page

                return sign_page(location.page.removeprefix("sign:"))
            make = self.extra_pages.get(location.page)
            return make(self) if make else library_page(self.catalogue, self.state, self.visits)
        if volume is None:
            if self.catalogue.is_withdrawn(location.briefing):
                return withdrawn_page(location.briefing)
            result = self.shared.result(location.briefing)
            return problems_page(location.briefing, result.problems if result else (), self.catalogue.pending)
        if location.page == "overview":
            changes = changes_block(volume, self.state)
            # Without changes the page is alike for all readers, and laid out once.
            shared = None if changes else self.shared.page(location)
            return shared or overview_page(volume, changes)
        from tui.render.evidence.front import front_page

        return front_page(volume, key_of=self.keymap.first)

    # Links

    def front(self, name: str) -> Location:
        """Return the location where a briefing was left, or its overview."""
        left = self.state.location(name)
        return left if left and left.page != "library" else Location(name, "overview")

    def left_in(self, briefing: str, pane: str) -> Location:
        """Return the location at which a pane was last left."""
        return self._left.get((briefing, pane.partition("/")[0]), Location(briefing, pane))

    def leave(self, location: Location, to: Location) -> None:
        """Keep a page's location for the next visit, also after a restart.

        Leaving a briefing marks its present revision as visited.
        """
        volume = self.volume(location.briefing)
        if volume is None:
            return
        # The part of a name behind a slash is the page's presentation, which is restored with the location.
        self._left[location.briefing, location.page.partition("/")[0]] = location
        self.state.remember(location)
        if to.briefing != location.briefing:
            self.state.visited(location.briefing, volume.edition.digest)
            self.visits[location.briefing] = volume.edition.digest
            self.forget_pages("")

    # The current block

    def item(self, location: Location) -> Entry | Source | Entity | None:
        """Return the entry, source or entity in a location's block."""
        volume = self.volume(location.briefing)
        return item_at(volume, location) if volume else None

    def has_notes(self, location: Location) -> bool:
        """Whether a page's blocks have footnotes, or uses of sources, beside them."""
        kind, view = location.kind, view_of(location.page)
        has_notes = view.has_notes if view else kind in ENTRY_PANES or kind in _WITH_NOTES
        return has_notes and self.volume(location.briefing) is not None

    def is_read_on(self, page: str) -> bool:
        """Whether the current entry of a page counts as read.

        The Evidence pane and the front page show only the gist of an entry.
        """
        return kind_of(page) not in {"evidence", "overview"}

    def home_pane(self, location: Location) -> str:
        """Return the name of the pane to which a page belongs."""
        kind, (_, _, name) = location.kind, location.page.partition(":")
        if kind == "entry" and (volume := self.volume(location.briefing)) and name in volume.entries:
            return PANE_OF[volume.entries[name].table]
        return PANE_OF_PAGE.get(kind) or kind

    def glyph(self, briefing: str, name: str, page: str = "") -> str:
        """Return a block's sign of freshness, and the letters of its marks.

        The newest mark comes first; a bookmark's letter is `*`.
        """
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
        """The letters of marks, by briefing and block, then by page.

        The newest page comes last, and its newest letter first.
        """
        found: dict[tuple[str, str], dict[str, str]] = {}
        for mark in reversed(self.state.marks()):
            by_page = found.setdefault((mark.location.briefing, mark.location.block), {})
            by_page[mark.location.page] = mark.letter + by_page.pop(mark.location.page, "")
        return found

    # Finding

    @cached_property
    def search(self) -> "SearchSession":
        """The session of the search over the library."""
        from tui.session.search.search_session import SearchSession

        return SearchSession(self.state, self.shared)

    def finder(self, location: Location) -> "Finder":
        """Return the finder for a location.

        From a pane it reads all panes of the briefing, else the one page.
        """
        if location.page in PANES and self.volume(location.briefing) is not None:
            return self.shared.finder(location.briefing)
        key = (location.briefing, location.page, self.shared.edition(location.briefing))
        volume, page = self.volume(location.briefing), self.page(location)
        beside = partial(beside_block, volume) if filter_of(location.page) else None
        page = (self.lists.in_full(location) or page) if beside else page
        if key not in self._finders or self._finders[key].pages[0][1] is not page:
            from tui.session.find.finder import Finder, nothing_beside

            self._finders[key] = Finder([(location.page, page)], languages_of(volume), beside or nothing_beside)
        return self._finders[key]


def _gone(location: Location) -> Page:
    said = f"“{location.page.rpartition(':')[2]}” is not in this edition any more."
    return fixed("Gone", [Block("gone", (line(said, "warning", indent=2),))])
