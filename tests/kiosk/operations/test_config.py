"""The configuration: checked as strictly as content, and told in full."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.kiosk.command import build_parser
from tui.kiosk.operations.config import from_option, outdated, parse_settings, read_settings, sample, table
from tui.kiosk.operations.settings import Settings
from tui.kiosk.visits import forced_command


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("port = '22'", "k.toml:1:8: port: is text; write a whole number without quotes"),
        ("\n  prot = 22", "k.toml:2:3: prot: unknown key 'prot'; did you mean 'port'?"),
        ("port = 70000", "k.toml:1:8: port: is out of range; write a number up to 65535"),
        ("visits = 0", "k.toml:1:10: visits: is out of range; write a number from 1"),
        ('access = "opn"', "k.toml:1:10: access: 'opn' is no word for this key; did you mean 'open'?"),
        ("visits = true", "k.toml:1:10: visits: is true or false; write a whole number without quotes"),
        ("idle_seconds = nan", "k.toml:1:16: idle_seconds: is out of range; write a number "),
        ('content = "x"', "k.toml:1:11: content: is text; write an array, [ … ]"),
        ("port = ", "k.toml:1:8: invalid value; fix the TOML here"),
        ("[a]\nb = 1", "k.toml:1:1: a: unknown key 'a'; known here: "),
    ],
)
def test_each_mistake_has_its_place_and_its_remedy(text: str, said: str) -> None:
    _, [problem] = parse_settings(text, "k.toml")
    assert str(problem).startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('access = "authorized-keys"', "'authorized-keys' needs authorized_keys"),
        ('access = "password"', "'password' needs password_hash"),
        ("idle_seconds = 30", "is not below idle_seconds"),
    ],
)
def test_settings_that_do_not_go_together_are_told(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "k.toml").write_text(text, encoding="utf-8")
    _, [problem] = read_settings(tmp_path / "k.toml", {})
    assert said in str(problem)


def test_options_go_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "k.toml").write_text("port = 1\nvisits = 2", encoding="utf-8")
    settings, problems = read_settings(tmp_path / "k.toml", {"port": 3})
    assert not problems
    assert (3, 2) == (settings.port, settings.visits)


@pytest.mark.parametrize("data", [b"\xff", None])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "k.toml"
    if data is not None:
        path.write_bytes(data)
    _, [problem] = read_settings(path, {})
    assert str(problem).startswith(str(path))


@given(st.text(max_size=80))
def test_whatever_stands_there_it_is_read_or_told(text: str) -> None:
    parse_settings(text, "k.toml")


def test_the_sample_has_every_setting_and_is_the_default() -> None:
    bare = "\n".join(line.removeprefix("#") for line in sample().splitlines() if not line.startswith("# "))
    written = tomllib.loads("\n".join(line for line in bare.splitlines() if not line.endswith("= …")))
    assert Settings() == Settings.model_validate(written)
    assert all(f"#{name} = " in sample() for name in Settings.model_fields)


def test_every_setting_is_told_with_its_kind() -> None:
    rows = {row.name: row for row in table()}
    assert list(Settings.model_fields) == list(rows)
    assert all(row.words and row.kind for row in rows.values())
    assert ("2222", "number from 0 to 65_535") == (rows["port"].default, rows["port"].kind)


@pytest.mark.parametrize(
    ("text", "value"), [("22", 22), ("true", True), ("0.5", 0.5), ("a/b", "a/b"), ('"x"', "x"), ("", "")]
)
def test_options_are_read_as_toml_where_they_are_it(text: str, value: object) -> None:
    assert value == from_option(text)


OLD = Path(__file__).with_name("kiosk-0.1.toml")


def test_a_configuration_of_0_1_holds_and_its_old_names_are_told_in_a_line_each() -> None:
    settings, problems = read_settings(OLD, {})
    assert not problems
    assert (600, 4096, 7.5) == (settings.visits, settings.exec_bytes, settings.exec_seconds)
    assert [
        "plain_bytes is called exec_bytes now; write exec_bytes",
        "plain_seconds is called exec_seconds now; write exec_seconds",
    ] == list(outdated(OLD))
    assert [] == list(outdated(None))


def test_a_wrong_value_of_an_old_name_is_told_by_that_name() -> None:
    _, [problem] = parse_settings("plain_bytes = 1", "k.toml")
    assert str(problem).startswith("k.toml:1:15: plain_bytes: is out of range; write a number from 1024")


def test_options_of_0_1_hold() -> None:
    assert "4096" == build_parser().parse_args(["--plain-bytes", "4096"]).exec_bytes
    assert 4096 == forced_command.build_parser().parse_args(["--plain-bytes", "4096"]).exec_bytes
