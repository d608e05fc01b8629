"""What the reader has before him: the open briefings, the page for every place, and where every link leads."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.briefing.problems import Problem
from tui.library.catalogue import Catalogue, Result
from tui.library.records import Entity, Entry, Source
from tui.library.state import Place, State
from tui.library.volume import PANES, Volume
from tui.reader.fresh import changes_block, entry_freshness
from tui.reader.library_rows import LibraryRows
from tui.reader.search_places import query_of
from tui.render import pages
from tui.render.library import library_block, problems_page
from tui.render.overview import overview_page
from tui.render.page import Block, Page, fixed, line
from tui.render.panes import view_of
from tui.render.words import PANE_TITLES

if TYPE_CHECKING:
    from tui.reader.finding import Finder
    from tui.reader.search.asking import Asker

_WITH_NOTES = frozenset({"sources", "entity", "entities", "matrix", "provenance", "spread", "timeline", "assessment"})
"""Pages other than panes of entries, and views of the Evidence pane, beside which footnotes stand."""


class Desk:
    """Gives pages for places. It knows the library and the reader's state, and nothing of a screen."""

    def __init__(self, catalogue: Catalogue, state: State, extra_pages: dict[str, Callable[["Desk"], Page]]) -> None:
        """Lay out the desk.

        Args:
            catalogue: the library.
            state: the reader's own state.
            extra_pages: further pages that belong to no briefing, such as the help, by name.
        """
        self.catalogue = catalogue
        self.state = state
        self._extra = extra_pages
        self._results: dict[str, Result] = {}
        self._pages: dict[tuple[str, str], Page] = {}
        self._finders: dict[tuple[str, str], Finder] = {}
        self._outlines: dict[tuple[str, str], Page] = {}
        self._left: dict[tuple[str, str], Place] = {}
        self.visits = state.visits()

    # Briefings

    def open(self, name: str) -> Result | None:
        """Open a briefing by its id; None where the library has none of this name."""
        if name not in self._results:
            path = self.catalogue.find(name)
            if path is None:
                return None
            self.put(name, self.catalogue.open(path))
        return self._results[name]

    def open_path(self, path: Path) -> tuple[str, Result]:
        """Open a briefing by its file, in the library or not; give the id under which the desk has it."""
        result = self.catalogue.open(path)
        name = result.volume.edition.id if result.volume else f"{path}"
        self.put(name, result)
        return name, result

    def put(self, name: str, result: Result) -> None:
        """Lay an opened briefing on the desk, in place of an older edition of it."""
        self._results[name] = result
        self.forget_pages(name)

    def forget_pages(self, name: str) -> None:
        """Let the pages of a briefing, or of the library, be made anew."""
        self._pages = {key: page for key, page in self._pages.items() if key[0] != name}
        self._finders = {key: finder for key, finder in self._finders.items() if key[0] != name}
        self._outlines = {key: page for key, page in self._outlines.items() if key[0] != name}

    def volume(self, name: str) -> Volume | None:
        """Give an open briefing; None where it is not open or cannot be opened."""
        result = self.open(name) if name else None
        return result.volume if result else None

    def problems(self, name: str) -> tuple[Problem, ...]:
        """Give the problems for which a briefing cannot be opened."""
        result = self._results.get(name)
        return result.problems if result else ()

    # Pages

    def page(self, place: Place) -> Page:
        """Give the page for a place; one that is not there any more says so."""
        if (query := query_of(place)) is not None:
            return self.search.page(query)
        key = (place.briefing, place.page)
        if key not in self._pages:
            self._pages[key] = self._make(place)
        return self._pages[key]

    def _make(self, place: Place) -> Page:
        if not place.briefing:
            make = self._extra.get(place.page)
            return make(self) if make else self._library()
        volume = self.volume(place.briefing)
        if volume is None:
            return problems_page(place.briefing, self.problems(place.briefing))
        if place.page == "overview":
            return overview_page(volume, changes_block(volume, self.state))
        page = pages.page_of(volume, place.page)
        if page is None:
            said = f"“{place.page.rpartition(':')[2]}” is not in this edition any more."
            return fixed("Gone", [Block("gone", (line(said, "warning", indent=2),))])
        return page

    def _library(self) -> Page:
        rows = LibraryRows(self.catalogue)
        if not len(rows):
            where = ", ".join(map(str, self.catalogue.roots))
            return fixed("Library", [Block("empty", (line(f"No briefings yet in {where}.", "meta", indent=2),))])
        return Page("Library", rows, lambda place: library_block(rows.row(place), self.visits))

    def outline(self, briefing: str, pane: str, make: Callable[[], Page]) -> Page:
        """Give the outline of a pane, made when it is first wanted."""
        key = (briefing, pane)
        if key not in self._outlines:
            self._outlines[key] = make()
        return self._outlines[key]

    # Links

    def follow(self, target: str, here: Place) -> Place | None:
        """Tell where a link leads; None where it leads to no page: a footnote, an address of the web."""
        kind, _, name = target.partition(":")
        if target.startswith("#"):
            return self._entry_or_other(target[1:], here)
        if kind == "briefing":
            return self.front(name)
        if kind == "mark":
            marks = self.state.marks()
            return marks[int(name)].place if int(name) < len(marks) else None
        if kind == "page":
            return self._page_named(name, here)
        if kind == "text":
            source, _, paragraph = name.partition("/")
            return Place(here.briefing, f"text:{source}", paragraph, paragraph)
        return None

    def _page_named(self, name: str, here: Place) -> Place | None:
        """Give the place where a page was left; None where one is on it already, or where no briefing has it."""
        owned = name in self._extra or name == "library"
        briefing = "" if owned else here.briefing
        return self.left_in(briefing, name) if (briefing or owned) and (briefing, name) != here[:2] else None

    def front(self, name: str) -> Place:
        """Give the place at which a briefing opens: where it was left, or its overview."""
        left = self.state.place(name)
        return left if left and left.page != "library" else Place(name, "overview")

    def left_in(self, briefing: str, pane: str) -> Place:
        """Give the place where a pane was last left."""
        return self._left.get((briefing, pane.partition("/")[0]), Place(briefing, pane))

    def leave(self, place: Place, to: Place) -> None:
        """Remember where a page was left, for coming back to it by its key and for the next start.

        Going from a briefing to elsewhere is what makes it read in its present revision.
        """
        volume = self.volume(place.briefing)
        if volume is None:
            return
        # What a name has behind a slash is how the page was shown; coming back, it is shown so again.
        self._left[place.briefing, place.page.partition("/")[0]] = place
        self.state.remember(place)
        if to.briefing != place.briefing:
            self.state.visited(place.briefing, volume.edition.digest)
            self.visits[place.briefing] = volume.edition.digest
            self.forget_pages("")

    def _entry_or_other(self, name: str, here: Place) -> Place | None:
        volume = self.volume(here.briefing)
        if volume is None:
            return None
        if entry := volume.entries.get(name):
            pane = volume.pane_of(entry)
            within = (here.page, here.block) == (pane, name)
            return Place(here.briefing, f"entry:{name}", name) if within else Place(here.briefing, pane, name)
        if name in volume.sources:
            return Place(here.briefing, f"source:{name}", name)
        if name in volume.entities:
            return Place(here.briefing, f"entity:{name}", name)
        return None

    # What the current block is

    def item(self, place: Place) -> Entry | Source | Entity | None:
        """Give the entry, source or entity that the current block of a place shows."""
        volume = self.volume(place.briefing)
        if volume is None:
            return None
        kind, _, shown = place.page.partition(":")
        part, _, name = place.block.rpartition(":")
        # Names of blocks that show none of these may still be the id of one.
        if kind == "evidence" and not part and view_of(place.page) != "matrix":
            return None
        if kind == "overview" or (kind == "entity" and (part == "note" or place.block in {"said", "about"})):
            return None
        if kind in {"entry", "source", "text"}:
            name = shown
        return volume.entries.get(name) or volume.sources.get(name) or volume.entities.get(name)

    def has_notes(self, place: Place) -> bool:
        """Tell whether the blocks of a page have footnotes, or sources their uses, to stand beside them."""
        kind, _, _ = place.page.partition(":")
        kind = view_of(place.page) or kind
        return self.volume(place.briefing) is not None and (kind in PANES or kind in _WITH_NOTES)

    def is_read_on(self, page: str) -> bool:
        """Tell whether what is current on a page counts as read; the Evidence pane shows but the gist of an entry."""
        return page.partition(":")[0] != "evidence"

    def home_pane(self, place: Place) -> str:
        """Name the pane to which a page belongs, for the row of panes."""
        kind, _, name = place.page.partition(":")
        volume = self.volume(place.briefing)
        if kind == "entry" and volume and name in volume.entries:
            return volume.pane_of(volume.entries[name])
        return {"source": "sources", "text": "sources"}.get(kind, kind)

    def glyph(self, briefing: str, name: str) -> str:
        """Give the glyph beside a block: ``•`` for what is unread, ``±`` for what changed since it was read."""
        volume = self.volume(briefing)
        return entry_freshness(volume, self.state.read_digests(briefing), name) if volume else ""

    # Finding

    @cached_property
    def search(self) -> "Asker":
        """What answers the search over everything."""
        from tui.reader.search.asking import Asker

        return Asker(self.catalogue, self.state)

    def finder(self, place: Place) -> "Finder":
        """Give what looks for words from a place: in all panes of its briefing, or in a page that is no pane."""
        in_pane = bool(place.briefing) and place.page in PANE_TITLES and self.volume(place.briefing) is not None
        key = (place.briefing, "" if in_pane else place.page)
        if key not in self._finders:
            from tui.reader.finding import Finder

            names = [*PANES, "sources"] if in_pane else [place.page]
            names.sort(key=lambda name: list(PANE_TITLES).index(name) if name in PANE_TITLES else 0)
            pages_here = [(name, self.page(place._replace(page=name))) for name in names]
            self._finders[key] = Finder(pages_here, languages_of(self.volume(place.briefing)))
        return self._finders[key]


def languages_of(volume: Volume | None) -> tuple[str, ...]:
    """Give the languages whose forms of words count in a briefing: its own, and those of its sources."""
    if volume is None:
        return ("en",)
    return tuple(dict.fromkeys((volume.edition.lang, *(source.lang for source in volume.edition.sources))))
