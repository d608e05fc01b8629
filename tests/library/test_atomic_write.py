"""Files that cannot be written whole are not left half."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tui.authoring.creation import create
from tui.authoring.errors import AuthoringError
from tui.library.atomic_write import write_new
from tui.site.writing import MANIFEST, UNFINISHED, Site

TEXT = b"swans " * 100
BRIEFING = """format = 2
[briefing]
id = "pond"
title = "Swans on the pond"
bluf = "Seven swans were on the pond."
lang = "en"
as_of = "2026-11-22"
"""


@contextmanager
def almost_full() -> Iterator[None]:
    """Let no file become larger than some bytes, as on a disk that is filled by the first of them."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def left(folder: Path) -> list[Path]:
    """Return the files in a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_new_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "new"
    with almost_full(), pytest.raises(OSError, match="too large"):
        write_new(path, TEXT)
    assert not path.exists()
    write_new(path, TEXT)
    assert path.read_bytes() == TEXT
    with pytest.raises(FileExistsError):
        write_new(path, b"other")
    assert path.read_bytes() == TEXT


def test_a_briefing_that_cannot_be_begun_leaves_nothing_and_may_be_begun_again(tmp_path: Path) -> None:
    with almost_full(), pytest.raises(AuthoringError, match="cannot be written"):
        create(tmp_path, "pond", BRIEFING)
    assert left(tmp_path) == []
    assert create(tmp_path, "pond", BRIEFING).read_text(encoding="utf-8") == BRIEFING


def test_a_page_of_a_site_that_cannot_be_written_leaves_nothing_of_it(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", None)
    with almost_full(), pytest.raises(OSError, match="too large"):
        site.make("all", "key", lambda: [("index.html", TEXT)])
    assert left(tmp_path) == [tmp_path / "site" / UNFINISHED]  # by it the next export knows the folder for its own
    again = Site(tmp_path / "site", None)
    again.make("all", "key", lambda: [("index.html", TEXT)])
    again.finish()
    assert {path.name for path in left(tmp_path)} == {MANIFEST, "index.html"}
