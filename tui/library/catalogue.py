"""The catalogue: a cache of what the content folders hold, so that a start need not read them all.

It is compiled from the TOML and never trusted where the files have changed since. It may be deleted at any time, and is
rebuilt where it is damaged, foreign or of another version.
"""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar, Final, NamedTuple

from tui.briefing.files import FILE_NAME
from tui.briefing.problems import Problem
from tui.library.ahead import Ahead
from tui.library.database import open_database, renew_database
from tui.library.opened import Opened, opened_from_json
from tui.library.records import from_json, to_json
from tui.library.rows import COLUMNS, Row, row_of, row_values
from tui.library.stamps import ABSENT, briefing_stamp, stamp, stamped_briefings
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
VERSION: Final = 2
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

    def __init__(self, cache_file: Path | None, roots: Iterable[Path], held_by_user: Path) -> None:
        """Open the cache, or make a new one; without a file, or where it cannot be written, it lives in memory."""
        self.roots = tuple(Path(root) for root in roots)
        self._held_by_user = held_by_user
        self._cache_file = cache_file
        self._database = open_database(cache_file, VERSION, _SCHEMA)
        # One connection serves the screen and the thread that refreshes; SQLite itself must not be entered twice.
        self._guard = threading.Lock()
        self._waiting: list[tuple[str, Sequence[str]]] = []
        self._writes = self._count_writes()

    def _ask(self, query: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
        """Read from the cache; where it proves to be damaged, it is made anew and holds nothing yet."""
        with self._guard:
            try:
                return self._database.execute(query, values).fetchall()
            except UnicodeEncodeError:  # a name that is no text: the cache has none of these
                return []
            except sqlite3.DatabaseError as error:
                self._renew(error)
                return self._database.execute(query, values).fetchall()

    def _write(self, statements: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Write in one transaction; a cache that cannot be written (a full disk, say) is no reason to stop reading."""
        with self._guard:
            try:
                with self._database:
                    for statement, values in statements:
                        self._database.execute(statement, values)
            except (sqlite3.OperationalError, UnicodeEncodeError):
                pass
            except sqlite3.DatabaseError as error:
                self._renew(error)

    def _renew(self, error: sqlite3.DatabaseError) -> None:
        # What is damaged is told as the bare class; its subclasses have other reasons.
        if type(error) is not sqlite3.DatabaseError:
            raise error
        self._database.close()
        self._database = renew_database(self._cache_file, VERSION, _SCHEMA)

    def close(self) -> None:
        """Close the cache."""
        with self._guard:
            self._database.close()

    def count(self) -> int:
        """Count the briefings."""
        [(number,)] = self._ask(f"SELECT count(*) FROM briefing WHERE {self._in_roots}", self._root_names)
        return int(number)

    def rows(self, start: int, number: int) -> tuple[Row, ...]:
        """Give some of the briefings, the newest first, then by title."""
        query = (
            f"SELECT {COLUMNS} FROM briefing WHERE {self._in_roots} ORDER BY as_of DESC, title, path LIMIT ? OFFSET ?"
        )
        return tuple(map(row_of, self._ask(query, (*self._root_names, number, start))))

    def broken(self) -> tuple[Row, ...]:
        """Give the briefings whose files are broken now."""
        query = f"SELECT {COLUMNS} FROM briefing WHERE problems <> '[]' AND {self._in_roots} ORDER BY path"
        return tuple(map(row_of, self._ask(query, self._root_names)))

    def stamps(self) -> dict[str, str]:
        """Give for each briefing's file a text that changes with the briefing, as far as the catalogue knows it."""
        query = f"SELECT path, {self._revision} FROM briefing WHERE {self._in_roots} ORDER BY as_of DESC, title, path"
        return dict(self._ask(query, self._root_names))

    def stamp_of(self, path: Path) -> str:
        """Give that text for one file; empty where the catalogue does not know it."""
        query = f"SELECT {self._revision} FROM briefing WHERE path = ? AND {self._in_roots}"
        return "".join(next(iter(self._ask(query, (str(path), *self._root_names))), ()))

    @property
    def cache_folder(self) -> Path | None:
        """The folder in which caches are kept; None where there is none and they live in memory."""
        return self._cache_file.parent if self._cache_file else None

    @property
    def held_stamp(self) -> str:
        """Give a text that changes when the user comes to hold a text, or no longer does."""
        return stamp(self._held_by_user)

    def find(self, name: str) -> Path | None:
        """Find a briefing's file by its id: in the folder of that name first, else as the catalogue knows it."""
        for root in self.roots:
            path = root / name / FILE_NAME
            if name and "/" not in name and name not in {".", ".."} and stamp(path) != ABSENT:
                return path
        query = f"SELECT path FROM briefing WHERE id = ? AND {self._in_roots} ORDER BY path LIMIT 1"
        found = self._ask(query, (name, *self._root_names))
        return Path(found[0][0]) if found else None

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
        for written, body in self._ask("SELECT inputs, body FROM edition WHERE path = ?", (str(path),)):
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
        self._write(self._statements(path, own_stamp, opened))
        return _result(path, opened)

    def _statements(self, path: Path, own_stamp: str, opened: Opened) -> list[tuple[str, Sequence[str]]]:
        """Give what puts an opened briefing into the cache."""
        root = next((str(root) for root in self.roots if path.is_relative_to(root)), "")
        statements: list[tuple[str, Sequence[str]]] = []
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

    def refresh(self, progress: Callable[[int, int], bool] = lambda _done, _all: True) -> bool:
        """Look at every folder again and compile what is new or changed.

        Args:
            progress: is told how many of how many changed briefings are done; what it gives back says whether to go on.

        Returns:
            Whether anything was new or changed since the last look, whoever found it.
        """
        waiting, self._waiting = self._waiting, []
        self._write(waiting)
        query = f"SELECT path, stamp FROM briefing WHERE {self._in_roots}"
        known: dict[str, str] = dict(self._ask(query, self._root_names))
        present = dict(chain.from_iterable(map(stamped_briefings, self.roots)))
        gone = self._gone(known.keys() - present.keys())
        self._write(
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

    def _gone(self, missing: set[str]) -> set[str]:
        """Give which of the briefings whose files are missing are to be forgotten: all."""
        return missing

    def _count_writes(self) -> tuple[int, int]:
        """Give numbers that change when other processes write the cache, and when this one does."""
        [(elsewhere,)] = self._ask("PRAGMA data_version")
        return int(elsewhere), self._database.total_changes

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
