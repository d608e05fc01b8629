"""What belongs to the reader and not to the briefings: places, marks, bookmarks, and what was read in which revision.

It is the one thing that cannot be made anew, so it is written in transactions and is never thrown away: a file that
cannot be read is set aside under another name, and said so.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

FILE_NAME: Final = "reader.sqlite"
_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE place (briefing TEXT PRIMARY KEY, page TEXT, block TEXT, top TEXT, row INTEGER) WITHOUT ROWID;
CREATE TABLE mark (letter TEXT, scope TEXT, briefing TEXT, page TEXT, block TEXT, words TEXT, at REAL,
                   PRIMARY KEY (letter, scope)) WITHOUT ROWID;
CREATE TABLE read (briefing TEXT, item TEXT, digest TEXT, PRIMARY KEY (briefing, item)) WITHOUT ROWID;
CREATE TABLE visit (briefing TEXT PRIMARY KEY, digest TEXT, at REAL) WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""


class Place(NamedTuple):
    """Somewhere to be and to come back to."""

    briefing: str = ""
    """The briefing's id; empty for pages that belong to none, such as the library."""
    page: str = "library"
    """The page, such as `claims`, `entry:hundreds` or `text:seed`."""
    block: str = ""
    """The current block's id; empty for the first."""
    top: str = ""
    """The id of the block at the top of the screen; empty where it does not matter."""
    row: int = 0
    """Which of that block's rows is topmost."""


class Mark(NamedTuple):
    """A place that the reader marked."""

    letter: str
    """A small letter counts within its briefing, a capital everywhere; `*` is a bookmark without a letter."""
    place: Place
    words: str
    """The start of what stands there."""


class Visit(NamedTuple):
    """When a briefing was last read, and in which revision."""

    digest: str
    at: float
    """Seconds since the epoch."""


class State:
    """The reader's state. Changes are kept at once and written by `flush`, so that no key press waits for a disk."""

    def __init__(self, path: Path | None, clock: Callable[[], float] = time.time) -> None:
        """Open the state, or begin a new one.

        Args:
            path: the SQLite file; None for a state that lasts as long as the program.
            clock: gives seconds since the epoch.
        """
        self.trouble = ""
        """One line for the reader where the state could not be opened or written; empty where all is well."""
        self._clock = clock
        self._database = self._open(path)
        self._waiting: list[tuple[str, tuple[object, ...]]] = []
        self._read: dict[str, dict[str, str]] = {}

    def close(self) -> None:
        """Write what is waiting and close the file."""
        self.flush()
        self._database.close()

    def flush(self) -> None:
        """Write all changes since the last time in one transaction: all of them or, killed meanwhile, none."""
        if not self._waiting:
            return
        try:
            with self._database:
                for statement, values in self._waiting:
                    self._database.execute(statement, values)
        except sqlite3.Error as error:
            self.trouble = f"Your places and marks cannot be saved: {error}"
        else:
            self._waiting.clear()

    @property
    def unsaved(self) -> bool:
        """Whether anything waits to be written."""
        return bool(self._waiting)

    def place(self, briefing: str) -> Place | None:
        """Give the place where a briefing was last left."""
        rows = self._rows("SELECT briefing, page, block, top, row FROM place WHERE briefing = ?", (briefing,))
        return Place(*rows[0]) if rows else None

    def remember(self, place: Place) -> None:
        """Remember where a briefing is left."""
        self._later("INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?)", tuple(place))

    def mark(self, letter: str, place: Place, words: str) -> None:
        """Set a mark; an older one of the same letter goes."""
        scope = f"{place.briefing}#{place.block}" if letter == "*" else "" if letter.isupper() else place.briefing
        values = (letter, scope, place.briefing, place.page, place.block, words, self._clock())
        self._later("INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def unmark(self, mark: Mark) -> None:
        """Take a mark away."""
        self._later(
            "DELETE FROM mark WHERE letter = ? AND briefing = ? AND block = ?",
            (mark.letter, mark.place.briefing, mark.place.block),
        )

    def marks(self) -> tuple[Mark, ...]:
        """Give all marks and bookmarks, the newest first."""
        self.flush()
        rows = self._rows("SELECT letter, briefing, page, block, words FROM mark ORDER BY at DESC, letter", ())
        return tuple(Mark(letter, Place(briefing, page, block), words) for letter, briefing, page, block, words in rows)

    def find_mark(self, letter: str, briefing: str) -> Mark | None:
        """Find a mark: a small letter in this briefing, a capital anywhere."""
        return next(
            (
                mark
                for mark in self.marks()
                if mark.letter == letter and (letter.isupper() or mark.place.briefing == briefing)
            ),
            None,
        )

    def visit(self, briefing: str) -> Visit | None:
        """Tell when a briefing was last read, and in which revision."""
        rows = self._rows("SELECT digest, at FROM visit WHERE briefing = ?", (briefing,))
        return Visit(*rows[0]) if rows else None

    def visits(self) -> dict[str, str]:
        """Give the revision in which each briefing was last read."""
        return dict(self._rows("SELECT briefing, digest FROM visit", ()))

    def visited(self, briefing: str, digest: str) -> None:
        """Note that a briefing was read in a revision."""
        self._later("INSERT OR REPLACE INTO visit VALUES (?, ?, ?)", (briefing, digest, self._clock()))

    def read_digests(self, briefing: str) -> Mapping[str, str]:
        """Give, for each entry, source and entity that was read, the revision in which it was."""
        if briefing not in self._read:
            self._read[briefing] = dict(self._rows("SELECT item, digest FROM read WHERE briefing = ?", (briefing,)))
        return self._read[briefing]

    def mark_read(self, briefing: str, items: Iterable[tuple[str, str]]) -> None:
        """Note that items were read, each by its id and digest."""
        known = dict(self.read_digests(briefing))
        for item, digest in items:
            if known.get(item) != digest:
                known[item] = digest
                self._later("INSERT OR REPLACE INTO read VALUES (?, ?, ?)", (briefing, item, digest))
        self._read[briefing] = known

    def setting(self, name: str) -> str:
        """Give a choice that the reader made on the screen, such as the theme; empty where none was made."""
        rows = self._rows("SELECT value FROM setting WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def choose(self, name: str, value: str) -> None:
        """Keep a choice."""
        self._later("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def _later(self, statement: str, values: tuple[object, ...]) -> None:
        self._waiting.append((statement, values))

    def _rows(self, query: str, values: tuple[object, ...]) -> list[tuple]:  # type: ignore[type-arg]
        self.flush()
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self.trouble = f"Your places and marks cannot be read: {error}"
            return []

    def _open(self, path: Path | None) -> sqlite3.Connection:
        if path is not None:
            for attempt in range(2):
                try:
                    return _connected(path)
                except sqlite3.OperationalError as error:
                    self.trouble = f"Your places and marks cannot be kept: {error}"
                    break
                except sqlite3.DatabaseError:
                    kept = _set_aside(path)
                    self.trouble = f"The file of your places and marks was damaged; it is kept as {kept}"
                    if attempt or not kept:
                        break
                except OSError as error:
                    self.trouble = f"Your places and marks cannot be kept: {error.strerror}"
                    break
        database = sqlite3.connect(":memory:")
        database.executescript(_SCHEMA)
        return database


def _connected(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = sqlite3.connect(path, timeout=2)
    try:
        _log_ahead(database)
        database.execute("PRAGMA synchronous = NORMAL")
        if database.execute("PRAGMA user_version").fetchone()[0] == 0:
            # Another reader may be beginning the same file at this moment.
            schema = _SCHEMA.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS")
            database.executescript(f"BEGIN IMMEDIATE;{schema}PRAGMA user_version = {_VERSION};COMMIT;")
        found = database.execute("PRAGMA user_version").fetchone()[0]
        if found > _VERSION:
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
