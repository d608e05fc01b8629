"""From keys to commands."""

import pytest

from tui.session.commands import COMMANDS
from tui.session.keymap import Conflict, Keymap, conflicts, is_key, shown

DEFAULTS = (("next", ("j", "down")), ("find", ("/",)), ("down", ("ctrl+d",)), ("page", ("space",)), ("end", ("G",)))


@pytest.mark.parametrize(
    ("key", "character", "command"),
    [
        ("j", "j", "next"),
        ("down", None, "next"),
        ("slash", "/", "find"),
        ("ctrl+d", "\x04", "down"),
        ("space", " ", "page"),
        ("G", "G", "end"),
        ("g", "g", None),
        ("shift+g", "G", "end"),
        ("f5", None, None),
        ("down", "", "next"),
    ],
)
def test_a_key_is_known_by_its_character_or_its_name(key: str, character: str | None, command: str | None) -> None:
    assert command == Keymap(DEFAULTS, {}).command(key, character)


def test_chosen_keys_replace_the_default_ones() -> None:
    keymap = Keymap(DEFAULTS, {"next": ("n", "f5")})
    assert ("n", "f5") == keymap.keys["next"]
    assert ("next", "next", None, None) == (
        keymap.command("n", "n"),
        keymap.command("f5", None),
        keymap.command("j", "j"),
        keymap.command("down", None),
    )


def test_a_chosen_key_is_taken_from_the_command_that_had_it() -> None:
    keymap = Keymap(DEFAULTS, {"find": ("j",)})
    assert ("down",) == keymap.keys["next"]
    assert "find" == keymap.command("j", "j")
    assert keymap.command("slash", "/") is None


def test_a_command_can_be_left_without_a_key() -> None:
    keymap = Keymap(DEFAULTS, {"next": ()})
    assert () == keymap.keys["next"]
    assert keymap.command("j", "j") is None


def test_a_key_that_is_chosen_twice_is_a_conflict() -> None:
    chosen = {"next": ("x", "x"), "find": ("y", "x"), "end": ("y", "z"), "page": ("x",)}
    expected = [Conflict("x", "next", "find"), Conflict("y", "find", "end"), Conflict("x", "next", "page")]
    assert expected == conflicts(chosen)
    assert [] == conflicts({"next": ("a",), "find": ("b",)})


@pytest.mark.parametrize(
    "key",
    ["j", "J", "/", "+", "ä", "漢", "space", "pagedown", "f1", "f24", "ctrl+d", "alt+left", "shift+tab", "ctrl+alt+x",
     "ctrl+shift+f5", "alt+1", "escape"],
)  # fmt: skip
def test_keys_that_can_be_chosen(key: str) -> None:
    assert is_key(key)


@pytest.mark.parametrize(
    "key",
    ["", " ", "jj", "f25", "f0", "ctrl+", "+d", "ctrl++", "ctrl+D", "ctrl+ctrl+d", "strg+d", "Ctrl+d", "Space", "\t",
     "\x1b", "ctrl+ä", "ctrl+jj", "d+ctrl", "\u00ad"],
)  # fmt: skip
def test_what_is_no_key(key: str) -> None:
    assert not is_key(key)


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("j", "j"),
        ("G", "G"),
        ("+", "+"),
        ("ctrl+d", "Ctrl+d"),
        ("alt+left", "Alt+←"),
        ("shift+tab", "Shift+Tab"),
        ("ctrl+alt+x", "Ctrl+Alt+x"),
        ("pagedown", "PgDn"),
        ("space", "Space"),
        ("f10", "F10"),
        ("escape", "Esc"),
    ],
)
def test_keys_are_written_as_people_know_them(key: str, written: str) -> None:
    assert written == shown(key)


def test_every_key_of_the_table_is_one_that_could_be_chosen() -> None:
    assert [] == [key for command in COMMANDS for key in command.keys if not is_key(key)]
