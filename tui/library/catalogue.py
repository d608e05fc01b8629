"""The catalogue: a cache of what the content folders hold, so that a start need not read them all.

It is compiled from the TOML and never trusted where the files have changed since. It may be deleted at any time, and is
rebuilt where it is damaged, foreign or of another version.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, Final, NamedTuple

from tui.briefing.files import FILE_NAME
from tui.briefing.problems import Problem
from tui.library.ahead import Ahead
from tui.library.database import Cache, Statement
from tui.library.opened import Opened, opened_from_json
from tui.library.records import from_json, to_json
from tui.library.rows import COLUMNS, Row, row_of, row_values
from tui.library.stamps import ABSENT, Look, briefing_stamp, is_there, look_into, stamp
from tui.library.volume import Volume

_SCHEMA: Final = """
CREATE TABLE briefing (
    path TEXT PRIMARY KEY, root TEXT NOT NULL, stamp TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL,
    bluf TEXT NOT NULL, as_of TEXT NOT NULL, digest TEXT NOT NULL, counts TEXT NOT NULL, problems TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX reading_order ON briefing (as_of DESC, title, path);
CREATE INDEX by_id ON briefing (id);
CREATE TABLE edition (path TEXT PRIMARY KEY, inputs TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
"""
VERSION: Final = 3
"""To be raised with every change of the schema, of the records or of what is compiled into them."""


class Result(NamedTuple):
    """A briefing that was asked for: open, or with its problems, or its last good edition with the file's problems."""

    volume: Volume | None
    problems: tuple[Problem, ...]
    inputs: dict[str, str]
    """The files that the result depends on, with their stamps."""


class Catalogue:
    """The briefings of one or more content folders."""

    tells_folders: ClassVar = True
    """Whether those who read may be told where on the machine things lie."""
    _revision: ClassVar = "stamp || ' ' || digest"
    """What changes with a briefing."""

    def __init__(
        self,
        cache_file: Path | None,
        roots: Iterable[Path],
        held_by_user: Path,
        may_lack: Collection[Path] = (),
    ) -> None:
        """Open the cache, or make a new one; without a file, or where it cannot be kept, it lives in memory.

        Args:
            cache_file: the file of the cache.
            roots: the content folders.
            held_by_user: the folder of the texts that the user holds.
            may_lack: those of the content folders that need not be there.
        """
        self.roots = tuple(Path(root) for root in roots)
        self.unread: tuple[Problem, ...] = ()
        """The content folders that could not be read at the last look, or were not there."""
        self.cache = Cache(cache_file, VERSION, _SCHEMA)
        self._held_by_user = held_by_user
        self.may_lack = frozenset(may_lack)
        self._waiting: list[Statement] = []
        self._writes = self._count_writes()

    def close(self) -> None:
        """Close the cache."""
        self.cache.close()

    def count(self) -> int:
        """Count the briefings."""
        [(number,)] = self.cache.ask(f"SELECT count(*) FROM briefing WHERE {self._in_roots}", self._root_names)
        return int(number)

    def rows(self, start: int, number: int) -> tuple[Row, ...]:
        """Give some of the briefings, the newest first, then by title."""
        query = (
            f"SELECT {COLUMNS} FROM briefing WHERE {self._in_roots} ORDER BY as_of DESC, title, path LIMIT ? OFFSET ?"
        )
        return tuple(map(row_of, self.cache.ask(query, (*self._root_names, number, start))))

    def all_rows(self) -> tuple[Row, ...]:
        """Look at every folder and return every briefing, also where the cache proves damaged only when it is read."""
        self.refresh()
        losses, rows = self.cache.losses, self.rows(0, max(1, self.count()))
        if losses != self.cache.losses:
            self.refresh()
            rows = self.rows(0, max(1, self.count()))
        return rows

    def broken(self) -> tuple[Row, ...]:
        """Give the briefings whose files are broken now."""
        query = f"SELECT {COLUMNS} FROM briefing WHERE problems <> '[]' AND {self._in_roots} ORDER BY path"
        return tuple(map(row_of, self.cache.ask(query, self._root_names)))

    def stamps(self) -> dict[str, str]:
        """Give for each briefing's file a text that changes with the briefing, as far as the catalogue knows it."""
        query = f"SELECT path, {self._revision} FROM briefing WHERE {self._in_roots} ORDER BY as_of DESC, title, path"
        return dict(self.cache.ask(query, self._root_names))

    def newest(self) -> float | None:
        """Return when the newest briefing's file was written, in seconds since 1970; None without a briefing."""
        # A stamp begins with that time in nanoseconds, and of one that could not be read with none.
        query = f"SELECT max(CAST(stamp AS INTEGER)) FROM briefing WHERE {self._in_roots}"
        [(moment,)] = self.cache.ask(query, self._root_names)
        return moment / 1e9 if moment else None

    def stamp_of(self, path: Path) -> str:
        """Give that text for one file; empty where the catalogue does not know it."""
        query = f"SELECT {self._revision} FROM briefing WHERE path = ? AND {self._in_roots}"
        return "".join(next(iter(self.cache.ask(query, (str(path), *self._root_names))), ()))

    @property
    def cache_folder(self) -> Path | None:
        """The folder in which caches are kept; None where there is none and they live in memory."""
        return self.cache.folder

    @property
    def held_stamp(self) -> str:
        """Give a text that changes when the user comes to hold a text, or no longer does."""
        return stamp(self._held_by_user)

    def find(self, name: str) -> Path | None:
        """Find a briefing's file by its id: in the folder of that name first, else as the catalogue knows it."""
        unread = None
        for root in self.roots if name and "/" not in name and name not in {".", ".."} else ():
            path = root / name / FILE_NAME
            if is_there(at := stamp(path)):
                return path
            unread = unread or (None if at == ABSENT else path)
        query = f"SELECT path FROM briefing WHERE id = ? AND {self._in_roots} ORDER BY path LIMIT 1"
        found = self.cache.ask(query, (name, *self._root_names))
        return Path(found[0][0]) if found else unread

    def open(self, path: Path) -> Result:
        """Open a briefing, from the cache where its files are still the same."""
        return self._cached(path) or self._compile(path)

    def open_ahead(self, path: Path) -> Callable[[], Result]:
        """Begin to open a briefing beside whatever else a start does; what is given back waits for it."""
        if (found := self._cached(path)) is not None:
            return lambda: found
        own_stamp = briefing_stamp(path)
        ahead = Ahead(lambda: self._opened(path).as_json())

        def result() -> Result:
            with suppress(ValueError, TypeError):
                if text := ahead.take():
                    opened = opened_from_json(text)
                    # The cache is written when there is time: by the next refresh.
                    self._waiting.extend(self._statements(path, own_stamp, opened))
                    return _result(path, opened)
            return self._compile(path)

        return result

    def _cached(self, path: Path, *, as_it_was: bool = False) -> Result | None:
        for written, body in self.cache.ask("SELECT inputs, body FROM edition WHERE path = ?", (str(path),)):
            with suppress(ValueError, TypeError, AttributeError):  # a damaged row: it is compiled anew
                inputs: dict[str, str] = json.loads(written)
                if as_it_was or all(stamp(name) == known for name, known in inputs.items()):
                    return Result(Volume(from_json(json.loads(body)), path), (), inputs)
        return None

    def _opened(self, path: Path) -> Opened:
        # Here and nowhere before: reading the TOML takes pydantic, which a warm start does without.
        from tui.library.opening import open_file

        return open_file(path, self._held_by_user, self._shown(path))

    def _compile(self, path: Path) -> Result:
        own_stamp = briefing_stamp(path)
        opened = self._opened(path)
        self.cache.write(self._statements(path, own_stamp, opened))
        return _result(path, opened)

    def _statements(self, path: Path, own_stamp: str, opened: Opened) -> list[Statement]:
        """Give what puts an opened briefing into the cache."""
        root = next((str(root) for root in self.roots if path.is_relative_to(root)), "")
        statements: list[Statement] = []
        # Of what is broken now the last good edition stays: it is not what the file says, but what `Published` shows.
        if opened.edition is not None:
            values = (str(path), json.dumps(opened.inputs), to_json(opened.edition))
            statements.append(("INSERT OR REPLACE INTO edition VALUES (?, ?, ?)", values))
        if root:
            row = row_values(path, root, own_stamp, opened.edition, opened.problems)
            kept = "root, stamp, problems" if opened.edition is None else COLUMNS.replace("path", "root, stamp")
            changed = ", ".join(f"{column} = excluded.{column}" for column in kept.split(", "))
            insert = f"INSERT INTO briefing VALUES ({', '.join('?' * len(row))})"
            statements.append((f"{insert} ON CONFLICT (path) DO UPDATE SET {changed}", row))
        return statements

    def files(self) -> list[Path]:
        """Look at every folder; return the files of all briefings, and of a folder that cannot be read the one it may be."""
        looks = self._look()
        return [
            *(Path(path) for look in looks.values() for path in look.briefings),
            *(Path(problem.path) / FILE_NAME for problem in self.unread),
        ]

    def _look(self) -> dict[Path, Look]:
        looks = {root: look_into(root) for root in self.roots}
        self.unread = tuple(problem for root, look in looks.items() for problem in self._unread(root, look))
        return looks

    def refresh(self, progress: Callable[[int, int], bool] = lambda _done, _all: True) -> bool:
        """Look at every folder again and compile what is new or changed.

        Args:
            progress: is told how many of how many changed briefings are done; what it gives back says whether to go on.

        Returns:
            Whether anything was new or changed since the last look, whoever found it.
        """
        losses, unread, changed = self.cache.losses, self.unread, self._refresh(progress)
        if losses != self.cache.losses:  # what was found before the cache was lost is found anew
            changed = self._refresh(progress) or changed
        return changed or unread != self.unread

    def _refresh(self, progress: Callable[[int, int], bool]) -> bool:
        waiting, self._waiting = self._waiting, []
        self.cache.write(waiting)
        query = f"SELECT path, stamp FROM briefing WHERE {self._in_roots}"
        known: dict[str, str] = dict(self.cache.ask(query, self._root_names))
        looks = self._look()
        present = {path: now for look in looks.values() for path, now in look.briefings.items()}
        gone = self._gone(known.keys() - present.keys(), looks)
        self.cache.write(
            (f"DELETE FROM {table} WHERE path = ?", (path,)) for path in gone for table in ("briefing", "edition")
        )
        stale = [path for path, now in present.items() if known.get(path) != now]
        for done, path in enumerate(stale, 1):
            self._compile(Path(path))
            if not progress(done, len(stale)):
                break
        # Another process that shares the cache may have been faster, and so may whoever opened a briefing here.
        before, self._writes = self._writes, self._count_writes()
        return bool(gone or stale or waiting) or before != self._writes

    def _unread(self, root: Path, look: Look) -> Iterable[Problem]:
        """Yield why a content folder could not be read."""
        if look.is_missing and root not in self.may_lack:
            yield Problem(str(root), 0, 0, "", "there is no such folder", "create it, or take it out of the library")
        elif look.error and not look.is_missing:
            said = (look.error.strerror or str(look.error)).lower()
            yield Problem(str(root), 0, 0, "", f"the folder cannot be read: {said}", "mend its permissions")

    def _gone(self, missing: set[str], looks: Mapping[Path, Look]) -> set[str]:
        """Return which of the briefings whose files are missing are to be forgotten: not what could not be read."""
        unread = [root for root, look in looks.items() if look.error and not look.is_missing]
        return {path for path in missing if not any(Path(path).is_relative_to(root) for root in unread)}

    def _count_writes(self) -> tuple[int, int]:
        """Give numbers that change when other processes write the cache, and when this one does."""
        [(elsewhere,)] = self.cache.ask("PRAGMA data_version")
        return int(elsewhere), self.cache.writes

    def _shown(self, path: Path) -> str:
        """Call a file in messages as its reader would: from its content folder on."""
        root = next((root for root in self.roots if path.is_relative_to(root)), None)
        return str(path.relative_to(root.parent)) if root else str(path)

    @property
    def _in_roots(self) -> str:
        return f"root IN ({', '.join('?' * len(self.roots))})"

    @property
    def _root_names(self) -> tuple[str, ...]:
        return tuple(map(str, self.roots))


def _result(path: Path, opened: Opened) -> Result:
    return Result(Volume(opened.edition, path) if opened.edition else None, opened.problems, opened.inputs)
