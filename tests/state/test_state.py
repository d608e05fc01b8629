"""The reader's state: kept, never thrown away, and never a reason not to start."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.unprivileged import bound_by_permissions
from tui.state.reader_state import ReaderState
from tui.state.records import Change, Location, Mark, StoreError, Visit
from tui.state.sqlite import SqliteStore
from tui.state.stores import FILE_NAME, open_state


class Clock:
    """A clock that goes on by one second whenever it is looked at."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Give the time."""
        self.now += 1
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a state that is not there yet."""
    return tmp_path / "state" / FILE_NAME


@pytest.fixture
def state(path: Path) -> Iterator[ReaderState]:
    """Give a new state."""
    found = open_state(path, Clock())
    yield found
    found.close()


def reopened(state: ReaderState, path: Path) -> ReaderState:
    """Close a state and open it again; whoever asks closes it."""
    state.flush()
    return open_state(path, Clock())


HERE = Location("tiny", "claims", "hundreds", "first", 2)


class TestPlaces:
    def test_a_location_is_remembered(self, state: ReaderState, path: Path) -> None:
        assert state.location("tiny") is None
        state.remember(Location("tiny", "views"))
        state.remember(HERE)
        again = reopened(state, path)

        assert again.location("tiny") == HERE
        assert again.location("other") is None
        again.close()

    def test_what_was_read_in_which_revision(self, state: ReaderState, path: Path) -> None:
        state.mark_read("tiny", [("a", "1"), ("b", "1")])
        state.mark_read("tiny", [("a", "2"), ("b", "1")])
        again = reopened(state, path)

        assert again.read_digests("tiny") == state.read_digests("tiny") == {"a": "2", "b": "1"}
        assert again.read_digests("other") == {}
        again.close()

    def test_visits(self, state: ReaderState) -> None:
        assert state.visit("tiny") is None
        state.visited("tiny", "d1")
        state.visited("tiny", "d2")

        assert state.visit("tiny") == Visit("tiny", "d2", 2.0)
        assert state.visits() == {"tiny": "d2"}

    def test_choices(self, state: ReaderState) -> None:
        assert state.setting("theme") == ""
        state.choose("theme", "dark")
        assert state.setting("theme") == "dark"


class TestMarks:
    def test_a_small_letter_counts_within_its_briefing(self, state: ReaderState) -> None:
        state.mark("a", HERE, "here")
        other = HERE._replace(briefing="other")
        state.mark("a", other, "there")

        assert state.find_mark("a", "tiny") == Mark("a", Location("tiny", "claims", "hundreds"), "here", 1.0)
        assert state.find_mark("a", "other") == Mark("a", Location("other", "claims", "hundreds"), "there", 2.0)
        assert state.find_mark("a", "third") is None
        assert state.find_mark("a", "") == state.marks()[0]

    def test_a_capital_counts_everywhere_and_moves(self, state: ReaderState) -> None:
        state.mark("A", HERE, "here")
        state.mark("A", HERE._replace(briefing="other"), "there")

        assert [mark.words for mark in state.marks()] == ["there"]
        found = state.find_mark("A", "tiny")
        assert found is not None
        assert found.words == "there"

    def test_bookmarks_need_no_letter_and_come_newest_first(self, state: ReaderState) -> None:
        state.mark("*", HERE, "one")
        state.mark("*", HERE._replace(block="thousands"), "two")

        assert [mark.words for mark in state.marks()] == ["two", "one"]
        state.remove(state.marks()[0])
        assert [mark.words for mark in state.marks()] == ["one"]


class TestWriting:
    def test_changes_wait_until_they_are_written(self, state: ReaderState) -> None:
        assert not state.unsaved
        state.remember(HERE)
        assert state.unsaved
        state.flush()
        assert not state.unsaved

    def test_a_killed_process_leaves_a_whole_state(self, path: Path) -> None:
        """Killed between two changes of one transaction, neither is there, and what was written before is."""
        code = f"""
import os, signal, pathlib
from tui.state.records import Change, Location
from tui.state.sqlite import SqliteStore

def changes():
    yield Change(Location("a", "views"))
    os.kill(os.getpid(), signal.SIGKILL)

store = SqliteStore(pathlib.Path({str(path)!r}))
store.write([Change(Location("a", "claims"))])
store.write(changes())
"""
        done = subprocess.run([sys.executable, "-c", code], check=False)
        assert done.returncode == -signal.SIGKILL
        state = open_state(path)

        assert state.trouble == ""
        assert state.location("a") == Location("a", "claims")
        state.close()

    def test_what_cannot_be_written_is_said_and_kept(self, state: ReaderState, path: Path) -> None:
        """Another program holds the file; the change waits for the next time."""
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        state.remember(HERE)
        state.flush()

        assert state.trouble == "Your locations and marks cannot be saved: database is locked"
        assert state.unsaved
        other.close()
        assert state.location("tiny") == HERE

    def test_an_error_has_a_word_of_sqlites_for_logs(self, path: Path) -> None:
        store = SqliteStore(path)
        with closing(sqlite3.connect(path)) as other:
            other.execute("DROP TABLE place")
        with pytest.raises(StoreError) as found:
            store.write([Change(HERE)])
        assert found.value.kind == "SQLITE_ERROR"
        store.close()
        with pytest.raises(StoreError) as found:
            store.write([Change(HERE)])
        assert found.value.kind == "ProgrammingError"

    def test_what_cannot_be_read_is_said(self, path: Path) -> None:
        state = open_state(path)
        with closing(sqlite3.connect(path)) as other:
            other.execute("DROP TABLE place")

        assert state.location("tiny") is None
        assert state.trouble.startswith("Your locations and marks cannot be read: ")
        state.close()


class TestOpening:
    def test_a_damaged_file_is_set_aside(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_bytes(b"not a database" * 1000)
        state = open_state(path)
        kept = [other for other in path.parent.iterdir() if ".damaged-" in other.name]

        assert [other.read_bytes() for other in kept] == [b"not a database" * 1000]
        assert state.trouble == f"The file of your locations and marks was damaged; it is kept as {kept[0].name}"
        state.remember(HERE)
        assert state.location("tiny") == HERE
        state.close()

    def test_a_damaged_file_that_cannot_be_set_aside(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path.parent.mkdir()
        path.write_bytes(b"not a database" * 1000)

        def rename(_self: Path, _to: Path) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "rename", rename)
        state = open_state(path)

        assert path.read_bytes() == b"not a database" * 1000
        assert state.trouble
        assert state.location("tiny") is None
        state.close()

    def test_a_file_of_a_newer_version_is_left_alone(self, path: Path) -> None:
        path.parent.mkdir()
        other = sqlite3.connect(path)
        other.execute("PRAGMA user_version = 99")
        other.close()
        before = path.read_bytes()
        state = open_state(path)

        assert state.trouble.endswith("was written by a newer version of this program")
        state.remember(HERE)
        state.close()
        assert path.read_bytes()[:18] == before[:18]

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        state = open_state(tmp_path / "file" / FILE_NAME)

        assert state.trouble.startswith("Your locations and marks cannot be kept: ")
        state.close()

    def test_none_lasts_as_long_as_the_program(self) -> None:
        state = open_state(None)
        state.remember(HERE)

        assert state.location("tiny") == HERE
        assert state.trouble == ""
        state.close()

    def test_a_folder_that_may_not_be_written(self, path: Path) -> None:
        path.parent.mkdir(mode=0o500)
        with bound_by_permissions():
            state = open_state(path)

        assert state.trouble.startswith("Your locations and marks cannot be kept: ")
        state.close()
