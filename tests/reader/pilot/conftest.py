"""Libraries to read in: the made-up briefing alone, the bundled ones, and some made for a test."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.harbour import HARBOUR
from tests.evidence.quay import QUAY
from tests.reader.pilot.driving import library
from tui.library.catalogue import Catalogue
from tui.search.index.library_index import SearchIndex


@pytest.fixture(autouse=True)
def _no_idling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look more often whether the app is idle than the fifty times a second after which a key counts as pressed."""
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 0.005)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 0.0005)


@pytest.fixture(autouse=True)
def _no_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the clipboards of whoever runs the tests alone."""
    for variable in ("TMUX", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a cache that all pilot tests of a process share, so that each start is a warm one."""
    return tmp_path_factory.mktemp("cache") / "catalogue.sqlite"


@pytest.fixture(scope="session")
def swans(cache: Path, sample_folder: Path) -> Iterator[Catalogue]:
    """Give a library of the made-up briefing alone."""
    catalogue = library(cache, sample_folder.parent)
    yield catalogue
    catalogue.close()


@pytest.fixture(scope="session")
def bundled(cache: Path, content: Path) -> Iterator[Catalogue]:
    """Give the bundled library."""
    catalogue = library(cache, content)
    yield catalogue
    catalogue.close()


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory, tiny: Callable[..., str]) -> Iterator[Catalogue]:
    """Give a library of format 2: a quay with a dispute, a harbour with judgments and signs."""
    root = tmp_path_factory.mktemp("port")
    for name, title, tables in (("quay", "Casks on a quay", QUAY), ("harbour", "Casks in a harbour", HARBOUR)):
        (root / name).mkdir()
        (root / name / "briefing.toml").write_text(tiny(tables, format="2", id=name, title=title), encoding="utf-8")
    catalogue = library(None, root)
    yield catalogue
    catalogue.close()


@pytest.fixture
def make_library(tmp_path: Path, tiny: Callable[..., str]) -> Iterator[Callable[..., Catalogue]]:
    """Give a maker of libraries: `make_library(name=tables, …)` has a small briefing of each name."""
    made: list[Catalogue] = []

    def make(**briefings: str) -> Catalogue:
        root = tmp_path / "made"
        root.mkdir(exist_ok=True)
        for name, tables in briefings.items():
            (root / name).mkdir()
            (root / name / "briefing.toml").write_text(tiny(tables, id=name), encoding="utf-8")
        made.append(library(None, root))
        return made[-1]

    yield make
    for catalogue in made:
        catalogue.close()


@pytest.fixture
def own_copy(tmp_path: Path, sample_folder: Path) -> Iterator[tuple[Catalogue, Path]]:
    """Give a library of a copy of the made-up briefing that a test may edit, and the path of its TOML."""
    folder = tmp_path / "own" / "sample"
    shutil.copytree(sample_folder, folder)
    catalogue = library(None, folder.parent)
    yield catalogue, folder / "briefing.toml"
    catalogue.close()


@pytest.fixture(scope="session")
def claims() -> Callable[[int], str]:
    """Give a maker of the tables of some claims, one line each, named c1, c2 and so on."""

    def make(number: int) -> str:
        return "\n".join(f'[[claim]]\nid = "c{n}"\ntext = "Claim number {n}."\nby = "x"' for n in range(1, number + 1))

    return make


@pytest.fixture
def may_go_on(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Hold the building of the index until the event is set."""
    update = SearchIndex.update
    event = threading.Event()

    def later(*arguments: Any, **options: Any) -> bool:
        assert event.wait(20)
        return update(*arguments, **options)

    monkeypatch.setattr(SearchIndex, "update", later)
    return event
