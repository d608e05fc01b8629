"""Opening an SQLite file that may be missing, damaged, foreign, of another version, or where nothing can be written."""

import os
import sqlite3
from pathlib import Path
from typing import Final

_BUSY_MILLISECONDS: Final = 2000
_APPLICATION_ID: Final = 0x42524246  # "BRBF": tells our files from another program's


def open_database(path: Path | None, version: int, schema: str) -> sqlite3.Connection:
    """Open a database, made anew where it is not ours or not of this version, in memory where it cannot be had.

    Only for what may be lost: a cache. The write-ahead log lets one process read while another writes.
    """
    if path is not None:
        for _ in range(2):
            try:
                return _opened(path, version, schema)
            except sqlite3.DatabaseError as error:
                # OperationalError: locked, read-only, or no folder. What is damaged says DatabaseError itself.
                if isinstance(error, sqlite3.OperationalError) or not _removed(path):
                    break
            except OSError:
                break
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.executescript(schema)
    return database


def renew_database(path: Path | None, version: int, schema: str) -> sqlite3.Connection:
    """Make a database anew that turned out to be damaged only when it was read."""
    if path is not None:
        _removed(path)
    return open_database(path, version, schema)


def _opened(path: Path, version: int, schema: str) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = sqlite3.connect(path, check_same_thread=False, timeout=_BUSY_MILLISECONDS / 1000)
    try:
        # A cache need not survive a power cut, so nobody waits for the disk: what is damaged is made anew.
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA journal_mode = WAL")
        (found,) = database.execute("PRAGMA user_version").fetchone()
        (application,) = database.execute("PRAGMA application_id").fetchone()
        if (application, found) != (_APPLICATION_ID, version):
            _make(database, version, schema)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _make(database: sqlite3.Connection, version: int, schema: str) -> None:
    """Empty the database and lay out its tables, in one transaction, so that two processes cannot do it by halves."""
    database.execute("BEGIN IMMEDIATE")
    (found,) = database.execute("PRAGMA user_version").fetchone()
    (application,) = database.execute("PRAGMA application_id").fetchone()
    if (application, found) == (_APPLICATION_ID, version):  # another process was faster
        database.rollback()
        return
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        database.execute(f'DROP TABLE "{name}"')
    for statement in filter(str.strip, schema.split(";")):
        database.execute(statement)
    database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {version}")
    database.commit()


def _removed(path: Path) -> bool:
    try:
        for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            if os.path.lexists(name):
                name.unlink()
    except OSError:
        return False
    return True
