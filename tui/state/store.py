"""What belongs to the reader and not to the briefings: places, marks, bookmarks, and what was read in which revision.

It is the one thing that cannot be made anew, so it is written in transactions and is never thrown away: a file that
cannot be read is set aside under another name, and said so.
"""

import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from tui.state.file import FILE_NAME, open_state

__all__ = ["FILE_NAME", "Location", "Mark", "State", "Visit"]


class Location(NamedTuple):
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
    location: Location
    words: str
    """The start of what stands there."""

    @property
    def key(self) -> str:
        """What tells it from all other marks: the letter, and where it counts."""
        return f"{self.letter}:{_scope(self.letter, self.location)}"


def _scope(letter: str, location: Location) -> str:
    if letter == "*":
        return f"{location.briefing}#{location.block}"
    return "" if letter.isupper() else location.briefing


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
        self.clock = clock
        self.is_kept = path is not None
        """Whether it is to outlast the program."""
        self._database, self.trouble = open_state(path)
        # One line for the reader where the state could not be opened or written; empty where all is well.
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

    def location(self, briefing: str) -> Location | None:
        """Give the place where a briefing was last left."""
        rows = self.rows("SELECT briefing, page, block, top, row FROM place WHERE briefing = ?", (briefing,))
        return Location(*rows[0]) if rows else None

    def remember(self, location: Location) -> None:
        """Remember where a briefing is left."""
        self.later("INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?)", tuple(location))

    def mark(self, letter: str, location: Location, words: str) -> None:
        """Set a mark; an older one of the same letter goes."""
        values = (
            letter,
            _scope(letter, location),
            location.briefing,
            location.page,
            location.block,
            words,
            self.clock(),
        )
        self.later("INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def unmark(self, mark: Mark) -> None:
        """Take a mark away."""
        self.later(
            "DELETE FROM mark WHERE letter = ? AND briefing = ? AND block = ?",
            (mark.letter, mark.location.briefing, mark.location.block),
        )

    def marks(self) -> tuple[Mark, ...]:
        """Give all marks and bookmarks, the newest first."""
        self.flush()
        rows = self.rows("SELECT letter, briefing, page, block, words FROM mark ORDER BY at DESC, letter", ())
        return tuple(
            Mark(letter, Location(briefing, page, block), words) for letter, briefing, page, block, words in rows
        )

    def find_mark(self, letter: str, briefing: str, ids: Collection[str] = ()) -> Mark | None:
        """Find a mark: a small letter in this briefing, or on a page of none the newest; a capital anywhere.

        Args:
            letter: its letter.
            briefing: the id of the briefing that is open; empty where none is.
            ids: the ids that the briefing had before.
        """
        marks = [mark for mark in self.marks() if mark.letter == letter]
        here = [mark for mark in marks if letter.isupper() or mark.location.briefing in {briefing, *ids}]
        return next(iter(here or (() if briefing else marks)), None)

    def visit(self, briefing: str) -> Visit | None:
        """Tell when a briefing was last read, and in which revision."""
        rows = self.rows("SELECT digest, at FROM visit WHERE briefing = ?", (briefing,))
        return Visit(*rows[0]) if rows else None

    def visits(self) -> dict[str, str]:
        """Give the revision in which each briefing was last read."""
        return dict(self.rows("SELECT briefing, digest FROM visit", ()))

    def last_visited(self) -> str:
        """Name the briefing that was read last; empty where none was."""
        rows = self.rows("SELECT briefing FROM visit ORDER BY at DESC LIMIT 1", ())
        return str(rows[0][0]) if rows else ""

    def visited(self, briefing: str, digest: str) -> None:
        """Note that a briefing was read in a revision."""
        self.later("INSERT OR REPLACE INTO visit VALUES (?, ?, ?)", (briefing, digest, self.clock()))

    def read_digests(self, briefing: str) -> Mapping[str, str]:
        """Give, for each entry, source and entity that was read, the revision in which it was."""
        if briefing not in self._read:
            self._read[briefing] = dict(self.rows("SELECT item, digest FROM read WHERE briefing = ?", (briefing,)))
        return self._read[briefing]

    def read_items(self) -> list[tuple[str, str, str]]:
        """Give briefing, id and digest of all that was read, as the search for what is unread wants it."""
        return self.rows("SELECT briefing, item, digest FROM read", ())

    def mark_read(self, briefing: str, items: Iterable[tuple[str, str]]) -> None:
        """Note that items were read, each by its id and digest."""
        known = dict(self.read_digests(briefing))
        for item, digest in items:
            if known.get(item) != digest:
                known[item] = digest
                self.later("INSERT OR REPLACE INTO read VALUES (?, ?, ?)", (briefing, item, digest))
        self._read[briefing] = known

    def setting(self, name: str) -> str:
        """Give a choice that the reader made on the screen, such as the theme; empty where none was made."""
        rows = self.rows("SELECT value FROM setting WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def choose(self, name: str, value: str) -> None:
        """Keep a choice."""
        self.later("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def later(self, statement: str, values: tuple[object, ...]) -> None:
        """Let a statement wait for the next `flush`."""
        self._waiting.append((statement, values))

    def rows(self, query: str, values: tuple[object, ...]) -> list[tuple]:  # type: ignore[type-arg]
        """Read, what is waiting included; nothing where it cannot be read."""
        self.flush()
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self.trouble = f"Your places and marks cannot be read: {error}"
            return []
