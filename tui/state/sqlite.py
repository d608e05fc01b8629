"""The store of a reader's state in an SQLite file.

It migrates files of older versions, and renames damaged ones.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from tui.library.database import rewrite
from tui.state.records import Change, Kind, Location, Mark, Query, Reading, Record, Setting, StoreError, Visit

VERSION: Final = 2
"""Version 2 adds recent and saved queries."""
_MOST_SECONDS: Final = 0x7FFFFFFF
"""The bits of SQLite's number for applications, which keeps the file's first second."""
_HEAD: Final = 100
_APPLICATION_ID: Final = slice(68, 72)
"""The bytes of that number in the header of a file."""
# A new version only adds tables, so applying the whole schema migrates an older file.
# The table of locations keeps its name `place`, so that the files of version 0.1 are read.
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS place (briefing TEXT PRIMARY KEY, page TEXT, block TEXT, top TEXT, row INTEGER)
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mark (letter TEXT, scope TEXT, briefing TEXT, page TEXT, block TEXT, words TEXT, at REAL,
    PRIMARY KEY (letter, scope)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS read (briefing TEXT, item TEXT, digest TEXT, PRIMARY KEY (briefing, item)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS visit (briefing TEXT PRIMARY KEY, digest TEXT, at REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS query (words TEXT, saved INTEGER, at REAL, PRIMARY KEY (words, saved)) WITHOUT ROWID;
"""


def _mark_row(mark: Mark) -> tuple[object, ...]:
    return (mark.letter, mark.scope, *mark.location[:3], mark.words, mark.at)


def _mark(*row: Any) -> Mark:
    letter, _scope, briefing, page, block, words, at = row
    return Mark(letter, Location(briefing, page, block), words, at)


class _Table(NamedTuple):
    """A table of the file, with the records of one kind."""

    load: str
    put: str
    remove: str
    keys: int
    """The number of first columns that are the key."""
    record: Callable[..., Record]
    row: Callable[[Any], tuple[object, ...]] = tuple


def _table(name: str, columns: int, keys: Sequence[str], record: Callable[..., Record], **row: Any) -> _Table:
    return _Table(
        f"SELECT * FROM {name}",
        f"INSERT OR REPLACE INTO {name} VALUES ({', '.join('?' * columns)})",
        f"DELETE FROM {name} WHERE {' AND '.join(f'{key} = ?' for key in keys)}",
        len(keys),
        record,
        **row,
    )


_TABLES: Final[dict[type, _Table]] = {
    Location: _table("place", 5, ["briefing"], Location),
    Mark: _table("mark", 7, ["letter", "scope"], _mark, row=_mark_row),
    Visit: _table("visit", 3, ["briefing"], Visit),
    Reading: _table("read", 3, ["briefing", "item"], Reading),
    Setting: _table("setting", 2, ["name"], Setting),
    Query: _table("query", 3, ["words", "saved"], lambda words, saved, at: Query(words, bool(saved), at)),
}


class SqliteStore:
    """Keeps one reader's records in an SQLite file."""

    is_kept = True

    def __init__(self, path: Path, earliest: int = 0) -> None:
        """Open the file, or create one. A damaged file is renamed.

        Args:
            path: the file.
            earliest: the first second that a new file may have, whatever the clock says.

        Raises:
            StoreError: the file cannot be opened.
        """
        self.trouble = ""
        try:
            try:
                self._database = _connected(path, earliest)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                kept = _set_aside(path)
                self.trouble = f"The file of your locations and marks was damaged; it is kept as {kept}"
                self._database = _connected(path, earliest)
        except sqlite3.OperationalError as error:
            raise StoreError(f"Your locations and marks cannot be kept: {error}", _kind(error)) from error
        except sqlite3.DatabaseError as error:
            raise StoreError(self.trouble, _kind(error)) from error
        except OSError as error:
            raise StoreError(f"Your locations and marks cannot be kept: {error.strerror}", _kind(error)) from error

    @property
    def revision(self) -> int:
        """SQLite's number of changes by others; 0 for an unreadable file."""
        try:
            return int(self._database.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            return 0

    @property
    def made(self) -> int:
        """The file's first second, since the epoch. Files of 0.1 have 0."""
        try:
            return int(self._database.execute("PRAGMA application_id").fetchone()[0])
        except sqlite3.Error:
            return 0

    def load(self, kind: type[Kind]) -> list[Kind]:
        """Return all records of a kind."""
        table = _TABLES[kind]
        try:
            return [table.record(*row) for row in self._database.execute(table.load)]  # type: ignore[misc]  # of this kind
        except sqlite3.Error as error:
            raise StoreError(str(error)) from error

    def write(self, changes: Sequence[Change]) -> None:
        """Write changes in one transaction."""
        try:
            with self._database:
                self.apply(changes)
        except sqlite3.Error as error:
            raise StoreError(str(error), _kind(error)) from error

    def apply(self, changes: Sequence[Change]) -> None:
        """Apply changes within a transaction."""
        for record, is_removal in changes:
            table = _TABLES[type(record)]
            row = table.row(record)
            if is_removal:
                self._database.execute(table.remove, row[: table.keys])
            else:
                self._database.execute(table.put, row)

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def purge_marks(path: Path, concerned: Callable[[Mark], bool]) -> int:
    """Remove the words of some marks from a file. Return the number of these marks.

    The file keeps its time, which tells when its reader was last there.

    Raises:
        StoreError: the file cannot be read or written.
    """
    try:
        before = path.stat()
        database = _connected(path)
        try:
            rows = database.execute(_TABLES[Mark].load)
            marks = [mark for mark in (_mark(*row) for row in rows) if mark.words and concerned(mark)]
            with database:
                database.executemany(_TABLES[Mark].put, [_mark_row(mark._replace(words="")) for mark in marks])
            rewrite(database)
        finally:
            database.close()
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path}: {getattr(error, 'strerror', None) or error}", _kind(error)) from error
    return len(marks)


def copy_of(path: Path) -> bytes:
    """Return a database as one file, while others write it.

    Raises:
        FileNotFoundError: there is no such file.
        StoreError: the file is no whole database.
    """
    path.stat()
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as database:
            [checked] = database.execute("PRAGMA quick_check(1)").fetchone()
            if checked != "ok":
                raise sqlite3.DatabaseError(checked)
            with closing(sqlite3.connect(":memory:")) as copy:
                database.backup(copy)
                return copy.serialize()
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}", _kind(error)) from error


def is_database(data: bytes) -> bool:
    """Whether data begin as an SQLite file does."""
    return data.startswith(b"SQLite format 3\0") and len(data) >= _HEAD


def first_second(data: bytes) -> int:
    """Return the first second of a state's file, by its header."""
    return int.from_bytes(data[_APPLICATION_ID], "big")


def _kind(error: sqlite3.Error | OSError) -> str:
    """Return SQLite's name of an error, or Python's for other errors."""
    return getattr(error, "sqlite_errorname", type(error).__name__)


def _connected(path: Path, earliest: int = 0) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = sqlite3.connect(path, timeout=2)
    try:
        _log_ahead(database)
        database.execute("PRAGMA synchronous = NORMAL")
        # What is removed is overwritten, and not only set free.
        database.execute("PRAGMA secure_delete = ON")
        before = database.execute("PRAGMA user_version").fetchone()[0]
        if before < VERSION:
            made = "" if before else f"PRAGMA application_id = {max(int(time.time()), earliest) & _MOST_SECONDS};"
            # Another reader may be beginning, or taking over, the same file at this moment.
            database.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}{made}PRAGMA user_version = {VERSION};COMMIT;")
        found = database.execute("PRAGMA user_version").fetchone()[0]
        if found > VERSION:
            message = f"{path.name} was written by a newer version of this program"
            raise sqlite3.OperationalError(message)
        [checked] = database.execute("PRAGMA quick_check(1)").fetchone()
        if checked != "ok":
            raise sqlite3.DatabaseError(checked)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _log_ahead(database: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. Readers do not block a writer then.

    SQLite itself does not wait here for another process that switches at this moment.
    """
    until = time.monotonic() + 0.5
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if time.monotonic() > until or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(0.01)
        else:
            return


def _set_aside(path: Path) -> str:
    """Rename a damaged file, for a later rescue. Return its new name."""
    kept = path.with_name(f"{path.name}.damaged-{time.time_ns() // 1_000_000}")
    try:
        path.rename(kept)
        Path(f"{path}-shm").unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            Path(f"{path}-wal").rename(f"{kept}-wal")
    except OSError:
        return ""
    return kept.name


def delete(path: Path) -> None:
    """Delete the files of a state.

    Raises:
        OSError: one cannot be deleted.
    """
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        name.unlink(missing_ok=True)
