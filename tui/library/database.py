"""The cache's database: an SQLite file, or memory once the disk fails.

Every access goes through `Cache`, so that a file that is missing, damaged, foreign, of another version, forbidden, or on
a full disk is met in one place, and what could not be kept is never taken for absent.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TypeVar

_BUSY_MILLISECONDS: Final = 2000
_APPLICATION_ID: Final = 0x42524246  # "BRBF": tells our files from another program's
_Result = TypeVar("_Result")
Statement = tuple[str, Sequence[str]]


class Cache:
    """A cache with one database; in any thread. Its content may be lost, but never without being told."""

    def __init__(self, path: Path | None, version: int, schema: str) -> None:
        """Open the file, or memory without a path. A foreign or old file is recreated.

        Args:
            path: the SQLite file.
            version: the version of the schema.
            schema: the statements that create the tables.
        """
        self.trouble = ""
        """One line where the cache cannot be kept on disk; empty where it can."""
        self.losses = 0
        """How often its content was lost."""
        self._told = False
        self._path = path
        self._version = version
        self._schema = schema
        # One connection serves the screen and the thread that refreshes; SQLite itself must not be entered twice.
        self._guard = threading.Lock()
        self._database = self._opened()

    def reopened(self) -> "Cache":
        """Open the same file once more, as a child process must."""
        return Cache(self._path, self._version, self._schema)

    @property
    def folder(self) -> Path | None:
        """The folder of the cache; None for a cache in memory."""
        return self._path.parent if self._path else None

    def ask(self, query: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        try:
            return self._do(lambda database: database.execute(query, values).fetchall())
        except UnicodeEncodeError:  # a name that is no text: the cache has none of these
            return []

    def write(self, statements: Iterable[Statement]) -> None:
        """Execute statements in one transaction."""
        waiting = list(statements)

        def execute(database: sqlite3.Connection) -> None:
            with database:
                for statement, values in waiting:
                    database.execute(statement, values)

        if waiting:
            with suppress(UnicodeEncodeError):
                self._do(execute)

    @property
    def writes(self) -> int:
        """The number of rows that this process wrote."""
        return self._database.total_changes

    def fail(self, reason: str) -> None:
        """Record the first reason for which the disk fails."""
        self.trouble = self.trouble or f"The cache cannot be kept on disk ({reason}); it is in memory for this time."

    def news(self) -> str:
        """Return the trouble once; afterwards nothing, so that nobody is told twice."""
        told, self._told = self._told, self._told or bool(self.trouble)
        return "" if told else self.trouble

    def close(self) -> None:
        """Close the database."""
        with self._guard:
            self._database.close()

    def rewrite(self) -> str:
        """Write the file anew, so that nothing deleted is left in it. Return the reason of a failure."""
        with self._guard:
            try:
                rewrite(self._database)
            except sqlite3.Error as error:
                return str(error)
        return ""

    def _do(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """Run work on the database. Damage or a failing disk replaces the database."""
        with self._guard:
            try:
                return work(self._database)
            except sqlite3.DatabaseError as error:
                self._replace(error)
            return work(self._database)

    def _replace(self, error: sqlite3.DatabaseError) -> None:
        before = self._database
        if _is_damage(error):
            before.close()
            _removed(self._path)
            self.losses += 1
            self._database = self._opened()
            return
        if not isinstance(error, sqlite3.OperationalError):  # a mistake of ours
            raise error
        self.fail(str(error))
        self._database = self._in_memory()
        try:
            _copy(before, self._database)
        except sqlite3.Error:
            self.losses += 1
        before.close()

    def _opened(self) -> sqlite3.Connection:
        if self._path is not None:
            for _ in range(2):
                try:
                    return _opened(self._path, self._version, self._schema)
                except sqlite3.DatabaseError as error:
                    if not _is_damage(error) or not _removed(self._path):
                        self.fail(str(error))
                        break
                except OSError as error:
                    self.fail(error.strerror or str(error))
                    break
        return self._in_memory()

    def _in_memory(self) -> sqlite3.Connection:
        database = sqlite3.connect(":memory:", check_same_thread=False)
        database.executescript(self._schema)
        return database


def rewrite(database: sqlite3.Connection, seconds: float = 10.0) -> None:
    """Write a database anew, and empty its log. Other processes may use it meanwhile.

    Raises:
        sqlite3.Error: it cannot be written, or others read in it all the time.
    """
    until = time.monotonic() + seconds
    database.execute("VACUUM")
    while database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > until:
            raise sqlite3.OperationalError("other processes read it all the time; end them and try again")
        time.sleep(0.05)


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether an error means a damaged file. SQLite raises the bare class then."""
    return type(error) is sqlite3.DatabaseError


def _opened(path: Path, version: int, schema: str) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = sqlite3.connect(path, check_same_thread=False, timeout=_BUSY_MILLISECONDS / 1000)
    try:
        # A cache need not survive a power cut, so nobody waits for the disk: what is damaged is made anew.
        database.execute("PRAGMA synchronous = OFF")
        # What is replaced is overwritten, so that words that were deleted are not kept.
        database.execute("PRAGMA secure_delete = ON")
        # The write-ahead log lets one process read while another writes.
        database.execute("PRAGMA journal_mode = WAL")
        (found,) = database.execute("PRAGMA user_version").fetchone()
        (application,) = database.execute("PRAGMA application_id").fetchone()
        if (application, found) != (_APPLICATION_ID, version):
            make(database, version, schema)
    except sqlite3.Error:
        database.close()
        raise
    return database


def make(database: sqlite3.Connection, version: int, schema: str) -> None:
    """Create all tables anew in one transaction, safe against a second process."""
    database.execute("BEGIN IMMEDIATE")
    (found,) = database.execute("PRAGMA user_version").fetchone()
    (application,) = database.execute("PRAGMA application_id").fetchone()
    if (application, found) == (_APPLICATION_ID, version):  # another process was faster
        database.rollback()
        return
    for name in _tables(database):
        database.execute(f'DROP TABLE "{name}"')
    for statement in filter(str.strip, schema.split(";")):
        database.execute(statement)
    database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {version}")
    database.commit()


def _copy(before: sqlite3.Connection, after: sqlite3.Connection) -> None:
    """Copy the readable tables, since compiling takes longer."""
    before.rollback()
    with after:
        for name in _tables(after):
            rows = before.execute(f'SELECT * FROM "{name}"')
            places = ", ".join("?" * len(rows.description))
            after.executemany(f'INSERT OR REPLACE INTO "{name}" VALUES ({places})', rows)


def _tables(database: sqlite3.Connection) -> list[str]:
    return [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]


def _removed(path: Path | None) -> bool:
    """Remove a damaged file with its log. Return whether none is left."""
    try:
        for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")) if path else ():
            if os.path.lexists(name):
                name.unlink()
    except OSError:
        return False
    return True
