"""Any terminal: one without a screen, with few colours, of a size that the environment denies, and one that is left for a while."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reader.running import CLAIMS, COMMAND, Terminal
from tui.reader.themes import CHOICES, THEMES, with_lines

SHELL = ("/bin/bash", "--norc", "--noprofile", "-i")


@pytest.mark.parametrize("arguments", [("handbook",), (), ("open", "--kiosk", "handbook")])
def test_a_terminal_without_a_screen_gets_text(start: Callable[..., Terminal], arguments: tuple[str, ...]) -> None:
    terminal = start(*arguments, environment={"TERM": "dumb", "COLORTERM": ""}, size=(100, 200))
    assert terminal.until_ended() == 0
    assert "this terminal (TERM=dumb) shows no screen, so here is the text" in terminal.written.decode()
    assert "The handbook: reading and writing a briefing" in terminal.written.decode()
    assert b"\x1b" not in terminal.written


@pytest.mark.parametrize("environment", [{"COLUMNS": "60"}, {"LINES": "10", "COLUMNS": "200"}])
def test_the_size_is_that_of_the_terminal(start: Callable[..., Terminal], environment: dict[str, str]) -> None:
    """At the start and when it changes, whatever was exported."""
    terminal = start("handbook", environment=environment, size=(100, 30))
    terminal.until_shown("DISPUTED")
    terminal.until(lambda: _is_fitted(terminal, 100, 30))
    terminal.resize(120, 24)
    terminal.until(lambda: _is_fitted(terminal, 120, 24))
    terminal.send("q")
    assert terminal.until_ended() == 0


def _is_fitted(terminal: Terminal, width: int, height: int) -> bool:
    lines = terminal.text.split("\n")
    return len(lines) == height and "─" * width in lines[2] and "help" in lines[-1]


def test_suspending_leaves_the_terminal_whole_and_comes_back(start: Callable[..., Terminal], tmp_path: Path) -> None:
    """To the same place, in whatever size the terminal has by then."""
    terminal = start(command=SHELL, environment={"PS1": "READY> "})
    terminal.until_shown("READY>")
    terminal.send(f"stty -g >{tmp_path}/before\r{COMMAND} handbook\r")
    terminal.until_shown("DISPUTED")
    terminal.send("2j")
    terminal.until_shown(f"2/{CLAIMS}")
    for _ in range(2):
        terminal.send("\x1a")
        terminal.until(lambda: b"READY>" in _after_the_reader(terminal))
        terminal.send(f"stty -g >{tmp_path}/after; echo BA''CK\r")
        terminal.until(lambda: b"BACK" in _after_the_reader(terminal))
        assert (tmp_path / "after").read_text() == (tmp_path / "before").read_text()
        assert [terminal.modes[mode] for mode in (25, 1000, 1003, 1006)] == [b"h", b"l", b"l", b"l"]
        terminal.resize(90, 28)
        terminal.send("fg\r")
        terminal.until(
            lambda: terminal.modes[1049] == b"h" and _is_fitted(terminal, 90, 28) and f"2/{CLAIMS}" in terminal.text
        )
    terminal.send("j")
    terminal.until_shown(f"3/{CLAIMS}")
    terminal.send("q")
    terminal.until(lambda: b"READY>" in _after_the_reader(terminal))
    terminal.send("exit\r")
    assert terminal.until_ended() == 0
    assert b"Traceback" not in terminal.written


def _after_the_reader(terminal: Terminal) -> bytes:
    """Return what was written since the reader gave the screen back; nothing while it has it."""
    return terminal.written.rpartition(b"\x1b[?1049l")[2] if terminal.modes.get(1049) == b"l" else b""


def test_without_a_shell_to_come_back_from_one_stays(start: Callable[..., Terminal]) -> None:
    """As in a window that runs the reader alone."""
    terminal = start("handbook")
    terminal.until_shown("DISPUTED")
    terminal.send("\x1a")
    terminal.until_shown("There is no shell that could resume the program. q leaves.")
    terminal.send("q")
    assert terminal.until_ended() == 0


def test_the_cursor_stands_at_what_is_current(start: Callable[..., Terminal]) -> None:
    """At the entry, at its link, at the cell of the matrix, and where one types."""
    terminal = start("handbook", size=(100, 30))
    terminal.until_shown("DISPUTED")
    terminal.send("2")
    terminal.until(lambda: f"1/{CLAIMS}" in terminal.text and _at_bar(terminal))
    terminal.send("j")
    terminal.until(lambda: f"2/{CLAIMS}" in terminal.text and _at_bar(terminal))
    row, column = terminal.cursor
    assert terminal.text.split("\n")[row][column:].startswith("C2")
    terminal.send("\t")
    terminal.until(lambda: terminal.cell(*terminal.cursor).data in "⁰¹²³⁴⁵⁶⁷⁸⁹")
    terminal.send("/")
    terminal.until(lambda: terminal.cursor[0] == 29)
    terminal.send("\x1b")
    terminal.until(lambda: _at_bar(terminal))
    terminal.send("MM")
    terminal.until_shown("supports")
    terminal.send("ll")
    terminal.until(lambda: _at_bar(terminal) and terminal.cell(*terminal.cursor).data in "▲▼○┈")
    terminal.send("q")
    assert terminal.until_ended() == 0


def _at_bar(terminal: Terminal) -> bool:
    rows = [number for number, line in enumerate(terminal.text.split("\n")) if "▌" in line]
    return rows[:1] == [terminal.cursor[0]]


def test_with_16_colours_keys_and_links_are_told_by_more(start: Callable[..., Terminal]) -> None:
    terminal = start("handbook", environment={"TERM": "xterm", "COLORTERM": ""}, size=(100, 30))
    terminal.until_shown("DISPUTED", "help")
    lines = terminal.text.split("\n")
    assert terminal.cell(29, lines[29].index("? help")).bold
    assert not terminal.cell(29, lines[29].index("help")).bold
    assert re.search(rb"\x1b\[[0-9;]*m", terminal.written)
    assert not re.search(rb"\x1b\[[0-9;]*[34]8;[25];", terminal.written)
    terminal.send("q")
    assert terminal.until_ended() == 0


@pytest.mark.parametrize("name", CHOICES)
def test_a_theme_for_16_colours_marks_links_and_keys(name: str) -> None:
    theme, plain = with_lines(THEMES[name]), THEMES[name]
    assert theme.style("link").underline
    assert theme.style("note").bold
    assert theme.style("conflict").bold
    assert (plain.style("link").underline, plain.style("note").bold) == (None, None)
    assert theme.name == plain.name
