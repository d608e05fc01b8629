"""Sessions to read at, without a screen: over the bundled briefings, and over made-up ones that a test may edit."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui.library.catalogue import Catalogue
from tui.session.own_pages import bookmarks_page
from tui.session.session import Session
from tui.session.shared import SharedContent
from tui.state.reader_state import ReaderState
from tui.state.stores import open_state

NOWHERE = Path("/nowhere")


@pytest.fixture
def state() -> Iterator[ReaderState]:
    """Give a state that lasts as long as a test, with a clock that goes on by a second at each look."""
    seconds = iter(range(1, 10_000))
    state = open_state(None, lambda: float(next(seconds)))
    yield state
    state.close()


@pytest.fixture(scope="session")
def shelf(content: Path, sample_folder: Path) -> Iterator[Catalogue]:
    """Give a library of the bundled briefings and the made-up one that has every feature."""
    catalogue = Catalogue(None, [content, sample_folder.parent], NOWHERE)
    catalogue.refresh()
    yield catalogue
    catalogue.close()


@pytest.fixture
def session(shelf: Catalogue, state: ReaderState) -> Session:
    """Give a session at that library."""
    return Session(SharedContent(shelf), state, {"bookmarks": bookmarks_page})


class Workshop:
    """A folder of briefings that a test may edit, and a session over it."""

    def __init__(self, root: Path, held: Path, state: ReaderState, tiny: Callable[..., str]) -> None:
        self.root = root
        self.held = held
        self.catalogue = Catalogue(None, [root], held)
        self.session = Session(SharedContent(self.catalogue), state, {})
        self._tiny = tiny
        self._time = 1_800_000_000

    def put(self, tables: str = "", name: str = "tiny", **header: str) -> Path:
        """Write a small briefing, or write it anew."""
        return self.write(self._tiny(tables, **({"id": name} | header)), name)

    def write(self, text: str, name: str = "tiny") -> Path:
        """Write the text of a briefing's file."""
        path = self.root / name / "briefing.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        # Times of files are coarse; whoever edits by hand takes longer than these tests.
        self._time += 1
        os.utime(path, (self._time, self._time))
        return path


@pytest.fixture
def workshop(tmp_path: Path, state: ReaderState, tiny: Callable[..., str]) -> Iterator[Workshop]:
    """Give a folder of briefings to edit, and a session over it."""
    root = tmp_path / "workshop"
    root.mkdir()
    workshop = Workshop(root, tmp_path / "held", state, tiny)
    yield workshop
    workshop.catalogue.close()


@pytest.fixture
def sample_copy(
    tmp_path: Path, sample_folder: Path, state: ReaderState, tiny: Callable[..., str]
) -> Iterator[Workshop]:
    """Give a copy of the made-up briefing that has every feature, to edit, and a session over it."""
    root = tmp_path / "copy"
    shutil.copytree(sample_folder, root / "sample")
    workshop = Workshop(root, tmp_path / "held", state, tiny)
    yield workshop
    workshop.catalogue.close()
