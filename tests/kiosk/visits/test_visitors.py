"""The states of visitors: files on disk that no key of a visitor waits for."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from tests.kiosk.clocks import Clock
from tests.unprivileged import bound_by_permissions
from tui.kiosk.operations.settings import Settings
from tui.kiosk.operations.tombstones import Tombstones, state_name
from tui.kiosk.policies.policy import Reason
from tui.kiosk.visits.visitors import Visitors
from tui.state import outbox
from tui.state.reader_state import ReaderState
from tui.state.records import Change, Location, StoreError
from tui.state.sqlite import SqliteStore
from tui.state.stores import STORES, open_state


class Listener:
    """A visit that looks at nothing but whether its state has changed."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()
        self.told: list[str] = []

    def state_changed(self, *, is_late: bool) -> None:
        """Note that the state has changed."""
        self.changed.set()

    def say(self, message: str) -> None:
        """Note a message."""
        self.told.append(message)

    def end(self, reason: Reason) -> None:
        """Note the reason of the end."""
        self.told.append(reason.word)


async def visit(visitors: Visitors, name: str, location: Location | None = None) -> ReaderState:
    """Come, leave a location, and go; return the state, which is written."""
    opened = visitors.open(name)
    await opened.load(Listener())
    if location:
        opened.state.remember(location)
    opened.close()
    await opened.until_written()
    return opened.state


async def test_a_state_is_a_file_of_its_own_with_no_fingerprint_in_itsstate_name(tmp_path: Path) -> None:
    visitors = Visitors(tmp_path, Settings(states=2))
    for name in ("SHA256:one", "SHA256:two"):
        assert (await visit(visitors, name, Location(name, "claims"))).is_kept
    assert not (await visit(visitors, "SHA256:three")).is_kept  # there is no more room
    again = await visit(Visitors(tmp_path, Settings(states=2)), "SHA256:one")
    assert Location("SHA256:one", "claims") == again.location("SHA256:one")
    assert not [path for path in tmp_path.iterdir() if "one" in path.name]


async def test_nothing_is_kept_of_who_has_no_key_or_where_nothing_is_to_be_kept(tmp_path: Path) -> None:
    for visitors, name in (
        (Visitors(tmp_path, Settings()), ""),
        (Visitors(tmp_path, Settings(keep_state=False)), "one"),
    ):
        assert not (await visit(visitors, name, Location("a", "claims"))).is_kept
    assert not list(tmp_path.iterdir())


async def test_who_does_not_come_back_is_forgotten(tmp_path: Path) -> None:
    clock = Clock()
    visitors = Visitors(tmp_path, Settings(state_days=10), clock)
    for name in ("one", "two"):
        await visit(visitors, name)
    old, _ = sorted(tmp_path.glob("*.sqlite"))
    clock.now = old.stat().st_mtime + 5 * 86_400
    os.utime(old, (clock.now - 11 * 86_400,) * 2)
    assert 1 == visitors.tidy()
    assert 1 == visitors.number
    assert not old.exists()


async def test_who_was_away_longest_and_for_a_month_makes_room(tmp_path: Path) -> None:
    clock = Clock()
    visitors = Visitors(tmp_path, Settings(states=2), clock)

    async def comes(name: str) -> bool:
        return (await visit(visitors, name)).is_kept

    assert await comes("one")
    assert await comes("two")
    first, second = tmp_path.glob("*.sqlite")
    clock.now = first.stat().st_mtime + 60 * 86_400
    os.utime(first, (clock.now - 29 * 86_400,) * 2)
    os.utime(second, (clock.now - 28 * 86_400,) * 2)
    assert not await comes("three")
    clock.now += 3 * 86_400
    assert await comes("three")
    assert second.exists()
    assert not first.exists()
    assert 2 == visitors.number


class SlowStore(SqliteStore):
    """A store on a disk that takes a second for each write, and fails at the first."""

    fails = True

    def write(self, changes: Sequence[Change]) -> None:
        """Write changes after a second."""
        time.sleep(1)
        if SlowStore.fails:
            SlowStore.fails = False
            raise StoreError("the disk is away")
        super().write(changes)


async def test_no_key_waits_for_a_slow_store_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cast("dict[str, object]", STORES), ".sqlite", SlowStore)
    opened = Visitors(tmp_path, Settings()).open("SHA256:one")
    await opened.load(Listener())
    state, longest = opened.state, 0.0
    for number in range(200):
        began = time.perf_counter()
        state.remember(Location("tiny", "claims", f"c{number}"))
        state.mark("a", Location("tiny", "claims", f"c{number}"), "words")
        state.mark_read("tiny", [(f"c{number}", "d")])
        state.flush()
        await asyncio.sleep(0)
        longest = max(longest, time.perf_counter() - began)
        if number % 20 == 0:
            await asyncio.sleep(0.1)
    began = time.perf_counter()
    opened.close()
    assert max(longest, time.perf_counter() - began) < 0.5, "a write takes a second"
    await opened.until_written()
    with closing(open_state(next(tmp_path.glob("*.sqlite")))) as kept:
        assert Location("tiny", "claims", "c199") == kept.location("tiny")
        assert {f"c{number}" for number in range(200)} == kept.read_digests("tiny").keys()
        assert ["c199"] == [mark.location.block for mark in kept.marks()]


class FailingStore(SqliteStore):
    """A store on a disk that is full."""

    def write(self, changes: Sequence[Change]) -> None:
        """Fail."""
        raise StoreError("disk full: secret", "SQLITE_FULL")


async def test_changes_that_cannot_be_written_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cast("dict[str, object]", STORES), ".sqlite", FailingStore)
    monkeypatch.setattr(outbox, "_AGAIN", 0.001)
    opened = Visitors(tmp_path, Settings()).open("SHA256:one")
    await opened.load(Listener())
    opened.state.remember(Location("tiny", "claims"))
    opened.state.choose("theme", "dark")
    opened.close()
    assert await opened.until_written() == (2, "SQLITE_FULL")


@pytest.mark.parametrize(
    ("blocks", "reason"), [(Path.mkdir, "SQLITE_CANTOPEN"), (lambda path: path.parent.chmod(0), "SQLITE_CANTOPEN")]
)
async def test_changes_for_a_file_that_cannot_be_opened_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blocks: Callable[[Path], None], reason: str
) -> None:
    """And the visitor is told; a file that can be opened later has the changes."""
    monkeypatch.setattr(outbox, "_AGAIN", 0.001)
    folder = tmp_path / "states"
    visitors = Visitors(folder, Settings())
    await visit(visitors, "SHA256:one")
    [path] = folder.glob("*.sqlite")
    path.unlink()
    with bound_by_permissions():
        blocks(path)
        visitors = Visitors(folder, Settings())
        assert visitors.tidy() == 0
        opened = visitors.open("SHA256:one")
        await opened.load(Listener())
        opened.state.remember(Location("tiny", "claims"))
        opened.close()
        assert await opened.until_written() == (1, reason)
    assert opened.state.trouble.startswith("Your locations and marks cannot be kept: ")


async def test_changes_wait_for_a_file_that_can_be_opened_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_AGAIN", 0.001)
    visitors = Visitors(tmp_path / "states", Settings())
    (tmp_path / "states").write_text("no folder")
    opened = visitors.open("SHA256:one")
    await opened.load(Listener())
    opened.state.remember(Location("tiny", "claims"))
    opened.state.flush()
    await asyncio.sleep(0.05)
    (tmp_path / "states").unlink()
    opened.close()
    assert await opened.until_written() == (0, "")
    assert (await visit(visitors, "SHA256:one")).location("tiny") == Location("tiny", "claims")


async def test_a_visit_without_unwritten_changes_tells_of_none(tmp_path: Path) -> None:
    for name in ("", "SHA256:one"):
        opened = Visitors(tmp_path, Settings()).open(name)
        opened.state.remember(Location("tiny", "claims"))
        opened.close()
        assert await opened.until_written() == (0, "")


async def test_a_state_that_comes_late_is_merged_and_newer_changes_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitors = Visitors(tmp_path, Settings())
    before = visitors.open("SHA256:one")
    await before.load(Listener())
    before.state.remember(Location("tiny", "views"))
    before.state.remember(Location("other", "views"))
    before.close()
    await before.until_written()

    class LateStore(SqliteStore):
        def __init__(self, path: Path, earliest: int = 0) -> None:
            time.sleep(0.5)
            super().__init__(path, earliest)

    monkeypatch.setitem(cast("dict[str, object]", STORES), ".sqlite", LateStore)
    opened = visitors.open("SHA256:one")
    late = Listener()
    began = time.perf_counter()
    await opened.load(late)
    assert time.perf_counter() - began < 0.4
    assert opened.state.location("other") is None
    opened.state.remember(Location("tiny", "claims"))
    await late.changed.wait()
    assert Location("other", "views") == opened.state.location("other")
    assert Location("tiny", "claims") == opened.state.location("tiny")
    opened.close()
    await opened.until_written()


async def test_a_forgotten_visitor_leaves_no_file_whatever_the_visit_still_writes(tmp_path: Path) -> None:
    visitors = Visitors(tmp_path, Settings())
    await visit(visitors, "SHA256:other", Location("pond", "claims"))
    await visit(visitors, "SHA256:one", Location("pond", "claims"))
    inside = visitors.open("SHA256:one")
    await inside.load(Listener())
    inside.state.remember(Location("pond", "views"))
    [theirs] = set(tmp_path.glob("*.sqlite")) - {tmp_path / state_name("SHA256:other")}
    (tmp_path / f"{theirs.name}.damaged-5").write_text("x", encoding="ascii")
    assert 2 == await visitors.forget("SHA256:one")
    inside.state.remember(Location("pond", "sources"))
    inside.close()
    await inside.until_written()
    assert [tmp_path / state_name("SHA256:other")] == list(tmp_path.iterdir())
    assert 0 == await visitors.forget("SHA256:one")


async def test_a_state_of_before_the_tombstone_is_never_shown_again_and_a_later_one_is(tmp_path: Path) -> None:
    tombstones = Tombstones(tmp_path / "tombstones")
    visitors = Visitors(tmp_path / "states", Settings(), tombstones=tombstones)
    await visit(visitors, "SHA256:one", Location("pond", "claims"))
    backup = (tmp_path / "states" / state_name("SHA256:one")).read_bytes()
    tombstones.add("SHA256:one", time.time())
    await visitors.forget("SHA256:one")
    (tmp_path / "states" / state_name("SHA256:one")).write_bytes(backup)  # as a restore does
    assert (await visit(visitors, "SHA256:one")).location("pond") is None
    await visit(visitors, "SHA256:one", Location("pond", "views"))
    with closing(sqlite3.connect(tmp_path / "states" / state_name("SHA256:one"))) as database:
        database.execute(f"PRAGMA application_id = {int(time.time()) + 5}")  # the file was made some seconds later
    assert Location("pond", "views") == (await visit(visitors, "SHA256:one")).location("pond")


async def test_where_tombstones_cannot_be_read_no_state_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "tombstones"
    visitors = Visitors(tmp_path / "states", Settings(), tombstones=Tombstones(path))
    await visit(visitors, "SHA256:one", Location("pond", "claims"))
    path.write_text("x", encoding="ascii")
    opened = visitors.open("SHA256:one")
    await opened.load(Listener())
    assert opened.state.location("pond") is None
    opened.close()
    path.unlink()
    assert Location("pond", "claims") == (await visit(visitors, "SHA256:one")).location("pond")


async def test_a_state_after_a_tombstone_stays_also_where_the_clock_was_put_back(tmp_path: Path) -> None:
    """A tombstone wins over nothing that was written after it, whatever second the clock says."""
    stones = Tombstones(tmp_path / "stones")
    stones.add("SHA256:one", time.time() + 3600.5)
    visitors = Visitors(tmp_path / "states", Settings(), tombstones=stones)
    known = None
    for _ in range(2):
        opened = visitors.open("SHA256:one")
        await opened.load(Listener())
        state = opened.state
        known = state.location("tiny")
        state.remember(Location("tiny", "claims"))
        opened.close()
        await opened.until_written()
    assert Location("tiny", "claims") == known


async def test_a_state_of_0_1_is_kept(tmp_path: Path) -> None:
    """Its file has no first second, which is not before a tombstone where there is none."""
    visitors = Visitors(tmp_path, Settings(), tombstones=Tombstones(tmp_path / "tombstones"))
    await visit(visitors, "SHA256:one", Location("pond", "claims"))
    with closing(sqlite3.connect(tmp_path / state_name("SHA256:one"))) as database:
        database.execute("PRAGMA application_id = 0")
        database.execute("PRAGMA user_version = 1")
    assert Location("pond", "claims") == (await visit(visitors, "SHA256:one")).location("pond")


async def test_states_of_forgotten_visitors_that_were_put_back_are_deleted(tmp_path: Path) -> None:
    tombstones = Tombstones(tmp_path / "tombstones")
    visitors = Visitors(tmp_path / "states", Settings(), tombstones=tombstones)
    for name in ("one", "two", "three"):
        await visit(visitors, f"SHA256:{name}", Location("pond", "claims"))
    tombstones.add("SHA256:one", time.time() + 60)
    tombstones.add("SHA256:two", time.time() - 60)
    assert 1 == visitors.tidy()
    assert {state_name(f"SHA256:{name}") for name in ("two", "three")} == {
        path.name for path in (tmp_path / "states").glob("*.sqlite")
    }
    tombstones.path.write_text("x", encoding="ascii")
    assert 0 == visitors.tidy()
