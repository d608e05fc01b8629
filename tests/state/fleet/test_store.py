"""A state in a file whose records other hosts have too."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tui.state.fleet.merging import Row, Stamp, hybrid
from tui.state.fleet.pending import Pending
from tui.state.fleet.store import Fleet, FleetStore
from tui.state.reader_state import ReaderState
from tui.state.records import Change, Location, Mark, Query, Record
from tui.state.sqlite import SqliteStore

Host = Callable[..., FleetStore]


@pytest.fixture
def host() -> Iterator[Host]:
    """Open states of a reader on hosts, and close them in the end."""
    with ExitStack() as opened:

        def at(folder: Path, name: str, clock: Callable[[], float] = lambda: 1_000.0) -> FleetStore:
            file = folder / name / "reader.sqlite"
            store = FleetStore(file, 0, Fleet(name, Pending(folder / name / "fleet"), clock=clock))
            opened.callback(store.close)
            return store

        yield at


def pending(folder: Path, name: str) -> list[str]:
    return Pending(folder / name / "fleet").marked()


def test_what_one_host_writes_another_has_after_the_exchange(host: Host, tmp_path: Path) -> None:
    one, two = host(tmp_path, "one"), host(tmp_path, "two")
    mark = Mark("a", Location("tiny", "claims", "c1"), "words", 5.0)
    one.write([Change(Location("tiny", "claims")), Change(mark)])
    assert pending(tmp_path, "one") == ["reader"]
    sent = one.unsent().rows
    changes = two.absorb(sent, 1)
    assert {change.record for change in changes} == {Location("tiny", "claims"), mark._replace(words="")}
    assert two.load(Location) == [Location("tiny", "claims")]
    assert pending(tmp_path, "two") == []
    one.settle(sent)
    assert (one.unsent().rows, pending(tmp_path, "one")) == ([], [])
    two.write([Change(mark, is_removal=True)])
    [removal] = two.unsent().rows
    assert removal.body == ""
    assert [change.is_removal for change in one.absorb([removal], 2)] == [True]
    assert one.load(Mark) == []


def test_a_write_after_a_merge_wins_over_a_clock_that_is_ahead(host: Host, tmp_path: Path) -> None:
    ahead, behind = host(tmp_path, "ahead", lambda: 1_600.0), host(tmp_path, "behind", lambda: 1_000.0)
    ahead.write([Change(Location("tiny", "claims"))])
    behind.absorb(ahead.unsent().rows, 1)
    behind.write([Change(Location("tiny", "views"))])
    ahead.absorb(behind.unsent().rows, 2)
    assert ahead.load(Location) == [Location("tiny", "views")]


def test_a_row_that_was_written_again_meanwhile_stays_unsent(host: Host, tmp_path: Path) -> None:
    store = host(tmp_path, "one")
    store.write([Change(Location("tiny", "claims"))])
    sent = store.unsent().rows
    store.write([Change(Location("tiny", "views"))])
    store.settle(sent)
    assert ["views" in row.body for row in store.unsent().rows] == [True]
    assert pending(tmp_path, "one") == ["reader"]


def test_own_rows_are_no_news_but_those_of_another_process_are(host: Host, tmp_path: Path) -> None:
    one = host(tmp_path, "one")
    other = FleetStore(tmp_path / "one" / "reader.sqlite", 0, Fleet("other", Pending(tmp_path / "one" / "fleet")))
    one.write([Change(Query("swan", is_saved=True, at=1.0))])
    rows = one.unsent().rows
    assert one.absorb(rows, 1) == []
    assert [change.record for change in other.absorb(rows, 1)] == [Query("swan", is_saved=True, at=1.0)]
    other.close()


def test_a_state_from_before_the_fleet_is_sent_with_the_time_of_its_file(host: Host, tmp_path: Path) -> None:
    path = tmp_path / "one" / "reader.sqlite"
    with closing(SqliteStore(path)) as store:
        store.write([Change(Location("tiny", "claims"))])
    os.utime(path, (500, 500))
    one = host(tmp_path, "one")
    [row] = one.unsent().rows
    assert row.stamp == Stamp(0, hybrid(500), "one")
    assert pending(tmp_path, "one") == ["reader"]
    one.close()
    assert host(tmp_path, "one").unsent().rows == [row]
    with closing(SqliteStore(path)) as store:  # and it can leave the fleet
        assert store.load(Location) == [Location("tiny", "claims")]


def test_a_database_that_was_put_back_gets_everything_again(host: Host, tmp_path: Path) -> None:
    store = host(tmp_path, "one")
    mark = Mark("a", Location("tiny"), "", 1.0)
    store.write([Change(Location("tiny", "claims")), Change(mark)])
    store.write([Change(mark, is_removal=True)])
    sent = store.unsent().rows
    store.settle(sent)
    store.absorb([], 7)
    assert store.unsent().rows == []
    store.absorb([], 3)
    assert sorted(store.unsent().rows) == sorted(sent)
    assert pending(tmp_path, "one") == ["reader"]


def test_rows_of_a_forgotten_epoch_are_not_taken(host: Host, tmp_path: Path) -> None:
    Pending(tmp_path / "one" / "fleet").forget("reader", 9)
    store = host(tmp_path, "one")
    assert store.absorb([Row("x", Stamp(0, 1, "b"), '["Setting", "theme", "dark"]')], 1) == []
    store.write([Change(Location("tiny"))])
    assert [row.stamp.epoch for row in store.unsent().rows] == [9]


def test_an_epoch_never_goes_back(tmp_path: Path) -> None:
    pending = Pending(tmp_path)
    assert pending.forget("reader", 5)
    assert not pending.forget("reader", 4)
    assert (pending.epoch("reader"), pending.epoch("other"), pending.marked()) == (5, 0, [])


def test_a_state_is_written_and_stamped_together_or_not_at_all(host: Host, tmp_path: Path) -> None:
    store = host(tmp_path, "one")
    with closing(sqlite3.connect(tmp_path / "one" / "reader.sqlite")) as other:
        other.execute("DROP TABLE stamp")
    state = ReaderState(store)
    state.remember(Location("tiny"))
    state.flush()
    assert "cannot be saved" in state.trouble
    records: list[Record] = [*store.load(Location)]
    assert records == []
