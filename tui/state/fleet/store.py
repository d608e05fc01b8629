"""A store in an SQLite file whose records other hosts have too.

It stamps each change in the change's own transaction, and keeps it for sending until it was sent.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from tui.state.fleet.merging import Row, Stamp, hybrid, tick, winners
from tui.state.fleet.pending import Pending
from tui.state.fleet.rows import body_of, key_of, record_of
from tui.state.records import KINDS, Change, Record, StoreError
from tui.state.sqlite import SqliteStore

# The tables stand beside those of `SqliteStore`, which does not read them: a state can leave the fleet.
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS stamp (key TEXT PRIMARY KEY, at INTEGER, node TEXT, body TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stamp_at ON stamp (at);
CREATE TABLE IF NOT EXISTS fleet (epoch INTEGER, revision INTEGER);
"""


class Fleet(NamedTuple):
    """The part of a host in the fleet, for its stores."""

    node: str
    """The process; no other has its name."""
    pending: Pending
    on_written: Callable[[str], None] = lambda _reader: None
    """Is called with the reader after each write, in the thread of the stores."""
    clock: Callable[[], float] = time.time


class Unsent(NamedTuple):
    """The part of a state that is yet to be sent."""

    reader: str
    epoch: int
    rows: list[Row]


class FleetStore(SqliteStore):
    """Keeps one reader's records for many hosts. The name of its file is the reader's."""

    def __init__(self, path: Path, earliest: int, fleet: Fleet) -> None:
        """Open the file. Records from before the fleet are stamped with the file's time.

        Args:
            path: the file.
            earliest: the first second that a new file may have.
            fleet: the part of this host in the fleet.

        Raises:
            StoreError: the file cannot be opened.
        """
        before = 0.0
        with suppress(OSError):  # of a new file
            before = path.stat().st_mtime
        super().__init__(path, earliest)
        self.reader = path.stem
        self._fleet = fleet
        self.is_open = True
        with self._writing():
            for statement in filter(str.strip, _SCHEMA.split(";")):
                self._database.execute(statement)
            if self._database.execute("SELECT 1 FROM fleet").fetchone() is None:
                self._database.execute("INSERT INTO fleet VALUES (?, 0)", [fleet.pending.epoch(self.reader)])
                self._stamp_all(before)
        self.epoch, self.revision_seen = self._database.execute("SELECT epoch, revision FROM fleet").fetchone()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Run a transaction that no other writer of the file comes between.

        Raises:
            StoreError: the file cannot be written.
        """
        try:
            with self._database:
                self._database.execute("BEGIN IMMEDIATE")
                yield
        except sqlite3.Error as error:
            raise StoreError(str(error), getattr(error, "sqlite_errorname", "")) from error

    def _stamp_all(self, seconds: float) -> None:
        """Stamp all records without a stamp, and request that they are sent."""
        for change in (Change(record) for kind in KINDS for record in self._records(kind)):
            row = (key_of(change), hybrid(seconds), self._fleet.node, body_of(change))
            self._database.execute(
                "INSERT INTO stamp VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET body = excluded.body", row
            )
            self._fleet.pending.mark(self.reader)

    def _records(self, kind: type[Record]) -> Sequence[Record]:
        return self.load(kind)

    def apply(self, changes: Sequence[Change]) -> None:
        """Apply changes within a transaction, and stamp them."""
        super().apply(changes)
        [last] = self._database.execute("SELECT coalesce(max(at), 0) FROM stamp").fetchone()
        for change in changes:
            last = tick(last, self._fleet.clock())
            row = (key_of(change), last, self._fleet.node, body_of(change))
            self._database.execute("INSERT OR REPLACE INTO stamp VALUES (?, ?, ?, ?)", row)
        self._fleet.pending.mark(self.reader)

    def write(self, changes: Sequence[Change]) -> None:
        """Write changes in one transaction, and tell of them."""
        super().write(changes)
        self._fleet.on_written(self.reader)

    def close(self) -> None:
        """Close the file."""
        self.is_open = False
        super().close()

    # For the task that exchanges rows with the database

    def unsent(self) -> Unsent:
        """Return the rows that are yet to be sent."""
        rows = self._database.execute("SELECT key, at, node, body FROM stamp WHERE body IS NOT NULL ORDER BY at")
        return Unsent(
            self.reader, self.epoch, [Row(key, Stamp(self.epoch, at, node), body) for key, at, node, body in rows]
        )

    def settle(self, rows: Sequence[Row]) -> int:
        """Record that rows were sent. Return the number of unsent rows, as of those written again meanwhile."""
        with self._writing():
            self._database.executemany(
                "UPDATE stamp SET body = NULL WHERE key = ? AND at = ? AND node = ?",
                [(row.key, row.stamp.at, row.stamp.node) for row in rows],
            )
            [left] = self._database.execute("SELECT count(*) FROM stamp WHERE body IS NOT NULL").fetchone()
            if not left:
                self._fleet.pending.unmark(self.reader)
        return int(left)

    def absorb(self, rows: Sequence[Row], revision: int) -> list[Change]:
        """Merge the rows of others. Return the changes that are new to this process.

        Args:
            rows: rows of the epoch of this file.
            revision: the revision of the state in the database, up to which the rows go.
        """
        with self._writing():
            held = {
                key: Stamp(self.epoch, at, node)
                for key, at, node in self._database.execute("SELECT key, at, node FROM stamp")
            }
            won = winners(held, rows, self.epoch)
            gone = {row.key for row in won if not row.body}
            removals = {key_of(change): change for change in self._present(gone)}
            changes = [change for row in won if (change := removals.get(row.key) or _change(row))]
            super().apply(changes)
            self._database.executemany(
                "INSERT OR REPLACE INTO stamp VALUES (?, ?, ?, NULL)",
                [(row.key, row.stamp.at, row.stamp.node) for row in won],
            )
            if revision < self.revision_seen:  # the database is an older one, as after a restore
                self._database.execute("UPDATE stamp SET body = '' WHERE body IS NULL")
                self._stamp_all(0.0)
            self._database.execute("UPDATE fleet SET revision = ?", [revision])
        self.revision_seen = revision
        # Another process of this host may have merged a row already, or written it.
        others = [row for row in rows if held.get(row.key) == row.stamp and row.stamp.node != self._fleet.node]
        return [*changes, *(change for row in others if (change := _change(row)))]

    def _present(self, keys: set[str]) -> Iterator[Change]:
        """Yield removals of the records with some keys."""
        for record in (record for kind in KINDS if keys for record in self._records(kind)):
            change = Change(record, is_removal=True)
            if key_of(change) in keys:
                yield change


def _change(row: Row) -> Change | None:
    record = record_of(row.body) if row.body else None
    return Change(record) if record else None
