"""Completion: the words that may follow, and the scripts in real shells."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import TOP, Done
from tests.programs import program
from tui.cli import completion, main
from tui.cli.commands import BY_NAME
from tui.library.volume import Volume
from tui.render import selection
from tui.render.exports import names_for

Run = Callable[..., Done]
Shelf = Callable[..., Path]


@pytest.fixture
def words_after(run: Run) -> Callable[..., list[str]]:
    """Give what tells the words that may stand in the place of the last one."""

    def ask(*typed: str, content: Path | None = None) -> list[str]:
        chosen = ["--content", str(content)] if content else []
        done = run("completion", *chosen, "words", "--", *typed)
        assert (0, "") == (done.code, done.err)
        return done.out.splitlines()

    return ask


def test_at_first_commands_options_and_briefings(words_after: Callable[..., list[str]]) -> None:
    assert {*BY_NAME, "--help", "--version", "handbook", "dprk-missiles", "tariffs-1887"} == set(words_after(""))
    assert words_after("") == words_after() == sorted(words_after(""))


def test_hold_asks_for_the_sources_of_its_briefing(words_after: Callable[..., list[str]], handbook: Volume) -> None:
    assert words_after("hold", "handbook", "") == sorted(handbook.sources)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("show --", ["--content", "--format", "--help", "--pane"]),
        ("list --", ["--content", "--format", "--help"]),
        ("hold --", ["--accept", "--again", "--content", "--encoding", "--help"]),
        ("schema --", ["--format", "--help", "--json-export"]),
        ("handbook --", ["--content", "--help", "--kiosk"]),
        ("open --", ["--content", "--help", "--kiosk"]),
        ("show handbook --format ", sorted(names_for("briefing"))),
        ("list --format j", sorted(names_for("library"))),
        ("show --pane ", sorted((*selection.pane_names(), *selection.view_names()))),
        ("show --content ", []),
        ("completion ", sorted(completion.SHELLS)),
        ("show ", ["dprk-missiles", "handbook", "tariffs-1887"]),
        ("open ", ["dprk-missiles", "handbook", "tariffs-1887"]),
        ("hold ", ["dprk-missiles", "handbook", "tariffs-1887"]),
        ("hold dprk-missiles seed ", []),
        ("hold nothing ", []),
        ("list ", []),
        ("schema ", []),
        ("show nothing#", []),
    ],
)
def test_the_words_that_may_follow(words_after: Callable[..., list[str]], typed: str, words: list[str]) -> None:
    assert words == words_after(*typed.split(" "))


def test_behind_a_hash_sign_what_is_in_the_briefing(words_after: Callable[..., list[str]], missiles: Volume) -> None:
    expected = {f"dprk-missiles#{name}" for name in missiles.things}
    for typed in (["show", "dprk-missiles#"], ["dprk-missiles#hun"], ["open", "dprk-missiles#x"]):
        assert expected <= set(words_after(*typed))


def test_a_folders_name_that_a_shell_would_run_is_not_offered(
    words_after: Callable[..., list[str]], tmp_path: Path
) -> None:
    for name in ("$(touch pwned)", "`id`", "a b", "a\nb", "a;b", "fine.name"):
        (tmp_path / "shelf" / name).mkdir(parents=True)
        (tmp_path / "shelf" / name / "briefing.toml").write_text("broken", encoding="utf-8")
    assert ["fine.name"] == words_after("show", "", content=tmp_path / "shelf")


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_each_script_asks_this_program(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert (0, "") == (done.code, done.err)
    assert "briefing completion words -- " in done.out


@pytest.mark.parametrize(("shell", "check"), [("bash", "-n"), ("zsh", "-n"), ("fish", "-n")])
def test_each_script_is_right_for_its_shell(run: Run, tmp_path: Path, shell: str, check: str) -> None:
    program(shell)
    script = tmp_path / "script"
    script.write_text(run("completion", shell).out, encoding="utf-8")
    done = subprocess.run([shell, check, str(script)], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


# Bash


def completed(line: list[str], folder: Path) -> list[str]:
    """Complete the last word of a line in bash, where `briefing` is this program."""
    bin_folder = folder / "bin"
    bin_folder.mkdir(exist_ok=True)
    command = bin_folder / "briefing"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    script = """
export PATH="$1:$PATH"; shift
source <(briefing completion bash)
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
complete -p briefing | grep -q -- '-F _briefing' || exit 3
_briefing briefing "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""
    words = ["bash", "--norc", "-c", script, "bash", str(bin_folder), *line]
    done = subprocess.run(words, cwd=TOP, capture_output=True, text=True, check=True, timeout=60)
    assert "" == done.stderr
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["briefing", "hand"], ["handbook"]),
        (["briefing", "show", "handbook", "--format", ""], sorted(names_for("briefing"))),
        (["briefing", "show", "--pa"], ["--pane"]),
        (["briefing", "show", "zzz"], [""]),
    ],
)
def test_bash_completes(tmp_path: Path, line: list[str], words: list[str]) -> None:
    assert words == completed(line, tmp_path)


def test_bash_completes_behind_a_hash_sign(tmp_path: Path, missiles: Volume) -> None:
    known = [f"dprk-missiles#{name}" for name in missiles.things]
    expected = [name for name in known if name.startswith("dprk-missiles#hundreds")]
    assert sorted(expected) == completed(["briefing", "show", "dprk-missiles#hundreds"], tmp_path)


def test_bash_runs_nothing_that_a_folder_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are taken as they are: a word list that is expanded would run what it names."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = tmp_path / "data" / "briefing" / "content" / "$(touch pwned)"
    folder.mkdir(parents=True)
    (folder / "briefing.toml").write_text("broken", encoding="utf-8")
    main(["list"])
    assert "handbook" in completed(["briefing", "show", ""], tmp_path)
    assert not (TOP / "pwned").exists()
