"""The scope of a catalogue: its folders, and the conditions for rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tui.briefing.problems import Problem
from tui.library.database import Cache
from tui.library.publishing import Listed, Rules


class Scanned:
    """The content folders as they were at the last look."""

    def __init__(self, roots: Iterable[Path]) -> None:
        """Start before the first look."""
        self.roots = tuple(Path(root) for root in roots)
        self.pending: int | None = None
        self.unread: tuple[Problem, ...] = ()
        self.away: Mapping[str, str] = {}


class CatalogueScope:
    """The part of a cache that is of one library."""

    def __init__(self, cache: Cache, roots: Iterable[Path]) -> None:
        """Read a cache.

        Args:
            cache: holds what is known.
            roots: the content folders whose briefings are of the library.
        """
        self.cache = cache
        self.scanned = Scanned(roots)

    @property
    def roots(self) -> tuple[Path, ...]:
        """The content folders."""
        return self.scanned.roots

    @property
    def pending(self) -> int | None:
        """The number of briefings still to be read; None before a look."""
        return self.scanned.pending

    @property
    def unread(self) -> tuple[Problem, ...]:
        """The content folders that could not be read at the last look."""
        return self.scanned.unread

    @property
    def away(self) -> Mapping[str, str]:
        """The content folders that were away at the last look, with reasons."""
        return self.scanned.away

    def root_of(self, path: Path) -> Path | None:
        """Return the content folder of a briefing; None for one outside."""
        return next((root for root in self.roots if root == path.parent.parent), None)  # one may lie in another

    def _permission(self) -> Callable[[Path], bool]:
        """Return a function that decides whether the reader may open a file.

        The work is the same for ids that nobody may open and for ids that no briefing has.
        """
        return lambda _path: True

    @property
    def _in_roots(self) -> tuple[str, tuple[str, ...]]:
        """The condition for the rows of this library, and its values."""
        roots = tuple(map(str, self.roots))
        return f"root IN ({', '.join('?' * len(roots))})", roots

    @property
    def _good_rows(self) -> tuple[str, tuple[str, ...]]:
        """The condition for the rows with anything to show, and its values."""
        return self._in_roots

    @property
    def _shown_rows(self) -> tuple[str, tuple[str, ...]]:
        """The condition for the rows that can be opened, and its values."""
        return self._in_roots

    @property
    def _listed_rows(self) -> tuple[str, tuple[str, ...]]:
        """The condition for the rows that lists show, and its values."""
        return self._in_roots

    def listed(self, rules: Rules) -> list[Listed]:
        """Return the briefings about which rules or header decide anything."""
        where, roots = self._in_roots
        former: defaultdict[str, set[str]] = defaultdict(set)
        if rules.rules:
            for name, path in self.cache.ask("SELECT id, path FROM former"):
                former[path].add(name)
        else:  # what is public for ever needs no decision
            where += " AND (publication <> '' OR header <> '')"
        query = f"SELECT path, id, digest, publication, header FROM briefing WHERE {where}"
        return [Listed.of_row(path, {name, *former[path]}, *row) for path, name, *row in self.cache.ask(query, roots)]
