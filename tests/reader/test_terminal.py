"""Asking the terminal for its background: the answers, their absence, and the terminal left as it was."""

import os
import select
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library.state import State
from tui.reader import terminal
from tui.reader.config import Config
from tui.reader.launch import choose_look
from tui.reader.looks import LOOKS
from tui.reader.terminal import BackgroundQuestion, dark_by_environment, is_dark

DA1 = b"\x1b[?62;22c"
DARK = b"\x1b]11;rgb:1616/1818/1d1d\x1b\\"
LIGHT = b"\x1b]11;rgb:fbfb/fafa/f6f6\x07"


@pytest.mark.parametrize(
    ("reply", "dark"),
    [
        (b"\x1b]11;rgb:0/0/0\x07", True),
        (b"\x1b]11;rgb:f/f/f\x07", False),
        (b"\x1b]11;rgb:16/18/1d\x1b\\", True),
        (b"\x1b]11;rgb:fb/fa/f6\x1b\\", False),
        (b"\x1b]11;rgb:161/181/1d1\x1b\\", True),
        (b"\x1b]11;rgb:fbf/faf/f6f\x1b\\", False),
        (DARK, True),
        (LIGHT, False),
        (b"\x1b]11;rgb:FBFB/FAFA/F6F6\x07", False),
        (b"\x1b]11;rgb:00/ff/00\x07", False),
        (b"\x1b]11;rgb:00/00/ff\x07", True),
        (b"\x1b]11;rgb:ff/0/000\x07", True),
        (b"jk" + LIGHT + DA1, False),
        (DA1, None),
        (b"", None),
        (b"\x1b]11;rgb:12345/0/0\x07", None),
        (b"\x1b]11;rgb:0/0\x07", None),
        (b"\x1b]11;#000000\x07", None),
        (b"\x1b]10;rgb:0/0/0\x07", None),
        (b"\x1b]11;rgb:g/0/0\x07", None),
    ],
)
def test_what_a_reply_says(reply: bytes, *, dark: bool | None) -> None:
    assert dark is is_dark(reply)


@given(st.binary(max_size=60))
def test_garbage_says_nothing(reply: bytes) -> None:
    assert is_dark(reply) is None


@given(st.integers(1, 4), st.integers(0, 15))
def test_grey_is_told_alike_in_every_precision(digits: int, level: int) -> None:
    shade = f"{level:x}" * digits
    assert is_dark(f"\x1b]11;rgb:{shade}/{shade}/{shade}\x07".encode()) is (level < 7.5)


@pytest.mark.parametrize(
    ("value", "dark"),
    [("15;0", True), ("0;15", False), ("0;7", False), ("15;8", True), ("0;default;15", False), ("12;default", None),
     ("", None), ("15;", None), ("²", None), ("9" * 5000, None), ("0;-1", None), ("0", True)],
)  # fmt: skip
def test_what_the_environment_says(value: str, *, dark: bool | None) -> None:
    assert dark is dark_by_environment({"COLORFGBG": value})
    assert dark_by_environment({}) is None


class Terminal:
    """A pseudo-terminal of which the program has one end and the test the other."""

    def __init__(self) -> None:
        self.master, self.slave = os.openpty()
        self.heard = b""
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def play(self, *answers: bytes, until: bytes = b"\x1b[c", again: bool = False) -> None:
        """Answer once the question was heard, as a terminal does; again and again where asked to."""

        def run() -> None:
            while until not in self.heard and not self._stop.is_set():
                if select.select([self.master], [], [], 0.02)[0]:
                    self.heard += os.read(self.master, 100)
            for answer in answers:
                os.write(self.master, answer)
                time.sleep(0.01)
            while again and not self._stop.is_set():
                if select.select([], [self.master], [], 0.02)[1]:
                    os.write(self.master, answers[-1])

        self._thread = threading.Thread(target=run)
        self._thread.start()

    def modes(self) -> list[object]:
        """Give the terminal's modes."""
        return termios.tcgetattr(self.slave)

    def hang_up(self) -> None:
        """Close the test's end."""
        os.close(self.master)
        self.master = -1

    def close(self) -> None:
        """End it."""
        self._stop.set()
        if self._thread:
            self._thread.join()
        for descriptor in (self.master, self.slave):
            if descriptor >= 0:
                os.close(descriptor)


@pytest.fixture
def tty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Put the program into a pseudo-terminal."""
    found = Terminal()
    path = Path(os.ttyname(found.slave))
    with path.open(encoding="utf-8") as stdin, path.open("w", encoding="utf-8") as stdout:
        # pytest puts its own streams back into `sys` before the test begins.
        monkeypatch.setattr(terminal, "sys", SimpleNamespace(stdin=stdin, stdout=stdout))
        monkeypatch.setenv("TERM", "xterm-256color")
        yield found
        found.close()


@pytest.mark.parametrize(
    ("answers", "dark"),
    [
        ((DARK + DA1,), True),
        ((LIGHT + DA1,), False),
        ((LIGHT[:9], LIGHT[9:] + DA1[:3], DA1[3:]), False),
        ((b"typed ahead" + DARK + DA1,), True),
        ((DA1,), None),
        ((b"\x1b]11;nonsense\x07" + DA1,), None),
    ],
    ids=["dark", "light", "in-pieces", "type-ahead", "attributes-alone", "nonsense"],
)
def test_a_terminal_that_answers(
    tty: Terminal, monkeypatch: pytest.MonkeyPatch, answers: tuple[bytes, ...], *, dark: bool | None
) -> None:
    """The answer is taken, and a terminal that knows its attributes alone ends the wait with them."""
    monkeypatch.setattr(terminal, "_PATIENCE", 5.0)
    before = tty.modes()
    begun = time.monotonic()
    question = BackgroundQuestion()
    assert before != tty.modes()
    tty.play(*answers)
    assert dark is question.answer()
    assert time.monotonic() - begun < 4
    assert before == tty.modes()
    assert b"\x1b]11;?\x1b\\\x1b[c" == tty.heard


def test_a_terminal_that_stays_silent_is_waited_for_a_moment_only(tty: Terminal) -> None:
    before = tty.modes()
    begun = time.monotonic()
    question = BackgroundQuestion()
    assert question.answer() is None
    assert terminal._PATIENCE <= time.monotonic() - begun < 1.5
    assert before == tty.modes()


def test_the_wait_begins_with_the_question(tty: Terminal) -> None:
    """What took its time between question and answer, such as imports, need not be waited for again."""
    tty.play(DARK + DA1)
    question = BackgroundQuestion()
    time.sleep(terminal._PATIENCE + 0.05)
    begun = time.monotonic()
    assert question.answer() is True
    assert time.monotonic() - begun < terminal._PATIENCE


def test_a_terminal_that_talks_on_and_on_is_cut_short(tty: Terminal) -> None:
    before = tty.modes()
    tty.play(b"blah " * 50, again=True)
    begun = time.monotonic()
    assert BackgroundQuestion().answer() is None
    assert time.monotonic() - begun < 1.5
    assert before == tty.modes()


def test_a_terminal_that_hangs_up_is_no_disaster(tty: Terminal) -> None:
    question = BackgroundQuestion()
    tty.hang_up()
    begun = time.monotonic()
    assert question.answer() is None
    assert time.monotonic() - begun < 1.5


def test_the_answer_is_given_once(tty: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_PATIENCE", 5.0)
    tty.play(DARK + DA1)
    question = BackgroundQuestion()
    assert (True, None) == (question.answer(), question.answer())


@pytest.mark.parametrize("name", ["dumb", "linux", None])
def test_terminals_that_do_not_know_the_question_are_not_asked(
    tty: Terminal, monkeypatch: pytest.MonkeyPatch, name: str | None
) -> None:
    if name is None:
        monkeypatch.delenv("TERM")
    else:
        monkeypatch.setenv("TERM", name)
    before = tty.modes()
    assert BackgroundQuestion().answer() is None
    assert before == tty.modes()
    assert [] == select.select([tty.master], [], [], 0)[0]


def test_no_terminal_is_not_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert BackgroundQuestion().answer() is None
    assert "" == capsys.readouterr().out


# The theme that is chosen


@pytest.mark.parametrize(
    ("environment", "theme", "choice", "look"),
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
    monkeypatch: pytest.MonkeyPatch, state: State, environment: dict[str, str], theme: str, choice: str, look: str
) -> None:
    monkeypatch.delenv("COLORFGBG", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    if choice:
        state.choose("theme", choice)
    assert look == choose_look(Config(theme), state, None)
    assert look in LOOKS


@pytest.mark.parametrize(("answer", "look"), [(LIGHT, "light"), (DARK, "dark")])
def test_the_terminals_answer_goes_before_its_environment(
    tty: Terminal, monkeypatch: pytest.MonkeyPatch, state: State, answer: bytes, look: str
) -> None:
    monkeypatch.setenv("COLORFGBG", "15;0" if look == "light" else "0;15")
    monkeypatch.setattr(terminal, "_PATIENCE", 5.0)
    tty.play(answer + DA1)
    assert look == choose_look(Config(), state, BackgroundQuestion())
