"""Copying: which programs are asked, and that no more is said than is known."""

from collections.abc import Iterable

import pytest

from tui.reader.clipboard import PROGRAMS, outcome, programs, takers

EVERYTHING = {"TMUX": "/tmp/tmux-0/default,1,0", "WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}


def names(variables: dict[str, str], installed: Iterable[str]) -> list[str]:
    """Give the names of the programs that would be asked."""
    here = set(installed)
    return [one.name for one in programs(variables, lambda name: f"/usr/bin/{name}" if name in here else None)]


@pytest.mark.parametrize(
    ("variables", "installed", "asked"),
    [
        ({}, ["tmux", "wl-copy", "xclip"], []),
        (EVERYTHING, [], []),
        (EVERYTHING, ["tmux", "wl-copy", "xclip"], ["tmux", "wl-copy", "xclip"]),
        ({"TMUX": "x"}, ["tmux", "xclip"], ["tmux"]),
        ({"TMUX": "", "DISPLAY": ":1"}, ["tmux", "xclip"], ["xclip"]),
        ({}, ["pbcopy"], ["pbcopy"]),
    ],
)
def test_a_program_is_asked_where_it_is_installed_and_has_a_clipboard(
    variables: dict[str, str], installed: list[str], asked: list[str]
) -> None:
    assert asked == names(variables, installed)


def test_each_program_gets_the_whole_text_and_only_those_that_end_well_count() -> None:
    given: dict[str, bytes] = {}

    def run(command: tuple[str, ...], data: bytes) -> bool:
        given[command[0]] = data
        return command[0] != "xclip"

    assert ["tmux", "wl-copy", "pbcopy"] == takers(list(PROGRAMS), "Sûr \U0001f9a2\n", run)
    assert given == dict.fromkeys(("tmux", "wl-copy", "xclip", "pbcopy"), "Sûr \U0001f9a2\n".encode())


@pytest.mark.parametrize(
    ("taken", "refused", "is_sent", "said"),
    [
        (["tmux"], [], True, "Copied 3 characters: taken by tmux."),
        (["tmux", "xclip"], [], False, "Copied 3 characters: taken by tmux and xclip."),
        (["tmux"], ["xclip"], True, "Copied 3 characters: taken by tmux. Refused by xclip."),
        ([], [], True, "Sent 3 characters to the terminal (OSC 52), which does not report what it takes."),
        (
            [],
            ["wl-copy", "xclip"],
            True,
            "Sent 3 characters to the terminal (OSC 52), which does not report what it takes. Refused by wl-copy and xclip.",
        ),
        ([], ["tmux"], False, "Did not copy 3 characters: too long for a terminal’s clipboard. Refused by tmux."),
    ],
)
def test_what_is_said_is_what_is_known(taken: list[str], refused: list[str], is_sent: bool, said: str) -> None:
    assert said == outcome("3 characters", taken, refused, is_sent=is_sent)


def test_success_is_said_only_where_a_program_took_the_text() -> None:
    for refused in ([], ["tmux"]):
        for is_sent in (True, False):
            assert "Copied" not in outcome("3 characters", [], refused, is_sent=is_sent)
