"""`briefing edit`: a made-up editor is told the line, and what it breaks is told."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tui.library.paths import user_folders
from tui.state.records import Location
from tui.state.stores import FILE_NAME, open_state

Run = Callable[..., Done]
CLAIM = '\n[[claim]]\nid = "seven"\nby = "x"\ntext = "Seven."\n'


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Give a maker of editors, each a shell script called vim; it writes down what it was told."""

    def make(script: str) -> Path:
        path = tmp_path / "bin" / "vim"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/told\n{script}\n', encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("VISUAL", str(path))
        return tmp_path / "told"

    return make


@pytest.fixture
def root(shelf: Callable[..., Path], tiny: Callable[..., str]) -> Path:
    """Give a folder with a briefing of one claim."""
    return shelf(pond=tiny(CLAIM, id="pond"))


def test_it_opens_at_the_entry(run: Run, editor: Callable[[str], Path], root: Path) -> None:
    told = editor("exit 0")
    assert Done(0, "", "") == run("edit", "pond#seven", "--content", root)
    path = root / "pond" / "briefing.toml"
    line = path.read_text(encoding="utf-8").splitlines().index("[[claim]]") + 1
    assert f"+{line} {path}\n" == told.read_text(encoding="utf-8")


def test_what_an_edit_breaks_is_told(run: Run, editor: Callable[[str], Path], root: Path) -> None:
    editor('echo "colour = 1" >> "$2"; sed -i "s/by = .*/by = 7/" "$2"')
    done = run("edit", "pond", "--content", root)
    assert (1, 2) == (done.code, len(done.err.splitlines()))
    assert "unknown key" in done.err


def test_without_a_name_it_is_what_was_read_last(run: Run, editor: Callable[[str], Path], root: Path) -> None:
    told = editor("exit 0")
    done = run("edit", "--content", root)
    assert (2, "briefing: nothing was read yet; write: briefing edit ID#ENTRY\n") == (done.code, done.err)
    state = open_state(user_folders().state / FILE_NAME)
    state.visited("pond", "digest")
    state.remember(Location("pond", "claims", "seven"))
    state.flush()
    state.close()
    assert run("edit", "--content", root).code == 0
    assert told.read_text(encoding="utf-8").startswith("+")
    assert not told.read_text(encoding="utf-8").startswith("+1 ")


def test_an_editor_that_fails(run: Run, editor: Callable[[str], Path], root: Path) -> None:
    editor("exit 3")
    done = run("edit", "pond", "--content", root)
    assert (1, "briefing: the editor ended with 3\n") == (done.code, done.err)


def test_no_editor(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    done = run("edit", "pond", "--content", root)
    assert (1, "briefing: there is no editor 'no-such-editor'; set VISUAL or EDITOR to one that is installed\n") == (
        done.code,
        done.err,
    )


def test_a_file_that_is_not_yours_to_write(
    run: Run, editor: Callable[[str], Path], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor("exit 0")
    monkeypatch.setattr(os, "access", lambda *_: False)
    done = run("edit", "pond", "--content", root)
    assert done.code == 1
    assert "copy its folder to one of your own" in done.err


def test_an_entry_that_is_not_there_is_told(run: Run, editor: Callable[[str], Path], root: Path) -> None:
    told = editor("exit 0")
    done = run("edit", "pond#sevn", "--content", root)
    assert (0, 1) == (done.code, len(done.err.splitlines()))
    assert "there is no 'sevn' in" in done.err
    assert told.read_text(encoding="utf-8").startswith("+1 ")


def test_an_editor_that_is_killed(run: Run, editor: Callable[[str], Path], root: Path) -> None:
    editor("kill -9 $$")
    done = run("edit", "pond", "--content", root)
    assert (1, "briefing: the editor was ended by signal 9\n") == (done.code, done.err)
