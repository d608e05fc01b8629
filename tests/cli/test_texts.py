"""Folders of texts that the configuration names: every command finds the text of a source there by its hash."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tests.conftest import HEADER
from tui.library.paths import user_folders

WORDS = "Seven swans were seen. The miller kept geese.\n"
BRIEFING = f"""{HEADER}
[[source]]
id = "book"
title = "The pond book"
type = "book"
author = ["Ann Keeper"]
publisher = "Mill Press"
issued = "2026"
unknown = ["url"]
machine = false
sha256 = "{hashlib.sha256(WORDS.encode()).hexdigest()}"
[[claim]]
id = "seven"
text = "The book tells of seven swans."
cite = [{{ source = "book", quote = "Seven swans" }}]
"""
Run = Callable[..., Done]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Return a folder that the configuration names, with the text of a source."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a book").write_text(WORDS)
    config = user_folders().config / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(f'texts = ["{folder}"]\n')
    path = user_folders().own_content / "tiny" / "briefing.toml"
    path.parent.mkdir(parents=True)
    path.write_text(BRIEFING)
    return folder


def test_every_command_finds_the_text(run: Run, texts: Path) -> None:
    for written_as in ("text", "markdown", "json"):
        done = run("show", "tiny#seven", "--format", written_as)
        assert (done.code, done.err) == (0, "")
        assert '"exact"' in done.out if written_as == "json" else "Checked: the quote stands" in done.out
    assert run("search", '"miller kept"').out.startswith("1 hit ")
    assert "quotes found: 1; texts held or locked: 1" in run("hold", "tiny").out
    done = run("check", "tiny", "--strict")
    assert "not held" not in done.out
    assert "S005" not in done.out
    assert [path.name for path in texts.iterdir()] == ["a book"]


def test_a_deleted_text_is_gone_from_all_of_them(run: Run, texts: Path) -> None:
    assert run("search", '"miller kept"').code == 0
    run("hold", "tiny")
    (texts / "a book").unlink()
    assert run("search", '"miller kept"').code == 1
    assert "which is not held here" in " ".join(run("show", "tiny#seven").out.split())
    assert "1 text is not held" in run("check", "tiny").out


def test_a_hostile_folder_is_told_in_one_line(run: Run, texts: Path) -> None:
    os.mkfifo(texts / "fifo")
    (texts / "link").symlink_to("/etc/passwd")
    said = f"briefing: {texts}: left out: 1 thing that is no file, 1 link\n"
    for words in (("check", "tiny"), ("show", "tiny"), ("list",), ("search", "miller")):
        assert run(*words).err == said


def test_a_folder_that_is_not_there_is_told_in_one_line(run: Run, texts: Path) -> None:
    (texts / "a book").unlink()
    texts.rmdir()
    done = run("show", "tiny#seven")
    assert done.code == 0
    assert done.err == (
        f"briefing: {texts}: cannot be read: no such file or directory; mend it, or name another folder\n"
    )


def test_a_missing_folder_is_told_by_every_command(run: Run, texts: Path) -> None:
    """Also where the cache has all that is shown."""
    shutil.rmtree(texts)
    for _ in range(3):
        for words in (("show", "tiny"), ("list",), ("search", "swans"), ("check", "tiny")):
            assert f"{texts}: cannot be read: no such file or directory" in run(*words).err, words
