"""The author's editor: found, and opened at the line of the entry."""

from pathlib import Path

import pytest

from tui.authoring.editors import editor_command, editor_words, line_of
from tui.authoring.errors import AuthoringError

TOML = """\
format = 1
[briefing]
id = "tiny"

# a comment
[[source]]
id = "pond"

[[claim]]
text = '''
id = "second"
'''
id = "first"

[[claim]]
id = "second"
"""


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("vi", ["+7", "b.toml"]),
        ("/usr/bin/nvim -p", ["+7", "b.toml"]),
        ("nano", ["+7", "b.toml"]),
        ("emacs -nw", ["+7", "b.toml"]),
        ("micro", ["+7", "b.toml"]),
        ("gvim", ["--nofork", "+7", "b.toml"]),
        ("hx", ["b.toml:7"]),
        ("helix", ["b.toml:7"]),
        ("code", ["--wait", "-g", "b.toml:7"]),
        ("codium --wait", ["-g", "b.toml:7"]),
        ("subl", ["--wait", "b.toml:7"]),
        ("zed --wait", ["b.toml:7"]),
        ("something-else --flag", ["b.toml"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(words: str, rest: list[str]) -> None:
    assert [*words.split(), *rest] == editor_command(words.split(), Path("b.toml"), 7)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"VISUAL": "sh -c x", "EDITOR": "ls"}, ["sh", "-c", "x"]),
        ({"VISUAL": "", "EDITOR": "'ls' -l"}, ["ls", "-l"]),
    ],
)
def test_visual_goes_before_editor(environment: dict[str, str], words: list[str]) -> None:
    assert words == editor_words({"PATH": "/usr/bin:/bin", **environment})


@pytest.mark.parametrize("environment", [{"EDITOR": "no-such-editor"}, {"EDITOR": "'open"}, {"PATH": "/nowhere"}])
def test_an_editor_that_is_not_there(environment: dict[str, str]) -> None:
    with pytest.raises(AuthoringError, match="set VISUAL or EDITOR"):
        editor_words({"PATH": "/usr/bin:/bin"} | environment)


@pytest.mark.parametrize(
    ("thing", "line"), [("pond", 6), ("first", 9), ("second", 15), ("nothing", 0), ("", 0), ("tiny", 3)]
)
def test_the_line_is_that_of_the_table(tmp_path: Path, thing: str, line: int) -> None:
    path = tmp_path / "briefing.toml"
    path.write_text(TOML, encoding="utf-8")
    assert line == line_of(path, thing)


def test_a_broken_file_is_looked_through(tmp_path: Path) -> None:
    path = tmp_path / "briefing.toml"
    path.write_text(TOML + "\ntext = \n", encoding="utf-8")
    assert 13 == line_of(path, "first")
    assert 0 == line_of(tmp_path / "gone", "first")


def test_a_blank_visual_is_none(tmp_path: Path) -> None:
    script = tmp_path / "my editor"
    script.write_text("#!/bin/sh\n", encoding="utf-8")
    script.chmod(0o755)
    assert [str(script), "-w"] == editor_words({"PATH": "/bin", "VISUAL": " ", "EDITOR": f"'{script}' -w"})
