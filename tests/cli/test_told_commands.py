"""Every command that is printed works as it is printed, however the briefing was named."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done
from tui.library.paths import user_folders

Run = Callable[..., Done]

BRIEFING = """\
format = 1
[briefing]
id = "pond"
title = "Pond"
bluf = "One."
lang = "en"
as_of = "2026"

[[source]]
id = "named"
type = "report"
url = "https://example.org/pond"
sha256 = "{sha256}"

[[claim]]
id = "a"
text = "A."
cite = [{{ source = "named", quote = "seven swans" }}]
"""
_COMMAND = re.compile(
    r"briefing (?:check|hold|show|edit|quote|import|list|add)\b[^;`(),]*?(?= says|[.;]?$|[.;,`(] )", re.MULTILINE
)


@pytest.fixture(params=["id", "content", "folder", "file", "spaces"])
def named(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return the words that name a briefing: its id, with --content or without, or a path of some kind."""
    monkeypatch.setenv("COLUMNS", "1000")
    kind = request.param
    root = user_folders().own_content if kind == "id" else tmp_path / ("a b" if kind == "spaces" else "elsewhere")
    (root / "pond").mkdir(parents=True)
    file = root / "pond" / "briefing.toml"
    file.write_text(BRIEFING.format(sha256="0" * 64), encoding="utf-8")
    if kind == "content":
        return ["pond", "--content", root]
    words: dict[str, list[object]] = {"id": ["pond"], "folder": [file.parent], "file": [file], "spaces": [file]}
    return words[kind]


def told(done: Done) -> list[list[str]]:
    """Return the words of each command that was printed."""
    return [shlex.split(found)[1:] for found in _COMMAND.findall(f"{done.out}\n{done.err}")]


def works(run: Run, words: list[str], file: Path) -> None:
    done = run(*[str(file) if word == "FILE" else word for word in words])
    assert done.code != 2, (words, done.err)
    assert "there is no" not in done.err, (words, done.err)


def test_what_check_hold_quote_and_show_print(run: Run, tmp_path: Path, named: list[object]) -> None:
    text = tmp_path / "text file.txt"
    text.write_text("The pond book\n\nThere were seven swans.\n", encoding="utf-8")
    tries = {
        "check": run("check", *named),
        "quote": run("quote", *named[:1], "named", *named[1:]),
        "hold": run("hold", *named[:1], "named", text, *named[1:]),
        "show": run("show", f"{named[0]}#nowhere", *named[1:]),
    }
    found = {name: told(done) for name, done in tries.items()}
    assert {"check": 1, "quote": 1, "hold": 1, "show": 1} == {
        name: len(set(map(tuple, words))) for name, words in found.items()
    }, tries
    for words in found.values():
        for one in words:
            works(run, one, text)


def test_what_is_printed_of_a_briefing_with_faults(run: Run, tmp_path: Path, named: list[object]) -> None:
    text = tmp_path / "text.txt"
    text.write_text("The pond book\n\nThere were seven swans. And seven swans.\n", encoding="utf-8")
    run("hold", *named[:1], "named", text, "--accept", *named[1:])
    file = (
        next(tmp_path.parent.rglob("pond/briefing.toml"), None) or user_folders().own_content / "pond" / "briefing.toml"
    )
    done = run("hold", *named)
    assert told(done), done
    for words in told(done):
        works(run, words, text)
    file.write_text(file.read_text(encoding="utf-8").replace('id = "a"', "idd = 3"), encoding="utf-8")
    done = run("hold", *named[:1], "named", text, "--accept", *named[1:])
    assert told(done), done
    for words in told(done):
        works(run, words, text)


@pytest.mark.parametrize("where", ["own", "in", "content"])
def test_what_a_new_briefing_prints_and_says_in_itself(run: Run, tmp_path: Path, where: str) -> None:
    chosen = {"own": [], "in": ["--in", tmp_path / "a b"], "content": ["--content", tmp_path]}[where]
    done = run("new", "pond", *chosen)
    text = Path(done.out.splitlines()[0]).read_text(encoding="utf-8")
    commented = re.findall(r"^#   (briefing (?:check )?\S.*?)  ", text, re.MULTILINE) + re.findall(
        r"`(briefing [^`]*)`", text
    )
    printed = [line.partition(": ")[2] for line in done.out.splitlines()[1:]]
    for command in (*commented, *printed):
        words = shlex.split(command)[1:]
        words = words if words[0] in {"check", "hold", "quote", "edit"} else ["show", *words]
        if words[0] in {"check", "show"}:
            works(run, words, tmp_path)
        assert run("show", words[1]).code == 0, words
