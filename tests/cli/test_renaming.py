"""`briefing rename`: the id, its mentions here and in the user's other briefings, and the ways that still lead there."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tests.conftest import CONTENT

Run = Callable[..., Done]
TABLES = """\
[[source]]
id = "notes"
type = "report"
title = "Notes"

[[claim]]
id = "old"
text = "It rains."
cite = [{ source = "notes" }]

[[question]]
id = "why"
text = "Why does [[old|it]] rain?"
about = ["old"]
"""
OTHER = '[[claim]]\nid = "c"\ntext = "As `pond#old` has it; not lake#old."\nby = "x"\n'


@pytest.fixture
def pond(tmp_path: Path, tiny: Callable[..., str], run: Run) -> Path:
    """Give a content folder with two briefings, of which one names the address of an entry of the other."""
    for name, tables in (("pond", TABLES), ("other", OTHER)):
        (tmp_path / "own" / name).mkdir(parents=True)
        (tmp_path / "own" / name / "briefing.toml").write_text(tiny(tables, id=name))
    run("list", "--content", tmp_path / "own")
    return tmp_path / "own"


def test_an_entry_with_all_its_mentions(run: Run, pond: Path) -> None:
    done = run("rename", "pond#old", "rain", "--content", pond)
    assert (0, "") == (done.code, done.err)
    assert [
        f"Renamed pond#old to pond#rain, and 2 mentions of it in {pond}/pond/briefing.toml.",
        f"Renamed 1 mention of it in {pond}/other/briefing.toml.",
    ] == done.out.splitlines()
    assert "As `pond#rain` has it; not lake#old." in (pond / "other" / "briefing.toml").read_text()
    assert 0 == run("check", "pond", "--content", pond, "--select", "F001").code


@pytest.mark.parametrize("written", ["text", "markdown", "json"])
def test_the_old_address_shows_it_still(run: Run, pond: Path, written: str) -> None:
    run("rename", "pond#old", "pond#rain", "--content", pond)
    shown = [run("show", f"pond#{name}", "--content", pond, "--format", written) for name in ("old", "rain")]
    assert (0, shown[1].out) == (shown[0].code, shown[0].out)
    assert "It rains." in shown[0].out


def test_the_editor_opens_at_the_entry_of_a_former_id(
    run: Run, pond: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "vim"
    editor.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {tmp_path}/opened\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    run("rename", "pond#old", "rain", "--content", pond)
    assert (0, "") == run("edit", "pond#old", "--content", pond)[::2]
    line = int((tmp_path / "opened").read_text().removeprefix("+"))
    lines = (pond / "pond" / "briefing.toml").read_text().splitlines()
    assert ["[[claim]]", 'id = "rain"'] == lines[line - 1 : line + 1]


def test_a_source_is_quoted_by_its_former_id(run: Run, tmp_path: Path, sample_folder: Path) -> None:
    shutil.copytree(sample_folder, tmp_path / "own" / "sample")
    run("rename", "sample#pond", "book", "--content", tmp_path / "own")
    done = run("quote", "sample", "pond", "seven swans", "--content", tmp_path / "own")
    assert '{ source = "book", quote = "seven swans" }' == done.out.strip()


def test_a_briefing_with_its_folder(run: Run, pond: Path) -> None:
    done = run("rename", "pond", "lake", "--content", pond)
    assert (0, "") == (done.code, done.err)
    assert f"Its folder is {pond}/lake now." in done.out
    assert "As `lake#old` has it; not lake#old." in (pond / "other" / "briefing.toml").read_text()
    for target in ("pond#old", "lake#old"):
        shown = run("show", target, "--content", pond)
        assert (0, "") == (shown.code, shown.err)
        assert "It rains." in shown.out


@pytest.mark.parametrize(("new", "said"), [("list", "is a command"), ("other", "has a briefing 'other' already")])
def test_a_briefing_is_not_called_as_something_else(run: Run, pond: Path, new: str, said: str) -> None:
    done = run("rename", "pond", new, "--content", pond)
    assert 2 == done.code
    assert said in done.err


@pytest.mark.parametrize(
    "words",
    [
        "rename handbook#hedge-kept other",
        "add claim handbook",
        "import TEXT --into handbook",
        "edit handbook#hedge-kept",
    ],
)
def test_what_is_bundled_is_not_even_roots_to_write(
    run: Run, tmp_path: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "false")
    text = tmp_path / "notes.txt"
    text.write_text("The bridge is closed until spring.\n")
    before = (CONTENT / "handbook" / "briefing.toml").read_bytes()
    done = run(*words.replace("TEXT", str(text)).split())
    assert 1 == done.code
    assert "came with the program; copy its folder to one of your own" in done.err
    assert before == (CONTENT / "handbook" / "briefing.toml").read_bytes()


def test_another_file_that_is_broken_is_told_and_left(run: Run, pond: Path) -> None:
    path = pond / "other" / "briefing.toml"
    path.write_text(path.read_text() + "[[claim\n")
    before = path.read_bytes()
    done = run("rename", "pond#old", "rain", "--content", pond)
    assert 1 == done.code
    assert f"{path}: is not valid TOML" in done.err
    assert before == path.read_bytes()
    assert "rain" in (pond / "pond" / "briefing.toml").read_text()


def test_ids_are_completed(run: Run, pond: Path) -> None:
    assert "pond#old" in run("completion", "--content", pond, "words", "--", "rename", "pond#").out.splitlines()
