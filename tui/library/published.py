"""The catalogue as those read it who are not the authors: where an edit has broken a briefing, its last good edition stays."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from tui.briefing.problems import Problem
from tui.library.catalogue import Catalogue, Result
from tui.library.rows import Row
from tui.library.stamps import Look


class Published(Catalogue):
    """Shows of a broken briefing what it was before, as far as the cache knows it, and names no folder of the machine.

    A briefing that never was good shows its problems, by its own folder's name and the file's.
    """

    tells_folders: ClassVar = False
    # Another text is searched than where the problems are shown, and both may share an index.
    _revision: ClassVar = "stamp || ' ' || digest || iif(problems = '[]', '', ' published')"

    def rows(self, start: int, number: int) -> tuple[Row, ...]:
        """Give some of the briefings; one that is broken now stands there as it was."""
        return tuple(
            row._replace(problems=() if row.digest else _for_strangers(row.path, row.problems))
            for row in super().rows(start, number)
        )

    def open(self, path: Path) -> Result:
        """Open a briefing; a broken one with its last good edition and the problems of the file as it is now."""
        return self._published(path, super().open(path))

    def open_ahead(self, path: Path) -> Callable[[], Result]:
        """Begin to open a briefing; what is given back waits for it."""
        opened = super().open_ahead(path)
        return lambda: self._published(path, opened())

    def _gone(self, missing: set[str], looks: Mapping[Path, Look]) -> set[str]:
        """Forget what was removed, but nothing for a whole content folder that is away: it may be about to be replaced."""
        away = [root for root, look in looks.items() if look.error]
        return {path for path in missing if not any(Path(path).is_relative_to(root) for root in away)}

    def _published(self, path: Path, result: Result) -> Result:
        if not result.problems:
            return result
        good = self._cached(path, as_it_was=True)
        return Result(good.volume if good else None, _for_strangers(path, result.problems), result.inputs)


def _for_strangers(path: Path, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    name = f"{path.parent.name}/{path.name}"
    return tuple(problem._replace(path=name) for problem in problems)
