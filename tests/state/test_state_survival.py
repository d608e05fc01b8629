"""What the reader's state survives: a kill at any moment, a damaged file, another reader of the same file."""

import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.state.records import Location, Mark
from tui.state.stores import FILE_NAME, open_state

LETTERS = "abcdefghij"
WRITER = """
import sys
from pathlib import Path
from tui.state.records import Location
from tui.state.stores import open_state

state = open_state(Path(sys.argv[1]))
assert not state.trouble, state.trouble
begun = max((int(mark.words) for mark in state.marks()), default=0)
print("ready", flush=True)
for number in range(begun + 1, 10**9):
    for letter in "abcdefghij":
        state.mark(letter, Location("tiny", "claims", f"c{number}"), str(number))
    state.remember(Location("tiny", "claims", f"c{number}"))
    state.mark_read("tiny", [(letter, str(number)) for letter in "abcdefghij"])
    state.flush()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a state that is not there yet."""
    return tmp_path / "state" / FILE_NAME


def integrity(path: Path) -> str:
    """Give what SQLite itself says of a file."""
    database = sqlite3.connect(path)
    try:
        return str(database.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        database.close()


def test_kill_9_while_writing_leaves_only_whole_transactions(path: Path) -> None:
    chance = random.Random(2026)  # noqa: S311 (moments, not secrets)
    last = 0
    for _ in range(6):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert b"ready\n" == writer.stdout.readline()
            time.sleep(chance.uniform(0.005, 0.08))
            writer.kill()
        assert -signal.SIGKILL == writer.returncode
        state = open_state(path)
        written = {mark.words for mark in state.marks()}
        assert "" == state.trouble
        assert len(written) <= 1
        if written:
            [number] = written
            assert int(number) >= last
            last = int(number)
            assert set(LETTERS) == {mark.letter for mark in state.marks()}
            assert Location("tiny", "claims", f"c{number}") == state.location("tiny")
            assert dict.fromkeys(LETTERS, number) == state.read_digests("tiny")
        state.close()
        assert "ok" == integrity(path)
    assert last > 0


def test_two_states_on_one_file_see_what_the_other_wrote(path: Path) -> None:
    one, other = open_state(path), open_state(path)
    one.mark("A", Location("tiny", "claims", "a"), "by one")
    one.flush()
    assert ["by one"] == [mark.words for mark in other.marks()]
    other.mark("B", Location("tiny", "claims", "b"), "by the other")
    other.flush()
    assert {"A", "B"} == {mark.letter for mark in one.marks()}
    assert ("", "") == (one.trouble, other.trouble)
    one.close()
    other.close()


def test_readers_that_begin_one_file_at_once_get_along(path: Path) -> None:
    for turn in range(5):
        fresh = path.with_name(f"{turn}.sqlite")
        troubles: list[str] = []
        together = threading.Barrier(4)

        def begin(
            name: str, file: Path = fresh, start: threading.Barrier = together, said: list[str] = troubles
        ) -> None:
            start.wait()
            state = open_state(file)
            state.remember(Location(name, "claims"))
            state.close()
            said.append(state.trouble)

        readers = [threading.Thread(target=begin, args=(name,)) for name in "abcd"]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        state = open_state(fresh)
        assert [""] * 4 == troubles
        assert [Location(name, "claims") for name in "abcd"] == [state.location(name) for name in "abcd"]
        state.close()


@pytest.mark.timed
def test_a_file_that_another_program_keeps_to_itself_is_not_waited_for_long(path: Path) -> None:
    open_state(path).close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN EXCLUSIVE")
    begun = time.monotonic()
    state = open_state(path)
    assert "Your locations and marks cannot be kept: database is locked" == state.trouble
    assert time.monotonic() - begun < 6
    state.close()
    other.close()


def test_damage_behind_a_sound_beginning_is_noticed_and_the_file_kept(path: Path) -> None:
    state = open_state(path)
    state.mark_read("tiny", [(f"entry-{number}", "0" * 64) for number in range(2000)])
    state.close()
    whole = path.read_bytes()
    damaged = whole[:8192] + b"\xff" * (len(whole) - 8192)
    path.write_bytes(damaged)
    state = open_state(path)
    [kept] = [file for file in path.parent.iterdir() if ".damaged-" in file.name]
    assert f"The file of your locations and marks was damaged; it is kept as {kept.name}" == state.trouble
    assert damaged == kept.read_bytes()
    assert {} == state.read_digests("tiny")
    state.close()


def test_a_file_cut_short_is_set_aside(path: Path) -> None:
    state = open_state(path)
    state.mark_read("tiny", [(f"entry-{number}", "0" * 64) for number in range(2000)])
    state.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    state = open_state(path)
    assert state.trouble.startswith("The file of your locations and marks was damaged; it is kept as ")
    state.close()


def test_two_damaged_files_are_both_kept(path: Path) -> None:
    path.parent.mkdir()
    for number in range(2):
        path.write_bytes(f"not a database, {number}; ".encode() * 1000)
        Path(f"{path}-wal").unlink(missing_ok=True)
        open_state(path).close()
        time.sleep(0.002)
    kept = [file for file in path.parent.iterdir() if ".damaged-" in file.name]
    assert 2 == len({file.read_bytes() for file in kept})


def test_a_read_only_folder_leaves_a_state_in_memory_and_says_so(
    public_folder: Path, without_rights: Callable[[], None]
) -> None:
    folder = public_folder / "state"
    folder.mkdir(mode=0o555)
    without_rights()
    state = open_state(folder / FILE_NAME)
    assert "Your locations and marks cannot be kept: unable to open database file" == state.trouble
    state.remember(Location("tiny", "claims"))
    assert Location("tiny", "claims") == state.location("tiny")
    state.close()
    assert [] == list(folder.iterdir())


def test_a_read_only_file_is_said_and_reading_goes_on(public_folder: Path, without_rights: Callable[[], None]) -> None:
    path = public_folder / "state" / FILE_NAME
    state = open_state(path)
    state.remember(Location("tiny", "claims"))
    state.close()
    before = path.read_bytes()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    without_rights()
    state = open_state(path)
    state.remember(Location("tiny", "views"))
    state.flush()
    assert state.trouble.startswith("Your locations and marks cannot be ")
    state.close()
    assert before == path.read_bytes()


def test_a_file_of_a_newer_version_is_refused_whole(path: Path) -> None:
    state = open_state(path)
    state.mark("A", Location("tiny", "claims", "a"), "words")
    state.close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 3")
    database.close()
    before = path.read_bytes()
    state = open_state(path)
    expected = f"Your locations and marks cannot be kept: {FILE_NAME} was written by a newer version of this program"
    assert expected == state.trouble
    assert () == state.marks()
    state.mark("B", Location(), "elsewhere")
    state.close()
    assert before == path.read_bytes()


def test_a_file_that_is_no_state_of_ours_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE place (other INTEGER)")
    database.commit()
    database.close()
    state = open_state(path)
    state.remember(Location("tiny", "claims"))
    state.flush()
    assert state.trouble.startswith("Your locations and marks cannot be ")
    state.close()


def test_a_bookmark_is_set_moved_and_taken_away_by_its_block(path: Path) -> None:
    state = open_state(path)
    state.mark("*", Location("tiny", "claims", "a"), "first")
    state.mark("*", Location("tiny", "entry:a", "a"), "again")
    state.mark("*", Location("other", "claims", "a"), "elsewhere")
    assert {"again", "elsewhere"} == {mark.words for mark in state.marks()}
    state.remove(Mark("*", Location("tiny", "entry:a", "a"), "again"))
    assert ["elsewhere"] == [mark.words for mark in state.marks()]
    state.close()
