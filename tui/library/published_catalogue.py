"""The catalogue for strangers, with last good editions of broken briefings."""

import copy
import json
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from tui.briefing.problems import Problem
from tui.briefing.publication import PUBLIC, STRANGER, Reader
from tui.library.catalogue import Catalogue, Result
from tui.library.latest_time import LatestTime
from tui.library.publishing import NO_RULES, Rules, Sight, sight_of
from tui.library.stamps import ABSENT, stamp
from tui.library.summaries import Summary
from tui.library.text_folders import NO_FOLDERS, TextFolders
from tui.library.volume import without_deleted

if TYPE_CHECKING:
    from tui.briefing.memory import Memory


class Publishing:
    """The rules and the clock, which all views of a catalogue share."""

    def __init__(self) -> None:
        """Begin without a rule."""
        self.written: Rules = NO_RULES
        """The rules, with folders as they were written."""
        self._resolved = NO_RULES, NO_RULES
        self.clock = LatestTime()
        self.shows_broken = False
        """Whether strangers see the problems of a briefing without a good edition."""
        self._look: Callable[[], Rules] | None = None

    @property
    def rules(self) -> Rules:
        """The rules, with links of folders resolved at the last refresh."""
        written, resolved = self._resolved
        # Another thread may have refreshed older rules meanwhile.
        return resolved if written is self.written else self._resolve()

    @rules.setter
    def rules(self, rules: Rules) -> None:
        self.written = rules

    def watch(self, look: Callable[[], Rules]) -> None:
        """Take the rules from a function at each refresh, and now."""
        self._look = look
        self.refresh()

    def refresh(self) -> None:
        """Take the present rules, and the folders to which links lead now."""
        if self._look:
            self.written = self._look()
        self._resolve()

    def _resolve(self) -> Rules:
        written = self.written
        resolved = written.resolved()
        self._resolved = written, resolved
        return resolved


class PublishedCatalogue(Catalogue):
    """A catalogue as one kind of reader may see it. No path of the machine is shown.

    Each briefing is shown as `sight_of` decides. Of a broken briefing it shows the last good edition. A briefing that
    never was good is not there, unless `shows_broken`: then it shows its problems, by its own folder's name and the file's.
    """

    tells_folders: ClassVar = False
    takes_unread: ClassVar = False
    # Another text is searched than where the problems are shown, and both may share an index.
    _revision: ClassVar = "stamp || ' ' || digest || iif(problems = '[]', '', ' published')"

    def __init__(
        self,
        cache_file: Path | None,
        roots: Iterable[Path],
        held_by_user: Path,
        may_lack: Collection[Path] = (),
        texts: TextFolders = NO_FOLDERS,
    ) -> None:
        """Open the catalogue for strangers. The arguments are those of `Catalogue`."""
        super().__init__(cache_file, roots, held_by_user, may_lack, texts)
        self.publishing = Publishing()
        self.reader = STRANGER
        self._kept: tuple[object, Sight] | None = None
        self._refreshed: Sight | None = None

    def seen_by(self, reader: Reader) -> "PublishedCatalogue":
        """Return the same catalogue for another reader. Cache and scans are shared."""
        seen = copy.copy(self)
        seen.reader, seen._kept = reader, None  # noqa: SLF001 - its own class
        return seen

    def refresh(self, progress: Callable[[int, int], bool] = lambda _done, _all: True) -> bool:
        """Refresh the catalogue. Clock and rules count too."""
        self.publishing.refresh()  # before new briefings are there, which a turned link may bring
        is_new = super().refresh(progress)
        self.publishing.refresh()
        before, self._refreshed = self._refreshed, self.sight
        return is_new or before not in (None, self._refreshed)

    def in_child(self) -> "PublishedCatalogue":
        """Return the same catalogue for a child process, with its own connection."""
        found = copy.copy(self)
        found.cache = self.cache.reopened()
        return found

    @property
    def shows_broken(self) -> bool:
        """Whether strangers see the problems of a briefing without a good edition."""
        return self.publishing.shows_broken

    def show_broken(self, *, shown: bool) -> None:
        """Show briefings that never were good, or hide them."""
        self._is_changed |= shown != self.publishing.shows_broken
        self.publishing.shows_broken = shown

    def rows(self, start: int, number: int) -> tuple[Summary, ...]:
        """Return some of the briefings, broken ones as they were."""
        return tuple(
            row._replace(
                problems=() if row.digest else _for_strangers(row.path, row.problems),
                publication=row.publication if self.reader.is_author else PUBLIC,
            )
            for row in super().rows(start, number)
        )

    def open(self, path: Path, memory: "Memory | None" = None) -> Result:
        """Open a briefing, if broken with its last good edition and problems."""
        return self._published(path, super().open(path, memory))

    def open_ahead(self, path: Path) -> Callable[[], Result]:
        """Start to open a briefing. The returned function waits for the result."""
        opened = super().open_ahead(path)

        def result() -> Result:
            found = opened()
            self.settle()  # the decision reads the cache
            return self._published(path, found)

        return result

    def is_withdrawn(self, name: str) -> bool:
        """Whether the address of a briefing has the notice of its withdrawal."""
        withdrawn = self.sight.withdrawn
        return any(str(path) in withdrawn for path in self._called(name))

    @property
    def scope(self) -> str:
        """A name for the readers, by their groups."""
        return " ".join(("published", *(["all"] if self.reader.is_author else sorted(self.reader.groups))))

    @property
    def sight(self) -> Sight:
        """The briefings that this reader may not see now."""
        instant, rules = self.publishing.clock.instant(), self.publishing.rules
        state = self._count_writes(), self.cache.losses, self.roots, rules
        if self._kept is None or self._kept[0] != state or not self._kept[1].holds_at(instant):
            sight = sight_of(self.listed(rules), rules, self.reader, instant)
            if sight.ended:
                self.publishing.clock.keep(sight.ended)
            self._kept = state, sight
        return self._kept[1]

    @property
    def _good_rows(self) -> tuple[str, tuple[str, ...]]:
        where, roots = self._in_roots
        return where if self.shows_broken else f"digest <> '' AND {where}", roots

    @property
    def _shown_rows(self) -> tuple[str, tuple[str, ...]]:
        return _without(*self._good_rows, self.sight.closed_list)

    @property
    def _listed_rows(self) -> tuple[str, tuple[str, ...]]:
        return _without(*self._good_rows, self.sight.unlisted)

    def _permission(self) -> Callable[[Path], bool]:
        closed = self.sight.closed
        return lambda path: str(path) not in closed

    def _published(self, path: Path, result: Result) -> Result:
        if not self._permission()(path):
            return Result(None, (), result.inputs)
        if not result.problems:
            return result
        if stamp(path) == ABSENT:  # whether it is gone the next look finds out; nobody is shown it anew meanwhile
            return Result(None, (), result.inputs)
        good = self._cached(path, as_it_was=True)
        volume = without_deleted(good.volume) if good and good.volume else None
        is_shown = volume is not None or self.shows_broken
        return Result(volume, _for_strangers(path, result.problems) if is_shown else (), result.inputs)


def showings_of(catalogue: PublishedCatalogue) -> dict[str, str]:
    """Return a word for each unlisted briefing, by its file."""
    sight = catalogue.seen_by(Reader(catalogue.publishing.rules.groups)).sight
    unlisted = json.loads(sight.unlisted or "[]")
    return {
        path: "notice" if path in sight.withdrawn else "hidden" if path in sight.closed else "by id"
        for path in unlisted
    }


def _without(where: str, values: tuple[str, ...], paths: str) -> tuple[str, tuple[str, ...]]:
    """Leave some files out of a condition."""
    return (f"path NOT IN (SELECT value FROM json_each(?)) AND {where}", (paths, *values)) if paths else (where, values)


def _for_strangers(path: Path, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    name = f"{path.parent.name}/{path.name}"
    return tuple(problem._replace(path=name) for problem in problems)
