"""The catalogue for strangers: a broken edit leaves the last good edition."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from tui.briefing.problems import Problem
from tui.library.catalogue import Catalogue, Result
from tui.library.stamps import ABSENT, stamp
from tui.library.summaries import Summary
from tui.library.volume import without_deleted


class PublishedCatalogue(Catalogue):
    """A catalogue that shows the last good edition of a broken briefing. No path of the machine is shown.

    A briefing that never was good is not there, unless `shows_broken`: then it shows its problems, by its own folder's
    name and the file's.
    """

    tells_folders: ClassVar = False
    # Another text is searched than where the problems are shown, and both may share an index.
    _revision: ClassVar = "stamp || ' ' || digest || iif(problems = '[]', '', ' published')"
    shows_broken = False
    """Whether strangers see the problems of a briefing without a good edition."""

    def show_broken(self, *, shown: bool) -> None:
        """Show briefings that never were good, or hide them."""
        self._is_changed |= shown != self.shows_broken
        self.shows_broken = shown

    def rows(self, start: int, number: int) -> tuple[Summary, ...]:
        """Return some of the briefings, broken ones as they were."""
        return tuple(
            row._replace(problems=() if row.digest else _for_strangers(row.path, row.problems))
            for row in super().rows(start, number)
        )

    def open(self, path: Path) -> Result:
        """Open a briefing, if broken with its last good edition and problems."""
        return self._published(path, super().open(path))

    def open_ahead(self, path: Path) -> Callable[[], Result]:
        """Start to open a briefing. The returned function waits for the result."""
        opened = super().open_ahead(path)
        return lambda: self._published(path, opened())

    @property
    def _shown_rows(self) -> tuple[str, tuple[str, ...]]:
        where, roots = super()._shown_rows
        return where if self.shows_broken else f"digest <> '' AND {where}", roots

    def _published(self, path: Path, result: Result) -> Result:
        if not result.problems:
            return result
        if stamp(path) == ABSENT:  # whether it is gone the next look finds out; nobody is shown it anew meanwhile
            return Result(None, (), result.inputs)
        good = self._cached(path, as_it_was=True)
        volume = without_deleted(good.volume) if good and good.volume else None
        is_shown = volume is not None or self.shows_broken
        return Result(volume, _for_strangers(path, result.problems) if is_shown else (), result.inputs)


def _for_strangers(path: Path, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    name = f"{path.parent.name}/{path.name}"
    return tuple(problem._replace(path=name) for problem in problems)
