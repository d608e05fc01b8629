"""The tombstones of forgotten visitors."""

import os
from pathlib import Path

import pytest

from tui.kiosk.operations.tombstones import TombstoneError, Tombstones

KEY = "SHA256:" + "a" * 43


def test_a_tombstone_has_a_time_and_names_nobody(tmp_path: Path) -> None:
    path = tmp_path / "data" / "tombstones"
    writer, reader = Tombstones(path), Tombstones(path)
    assert reader.time_of(KEY) == 0
    writer.add(KEY, 1000.5)
    writer.add("SHA256:other", 2000)
    assert [1000.5, 0] == [reader.time_of(key) for key in (KEY, KEY[:-1])]
    writer.add(KEY, 3000)
    writer.add(KEY, 2500)
    assert reader.time_of(KEY) == 3000
    assert KEY.partition(":")[2] not in path.read_text(encoding="ascii")
    assert 0o600 == path.stat().st_mode & 0o777
    assert Tombstones(path).time_of(KEY) == 3000


def test_two_files_have_no_hash_in_common(tmp_path: Path) -> None:
    for name in "ab":
        Tombstones(tmp_path / name).add(KEY, 1)
    one, other = ((tmp_path / name).read_text(encoding="ascii").splitlines() for name in "ab")
    assert not set(one) & set(other)


@pytest.mark.parametrize(
    "text", ["", "x", "{}", '{"salt": "00"}', '{"salt": 5}', '{"salt": "%s"}\n{"at": 1}' % ("00" * 32), "\xff"]
)
def test_another_file_is_an_error_and_never_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "a").write_text(text, encoding="latin-1")
    with pytest.raises(TombstoneError, match="holds no tombstones"):
        Tombstones(tmp_path / "a").time_of(KEY)
    with pytest.raises(TombstoneError, match="holds no tombstones"):
        Tombstones(tmp_path / "a").add(KEY, 1)


def test_a_file_out_of_reach_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(TombstoneError, match="Not a directory"):
        Tombstones(tmp_path / "file" / "a").time_of(KEY)
    (tmp_path / "folder").mkdir()
    with pytest.raises(TombstoneError):
        Tombstones(tmp_path / "folder").add(KEY, 1)


def test_a_tombstone_that_the_disk_did_not_take_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a line would hide the states of all visitors, until somebody mends the file."""
    stones = Tombstones(tmp_path / "a")
    stones.add("SHA256:one", 5.0)
    before = stones.path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(TombstoneError, match="No space left"):
            stones.add("SHA256:two", 6.0)
    assert before == stones.path.read_bytes()
    stones.add("SHA256:two", 6.0)
    assert (5.0, 6.0) == (stones.time_of("SHA256:one"), stones.time_of("SHA256:two"))


@pytest.mark.parametrize("at", ["NaN", "Infinity", "-1", "1e300"])
def test_a_time_that_is_none_is_an_error(tmp_path: Path, at: str) -> None:
    line = f'{{"hash": "x", "at": {at}}}'
    (tmp_path / "a").write_text(f'{{"salt": "{"00" * 32}"}}\n{line}\n', encoding="ascii")
    with pytest.raises(TombstoneError, match="holds no tombstones"):
        Tombstones(tmp_path / "a").time_of("SHA256:one")
