"""What is read and the same for everybody: open briefings with their pages, the index, and blocks laid out."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeVar, cast

from tui.briefing import prose
from tui.briefing.kinds import PANES
from tui.briefing.problems import Problem
from tui.library.catalogue import Catalogue, Result
from tui.library.lru_cache import LruCache
from tui.library.stamps import ABSENT, stamp
from tui.library.volume import Volume
from tui.render import pages
from tui.render.page import Page
from tui.session.find.matches import TITLE
from tui.state.records import Location

if TYPE_CHECKING:
    from tui.search.service import SearchService
    from tui.session.find.finder import Finder

_OPEN: Final = 64
"""How many briefings stay open; the one that nobody looked at for longest is opened again when it is wanted."""
_KEPT_PAGES: Final = 2000
"""How many pages are kept; each entry and each source has one of its own, made when somebody opens it."""


class Forgetting(Protocol):
    """Something that is made of pages, and kept for all readers of a process."""

    def forget(self) -> None:
        """Drop everything."""


Kept = TypeVar("Kept", bound=Forgetting)


class Prepared(NamedTuple):
    """A briefing that was opened, and a page that was made of it, beside the readers."""

    location: Location
    result: Result | None
    page: Page | None


class SharedContent:
    """A library as one process holds it. Many readers may share it; nothing in it is any reader's own."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Hold nothing yet."""
        self.catalogue = catalogue
        self._kept: dict[type, Forgetting] = {}
        self.on_answered: Callable[[int], None] = lambda _total: None
        """Is told of every query that was answered, with how many hits; of the words nothing."""
        self._results: LruCache[str, Result] = LruCache(_OPEN)
        self._apart: set[str] = set()
        """Briefings that were opened by a path outside the content folders."""
        self._editions: dict[str, int] = {}
        self._pages: LruCache[tuple[str, str], Page | None] = LruCache(_KEPT_PAGES)
        self._finders: dict[tuple[str, str], Finder] = {}
        self._outlines: dict[tuple[str, str], Page] = {}
        self._search_service: SearchService | None = None
        self.is_shared = False
        """Whether others wait while a page is made for one of its readers; then what takes long is made aside."""

    def kept(self, kind: type[Kept]) -> Kept:
        """Return the one object of a kind that all readers of this process share; it is made when first asked for."""
        if kind not in self._kept:
            self._kept[kind] = kind()
        return cast("Kept", self._kept[kind])

    # Briefings

    def open(self, name: str) -> Result | None:
        """Open a briefing by its id; None where the library has none of this name."""
        if name not in self._results:
            result = self.catalogue.open_named(name)
            if result is None:
                return None
            if result.volume is not None:  # it may have been called otherwise before
                name = result.volume.edition.id
            self.put(name, result)
        return self._results.use(name)

    def put(self, name: str, result: Result) -> None:
        """Hold an opened briefing, in place of an older edition of it."""
        forgotten = self._results.put(name, result)
        if self.catalogue.root_of(result.path) is None:
            self._apart.add(name)
        self._editions[name] = self._editions.get(name, 0) + 1
        for changed in (name, *forgotten):
            self._forget(changed)

    def is_at_hand(self, location: Location) -> bool:
        """Whether the page of a place can be made at once, with nobody waiting for it."""
        if not self.is_shared or not location.briefing:
            return True
        result = self._results.get(location.briefing)
        if result is None or result.volume is None:
            return result is not None
        kind = location.page.partition(":")[0]
        is_pane = kind in PANES and kind != "evidence"  # its blocks are made one by one
        return is_pane or not result.volume.is_heavy or (location.briefing, location.page) in self._pages

    def prepare(self, location: Location) -> Prepared:
        """Open a briefing and make one of its pages, in any thread: nothing that is held here changes."""
        result = self._results.get(location.briefing)
        if result is None:
            result = self.catalogue.open_named(location.briefing)
        volume = result.volume if result else None
        page = pages.page_of(volume, location.page) if volume is not None and volume.is_heavy else None
        return Prepared(location, result, page)

    def take(self, prepared: Prepared) -> None:
        """Hold what was prepared, unless something newer is held meanwhile."""
        (name, page_name, *_), result, page = prepared
        if result is not None and result.volume is not None and result.volume.edition.is_called(name):
            name = result.volume.edition.id
        if result is not None and name not in self._results and self._is_there(name, result.path):
            self.put(name, result)
        if page is not None and self._results.get(name) is result and (name, page_name) not in self._pages:
            self._pages.put((name, page_name), page)

    @property
    def heavy(self) -> tuple[str, ...]:
        """The ids of the open briefings that have very much text."""
        return tuple(name for name, result in self._results.items() if result.volume and result.volume.is_heavy)

    def close(self, names: Iterable[str]) -> None:
        """Hold some briefings no longer, nor what was made of them; who wants one opens it again."""
        for name in names:
            self._results.drop(name)
            self._forget(name)
        for kept in self._kept.values():
            kept.forget()

    def close_gone(self) -> tuple[str, ...]:
        """Close the open briefings that are no longer in the library; return the ids that nothing has any more."""
        closed = [name for name, result in self._results.items() if not self._is_there(name, result.path)]
        for name in closed:
            self._results.drop(name)
            self._editions[name] = self._editions.get(name, 0) + 1
            self._forget(name)
        return tuple(name for name in closed if self.catalogue.find(name) is None)

    def _is_there(self, name: str, path: Path) -> bool:
        if name in self._apart:
            return stamp(path) != ABSENT
        return self.catalogue.id_of(path) in ({name} if name != str(path) else {name, path.parent.name})

    def edition(self, name: str) -> int:
        """Return a number that changes whenever a briefing was put here anew; what was made of an older one is stale."""
        return self._editions.get(name, 0)

    @property
    def opened(self) -> tuple[str, ...]:
        """The ids of the briefings that are open."""
        return tuple(self._results)

    def result(self, name: str) -> Result | None:
        """Return a briefing that is open already."""
        return self._results.get(name)

    def volume(self, name: str) -> Volume | None:
        """Return a briefing; None where there is none, or it cannot be opened."""
        result = self.open(name) if name else None
        return result.volume if result else None

    def problems(self, name: str) -> tuple[Problem, ...]:
        """Return the problems for which a briefing cannot be opened."""
        result = self._results.get(name)
        return result.problems if result else ()

    # What is made of them

    def page(self, location: Location) -> Page | None:
        """Return a page of a briefing; None where it has none of this name."""
        key = (location.briefing, location.page)
        volume = self.volume(location.briefing)
        if volume is None:
            return None
        if key not in self._pages:
            self._pages.put(key, pages.page_of(volume, location.page))
        return self._pages.use(key)

    def outline(self, briefing: str, pane: str, make: Callable[[], Page]) -> Page:
        """Return the outline of a pane, made when it is first wanted."""
        key = (briefing, pane)
        if key not in self._outlines:
            self._outlines[key] = make()
        return self._outlines[key]

    def finder(self, briefing: str) -> "Finder":
        """Return what looks for words in all panes of a briefing."""
        key = (briefing, "")
        if key not in self._finders:
            from tui.session.find.finder import Finder

            names = [name for name in PANES if name != "evidence"]
            found = ((name, self.page(Location(briefing, name))) for name in names)
            shown = [(name, page) for name, page in found if page is not None]
            volume = self.volume(briefing)
            self._finders[key] = Finder(shown, languages_of(volume), partial(_beside, volume))
        return self._finders[key]

    def _forget(self, name: str) -> None:
        """Forget what was made of an edition that is not held any more."""
        for key in [key for key in self._pages if key[0] == name]:
            self._pages.drop(key)
        self._finders = {key: finder for key, finder in self._finders.items() if key[0] != name}
        self._outlines = {key: page for key, page in self._outlines.items() if key[0] != name}

    # Searching

    def answered(self, total: int) -> None:
        """Hear that a query was answered."""
        self.on_answered(total)

    @property
    def search_service(self) -> "SearchService":
        """What answers queries; unless another is given, one of this process, made when it is first wanted."""
        if self._search_service is None:
            from tui.render.search_command import write_answer
            from tui.search.in_process import InProcessSearch

            self._search_service = InProcessSearch(self.catalogue, write_answer)
        return self._search_service

    @search_service.setter
    def search_service(self, service: "SearchService") -> None:
        self._search_service = service


def _beside(volume: Volume | None, page: str, block: str) -> Iterator[tuple[int, str]]:
    """Yield what the author wrote of a block that stands beside it: the title above the front page, and footnotes."""
    if volume and (page, block) == ("overview", "bluf"):
        yield TITLE, volume.edition.title
    elif volume and block in volume.entries:
        for place, note in enumerate(volume.entries[block].notes, 1):
            yield from ((place, text) for text in (note.quote, prose.plain(note.note)) if text)


def languages_of(volume: Volume | None) -> tuple[str, ...]:
    """Return the languages whose forms of words count in a briefing: its own, and those of its sources."""
    if volume is None:
        return ("en",)
    return tuple(dict.fromkeys((volume.edition.lang, *(source.lang for source in volume.edition.sources))))
