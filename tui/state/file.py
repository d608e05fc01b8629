"""The file of the reader's state: its tables, opening it, taking over an older version, setting a damaged one aside."""

import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

FILE_NAME: Final = "reader.sqlite"
VERSION: Final = 2
"""2 adds the queries that were asked and those that were saved."""
# A new version only ever adds tables, so that the whole schema over an older file is its migration.
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


def open_state(path: Path | None) -> tuple[sqlite3.Connection, str]:
    """Open the file, or begin a new one, or keep the state in memory where neither can be done.

    Returns:
        The database, and one line for the reader where something is wrong.
    """
    trouble = ""
    if path is not None:
        for attempt in range(2):
            try:
                return _connected(path), trouble
            except sqlite3.OperationalError as error:
                trouble = f"Your places and marks cannot be kept: {error}"
                break
            except sqlite3.DatabaseError:
                kept = _set_aside(path)
                trouble = f"The file of your places and marks was damaged; it is kept as {kept}"
                if attempt or not kept:
                    break
            except OSError as error:
                trouble = f"Your places and marks cannot be kept: {error.strerror}"
                break
    database = sqlite3.connect(":memory:")
    database.executescript(_SCHEMA)
    return database, trouble


def _connected(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = sqlite3.connect(path, timeout=2)
    try:
        _log_ahead(database)
        database.execute("PRAGMA synchronous = NORMAL")
        if database.execute("PRAGMA user_version").fetchone()[0] < VERSION:
            # Another reader may be beginning, or taking over, the same file at this moment.
            database.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}PRAGMA user_version = {VERSION};COMMIT;")
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
    """Let others read while one writes. SQLite itself does not wait here for another reader who does the same now."""
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
    """Rename a damaged file, since it may still be worth something to somebody; give its new name."""
    kept = path.with_name(f"{path.name}.damaged-{time.time_ns() // 1_000_000}")
    try:
        path.rename(kept)
        Path(f"{path}-shm").unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            Path(f"{path}-wal").rename(f"{kept}-wal")
    except OSError:
        return ""
    return kept.name
