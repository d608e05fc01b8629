"""The configuration: its keys, and every problem with its position and remedy."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli
from hypothesis import example, given
from hypothesis import strategies as st

from tui.briefing.problems import Problem
from tui.reader.themes import THEMES
from tui.session.commands import BY_NAME
from tui.session.config import THEMES as NAMES
from tui.session.config import Config, parse_config, read_config

COMMANDS = frozenset(BY_NAME)
NO_KEY = 'write a character or a name such as "ctrl+d", "space", "f5", "alt+left"'


def parsed(text: str) -> tuple[Config, list[str]]:
    """Read a configuration; give its problems as they are printed."""
    config, problems = parse_config(text, "config.toml", COMMANDS)
    return config, list(map(str, problems))


def test_an_empty_one_leaves_everything_as_it_is() -> None:
    assert (Config(), []) == parsed("")
    assert Config() == Config("auto", (), {})


def test_everything_that_it_can_say() -> None:
    config, problems = parsed(
        'theme = "light"\ncontent = ["/srv/briefings", "~/b"]\n'
        '[keys]\nnext = "n"\nfind = ["ctrl+f", "f3"]\nnext-match = []\n'
    )
    assert [] == problems
    assert "light" == config.theme
    assert (Path("/srv/briefings"), Path.home() / "b") == config.content
    assert {"next": ("n",), "find": ("ctrl+f", "f3"), "next-match": ()} == config.keys


def test_every_command_of_0_1_is_still_known() -> None:
    path = Path(__file__).with_name("config-0.1.toml")
    config, problems = read_config(path)
    assert () == problems
    written = tomli.loads(path.read_text(encoding="utf-8"))["keys"]
    assert [tuple(keys) for keys in written.values()] == list(config.keys.values())
    assert config.keys.keys() <= COMMANDS


def test_a_key_of_a_former_command_is_that_of_the_present_one() -> None:
    config, problems = parsed('[keys]\nview-assessment = "X"\n')
    assert [] == problems
    assert {"view-judgments": ("X",)} == config.keys


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_can_be_chosen(theme: str) -> None:
    assert (Config(theme), []) == parsed(f'theme = "{theme}"')


def test_the_themes_are_those_that_there_are() -> None:
    assert {"auto", *THEMES} == set(NAMES)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('theme = "lihgt"', "config.toml:1:9: theme: is no theme; write one of: auto, light, dark, contrast, mono"),
        ("\ntheme = 1", "config.toml:2:9: theme: is no theme; write one of: auto, light, dark, contrast, mono"),
        ('theme = ["dark"]', "config.toml:1:9: theme: is no theme; write one of: auto, light, dark, contrast, mono"),
        ('# x\ntheem = "dark"', "config.toml:2:1: theem: unknown key 'theem'; did you mean 'theme'?"),
        ("colours = 1", "config.toml:1:1: colours: unknown key 'colours'; known here: content, keys, texts, theme"),
        ('content = "/srv"', 'config.toml:1:11: content: is no array; write folders in brackets: ["~/briefings"]'),
        ('content = ["/srv", 1]', "config.toml:1:20: content[2]: is no folder; write a path in quotes"),
        ('content = [""]', "config.toml:1:12: content[1]: is no folder; write a path in quotes"),
        ('content = ["a\\u0000b"]', "config.toml:1:12: content[1]: is no folder; write a path in quotes"),
        (
            'content = ["~nobody-of-this-name/x"]',
            "config.toml:1:12: content[1]: there is no user '~nobody-of-this-name'; write the whole path",
        ),
        (
            'keys = "j"',
            "config.toml:1:8: keys: is no table; write [keys] on a line of its own, and commands below it",
        ),
        ('[keys]\nnxt = "x"', "config.toml:2:1: keys.nxt: unknown key 'nxt'; did you mean 'next'?"),
        ('[keys]\nnext = "xx"', f"config.toml:2:8: keys.next: 'xx' is no key; {NO_KEY}"),
        ('[keys]\nnext = ["x", 5]', f"config.toml:2:8: keys.next: '5' is no key; {NO_KEY}"),
        ('[keys]\nnext = ""', f"config.toml:2:8: keys.next: '' is no key; {NO_KEY}"),
        (
            '[keys]\nnext = "x"\nprevious = "x"',
            "config.toml:3:12: keys.previous: the key 'x' is also chosen for 'next'; choose another",
        ),
        ("theme = ", "config.toml:1:9: invalid value; fix the TOML syntax here"),
        ("theme = 'a'\ntheme = 'b'", "config.toml:2:12: cannot overwrite a value; fix the TOML syntax here"),
        ("x = " + "[" * 5000, "config.toml: is nested too deeply; write it flat"),
        ("x = " + "1" * 5000, "config.toml: has a number of too many digits; leave it out"),
    ],
)
def test_each_problem_has_its_position_and_remedy(text: str, problem: str) -> None:
    assert [problem] == parsed(text)[1]


def test_every_problem_is_told_at_once_in_the_order_of_the_file() -> None:
    config, problems = parsed(
        'theme = "x"\nother = 1\ncontent = [1, "/a"]\n[keys]\nnext = "jj"\nzzz = "a"\nfind = "f"\n'
    )
    assert ["1:9", "2:1", "3:12", "5:8", "6:1"] == [":".join(problem.split(":")[1:3]) for problem in problems]
    assert Config("auto", (Path("/a"),), {"find": ("f",)}) == config


def test_a_long_list_of_unknown_commands_does_not_name_them_whole() -> None:
    long = "k" * 5000
    _, [problem] = parsed(f'[keys]\n{long} = "x"')
    assert len(problem) < 1500


@pytest.mark.parametrize("depth", [50, 390])
def test_a_deeply_nested_key_is_no_key(depth: int) -> None:
    _, [problem] = parsed(f"[keys]\nnext = {'[' * depth}{']' * depth}")
    assert "is no key" in problem


TOMLISH = st.text(st.sampled_from("abcthemekysn=\"'[]{}.,#\n 1\\~/+-_xé\x00"), max_size=60)
PIECES = st.lists(
    st.sampled_from(
        ["theme", "content", "[keys]", "next", "=", '"', "'", "[", "]", "{", "}", "\n", '"dark"', '"ctrl+d"', "1", ".",
         ",", "find", '"""', "\\u0000", "~", "1979-05-27", "nan", "true", "#", " "]
    ),
    max_size=24,
).map("".join)  # fmt: skip


@given(st.one_of(TOMLISH, PIECES, st.text(max_size=40)))
@example('theme="\ud800"')
@example("[[keys]]")
@example("[theme]\n[content]\n[keys]\n[keys.next]")
@example('keys."a\\nb" = 1')
def test_any_text_gives_a_configuration_and_problems(text: str) -> None:
    config, problems = parse_config(text, "config.toml", COMMANDS)
    assert isinstance(config, Config)
    assert config.theme in NAMES
    for problem in problems:
        assert problem.remedy
        assert 0 <= problem.line <= text.count("\n") + 1
        assert "\n" not in str(problem)


# The file


def test_a_file_that_is_not_there_is_an_empty_one(tmp_path: Path) -> None:
    assert (Config(), ()) == read_config(tmp_path / "nowhere" / "config.toml")


def test_a_file_is_read_against_the_commands_that_there_are(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nquit = "x"\nquti = "y"\n', encoding="utf-8")
    config, problems = read_config(path)
    assert {"quit": ("x",)} == config.keys
    assert (Problem(str(path), 3, 1, "keys.quti", "unknown key 'quti'", "did you mean 'quit'?"),) == problems


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_bytes(b"theme = '\xff'"), "is not UTF-8; save the file as UTF-8"),
        (lambda path: path.mkdir(), "is a folder; put a regular file there"),
        (os.mkfifo, "is a FIFO; put a regular file there"),
        (lambda path: path.write_bytes(b"#" * (1024 * 1024 + 1)), "is larger than 1 MiB; split it"),
    ],
    ids=["latin-1", "folder", "fifo", "large"],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, make: Callable[[Path], object], message: str) -> None:
    path = tmp_path / "config.toml"
    make(path)
    config, problems = read_config(path)
    assert (Config(), [f"{path}: {message}"]) == (config, list(map(str, problems)))


def test_a_folder_that_must_not_be_entered_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    monkeypatch.setattr(os, "open", refuse)
    path = tmp_path / "config.toml"
    _, problems = read_config(path)
    assert [f"{path}: cannot be read: permission denied"] == list(map(str, problems))
