"""Settling drafts in a real terminal: the author's own editor, and a reader that is killed."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reader.running import Terminal
from tui.briefing.loader import load_file

TABLES = "".join(f'[[claim]]\nid = "c{n}"\ntext = "Statement {n}."\nby = "x"\ndraft = true\n\n' for n in (1, 2, 3))


@pytest.fixture
def path(tmp_path: Path, tiny: Callable[..., str]) -> Path:
    path = tmp_path / "own" / "pond" / "briefing.toml"
    path.parent.mkdir(parents=True)
    path.write_text(tiny(TABLES, id="pond"))
    return path


def drafts_of(path: Path) -> list[str]:
    loaded = load_file(path).briefing
    assert loaded is not None
    return [claim.id for claim in loaded.claim if claim.draft]


def test_an_answer_survives_a_kill(start: Callable[..., Terminal], path: Path) -> None:
    terminal = start("pond#c1", "--content", str(path.parents[1]))
    terminal.until_shown("Statement 1.")
    terminal.send("D")
    terminal.until_shown("Drafts of A tiny briefing", "c1")
    terminal.send("a")
    terminal.until_shown("Accepted c1")
    terminal.process.send_signal(signal.SIGKILL)
    terminal.until_ended()
    assert ["c2", "c3"] == drafts_of(path)
    assert [path] == list(path.parent.iterdir())


def test_the_editor_opens_at_the_draft_and_what_it_saved_is_shown(
    start: Callable[..., Terminal], path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "vim"  # one that is known to take a line
    editor.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\nline, path = sys.argv[1:]\npath = pathlib.Path(path)\n"
        "header = path.read_text().splitlines()[int(line[1:]) - 1]\n"
        "path.write_text(path.read_text().replace('Statement 2.', f'Opened at {header}'))\n"
    )
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    terminal = start("pond#c2", "--content", str(path.parents[1]))
    terminal.until_shown("Statement 2.")
    terminal.send("D")
    terminal.until_shown("Drafts of A tiny briefing", "c2")
    terminal.send("e")
    terminal.until_shown("Opened at [[claim]]", "Edited; the file was read again.")
    terminal.send("d")
    terminal.until_shown("Dropped c2")
    terminal.send("q")
    terminal.until_shown("Reloaded: ")
    assert ["c1", "c3"] == drafts_of(path)
    terminal.send("q")
    assert 0 == terminal.until_ended()
    terminal.assert_left_as_it_was()
