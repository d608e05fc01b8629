"""The ledger of reading, an SQLite file.

It has an audit of visits by key, and counts by day without persons.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

FILE_NAME: Final = "reading.sqlite"
PAGE: Final = 5000
"""Rows of one answer; a row has some 150 bytes."""
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS audit (number INTEGER PRIMARY KEY, at REAL, key TEXT, what TEXT, briefing TEXT);
CREATE INDEX IF NOT EXISTS audit_by_key ON audit (key);
CREATE TABLE IF NOT EXISTS reading (day TEXT, briefing TEXT, openings INTEGER, PRIMARY KEY (day, briefing))
    WITHOUT ROWID;
"""


_COUNT: Final = ("day", "briefing", "openings")


class LedgerError(Exception):
    """The ledger cannot be read or written; the message is one line."""


class Act(NamedTuple):
    """An act of a visitor."""

    at: float
    """Seconds since the epoch."""
    key: str
    """The fingerprint of the visitor's key; empty without one."""
    what: str
    """The act: `came`, `opened`, `left`, or a command such as `list`."""
    briefing: str = ""


Count = tuple[str, str, int]
"""The date in UTC, a briefing, and its openings on that day."""


class Rows(NamedTuple):
    """A part of a table. The place of the next part is 0 at the end."""

    rows: list[dict[str, str | float | int]]
    after: int


class Ledger:
    """Keeps acts and counts. It may be used in any thread."""

    def __init__(self, path: Path) -> None:
        """Use a file, which is made when it is first written."""
        self.path = path
        self._guard = threading.Lock()

    def write(self, acts: Iterable[Act], counts: Iterable[Count]) -> None:
        """Add acts and counts in one transaction.

        Raises:
            LedgerError: the file cannot be written.
        """
        adding = (
            "INSERT INTO reading VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET openings = openings + excluded.openings"
        )
        with self._opened() as database:
            database.executemany("INSERT INTO audit (at, key, what, briefing) VALUES (?, ?, ?, ?)", acts)
            database.executemany(adding, counts)

    def audit(self, since: float = 0.0, key: str = "", after: int = 0) -> Rows:
        """Return acts since a time, in order, of all keys or one."""
        where = "at >= ? AND number > ?" + (" AND key = ?" if key else "")
        values: list[str | float] = [since, after, *([key] if key else [])]
        query = f"SELECT number, at, key, what, briefing FROM audit WHERE {where} ORDER BY number LIMIT {PAGE}"
        found = self._asked(query, values)
        rows: list[dict[str, str | float | int]] = [
            {"at": at, "key": key, "what": what, "briefing": briefing} for _, at, key, what, briefing in found
        ]
        return Rows(rows, found[-1][0] if len(found) == PAGE else 0)

    def counts(self, since: str = "", after: int = 0) -> Rows:
        """Return counts since a day, by day and briefing."""
        query = (
            f"SELECT day, briefing, openings FROM reading WHERE day >= ? ORDER BY day, briefing LIMIT {PAGE} OFFSET ?"
        )
        found = self._asked(query, (since, after))
        rows: list[dict[str, str | float | int]] = [dict(zip(_COUNT, row, strict=True)) for row in found]
        return Rows(rows, after + PAGE if len(found) == PAGE else 0)

    def forget(self, key: str) -> int:
        """Delete the acts of a key, and return their number. Their bytes are overwritten."""
        return self._delete("key = ?", key)

    def forget_earlier(self, time_of: Callable[[str], float]) -> int:
        """Delete the acts of forgotten keys until their times. Return their number."""
        with self._opened() as database:
            keys = [key for (key,) in database.execute("SELECT DISTINCT key FROM audit")]
            times = [(key, at) for key in keys if key and (at := time_of(key))]
            return database.executemany("DELETE FROM audit WHERE key = ? AND at <= ?", times).rowcount if times else 0

    def expire(self, before: float) -> int:
        """Delete the acts of before a time, and return their number."""
        return self._delete("at < ?", before)

    def _delete(self, where: str, value: str | float) -> int:
        if not self.path.exists():
            return 0
        with self._opened() as database:
            return database.execute(f"DELETE FROM audit WHERE {where}", (value,)).rowcount

    def _asked(self, query: str, values: Sequence[str | float]) -> list[tuple[Any, ...]]:
        if not self.path.exists():
            return []
        with self._opened() as database:
            return database.execute(query, values).fetchall()

    def _opened(self) -> "_Use":
        return _Use(self.path, self._guard)


class _Use:
    """A transaction, whole or not there. Its errors are the ledger's."""

    def __init__(self, path: Path, guard: threading.Lock) -> None:
        self._path = path
        self._guard = guard
        self._database: sqlite3.Connection | None = None

    def __enter__(self) -> sqlite3.Connection:
        self._guard.acquire()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._path.touch(0o600)
            self._database = sqlite3.connect(self._path, timeout=5)
            # Deleted rows are overwritten, and no log beside the file keeps them.
            self._database.executescript(f"PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE; {_SCHEMA}")
        except (sqlite3.Error, OSError) as error:
            self._close()
            raise self._failed(error) from error
        return self._database

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            if self._database is not None:
                self._database.rollback() if error else self._database.commit()
        except sqlite3.Error as failed:
            raise self._failed(failed) from failed
        finally:
            self._close()
        if isinstance(error, sqlite3.Error):
            raise self._failed(error) from error

    def _failed(self, error: sqlite3.Error | OSError) -> LedgerError:
        return LedgerError(f"{self._path}: {getattr(error, 'strerror', None) or error}")

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
        self._guard.release()
