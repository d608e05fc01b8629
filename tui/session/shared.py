"""The shared content of a process: open briefings, pages and search."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeVar, cast

from tui.briefing import prose
from tui.briefing.kinds import PANES
from tui.library.catalogue import Catalogue, Result
from tui.library.lru_cache import LruCache
from tui.library.stamps import ABSENT, stamp
from tui.library.volume import Volume
from tui.render import pages
from tui.render.page import Page
from tui.session.edition_change import Successions
from tui.session.find.matches import TITLE
from tui.state.records import Location

if TYPE_CHECKING:
    from tui.search.answers import Total
    from tui.search.service import SearchService
    from tui.session.find.finder import Finder

_OPEN: Final = 64
"""The number of briefings that stay open. The least recently used one is closed first."""
_KEPT_PAGES: Final = 2000
"""The number of pages that are kept. Each entry and source has a page, made at its first use."""


class Forgetting(Protocol):
    """A cache made of pages, for all readers of a process."""

    def forget(self) -> None:
        """Empty the cache."""


Kept = TypeVar("Kept", bound=Forgetting)


class Prepared(NamedTuple):
    """An opened briefing and one of its pages, not yet published."""

    location: Location
    result: Result | None
    page: Page | None


class Closed(NamedTuple):
    """The briefings that were closed, since they left their files."""

    gone: tuple[str, ...]
    """The ids that no briefing has any more."""
    replaced: Mapping[str, Result]
    """The ids that lead to another file now, each with the closed briefing."""


class SharedContent:
    """The library's content in one process.

    All readers share it. It depends on none of them.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        """Create the content of a catalogue, with no briefing open."""
        self.catalogue = catalogue
        self._kept: dict[type, Forgetting] = {}
        self.answered: Callable[[Total], None] = lambda _total: None
        """Called with the number of hits of each answered query, without its words."""
        self._results: LruCache[str, Result] = LruCache(_OPEN)
        self.successions = Successions()
        self._apart: set[str] = set()
        """The ids of briefings that were opened by a path outside the content folders."""
        self._editions: dict[str, int] = {}
        self._pages: LruCache[tuple[str, str], Page | None] = LruCache(_KEPT_PAGES)
        self._finders: dict[tuple[str, str], Finder] = {}
        self._outlines: dict[tuple[str, str], Page] = {}
        self.is_shared = False
        """Whether several readers share a thread; slow work then runs in another one."""

    def kept(self, kind: type[Kept]) -> Kept:
        """Return the shared object of a class, created at the first use."""
        if kind not in self._kept:
            self._kept[kind] = kind()
        return cast("Kept", self._kept[kind])

    # Briefings

    def open(self, name: str) -> Result | None:
        """Open a briefing by its id. Return None for an unknown id."""
        if name not in self._results:
            result = self.catalogue.open_named(name)
            if result is None:
                return None
            if result.volume is not None:  # the name may be a former id
                name = result.volume.edition.id
            if name not in self._results:
                self.put(name, result)
        return self._results.use(name)

    def put(self, name: str, result: Result) -> None:
        """Publish an opened briefing. An older edition is replaced."""
        known = self._results.get(name)
        self.successions.follow(name, known.volume if known else None, result.volume)
        forgotten = self._results.put(name, result)
        if self.catalogue.root_of(result.path) is None:
            self._apart.add(name)
        self._editions[name] = self._editions.get(name, 0) + 1
        for changed in (name, *forgotten):
            self._forget(changed)

    def is_at_hand(self, location: Location) -> bool:
        """Whether a location's page can be made without delaying other readers."""
        if not self.is_shared or not location.briefing:
            return True
        result = self._results.get(location.briefing)
        if result is None or result.volume is None:
            return result is not None
        kind = location.kind
        is_pane = kind in PANES and kind != "evidence"  # the blocks of a pane are made one by one
        return is_pane or not result.volume.is_heavy or (location.briefing, location.page) in self._pages

    def prepare(self, location: Location) -> Prepared:
        """Open a briefing and create one of its pages, in any thread.

        The shared content does not change until `take`.
        """
        result = self._results.get(location.briefing)
        if result is None:
            result = self.catalogue.open_named(location.briefing)
        volume = result.volume if result else None
        page = pages.page_of(volume, location.page) if volume is not None and volume.is_heavy else None
        return Prepared(location, result, page)

    def take(self, prepared: Prepared) -> None:
        """Publish a prepared briefing and page, unless newer ones are here."""
        (name, page_name, *_), result, page = prepared
        if result is not None and result.volume is not None and result.volume.edition.is_called(name):
            name = result.volume.edition.id
        if result is not None and name not in self._results and self._is_there(name, result.path):
            self.put(name, result)
        if page is not None and self._results.get(name) is result and (name, page_name) not in self._pages:
            self._pages.put((name, page_name), page)

    @property
    def heavy(self) -> tuple[str, ...]:
        """The ids of the open briefings with very much text."""
        return tuple(name for name, result in self._results.items() if result.volume and result.volume.is_heavy)

    def close(self, names: Iterable[str]) -> None:
        """Close some briefings and drop their pages. The next use opens them again."""
        for name in names:
            self._results.drop(name)
            self._forget(name)
        for kept in self._kept.values():
            kept.forget()

    def close_gone(self) -> Closed:
        """Close the open briefings that have left the library."""
        closed = {name: result for name, result in self._results.items() if not self._is_there(name, result.path)}
        for name in closed:
            self._results.drop(name)
            self._editions[name] = self._editions.get(name, 0) + 1
            self._forget(name)
        gone = tuple(name for name in closed if self.catalogue.find(name) is None)
        replaced = {name: result for name, result in closed.items() if name not in gone}
        for name, result in replaced.items():
            self.successions.close(name, result.volume)
        return Closed(gone, replaced)

    def _is_there(self, name: str, path: Path) -> bool:
        if name in self._apart:
            return stamp(path) != ABSENT
        return self.catalogue.id_of(path) in ({name} if name != str(path) else {name, path.parent.name})

    def edition(self, name: str) -> int:
        """Return the number of a briefing's edition, which grows with each `put`.

        Objects made of an edition with another number are stale.
        """
        return self._editions.get(name, 0)

    @property
    def opened(self) -> tuple[str, ...]:
        """The ids of the open briefings."""
        return tuple(self._results)

    def result(self, name: str) -> Result | None:
        """Return the result of an open briefing; None for a closed one."""
        return self._results.get(name)

    def volume(self, name: str) -> Volume | None:
        """Return a briefing, opened at the first use.

        None stands for one that is missing or cannot be opened.
        """
        result = self.open(name) if name else None
        return result.volume if result else None

    # Pages

    def page(self, location: Location, *, compact: bool = False) -> Page | None:
        """Return a page of a briefing; None for an unknown page.

        `compact` asks for one line an entry, where the page is a list.
        """
        compact = compact and location.page in pages.LISTS
        key = (location.briefing, f"{location.page}/compact" if compact else location.page)
        volume = self.volume(location.briefing)
        if volume is None:
            return None
        if key not in self._pages:
            self._pages.put(key, pages.page_of(volume, location.page, compact=compact))
        return self._pages.use(key)

    def outline(self, briefing: str, pane: str, make: Callable[[], Page]) -> Page:
        """Return the outline of a pane, created at the first use."""
        key = (briefing, pane)
        if key not in self._outlines:
            self._outlines[key] = make()
        return self._outlines[key]

    def finder(self, briefing: str) -> "Finder":
        """Return the finder over all panes of a briefing."""
        key = (briefing, "")
        if key not in self._finders:
            from tui.session.find.finder import Finder

            names = [name for name in PANES if name != "evidence"]
            found = ((name, self.page(Location(briefing, name))) for name in names)
            shown = [(name, page) for name, page in found if page is not None]
            volume = self.volume(briefing)
            self._finders[key] = Finder(shown, languages_of(volume), partial(beside_block, volume))
        return self._finders[key]

    def _forget(self, name: str) -> None:
        """Drop the pages, finders and outlines of a replaced edition."""
        for key in [key for key in self._pages if key[0] == name]:
            self._pages.drop(key)
        self._finders = {key: finder for key, finder in self._finders.items() if key[0] != name}
        self._outlines = {key: page for key, page in self._outlines.items() if key[0] != name}

    # Searching

    @cached_property
    def search_service(self) -> "SearchService":
        """The search of this process. A kiosk's worker sets another."""
        from tui.render.search_command import write_answer
        from tui.search.in_process import InProcessSearch

        return InProcessSearch(self.catalogue, write_answer)


def beside_block(volume: Volume | None, page: str, block: str) -> Iterator[tuple[int, str]]:
    """Yield the author's texts beside a block: the title, or footnotes."""
    if volume and (page, block) == ("overview", "bluf"):
        yield TITLE, volume.edition.title
    elif volume and block in volume.entries:
        for number, note in enumerate(volume.entries[block].notes, 1):
            yield from ((number, text) for text in (note.quote, prose.plain(note.note)) if text)


def languages_of(volume: Volume | None) -> tuple[str, ...]:
    """Return the languages of a briefing and of its sources.

    Their forms of words count in the search.
    """
    if volume is None:
        return ("en",)
    return tuple(dict.fromkeys((volume.edition.lang, *(source.lang for source in volume.edition.sources))))
