"""Every command against every fault of the disk: what could not be read or kept is named, and never shown as absent."""

import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cli.conftest import TOP, Done
from tests.unprivileged import bound_by_permissions, program
from tui.cli import main

CLAIM = '[[claim]]\nid = "a"\nby = "x"\ntext = "A swan on the pond."\n'
READING = {"list": ("list",), "search": ("search", "swan"), "show": ("show", "good"), "check": ("check",)}
LOOKING = READING | {
    "show-other": ("show", "other"),
    "hold": ("hold", "other"),
    "edit": ("edit", "other"),
    "quote": ("quote", "other", "s", "x"),
}


class Place:
    """A user's folders, with two briefings."""

    def __init__(self, folder: Path, tiny: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.chosen = True
        """Whether the content folder is named on the command line."""
        self.content = folder / "content"
        self.cache = folder / "cache"
        self.config = folder / "config"
        for made in (self.content, self.cache / "briefing", self.config / "briefing"):
            made.mkdir(parents=True)
        for name in ("good", "other"):
            self.file(name).parent.mkdir()
            self.file(name).write_text(tiny(CLAIM, id=name), encoding="utf-8")
        self.closed = ExitStack()

    def file(self, name: str) -> Path:
        """Return a briefing's file."""
        return self.content / name / "briefing.toml"

    def read(self, *folders: Path) -> None:
        """Have content folders in the configuration."""
        told = ", ".join(f'"{folder}"' for folder in folders)
        (self.config / "briefing" / "config.toml").write_text(f"content = [{told}]\n", encoding="utf-8")

    def forbid(self, path: Path, mode: int = 0) -> None:
        """Take the permissions of a path until the test is over."""
        before = path.stat().st_mode
        path.chmod(mode)
        self.closed.callback(path.chmod, before)

    def run(self, *words: str, largest: int = -1) -> Done:
        """Run the command in this process, bound by permissions; `largest` bounds the bytes of each file that it writes."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        self.capsys.readouterr()
        with bound_by_permissions():
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, before[1]))
            try:
                code = main([*words, "--content", str(self.content)] if self.chosen else list(words))
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, before)
        return Done(code, *self.capsys.readouterr())

    def apart(self, *words: str, memory: int = -1) -> Done:
        """Run the command in a process of its own; `memory` bounds its bytes."""
        limits = (
            f"import resource as r; r.setrlimit(r.RLIMIT_AS, ({memory}, {memory})); r.setrlimit(r.RLIMIT_CORE, (0, 0));"
        )
        start = [sys.executable, "-c", f"{limits}import os, sys; os.execv(sys.executable, sys.argv[1:])"]
        command = [*start, *program(*words, "--content", self.content)]
        done = subprocess.run(command, cwd=TOP, capture_output=True, check=False, timeout=60)
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def place(
    tmp_path: Path, tiny: Callable[..., str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """Give a user's folders."""
    made = Place(tmp_path, tiny, capsys)
    monkeypatch.setenv("XDG_CACHE_HOME", str(made.cache))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(made.config))
    monkeypatch.setenv("COLUMNS", "200")
    with made.closed:
        yield made


def unenterable(place: Place) -> int:
    place.forbid(place.cache / "briefing")
    return -1


def unwritable(place: Place) -> int:
    place.forbid(place.cache / "briefing", 0o500)
    return -1


def unmakeable(place: Place) -> int:
    shutil.rmtree(place.cache / "briefing")
    place.forbid(place.cache, 0o500)
    return -1


def a_file_in_its_place(place: Place) -> int:
    shutil.rmtree(place.cache)
    place.cache.touch()
    return -1


def unreadable_files(place: Place) -> int:
    """As one `sudo briefing search` leaves them behind in a folder of the user's."""
    assert place.run("search", "swan").code == 0
    for path in (place.cache / "briefing").rglob("*"):
        if path.is_file():
            place.forbid(path)
    for path in (place.cache / "briefing").rglob("search-*"):
        place.forbid(path, 0o500)
    return -1


def full(_place: Place) -> int:
    """Nothing can be written at all."""
    return 0


def nearly_full(_place: Place) -> int:
    """The database can be begun, and then no more: a bound on the size of files fails like a disk that is full."""
    return 33_000


CACHE_FAULTS = [unenterable, unwritable, unmakeable, a_file_in_its_place, unreadable_files, full, nearly_full]


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("fault", CACHE_FAULTS)
def test_a_cache_that_cannot_be_used(place: Place, fault: Callable[[Place], int], command: str) -> None:
    """Everything is as with a sound one, with one notice."""
    sound = place.run(*READING[command])
    shutil.rmtree(place.cache)
    (place.cache / "briefing").mkdir(parents=True)
    found = place.run(*READING[command], largest=fault(place))
    assert (sound.code, sound.out) == (found.code, found.out)
    notices = found.err.splitlines()
    assert len(notices) <= 1
    assert all("cannot be kept on disk (" in line and "it is in memory for this time." in line for line in notices)
    if command in {"list", "search"}:  # these fill it; the others may not need it at all
        assert notices


@pytest.mark.parametrize("size", ["16k", "96k"])
def test_a_disk_that_is_full(place: Place, size: str) -> None:
    """The real thing, where it can be had: a file system in memory that has room for next to nothing."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place.cache], check=False, capture_output=True)  # fmt: skip
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
    place.closed.callback(lambda: subprocess.run(["umount", place.cache], check=True))
    for command, words in READING.items():
        found = place.run(*words)
        assert found.code == 0, (command, found.err)
        assert (command == "search") <= len(found.err.splitlines()) <= 1, (command, found.err)
    assert place.run("list").out.count("\n") > 4


def forbidden_folder(place: Place) -> str:
    place.forbid(place.content)
    return "content"


def forbidden_briefing(place: Place) -> str:
    place.forbid(place.file("other").parent)
    return "/other"


def forbidden_file(place: Place) -> str:
    place.forbid(place.file("other"))
    return "other/briefing.toml"


def looped_file(place: Place) -> str:
    place.file("other").unlink()
    place.file("other").symlink_to("briefing.toml")
    return "other/briefing.toml"


@pytest.mark.parametrize("command", LOOKING)
@pytest.mark.parametrize("fault", [forbidden_folder, forbidden_briefing, forbidden_file, looped_file])
def test_content_that_cannot_be_read(place: Place, fault: Callable[[Place], str], command: str) -> None:
    """It is named, and the exit code says that something is wrong; the rest is there."""
    named = fault(place)
    found = place.run(*LOOKING[command])
    if command == "show" and fault is not forbidden_folder:  # the other one is nothing to it
        assert (0, "") == (found.code, found.err)
        return
    assert 1 == found.code, found
    assert named in found.err + found.out
    if command != "edit":
        assert ("symbolic links" if fault is looped_file else "permission denied") in (found.err + found.out).lower()
    for untrue in ("No briefings", "there is no briefing", "holds no briefing", "Traceback"):
        assert untrue not in found.out + found.err
    if fault is not forbidden_folder and command in {"list", "search"}:
        assert "good" in found.out


def test_a_file_in_the_place_of_a_content_folder_is_said_to_be_none(place: Place) -> None:
    """And not to be missing: nobody can create what is there."""
    file = place.file("other")
    place.chosen = False
    found = place.run("list", "--content", str(file))
    assert found.code == 1
    assert found.err == f"briefing: {file}: is no folder; name one, or take it out of the library\n"


@pytest.mark.parametrize("command", ["list", "search", "check"])
def test_a_search_tells_what_it_could_not_read(place: Place, command: str) -> None:
    place.read(place.content / "away")
    place.chosen = False
    found = place.run(*READING[command])
    assert 1 == found.code
    assert str(place.content / "away") in found.err + found.out
    assert "there is no such f" in found.err + found.out
    if command != "check":
        assert "handbook" in found.out
    if command == "search":
        assert "; 1 content folder could not be read" in found.out


def test_the_users_own_folder_need_not_be_there(place: Place) -> None:
    place.chosen = False
    assert (0, "") == (place.run("list").code, place.run("list").err)


def test_a_folder_in_one_that_must_not_be_entered_is_not_missing(place: Place) -> None:
    place.forbid(place.content)
    place.content /= "good"
    found = place.run("list")
    assert 1 == found.code
    assert "the folder cannot be read: permission denied" in found.err
    assert "no such folder" not in found.err


@pytest.mark.parametrize("words", [("new", "fresh"), ("import", "notes.txt", "--as", "fresh")])
def test_no_id_is_said_to_be_taken_in_a_folder_that_cannot_be_read(
    place: Place, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.txt").write_text("A swan on the pond.\n")
    monkeypatch.chdir(tmp_path)
    place.forbid(place.content)
    found = place.run(*words)
    assert 1 == found.code
    assert "the folder cannot be read: permission denied" in found.err
    assert "already" not in found.err


@pytest.mark.parametrize("at", ["", "good", "good/briefing.toml"])
def test_a_check_of_a_path_that_cannot_be_read(place: Place, at: str) -> None:
    (place.content / "inner").mkdir()
    shutil.move(place.file("good").parent, place.content / "inner")
    place.forbid(place.content)
    place.chosen = False
    found = place.run("check", str(place.content / "inner" / at))
    assert 1 == found.code, found
    assert "permission denied" in found.out


def test_several_first_searches_at_once(place: Place) -> None:
    """Each gives the full answer, whoever builds the index."""
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(lambda _: place.apart("search", "swan"), range(4)))
    assert all((0, "") == (one.code, one.err) for one in found), found
    assert {one.out for one in found} == {place.run("search", "swan").out}


@pytest.mark.parametrize("megabytes", [100, 220, 400])
def test_a_search_without_enough_memory_says_so(place: Place, megabytes: int) -> None:
    """However far it comes, one line says it, or all is found."""
    found = place.apart("search", "swan", memory=megabytes << 20)
    if found.code == 0:
        assert "hits in" in found.out
        return
    assert 1 == found.code, found
    [said] = [line for line in found.err.splitlines() if line.startswith("briefing: ")]
    assert "memory" in said or "cannot be built" in said
    assert "Traceback" not in found.err
