"""What is kept for the next start: who may read it, what bounds it, and when it ends."""

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tui import instant
from tui.cli.keeping import keep
from tui.cli.lookup import own_state
from tui.library.paths import user_folders
from tui.state.records import Location

SIZE = (80, 24)
pytestmark = pytest.mark.usefixtures("pond")


@pytest.fixture
def pond(tiny: Callable[..., str]) -> Path:
    """Give a briefing of the user's own."""
    path = user_folders().own_content / "pond" / "briefing.toml"
    path.parent.mkdir(parents=True)
    path.write_text(tiny(id="pond", title="The pond", format="2"), encoding="utf-8")
    return path


def kept(*words: str) -> bytes:
    """Return what a start would show."""
    return instant.kept(list(words), *SIZE)


def test_the_library_and_the_briefing_are_kept_for_their_reader_alone() -> None:
    keep("pond", SIZE, None)
    assert b"The pond" in kept()
    assert b"The pond" in kept("pond")
    files = list(Path(instant.folder()).iterdir())
    assert sorted(file.name for file in files) == [".80x24", ".state", "pond.80x24"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert Path(instant.folder()).stat().st_mode & 0o777 == 0o700


def test_a_changed_briefing_and_a_changed_configuration_make_it_stale(pond: Path) -> None:
    keep("pond", SIZE, None)
    config = user_folders().config / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('theme = "light"\n')
    assert not kept("pond")
    config.unlink()
    assert kept("pond")
    pond.write_text(pond.read_text().replace("The pond", "The lake"))
    assert not kept("pond")


@pytest.mark.parametrize("target", ["nowhere", "pond#nothing", "#", ""])
def test_a_start_that_shows_no_page_is_not_kept(target: str) -> None:
    keep(target, SIZE, None)
    names = {file.name for file in Path(instant.folder()).iterdir()}
    assert names == {".80x24", ".state"}


def test_a_path_is_kept_for_its_folder(pond: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pond.parent.parent)
    keep("./pond", SIZE, None)
    assert b"The pond" in kept("./pond")
    monkeypatch.chdir("/")
    assert not kept("./pond")


def test_reading_one_briefing_leaves_the_frame_of_another(pond: Path, tiny: Callable[..., str]) -> None:
    lake = pond.parent.with_name("lake") / pond.name
    lake.parent.mkdir()
    lake.write_text(tiny(id="lake", title="The lake", format="2"), encoding="utf-8")
    for name in ("lake", "pond", "lake"):
        keep(name, SIZE, None)
    assert kept("pond")
    with closing(own_state()) as state:
        state.remember(Location("lake", "claims"))
        state.flush()
        assert not kept("pond")  # until it is known who has written
    keep("", SIZE, None)
    assert [bool(kept(*words)) for words in ((), ("pond",), ("lake",))] == [True, True, False]


def test_a_state_of_another_origin_makes_all_stale() -> None:
    keep("pond", SIZE, None)
    state = user_folders().state / "reader.sqlite"
    state.write_bytes(state.read_bytes())
    assert not kept("pond")
    own_state().close()
    keep("", SIZE, None)
    assert not kept("pond")


def test_no_state_is_written() -> None:
    keep("pond", SIZE, None)
    state = user_folders().state / "reader.sqlite"
    before = state.read_bytes()
    keep("pond", SIZE, None)
    assert state.read_bytes() == before


@pytest.mark.parametrize("key", ["from", "until"])
def test_it_ends_when_a_briefing_begins_or_ends_to_be_shown(
    pond: Path, key: str, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Done]
) -> None:
    now = time.time()
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now + 60))
    pond.write_text(pond.read_text().replace("[briefing]", f"[briefing]\n{key} = {moment}"))
    run("list")
    keep("pond", SIZE, None)
    assert kept("pond")
    assert kept()
    monkeypatch.setattr(time, "time", lambda: now + 61)
    assert not kept("pond")
    assert not kept()


def test_the_next_day_makes_it_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    keep("pond", SIZE, None)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    assert not kept("pond")


def test_the_oldest_files_go() -> None:
    folder = Path(instant.folder())
    folder.mkdir(parents=True)
    for number in range(30):
        (folder / f"old{number}.80x24").write_bytes(b"x")
    (folder / "large.80x24").write_bytes(b"x" * 2_000_000)
    keep("pond", SIZE, None)
    names = [file.name for file in folder.iterdir()]
    assert len(names) <= 20
    assert {".80x24", "pond.80x24"} <= {*names}
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 2_000_000


def test_a_folder_that_cannot_be_written_is_left_alone() -> None:
    cache = Path(instant.folder()).parent
    cache.mkdir(parents=True, exist_ok=True)
    Path(instant.folder()).write_text("in the way")
    keep("pond", SIZE, None)
    assert Path(instant.folder()).read_text() == "in the way"
