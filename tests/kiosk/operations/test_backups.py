"""Backups of visitors' states, and their way back without forgotten visitors."""

import json
import os
import sqlite3
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.unprivileged import bound_by_permissions
from tui.kiosk.operations.backups import (
    RESTORED,
    Backup,
    BackupError,
    Restored,
    back_up,
    restore,
    take_note,
    tombstones_of,
)
from tui.kiosk.operations.ledger import FILE_NAME as LEDGER
from tui.kiosk.operations.ledger import Act, Ledger
from tui.kiosk.operations.state_files import BLOCKS_FILE, STATES, InUseError, StatesLock
from tui.kiosk.operations.tombstones import Tombstones, state_name
from tui.library.latest_time import FILE_NAME as LATEST_TIME
from tui.library.paths import Folders
from tui.state.records import Location
from tui.state.stores import open_state

ANN, BOB, EVE = (f"SHA256:{letter * 43}" for letter in "abe")
LONG_AGO = 1_700_000_000


class Host:
    """A host with a kiosk's folders."""

    def __init__(self, folder: Path) -> None:
        self.folders = Folders(folder / "cache", folder / "state", folder / "data", folder)
        self.folders.state.mkdir(parents=True, mode=0o700)

    def leave(self, *keys: str, page: str = "claims", made: int = 0) -> None:
        """Let visitors leave their locations and an act."""
        for key in keys:
            file = self.folders.state / STATES / state_name(key)
            state = open_state(file)
            state.remember(Location("pond", page))
            state.close()
            if made:
                with closing(sqlite3.connect(file)) as database:
                    database.execute(f"PRAGMA application_id = {made}")
        Ledger(self.folders.state / LEDGER).write(
            [Act(made or time.time(), key, "opened", "pond") for key in keys], [("2026-11-27", "pond", len(keys))]
        )

    def page(self, key: str) -> str:
        """Return the page on which a visitor was last."""
        file = self.folders.state / STATES / state_name(key)
        state = open_state(file) if file.exists() else open_state(None)
        found = state.location("pond")
        state.close()
        return found.page if found else ""

    def acts(self) -> list[object]:
        """Return the keys of the audit."""
        return [row["key"] for row in Ledger(self.folders.state / LEDGER).audit().rows]


@pytest.fixture
def old(tmp_path: Path) -> Host:
    """Give a host where Ann and Bob have been."""
    host = Host(tmp_path / "old")
    host.leave(ANN, BOB, made=LONG_AGO)
    return host


@pytest.fixture
def new(tmp_path: Path) -> Host:
    """Give another host, where nobody was yet."""
    return Host(tmp_path / "new")


@pytest.fixture
def file(old: Host, tmp_path: Path) -> Path:
    """Give a backup of the old host."""
    assert Backup(2, (LEDGER,)) == back_up(old.folders, tmp_path / "backup")
    return tmp_path / "backup"


def test_a_backup_comes_back_on_another_host(old: Host, new: Host, file: Path) -> None:
    assert Restored(2, 0, 0, "without") == restore(new.folders, file, None, replaces=False)
    assert ("claims", "claims") == (new.page(ANN), new.page(BOB))
    assert [ANN, BOB] == new.acts()
    assert 2 == Ledger(new.folders.state / LEDGER).counts().rows[0]["openings"]
    assert 0o600 == file.stat().st_mode & 0o777
    states = [host.folders.state / STATES / state_name(ANN) for host in (old, new)]
    assert states[0].stat().st_mtime == pytest.approx(states[1].stat().st_mtime, abs=60)
    assert 0o600 == states[1].stat().st_mode & 0o777
    assert {STATES, LEDGER, RESTORED, "kiosk.lock"} == {path.name for path in new.folders.state.iterdir()}


def test_tombstones_win_over_all_that_was_written_before_and_nothing_later(old: Host, new: Host, file: Path) -> None:
    tombstones_of(old.folders).add(ANN, LONG_AGO + 10.0)
    assert Restored(1, 1, 1, "given") == restore(new.folders, file, tombstones_of(old.folders).path, replaces=False)
    assert ("", "claims") == (new.page(ANN), new.page(BOB))
    assert [BOB] == new.acts()
    assert LONG_AGO + 10.0 == tombstones_of(new.folders).time_of(ANN), "another restore knows it too"
    # What Ann leaves behind later is kept, also by the next backup and restore.
    new.leave(ANN, page="views")
    later = file.with_name("later")
    back_up(new.folders, later)
    assert Restored(2, 0, 0, "given") == restore(old.folders, later, tombstones_of(old.folders).path, replaces=True)
    assert ("views", "claims") == (old.page(ANN), old.page(BOB))


def test_the_host_s_own_tombstones_hold_also_without_a_file(new: Host, file: Path) -> None:
    tombstones_of(new.folders).add(BOB, LONG_AGO + 10.0)
    assert Restored(1, 1, 1, "without") == restore(new.folders, file, None, replaces=False)
    assert "" == new.page(BOB)


def test_a_restore_is_told_once_to_the_next_start(new: Host, file: Path) -> None:
    done = restore(new.folders, file, None, replaces=False)
    assert done._asdict() == take_note(new.folders)
    assert take_note(new.folders) is None


def test_what_is_there_goes_only_when_told(new: Host, file: Path) -> None:
    new.leave(EVE)
    with pytest.raises(BackupError, match="has kept something there already; --replace deletes it"):
        restore(new.folders, file, None, replaces=False)
    assert "claims" == new.page(EVE)
    restore(new.folders, file, None, replaces=True)
    assert ("", "claims") == (new.page(EVE), new.page(ANN))
    assert [ANN, BOB] == new.acts()


def test_an_audit_that_is_there_goes_also_where_the_backup_has_none(old: Host, new: Host, file: Path) -> None:
    (old.folders.state / LEDGER).unlink()
    back_up(old.folders, file.with_name("without"))
    new.leave(EVE)
    restore(new.folders, file.with_name("without"), None, replaces=True)
    assert [] == new.acts()


def test_the_later_time_and_all_blocks_hold(old: Host, new: Host, tmp_path: Path) -> None:
    for host, hour, blocks in ((old, 9, {"192.0.2.1/32": 5.0, "::/0": 1.0}), (new, 8, {"::/0": 7.0})):
        (host.folders.state / LATEST_TIME).write_text(f"2026-11-27T0{hour}:00:00+00:00\n", encoding="ascii")
        (host.folders.state / BLOCKS_FILE).write_text(json.dumps(blocks), encoding="ascii")
    back_up(old.folders, tmp_path / "backup")
    restore(new.folders, tmp_path / "backup", None, replaces=False)
    assert "2026-11-27T09:00:00+00:00\n" == (new.folders.state / LATEST_TIME).read_text(encoding="ascii")
    assert {"192.0.2.1/32": 5.0, "::/0": 7.0} == json.loads((new.folders.state / BLOCKS_FILE).read_bytes())


def test_states_in_use_are_backed_up_and_never_replaced(old: Host, tmp_path: Path, file: Path) -> None:
    with StatesLock(old.folders.state).share():
        assert 2 == back_up(old.folders, tmp_path / "another").states
        with pytest.raises(BackupError, match=r"kiosk\.lock: a kiosk, a backup or a restore is using these states"):
            restore(old.folders, file, None, replaces=True)
    with StatesLock(old.folders.state).own(), pytest.raises(InUseError):
        StatesLock(old.folders.state).share()


def test_a_backup_has_what_is_not_in_the_file_itself_yet(old: Host, new: Host, tmp_path: Path) -> None:
    """SQLite's log beside the file has the last changes while a visitor is inside."""
    inside = open_state(old.folders.state / STATES / state_name(ANN))
    inside.remember(Location("pond", "views"))
    inside.flush()
    back_up(old.folders, tmp_path / "backup")
    inside.close()
    restore(new.folders, tmp_path / "backup", None, replaces=False)
    assert "views" == new.page(ANN)


def test_a_damaged_state_is_told_and_the_others_are_kept(old: Host, tmp_path: Path) -> None:
    (old.folders.state / STATES / state_name(EVE)).write_bytes(b"x" * 5000)
    done = back_up(old.folders, tmp_path / "backup")
    assert 2 == done.states
    [said] = done.left_out
    assert f"{state_name(EVE)}: file is not a database" in said


@pytest.mark.parametrize("damage", ["cut", "changed", "text", "another", "extra", "path", "newer", "state"])
def test_another_or_a_damaged_file_restores_nothing(new: Host, file: Path, damage: str) -> None:
    data = file.read_bytes()
    if damage in {"cut", "changed", "text"}:
        middle = len(data) // 2
        file.write_bytes({"cut": data[:middle], "changed": data[:900] + b"xxxx" + data[904:], "text": b"x"}[damage])
    else:
        with zipfile.ZipFile(file, "w" if damage == "another" else "a") as archive:
            archive.writestr({"path": "visitors/../../x.sqlite"}.get(damage, "x"), "x")
        if damage in {"newer", "state", "path"}:
            names = {"newer": {"format": 2}, "state": {"state": 99}, "path": {}}[damage]
            with zipfile.ZipFile(file) as archive:
                about = json.loads(archive.read("backup.json"))
                rest = {name: archive.read(name) for name in about["seen"]}
            if damage == "path":
                rest["visitors/../../x.sqlite"] = b"x"
            with zipfile.ZipFile(file, "w") as archive:
                for name, content in rest.items():
                    archive.writestr(name, content)
                archive.writestr("backup.json", json.dumps({**about, **names, "seen": dict.fromkeys(rest, 1.0)}))
    said = "newer version" if damage in {"newer", "state"} else "no whole backup"
    with pytest.raises(BackupError, match=said):
        restore(new.folders, file, None, replaces=False)
    assert ["kiosk.lock"] == [path.name for path in new.folders.state.iterdir()]


def test_a_wrong_file_of_tombstones_restores_nothing(new: Host, file: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="there is no such file of tombstones"):
        restore(new.folders, file, tmp_path / "none", replaces=False)
    (tmp_path / "cut").write_text('{"salt": "00', encoding="ascii")
    with pytest.raises(BackupError, match="holds no tombstones"):
        restore(new.folders, file, tmp_path / "cut", replaces=False)
    assert ["kiosk.lock"] == [path.name for path in new.folders.state.iterdir()]


def test_a_full_disk_replaces_nothing_and_leaves_no_half_backup(
    old: Host, new: Host, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    new.leave(EVE)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(BackupError, match="No space left"):
            back_up(old.folders, tmp_path / "another")
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises(BackupError, match="No space left"):
            restore(new.folders, file, None, replaces=True)
    assert "claims" == new.page(EVE)
    assert [file.name] == [path.name for path in tmp_path.iterdir() if path.is_file()]
    restore(new.folders, file, None, replaces=True)
    assert "claims" == new.page(ANN)


def test_a_backup_replaces_no_file_and_needs_a_kiosk(old: Host, file: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="is there already; name a new file"):
        back_up(old.folders, file)
    with pytest.raises(BackupError, match="no kiosk has kept anything there"):
        back_up(Folders(*[tmp_path / "none"] * 4), tmp_path / "another")
    with pytest.raises(BackupError, match="none: there is no such folder; make it first"):
        back_up(old.folders, tmp_path / "none" / "backup")


def test_a_folder_out_of_reach_is_one_line(old: Host, file: Path) -> None:
    old.folders.state.chmod(0o500)
    try:
        with bound_by_permissions():
            with pytest.raises(BackupError, match="Permission denied"):
                restore(old.folders, file, None, replaces=True)
            assert 2 == back_up(old.folders, file.with_name("another")).states
    finally:
        old.folders.state.chmod(0o700)
    assert "claims" == old.page(ANN)


def test_tombstones_of_several_hosts_go_together(tmp_path: Path) -> None:
    ours, theirs = Tombstones(tmp_path / "ours"), Tombstones(tmp_path / "theirs")
    ours.add(ANN, 5.0)
    theirs.add(ANN, 9.0)
    theirs.add(BOB, 7.0)
    assert 2 == ours.merge(theirs)
    assert 0 == ours.merge(theirs)
    assert 0 == ours.merge(ours)
    ours.add(EVE, 8.0)
    assert [9.0, 7.0, 8.0] == [Tombstones(ours.path).time_of(key) for key in (ANN, BOB, EVE)]
    assert 2 == theirs.merge(ours)
    assert [9.0, 7.0, 8.0] == [theirs.time_of(key) for key in (ANN, BOB, EVE)]
