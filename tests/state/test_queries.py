"""The reader's queries: recent and saved ones, and the state's file of version 1 that is taken over with all it has."""

import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tui.state.file import VERSION
from tui.state.queries import Queries
from tui.state.store import FILE_NAME, Location, Mark, State, Visit

VERSION_1 = """
CREATE TABLE place (briefing TEXT PRIMARY KEY, page TEXT, block TEXT, top TEXT, row INTEGER) WITHOUT ROWID;
CREATE TABLE mark (letter TEXT, scope TEXT, briefing TEXT, page TEXT, block TEXT, words TEXT, at REAL,
                   PRIMARY KEY (letter, scope)) WITHOUT ROWID;
CREATE TABLE read (briefing TEXT, item TEXT, digest TEXT, PRIMARY KEY (briefing, item)) WITHOUT ROWID;
CREATE TABLE visit (briefing TEXT PRIMARY KEY, digest TEXT, at REAL) WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
INSERT INTO place VALUES ('tiny', 'claims', 'hundreds', 'first', 2);
INSERT INTO mark VALUES ('A', '', 'tiny', 'views', 'paparo', 'words', 5.0);
INSERT INTO read VALUES ('tiny', 'hundreds', 'd1');
INSERT INTO visit VALUES ('tiny', 'digest', 7.0);
INSERT INTO setting VALUES ('theme', 'light');
PRAGMA user_version = 1;
"""


@pytest.fixture
def state() -> Iterator[State]:
    """Give a state in memory, whose clock goes on by one second at each look."""
    seconds = count(1)
    found = State(None, lambda: float(next(seconds)))
    yield found
    found.close()


def test_recent_queries_come_latest_first_and_once(state: State) -> None:
    queries = Queries(state)
    assert [] == queries.recent()
    for words in ("swans", "geese", "swans"):
        queries.asked(words)
    assert ["swans", "geese"] == queries.recent()


def test_the_oldest_of_very_many_recent_ones_goes_and_no_saved_one(state: State) -> None:
    queries = Queries(state)
    queries.toggle_saved("first")
    for number in range(120):
        queries.asked(f"query {number}")
    assert [f"query {number}" for number in range(119, 19, -1)] == queries.recent()
    assert ["first"] == queries.saved()


def test_a_query_is_saved_and_forgotten_by_the_same_key(state: State) -> None:
    queries = Queries(state)
    assert queries.toggle_saved("kind:claim swans")
    assert queries.toggle_saved("geese")
    assert ["geese", "kind:claim swans"] == queries.saved()
    assert not queries.toggle_saved("geese")
    assert ["kind:claim swans"] == queries.saved()
    assert [] == queries.recent()


def test_they_outlast_the_program(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    first = State(path)
    Queries(first).asked("swans")
    Queries(first).toggle_saved('quote:"new axis"')
    first.close()
    again = State(path)
    assert (["swans"], ['quote:"new axis"']) == (Queries(again).recent(), Queries(again).saved())
    again.close()


def test_a_file_of_version_1_is_taken_over_with_all_it_has(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    old = sqlite3.connect(path)
    old.executescript(VERSION_1)
    old.close()
    state = State(path)
    assert "" == state.trouble
    assert Location("tiny", "claims", "hundreds", "first", 2) == state.location("tiny")
    assert (Mark("A", Location("tiny", "views", "paparo"), "words"),) == state.marks()
    assert {"hundreds": "d1"} == state.read_digests("tiny")
    assert Visit("digest", 7.0) == state.visit("tiny")
    assert "light" == state.setting("theme")
    Queries(state).asked("swans")
    state.close()
    again = State(path)
    assert ["swans"] == Queries(again).recent()
    assert Location("tiny", "claims", "hundreds", "first", 2) == again.location("tiny")
    again.close()
    database = sqlite3.connect(path)
    assert (VERSION,) == database.execute("PRAGMA user_version").fetchone()
    database.close()


def test_what_was_read_is_given_whole_for_the_search(state: State) -> None:
    state.mark_read("tiny", [("a", "1"), ("b", "2")])
    state.mark_read("other", [("a", "3")])
    assert {("tiny", "a", "1"), ("tiny", "b", "2"), ("other", "a", "3")} == set(state.read_items())
