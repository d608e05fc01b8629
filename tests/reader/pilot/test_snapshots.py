"""Pictures of the main screens. A change of one is a change that a reader sees: look at it before it is recorded.

Beside each picture stands the screen as plain text, so that a difference can be read; colours are in the picture alone.
Record both anew with ``pytest tests/reader/pilot/test_snapshots.py --snapshot-update``. They are of one minor version of
Textual, and the pictures of one of Python too, since others draw a little differently.
"""

import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.pictures import tidied
from tests.reader.pilot.driving import library, reading
from tui.library.catalogue import Catalogue
from tui.state.records import Location

RECORDED = ("3.11", "8.2")
HERE = tuple(".".join(of.split(".")[:2]) for of in (platform.python_version(), version("textual")))

pytestmark = pytest.mark.skipif(
    HERE[1] != RECORDED[1], reason=f"the screens are of Textual {RECORDED[1]}; here is {HERE[1]}"
)


class Shot(NamedTuple):
    """A picture: where it is taken, and after which keys."""

    name: str
    size: tuple[int, int]
    location: Location
    keys: tuple[str, ...] = ()
    theme: str = "dark"


def _in(page: str, block: str = "") -> Location:
    return Location("handbook", page, block)


SHOTS = (
    Shot("library", (80, 24), Location()),
    Shot("library", (50, 14), Location()),
    Shot("overview", (80, 24), _in("overview")),
    Shot("overview", (120, 36), _in("overview")),
    Shot("overview", (200, 50), _in("overview")),
    Shot("claims", (80, 24), _in("claims", "pond-eleven")),
    Shot("claims", (120, 36), _in("claims", "pond-eleven"), theme="light"),
    Shot("claims", (200, 50), _in("claims", "pond-eleven")),
    Shot("claims", (50, 14), _in("claims", "pond-eleven")),
    Shot("footnote", (80, 24), _in("views"), ("f",)),
    Shot("footnote", (120, 36), _in("views"), ("j", "j", "f")),
    Shot("footnote", (50, 14), _in("views"), ("f",)),
    Shot("entry", (120, 36), _in("entry:pond-eleven")),
    Shot("sources", (200, 50), _in("sources", "note-b"), theme="contrast"),
    Shot("text", (80, 24), _in("text:note-a"), ("j", "j")),
    Shot("help", (120, 36), Location("", "help")),
    Shot("evidence", (80, 24), _in("evidence")),
    Shot("standing", (80, 24), _in("evidence:matrix/rows=conflict")),
    Shot("standing", (50, 14), _in("evidence:matrix")),
    Shot("standing", (120, 36), _in("evidence:matrix/only=disputed"), theme="light"),
    Shot("standing", (200, 50), _in("evidence:matrix", "pond-eleven")),
    Shot("matrix", (80, 24), _in("evidence:matrix:grid", "pond-eleven"), ("tab",)),
    Shot("matrix", (50, 14), _in("evidence:matrix:grid", "pond-eleven"), ("tab",)),
    Shot("matrix", (120, 36), _in("evidence:matrix:grid", "pond-eleven"), ("tab",), theme="light"),
    Shot("matrix", (200, 50), _in("evidence:matrix:grid/rows=conflict", "pond-eleven"), ("tab", "tab", "enter")),
    Shot("origins", (120, 36), _in("evidence:matrix:grid/rows=origins/grouped", "pond-eleven"), ("tab",), theme="mono"),
    Shot("conflicts", (80, 24), _in("evidence:conflicts")),
    Shot("conflicts", (120, 36), _in("evidence:conflicts"), theme="contrast"),
    Shot("provenance", (80, 24), _in("evidence:provenance", "way:pond-eleven")),
    Shot("traceability", (120, 36), _in("evidence:traceability", "trace:feed-eleven"), theme="mono"),
    Shot("spread", (80, 24), _in("evidence:spread")),
    Shot("timeline", (120, 36), _in("evidence:timeline/as-of=2026-11-08", "event:pond-eleven")),
    Shot("timeline", (80, 24), _in("evidence:timeline/listed")),
    Shot("judgments", (80, 24), _in("evidence:judgments"), theme="light"),
    Shot("figures", (120, 36), _in("evidence:figures")),
    Shot("figures", (50, 14), _in("evidence:figures"), theme="light"),
    Shot("coverage", (80, 24), _in("evidence:coverage")),
    Shot("found", (80, 24), _in("claims"), ("slash", "s", "w", "a", "n", "enter"), theme="mono"),
)


SIZES = ((50, 14), (80, 24), (120, 36), (200, 50))
VIEWS = tuple(
    Shot(name, size, location)
    for name, location in (
        ("disputes", Location("quay", "evidence:conflicts")),
        ("dispute", Location("quay", "evidence:conflicts:how-many")),
        ("judgments-2", Location("harbour", "evidence:judgments")),
        ("judgment", Location("harbour", "evidence:judgments", "judged:kj-many")),
        ("figures-2", Location("harbour", "evidence:figures")),
        ("watch", Location("harbour", "evidence:watch")),
    )
    for size in SIZES
)


class SvgExtension(SingleFileSnapshotExtension):
    """Keeps each picture as an SVG file of its own."""

    _write_mode = WriteMode.TEXT
    file_extension = "svg"


class TextExtension(SingleFileSnapshotExtension):
    """Keeps each screen as a text file of its own."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture(scope="module")
def handbook_alone(tmp_path_factory: pytest.TempPathFactory, content: Path) -> Iterator[Catalogue]:
    """Give a library of the handbook and nothing else."""
    root = tmp_path_factory.mktemp("library")
    shutil.copytree(content / "handbook", root / "handbook")
    catalogue = library(None, root)
    yield catalogue
    catalogue.close()


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: f"{shot.name}-{shot.size[0]}x{shot.size[1]}")
async def test_looks_as_recorded(shot: Shot, handbook_alone: Catalogue, snapshot: SnapshotAssertion) -> None:
    await compare(shot, handbook_alone, snapshot)


@pytest.mark.parametrize("shot", VIEWS, ids=lambda shot: f"{shot.name}-{shot.size[0]}x{shot.size[1]}")
async def test_a_view_of_format_2_looks_as_recorded(shot: Shot, port: Catalogue, snapshot: SnapshotAssertion) -> None:
    await compare(shot, port, snapshot)


async def compare(shot: Shot, catalogue: Catalogue, snapshot: SnapshotAssertion) -> None:
    """Compare a screen with its record."""
    async with reading(catalogue, shot.location, size=shot.size, theme=shot.theme) as reader:
        await reader.press(*shot.keys)
        svg = tidied(reader.app.export_screenshot(title="briefing"))
        text = "".join(f"{row.rstrip()}\n" for row in reader.rows)
    assert text == snapshot.use_extension(TextExtension)
    if HERE == RECORDED:
        assert svg == snapshot.use_extension(SvgExtension)
