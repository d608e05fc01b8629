"""Queries of the catalogue: the briefings, and the permission to show each."""

import json
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from tui.briefing.files import FILE_NAME
from tui.briefing.publication import publication_from_text
from tui.library.catalogue_scope import CatalogueScope
from tui.library.stamps import ABSENT, is_there, stamp
from tui.library.summaries import COLUMNS, Summary, summary_of


class CatalogueQueries(CatalogueScope):
    """The catalogue as of the last scan. Only `find` reads a content folder."""

    takes_unread: ClassVar = True
    """Whether a folder counts as a briefing before it was read."""
    _revision: ClassVar = "stamp || ' ' || digest"
    """The SQL expression of a briefing's revision."""

    @property
    def scope(self) -> str:
        """A name for the readers, who share an index. Empty for an author."""
        return ""

    def is_withdrawn(self, name: str) -> bool:
        """Whether the address of a briefing has the notice of its withdrawal."""
        return False

    @property
    def revision(self) -> tuple[object, ...]:
        """A value that changes whenever the shown briefings may have changed."""
        [(elsewhere,)] = self.cache.ask("PRAGMA data_version")
        return elsewhere, self.cache.writes, self._listed_rows, self._shown_rows

    @property
    def is_growing(self) -> bool:
        """Whether briefings are still to be read. A library that was read before is shown as it was then."""
        return self.pending > 0 if self.pending is not None else not self.count()

    def count(self) -> int:
        """Count the briefings."""
        where, roots = self._listed_rows
        [(number,)] = self.cache.ask(f"SELECT count(*) FROM briefing WHERE {where}", roots)
        return int(number)

    def moments(self) -> list[float]:
        """Return the moments of all publications, in seconds since the epoch."""
        where, roots = self._in_roots
        written = self.cache.ask(
            f"SELECT DISTINCT publication FROM briefing WHERE publication <> '' AND {where}", roots
        )
        found = [publication_from_text(str(text)) for (text,) in written]
        return [moment.timestamp() for one in found for moment in (one.from_, one.until) if moment]

    def rows(self, start: int, number: int) -> tuple[Summary, ...]:
        """Return some of the briefings, the newest first, then by title."""
        where, roots = self._listed_rows
        query = f"SELECT {COLUMNS} FROM briefing WHERE {where} ORDER BY as_of DESC, title, path LIMIT ? OFFSET ?"
        return tuple(map(summary_of, self.cache.ask(query, (*roots, number, start))))

    def titles(self, names: Collection[str]) -> dict[str, str]:
        """Return the titles of some briefings by their ids."""
        where, roots = self._shown_rows
        query = f"SELECT id, title FROM briefing WHERE id IN ({', '.join('?' * len(names))}) AND {where}"
        return {str(name): str(title) for name, title in self.cache.ask(query, (*names, *roots))}

    def broken(self) -> tuple[Summary, ...]:
        """Return the briefings whose files have problems now."""
        where, roots = self._in_roots
        query = f"SELECT {COLUMNS} FROM briefing WHERE problems <> '[]' AND {where} ORDER BY path"
        return tuple(map(summary_of, self.cache.ask(query, roots)))

    def stamps(self, *, in_order: bool = True) -> dict[str, str]:
        """Return the revision of each briefing, by its file. Their order takes most of the time."""
        where, roots = self._listed_rows
        order = " ORDER BY as_of DESC, title, path" if in_order else ""
        return dict(self.cache.ask(f"SELECT path, {self._revision} FROM briefing WHERE {where}{order}", roots))

    def newest(self) -> float | None:
        """Return the newest file's time of writing in Unix seconds, or None."""
        # A stamp begins with that time in nanoseconds, and of one that could not be read with none.
        where, roots = self._listed_rows
        [(moment,)] = self.cache.ask(f"SELECT max(CAST(stamp AS INTEGER)) FROM briefing WHERE {where}", roots)
        return moment / 1e9 if moment else None

    def stamp_of(self, path: Path) -> str:
        """Return the revision of a briefing's file; empty for an unknown file."""
        where, roots = self._listed_rows
        query = f"SELECT {self._revision} FROM briefing WHERE path = ? AND {where}"
        return "".join(next(iter(self.cache.ask(query, (str(path), *roots))), ()))

    def entries_of(self, path: Path) -> tuple[tuple[str, str, str], ...]:
        """Return the id, number and digest of each entry of a briefing.

        They come from the cache; the briefing is not opened.
        """
        rows = self.cache.ask("SELECT entries FROM listed WHERE path = ?", (str(path),))
        with suppress(ValueError, TypeError):  # a damaged row: the next refresh makes it anew
            return tuple((name, number, digest) for (text,) in rows for name, number, digest in json.loads(text))
        return ()

    def ids(self) -> dict[str, Path]:
        """Return the ids of all briefings, each with the file from `find`."""
        where, roots = self._listed_rows
        found: dict[str, Path] = {}
        for name, text in self.cache.ask(f"SELECT id, path FROM briefing WHERE {where} ORDER BY path", roots):
            path = Path(text)
            if name not in found or path in self._named_so(name):
                found[name] = path
        return found

    def find(self, name: str) -> Path | None:
        """Find a briefing's file by its id, or return None. The folder of that name comes first.

        With `takes_unread` the folder of that name counts as the briefing before it was read.
        """
        named = self._named_so(name)
        if found := list(filter(self._permission(), self._called(name))):
            return min(found, key=lambda path: (path not in named, path))
        there = [path for path in named if self.takes_unread and stamp(path) != ABSENT and not self._knows(path)]
        return min(there, key=lambda path: not is_there(stamp(path)), default=None) or self._find_former(name)

    def _called(self, name: str) -> list[Path]:
        """Return the files with an id, also the closed ones."""
        where, roots = self._good_rows
        query = f"SELECT path FROM briefing WHERE id = ? AND {where}"
        return [Path(path) for (path,) in self.cache.ask(query, (name, *roots))]

    def _find_former(self, name: str) -> Path | None:
        """Find the file of the briefing that had an id before."""
        where, roots = self._good_rows
        query = f"SELECT path FROM former JOIN briefing USING (path) WHERE former.id = ? AND {where} ORDER BY path"
        found = (Path(path) for (path,) in self.cache.ask(query, (name, *roots)))
        return next(filter(self._permission(), found), None)

    def id_of(self, path: Path) -> str:
        """Return the id of a briefing's file; empty for a missing file."""
        where, roots = self._shown_rows
        return "".join(
            next(iter(self.cache.ask(f"SELECT id FROM briefing WHERE path = ? AND {where}", (str(path), *roots))), ())
        )

    def _named_so(self, name: str) -> tuple[Path, ...]:
        """Return the possible files of a briefing whose folder has its id."""
        if not name or "/" in name or name in {".", ".."}:
            return ()
        return tuple(root / name / FILE_NAME for root in self.roots)

    def _knows(self, path: Path) -> bool:
        return bool(self.cache.ask("SELECT 1 FROM briefing WHERE path = ?", (str(path),)))
