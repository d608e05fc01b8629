"""The reader's queries: recent and saved ones, and the files of earlier releases."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from tui.state.queries import Queries
from tui.state.reader_state import ReaderState
from tui.state.records import Location, Visit
from tui.state.sqlite import VERSION
from tui.state.stores import FILE_NAME, open_state


@pytest.fixture
def state() -> Iterator[ReaderState]:
    """Give a state in memory, whose clock goes on by one second at each look."""
    seconds = count(1)
    found = open_state(None, lambda: float(next(seconds)))
    yield found
    found.close()


def test_recent_queries_come_latest_first_and_once(state: ReaderState) -> None:
    queries = Queries(state)
    assert [] == queries.recent()
    for words in ("swans", "geese", "swans"):
        queries.asked(words)
    assert ["swans", "geese"] == queries.recent()


def test_the_oldest_of_very_many_recent_ones_goes_and_no_saved_one(state: ReaderState) -> None:
    queries = Queries(state)
    queries.toggle_saved("first")
    for number in range(120):
        queries.asked(f"query {number}")
    assert [f"query {number}" for number in range(119, 19, -1)] == queries.recent()
    assert ["first"] == queries.saved()


def test_a_query_is_saved_and_forgotten_by_the_same_key(state: ReaderState) -> None:
    queries = Queries(state)
    assert queries.toggle_saved("kind:claim swans")
    assert queries.toggle_saved("geese")
    assert ["geese", "kind:claim swans"] == queries.saved()
    assert not queries.toggle_saved("geese")
    assert ["kind:claim swans"] == queries.saved()
    assert [] == queries.recent()


def test_they_outlast_the_program(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    first = open_state(path)
    Queries(first).asked("swans")
    Queries(first).toggle_saved('quote:"new axis"')
    first.close()
    again = open_state(path)
    assert (["swans"], ['quote:"new axis"']) == (Queries(again).recent(), Queries(again).saved())
    again.close()


@pytest.mark.parametrize("version", [1, 2])
def test_a_file_that_an_earlier_release_wrote_keeps_everything(tmp_path: Path, version: int) -> None:
    """The files were written by the programs of then; version 1 had no queries yet."""
    path = tmp_path / FILE_NAME
    shutil.copy(Path(__file__).parent / "files" / f"version-{version}.sqlite", path)
    for turn in range(2):
        state = open_state(path)
        assert "" == state.trouble
        assert Location("tiny", "claims", "hundreds", "first", 2) == state.location("tiny")
        assert Location("other", "entry:a", "a") == state.location("other")
        assert [("*", "a bookmark", 3.0), ("A", "a capital", 2.0), ("a", "words", 1.0)] == [
            (mark.letter, mark.words, mark.at) for mark in state.marks()
        ]
        assert Location("tiny", "views", "paparo") == state.marks()[2].location
        assert {"hundreds": "h1", "paparo": "p1"} == state.read_digests("tiny")
        assert {("tiny", "hundreds", "h1"), ("tiny", "paparo", "p1"), ("other", "a", "a1")} == set(state.read_items())
        assert Visit("tiny", "d1", 4.0) == state.visit("tiny")
        assert "other" == state.last_visited()
        assert "light" == state.setting("theme")
        queries = Queries(state)
        before = ["geese", "swans"] if version == 2 else []
        assert (["pelicans", *before] if turn else before) == queries.recent()
        assert (["kind:claim swans"] if version == 2 else []) == queries.saved()
        queries.asked("pelicans")
        state.close()
    with closing(sqlite3.connect(path)) as database:
        assert (VERSION,) == database.execute("PRAGMA user_version").fetchone()


def test_what_was_read_is_given_whole_for_the_search(state: ReaderState) -> None:
    state.mark_read("tiny", [("a", "1"), ("b", "2")])
    state.mark_read("other", [("a", "3")])
    assert {("tiny", "a", "1"), ("tiny", "b", "2"), ("other", "a", "3")} == set(state.read_items())
