"""The one table of commands: everything that can be done, and no key twice."""

from collections import Counter
from importlib import import_module
from itertools import pairwise

import pytest

from tui.briefing.kinds import PANES
from tui.session.commands import BY_NAME, COMMANDS, GROUPS

# The keys of DESIGN.md's table, as Textual names them, but for searching everything, which is not there yet.
DESIGNED = {
    "next": "j down",
    "previous": "k up",
    "half-down": "ctrl+d",
    "half-up": "ctrl+u",
    "page-down": "space pagedown",
    "page-up": "b pageup",
    "top": "g home",
    "end": "G end",
    "next-pane": "]",
    "previous-pane": "[",
    "next-link": "tab",
    "open": "enter",
    "peek": "f",
    "close": "escape",
    "find": "/",
    "next-match": "n",
    "previous-match": "N",
    "back": "ctrl+o backspace alt+left",
    "forward": "alt+right >",
    "mark": "m",
    "go-to-mark": "'",
    "bookmarks": "B",
    "copy": "y",
    "copy-citation": "Y",
    "next-fresh": ")",
    "previous-fresh": "(",
    "outline": "t",
    "zoom": "+",
    "theme": "f10",
    "monochrome": "f9",
    "redraw": "ctrl+l",
    "go-to": "ctrl+p",
    "help": "? f1",
    "quit": "q",
}
PAIRS = [(one, COMMANDS[index + 1]) for index, one in enumerate(COMMANDS) if one.joint]


def test_names_are_unique() -> None:
    assert [name for name, number in Counter(command.name for command in COMMANDS).items() if number > 1] == []
    assert {command.name: command for command in COMMANDS} == BY_NAME


def test_no_key_does_two_things() -> None:
    keys = Counter(key for command in COMMANDS for key in command.keys)
    assert [] == [key for key, number in keys.items() if number > 1]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_a_key_and_is_described_or_is_a_hidden_digit(command: object) -> None:
    found = BY_NAME[getattr(command, "name", "")]
    assert found.keys
    if found.name.startswith("digit-"):
        assert ("", "", "", "") == (found.words, found.group, found.hint, found.joint)
    else:
        assert found.words
        assert found.group in GROUPS


def test_every_group_has_commands_and_they_stand_together() -> None:
    groups = [command.group for command in COMMANDS if command.group]
    assert list(GROUPS) == list(dict.fromkeys(groups))
    changes = sum(one != other for one, other in pairwise(groups))
    assert len(GROUPS) - 1 == changes


@pytest.mark.parametrize(("name", "keys"), DESIGNED.items())
def test_every_key_of_the_design_is_bound(name: str, keys: str) -> None:
    assert set(keys.split()) <= set(BY_NAME[name].keys)


def test_every_digit_is_bound_and_the_panes_have_theirs() -> None:
    """The digits behind the last pane choose footnotes alone."""
    named = [f"pane-{number}" if number < len(PANES) else f"digit-{number}" for number in range(10)]
    assert [(str(number),) for number in range(10)] == [BY_NAME[name].keys for name in named]


def test_keys_that_terminals_swallow_are_never_the_only_way() -> None:
    """But for suspending: a terminal that swallows Ctrl+z does so in order to suspend the program itself."""
    swallowed = {"ctrl+s", "ctrl+q", "ctrl+z"}
    assert [command.name for command in COMMANDS if set(command.keys) <= swallowed] == ["suspend"]
    assert BY_NAME["suspend"].keys == ("ctrl+z",)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].name)
def test_what_shares_a_line_of_the_help_stands_in_one_group(pair: tuple[object, object]) -> None:
    one, other = (BY_NAME[getattr(command, "name", "")] for command in pair)
    assert one.group == other.group
    assert not other.joint


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_next_and_previous_come_in_pairs(command: object) -> None:
    name = str(getattr(command, "name", ""))
    for one, other in (("next", "previous"), ("down", "up")):
        if one in name.split("-"):
            there = name.replace(one, other)
            assert there in BY_NAME
            assert COMMANDS.index(BY_NAME[there]) == COMMANDS.index(BY_NAME[name]) + 1


def test_what_each_command_does_is_documented_at_its_function() -> None:
    for command in COMMANDS:
        module, _, name = command.run.partition(".")
        assert getattr(import_module(f"tui.reader.commands.{module}"), name).__doc__
