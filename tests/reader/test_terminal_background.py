"""Asking the terminal for its background: the answers, their absence, and the terminal left as it was."""

import os
import select
import signal
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.reader.launch import choose_theme, follows_terminal
from tui.reader.terminal import own
from tui.reader.terminal.background import QUESTION, dark_by_environment, is_dark, remember_background
from tui.reader.terminal.own import OwnTerminal
from tui.reader.themes import THEMES
from tui.session.config import Config
from tui.state.reader_state import ReaderState

DA1 = b"\x1b[?62;22c"
DARK = b"\x1b]11;rgb:1616/1818/1d1d\x1b\\"
LIGHT = b"\x1b]11;rgb:fbfb/fafa/f6f6\x07"


@pytest.mark.parametrize(
    ("answer", "dark"),
    [
        ("11;rgb:0/0/0", True),
        ("11;rgb:f/f/f", False),
        ("11;rgb:16/18/1d", True),
        ("11;rgb:fb/fa/f6", False),
        ("11;rgb:161/181/1d1", True),
        ("11;rgb:fbf/faf/f6f", False),
        ("11;rgb:FBFB/FAFA/F6F6", False),
        ("11;rgb:00/ff/00", False),
        ("11;rgb:00/00/ff", True),
        ("11;rgb:ff/0/000", True),
        ("11;rgba:ff/ff/ff/80", False),
        ("", None),
        ("11;rgb:12345/0/0", None),
        ("11;rgb:0/0", None),
        ("11;#000000", None),
        ("10;rgb:0/0/0", None),
        ("11;rgb:g/0/0", None),
    ],
)
def test_what_an_answer_says(answer: str, *, dark: bool | None) -> None:
    assert dark is is_dark(answer)


@given(st.text(max_size=60))
def test_garbage_says_nothing(answer: str) -> None:
    assert is_dark(answer) is None


@given(st.integers(1, 4), st.integers(0, 15))
def test_grey_is_told_alike_in_every_precision(digits: int, level: int) -> None:
    shade = f"{level:x}" * digits
    assert is_dark(f"11;rgb:{shade}/{shade}/{shade}") is (level < 7.5)


@pytest.mark.parametrize(
    ("value", "dark"),
    [("15;0", True), ("0;15", False), ("0;7", False), ("15;8", True), ("0;default;15", False), ("12;default", None),
     ("", None), ("15;", None), ("²", None), ("9" * 5000, None), ("0;-1", None), ("0", True)],
)  # fmt: skip
def test_what_the_environment_says(value: str, *, dark: bool | None) -> None:
    assert dark is dark_by_environment({"COLORFGBG": value})
    assert dark_by_environment({}) is None


@pytest.fixture
def tty(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, int]]:
    """Put the program into a pseudo-terminal; give the terminal's end and the program's."""
    master, slave = os.openpty()
    path = Path(os.ttyname(slave))
    with path.open(encoding="utf-8") as stdin, path.open("w", encoding="utf-8") as out:
        # pytest puts its own streams back into `sys` before the test begins.
        monkeypatch.setattr(own, "sys", SimpleNamespace(stdin=stdin, stderr=out, __stderr__=out))
        monkeypatch.setenv("TERM", "xterm-256color")
        yield master, slave
    os.close(slave)
    with suppress(OSError):
        os.close(master)


@pytest.fixture
def terminal(tty: tuple[int, int]) -> Iterator[OwnTerminal]:  # noqa: ARG001 - it is the terminal
    """Give a terminal that is taken."""
    taken = OwnTerminal()
    taken.take()
    yield taken
    taken.release()


def said_to(master: int) -> bytes:
    """Return what the program wrote, if it wrote anything."""
    return os.read(master, 100) if select.select([master], [], [], 0.05)[0] else b""


@pytest.mark.parametrize(
    ("answer", "dark"),
    [(DARK, True), (LIGHT, False), (b"", None), (DA1, None), (LIGHT[:9], None), (b"\x1b]11;nonsense\x07", None)],
    ids=["dark", "light", "mute", "attributes", "half", "nonsense"],
)
def test_an_answer_is_looked_for_and_nothing_is_waited_for_or_lost(
    tty: tuple[int, int], terminal: OwnTerminal, answer: bytes, *, dark: bool | None
) -> None:
    master, _ = tty
    assert QUESTION == said_to(master)
    os.write(master, b"j" + answer + b"\x13k\r")
    begun = time.monotonic()
    assert dark is terminal.look()
    assert time.monotonic() - begun < 0.1
    os.write(master, b"q")
    assert dark is terminal.look()
    assert b"j" + answer + b"\x13k\rq" == terminal.hand_over()
    assert b"" == terminal.hand_over()
    assert b"" == said_to(master)


def test_the_terminal_is_left_as_it_was(tty: tuple[int, int]) -> None:
    master, slave = tty
    before, handler = termios.tcgetattr(slave), signal.getsignal(signal.SIGQUIT)
    terminal = OwnTerminal()
    terminal.take()
    assert before != termios.tcgetattr(slave)
    assert handler != signal.getsignal(signal.SIGQUIT)
    terminal.release()
    terminal.release()
    assert before == termios.tcgetattr(slave)
    assert handler == signal.getsignal(signal.SIGQUIT)
    assert QUESTION == said_to(master)


def test_a_terminal_that_hangs_up_is_no_disaster(tty: tuple[int, int], terminal: OwnTerminal) -> None:
    os.close(tty[0])
    assert terminal.look() is None


@pytest.mark.parametrize("name", ["dumb", "linux", None])
def test_terminals_that_would_show_the_question_are_not_asked(
    tty: tuple[int, int], monkeypatch: pytest.MonkeyPatch, name: str | None
) -> None:
    if name is None:
        monkeypatch.delenv("TERM")
    else:
        monkeypatch.setenv("TERM", name)
    terminal = OwnTerminal()
    terminal.take()
    terminal.release()
    assert b"" == said_to(tty[0])


def test_no_terminal_is_not_asked(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = OwnTerminal()
    terminal.take()
    assert terminal.look() is None
    terminal.release()
    assert ("", "") == capsys.readouterr()


# The theme that is chosen


@pytest.mark.parametrize(
    ("environment", "theme", "choice", "chosen"),
    [
        ({}, "auto", "", "dark"),
        ({"COLORFGBG": "0;15"}, "auto", "", "light"),
        ({"COLORFGBG": "15;0"}, "auto", "", "dark"),
        ({"COLORFGBG": "0;15"}, "auto", "contrast", "contrast"),
        ({"COLORFGBG": "0;15"}, "dark", "contrast", "dark"),
        ({}, "auto", "no-such-theme", "dark"),
        ({"NO_COLOR": "1"}, "light", "contrast", "mono"),
        ({"NO_COLOR": ""}, "light", "", "light"),
    ],
)
def test_what_decides_on_the_theme(
    monkeypatch: pytest.MonkeyPatch,
    state: ReaderState,
    environment: dict[str, str],
    theme: str,
    choice: str,
    chosen: str,
) -> None:
    monkeypatch.delenv("COLORFGBG", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    if choice:
        state.choose("theme", choice)
    assert chosen == choose_theme(Config(theme), state, None)
    assert chosen in THEMES


@pytest.mark.parametrize("dark", [True, False])
def test_the_terminals_answer_goes_before_its_last_one_and_that_before_its_environment(
    monkeypatch: pytest.MonkeyPatch, state: ReaderState, *, dark: bool
) -> None:
    names = {True: "dark", False: "light"}
    monkeypatch.setenv("COLORFGBG", "15;0" if not dark else "0;15")
    assert names[not dark] == choose_theme(Config(), state, None)
    remember_background(state, dark=dark)
    assert names[dark] == choose_theme(Config(), state, None)
    assert names[not dark] == choose_theme(Config(), state, not dark)
    monkeypatch.setenv("TERM_PROGRAM", "another")
    assert names[not dark] == choose_theme(Config(), state, None)


@pytest.mark.parametrize(
    ("environment", "theme", "choice", "follows"),
    [
        ({}, "auto", "", True),
        ({}, "auto", "light", False),
        ({}, "dark", "", False),
        ({"NO_COLOR": "1"}, "auto", "", False),
    ],
)
def test_a_theme_that_was_chosen_follows_no_terminal(
    monkeypatch: pytest.MonkeyPatch,
    state: ReaderState,
    environment: dict[str, str],
    theme: str,
    choice: str,
    *,
    follows: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    if choice:
        state.choose("theme", choice)
    assert follows is follows_terminal(Config(theme), state)
