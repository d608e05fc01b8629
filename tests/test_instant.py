"""What is kept for the next start is shown only where nothing that it depends on has changed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_house import TOP
from tui import instant

SIZE = (100, 30)
FRAME = b"\x1b[1;1Hthe frame"


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    """Give a file that the frame depends on."""
    path = tmp_path / "briefing.toml"
    path.write_text("one")
    return path


@pytest.fixture
def keep(tmp_path: Path, watched: Path, saved: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Give a function that keeps a frame, and gives its file."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TERM", "xterm-256color")

    def kept(words: list[str], *, when: str = "", paths: tuple[Path, ...] = ()) -> Path:
        path = Path(instant.folder()) / instant.file_name(words, *SIZE)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        now = time.time()
        stamps = [f"{instant.stamp(str(one))} {one}" for one in (watched, *paths)]
        head = "\n".join([instant.key_of(words, *SIZE), when or f"{now - 1} {now + 100} ", *stamps])
        path.write_bytes(instant.sealed(os.fsencode(head) + b"\n\n" + FRAME))
        path.chmod(0o600)
        state = path.with_name(instant.STATE)
        state.write_text(f"{instant.stamp(str(saved))} {saved}")
        state.chmod(0o600)
        return path

    return kept


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Give the file of the reader's state."""
    path = tmp_path / "reader.sqlite"
    path.write_text("one")
    return path


def test_what_is_kept_is_shown(keep: Callable[..., Path]) -> None:
    for words in ([], ["pond"], ["pond#swans"], ["./pond/briefing.toml"]):
        keep(words)
        assert instant.kept(words, *SIZE) == FRAME


@pytest.mark.parametrize("words", [["--kiosk"], ["open", "pond"], ["-h"], ["x" * 300]])
def test_nothing_is_kept_for_options_and_commands(words: list[str]) -> None:
    assert not instant.file_name(words, *SIZE)
    assert not instant.kept(words, *SIZE)


def test_different_starts_have_different_files() -> None:
    words = ["", "a", "A", "a#b", "a%23b", "a/b", "a.b", "å", "%61"]
    names = {instant.file_name([word] if word else [], width, 30) for word in words for width in (80, 100)}
    assert len(names) == 2 * len(words)
    assert not any("/" in name for name in names)


@pytest.mark.parametrize("change", ["text", "touched", "gone", "replaced", "permissions"])
def test_a_changed_file_makes_it_stale(keep: Callable[..., Path], watched: Path, change: str) -> None:
    keep(["pond"])
    if change == "text":
        watched.write_text("two more")
    elif change == "touched":
        os.utime(watched, ns=(1, 1))
    elif change == "permissions":
        watched.chmod(0o600)
    else:
        watched.unlink()
        if change == "replaced":
            watched.write_text("two")
    assert not instant.kept(["pond"], *SIZE)


def test_a_file_that_was_absent_and_is_there_makes_it_stale(keep: Callable[..., Path], tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    keep(["pond"], paths=(config,))
    assert instant.kept(["pond"], *SIZE)
    config.write_text("")
    assert not instant.kept(["pond"], *SIZE)


def test_an_empty_log_of_a_database_is_as_none(tmp_path: Path) -> None:
    log = tmp_path / "reader.sqlite-wal"
    absent = instant.stamp(str(log))
    log.write_bytes(b"")
    assert instant.stamp(str(log)) == absent
    log.write_bytes(b"x")
    assert instant.stamp(str(log)) != absent


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TERM", "xterm"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1"), ("COLORFGBG", "0;15"), ("TERM_PROGRAM", "x"),
        ("XDG_STATE_HOME", "/elsewhere"), ("XDG_CONFIG_HOME", "/elsewhere"), ("HOME", "/elsewhere"), ("TZ", "Asia/Tokyo"),
        ("TEXTUAL_COLOR_SYSTEM", "standard"), ("LC_ALL", "C"),
    ],
)  # fmt: skip
def test_another_environment_makes_it_stale(
    keep: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    keep(["pond"])
    monkeypatch.setenv(name, value)
    assert not instant.kept(["pond"], *SIZE)


def test_another_size_python_or_form_makes_it_stale(keep: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = keep(["pond"])
    path.with_name(instant.file_name(["pond"], 80, 24)).write_bytes(path.read_bytes())
    assert not instant.kept(["pond"], 80, 24)
    monkeypatch.setattr(sys, "version", "another")
    assert not instant.kept(["pond"], *SIZE)


@pytest.mark.parametrize("shift", [(10, 100), (-100, -10)])
def test_it_is_shown_only_in_its_time(keep: Callable[..., Path], shift: tuple[int, int]) -> None:
    """Neither by a clock that was put back, nor past the day or a moment at which something begins or ends."""
    now = time.time()
    keep(["pond"], when=f"{now + shift[0]} {now + shift[1]} ")
    assert not instant.kept(["pond"], *SIZE)


@pytest.mark.parametrize("change", ["changed", "forgotten", "damaged"])
def test_a_state_that_the_program_did_not_leave_so_makes_all_stale(
    keep: Callable[..., Path], saved: Path, change: str
) -> None:
    """A restored backup, or a writer of another version, deletes no frame of what it changed."""
    known = keep(["pond"]).with_name(instant.STATE)
    assert instant.is_state_known()
    changes: dict[str, Callable[[], object]] = {
        "changed": lambda: saved.write_text("two!"),
        "forgotten": known.unlink,
        "damaged": lambda: known.write_bytes(b"\xff"),
    }
    changes[change]()
    assert not instant.is_state_known()
    assert not instant.kept(["pond"], *SIZE)


@pytest.mark.parametrize(
    ("briefings", "left"),
    [
        ({"pond"}, ["lake-2", "lake-2#a"]),
        ({"lake-2"}, ["pond", "pond#swans"]),
        ({"pond", "lake-2"}, []),
        ({"pond", ""}, []),
        ({""}, []),
        ({"po"}, ["lake-2", "lake-2#a", "pond", "pond#swans"]),
    ],
)
def test_what_is_written_deletes_the_frames_that_showed_it(
    keep: Callable[..., Path], briefings: set[str], left: list[str]
) -> None:
    """Those of other briefings stay. A path may be one of any briefing."""
    starts = ["", "lake-2", "lake-2#a", "pond", "pond#swans", "./pond", "pond.toml"]
    for start in starts:
        keep([start] if start else [])
    instant.forget(briefings)
    assert [start for start in starts if instant.kept([start] if start else [], *SIZE)] == left


def test_a_path_counts_from_its_folder_alone(
    keep: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    monkeypatch.chdir(tmp_path)
    keep(["./pond"], when=f"{now - 1} {now + 100} {tmp_path}")
    assert instant.kept(["./pond"], *SIZE)
    monkeypatch.chdir("/")
    assert not instant.kept(["./pond"], *SIZE)


@pytest.mark.parametrize(
    "fault",
    [
        "readable",
        "linked",
        "a link",
        "a folder",
        "a pipe",
        "large",
        "cut",
        "cut in the frame",
        "noise",
        "a bit",
        "empty",
    ],
)
def test_a_file_that_is_not_as_it_was_written_is_refused(keep: Callable[..., Path], fault: str) -> None:
    path = keep(["pond"])
    other = path.with_name("other")
    if fault == "readable":
        path.chmod(0o644)
    elif fault == "linked":
        other.hardlink_to(path)
    elif fault == "a link":
        path.rename(other)
        path.symlink_to(other)
    elif fault in {"a folder", "a pipe"}:
        path.unlink()
        (path.mkdir if fault == "a folder" else lambda: os.mkfifo(path, 0o600))()
    elif fault == "large":
        path.write_bytes(path.read_bytes() + b" " * instant.MOST_BYTES)
    else:
        data = path.read_bytes()
        damaged = {"cut": data[:40], "cut in the frame": data[:-2], "noise": b"\xff\x00\n\n" + data}
        path.write_bytes(damaged.get(fault, data.replace(b"the frame", b"the fraMe") if fault == "a bit" else b""))
    assert not instant.kept(["pond"], *SIZE)


def test_anothers_file_is_refused(keep: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    keep(["pond"])
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert not instant.kept(["pond"], *SIZE)


def test_a_start_imports_next_to_nothing_before_its_frame() -> None:
    """Each of these would cost a good part of the time that a frame takes."""
    code = "import sys; before = {*sys.modules}; import tui.start; print(*sorted({*sys.modules} - before))"
    done = subprocess.run([sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"gc", "termios", "tui", "tui.instant", "tui.start", "types"}
