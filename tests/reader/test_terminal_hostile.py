"""Real runs in terminals that are hostile, slow or mute, and real ends: what is typed is heard, and the screen given back."""

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reader.running import CLAIMS, Terminal
from tests.reader.test_terminal_input import ANSWERS
from tui.reader.terminal.background import QUESTION
from tui.reader.themes import THEMES

Start = Callable[..., Terminal]
LIGHT = b"\x1b]11;rgb:fbfb/fafa/f6f6\x07"
DARK = b"\x1b]11;rgb:1616/1818/1d1d\x1b\\"
HOSTILE = {
    **ANSWERS,
    "byte of Latin-1": b"\xe9",
    "no UTF-8": b"\xff\xfe\x80",
    "8-bit key": b"\x9bZ",
    "kitty, alternate": b"\x1b[57:65;9u",
    "kitty, release": b"\x1b[106;1:3u",
    "impossible code point": b"\x1b[99999999u",
    "surrogate": b"\x1b[55296u\x1b[120;1;55296u",
    "killers of a parser": b"\x1b[:7R\x1b[;;R\x1b[<9;9;9;9M",
    "mouse far away": b"\x1b[<0;9999;9999M\x1b[<0;9999;9999m",
    "unknown buttons": b"\x1b[<255;3;3M",
    "endless": b"\x1b]52;c;" + b"a" * 3000 + b"\x07\x1b[" + b"1" * 3000 + b"m",
}


def until_papered(terminal: Terminal, theme: str) -> None:
    """Wait until the page has the paper of a theme."""
    terminal.until(lambda: "#" + str(terminal.cell(15, 50).bg) == THEMES[theme].css["background"])


@pytest.fixture(autouse=True)
def _true_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.mark.parametrize(
    ("after", "answer"),
    [(0.0, b""), (0.0, LIGHT), (0.05, DARK), (0.15, LIGHT)],
    ids=["at-once-mute", "at-once-light", "soon-dark", "later-light"],
)
def test_what_is_typed_while_the_program_starts_is_heard_in_order(start: Start, after: float, answer: bytes) -> None:
    terminal = start("handbook", answer=answer)
    terminal.until(lambda: QUESTION in terminal.written)
    time.sleep(after)
    for key in "2", "j", "j":
        terminal.send(key)
    terminal.until_shown(f"3/{CLAIMS}")
    terminal.send("q")
    assert terminal.until_ended() == 0
    terminal.assert_left_as_it_was()


@pytest.mark.parametrize("half", [0, 1])
def test_all_that_hostile_terminals_send_is_borne_and_types_nothing(start: Start, half: int) -> None:
    terminal = start("handbook")
    terminal.until_shown("DISPUTED")
    terminal.send("2")
    terminal.until_shown(f"1/{CLAIMS}")
    for number, hostile in enumerate(list(HOSTILE.values())[half::2], 1):
        terminal.send(hostile + b"j")
        terminal.until_shown(f"{number + 1}/{CLAIMS}")
    terminal.send("q")
    assert terminal.until_ended() == 0
    terminal.assert_left_as_it_was()


def test_no_size_is_asked_for_among_the_keys_nor_taken_from_them(start: Start) -> None:
    terminal = start("handbook")
    terminal.until_shown("DISPUTED")
    terminal.send("\x1b[?2048;2$y\x1b[48;9000;9000;9000;9000t2")
    terminal.until_shown(f"1/{CLAIMS}")
    assert b"?2048" not in terminal.written
    terminal.send("q")
    assert terminal.until_ended() == 0


@pytest.mark.parametrize("parts", [1, 3])
def test_the_theme_follows_an_answer_however_late_and_in_pieces(start: Start, parts: int) -> None:
    terminal = start("handbook")
    terminal.until_shown("DISPUTED")
    until_papered(terminal, "dark")
    size = -(-len(LIGHT) // parts)
    for at in range(0, len(LIGHT), size):
        terminal.send(LIGHT[at : at + size])
        time.sleep(0.3)
    until_papered(terminal, "light")
    assert "DISPUTED" in terminal.text
    terminal.send("q")
    assert terminal.until_ended() == 0
    again = start("handbook")  # and is remembered, so that no answer is needed
    again.until_shown("DISPUTED")
    until_papered(again, "light")
    assert b"48;2;22;24;29" not in again.written  # the paper of the dark theme


def test_a_chosen_theme_follows_no_answer(start: Start) -> None:
    terminal = start("handbook")
    terminal.until_shown("DISPUTED")
    terminal.send("\x1b[21~")
    terminal.until_shown("Theme: contrast")
    until_papered(terminal, "contrast")
    terminal.send(LIGHT + b"2")
    terminal.until_shown(f"1/{CLAIMS}")
    until_papered(terminal, "contrast")


@pytest.mark.parametrize("number", [signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2])
@pytest.mark.parametrize("early", [True, False], ids=["early", "late"])
def test_a_signal_that_ends_at_once_leaves_the_terminal_whole(start: Start, number: int, *, early: bool) -> None:
    terminal = start("handbook")
    if early:
        terminal.until(lambda: QUESTION in terminal.written)
    else:
        terminal.until_shown("DISPUTED")
    terminal.process.send_signal(number)
    assert terminal.until_ended() == -number
    terminal.assert_left_as_it_was(entered=not early)


FAULTS = {
    "input": "from tui.reader.terminal.driver import TerminalDriver as T\nT._read = lambda *_: 1 / 0",
    "output": "from tui.reader.terminal.output import Output as O\nO.flush = lambda self: 1 / (b'Overview' not in b''.join("
    "part.encode() for part in self._gathered))",
    "worker": "from tui.reader.updates import Updates as U\n"
    "U.refresh_library = lambda self: self._app.run_worker(lambda: 1 / 0, thread=True)",
    "another": "import threading\nfrom tui.reader.updates import Updates as U\n"
    "U.look_at_files = lambda self: threading.Thread(target=lambda: 1 / 0).start()",
    "screen": "from tui.reader.screen import ReaderScreen as S\nS.tell_position = lambda self: 1 / 0",
    "start": "from tui.reader.terminal.driver import TerminalDriver as T\nT.start_application_mode = lambda self: 1 / 0",
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_death_in_any_thread_has_last_words_and_an_exit_code(start: Start, tmp_path: Path, fault: str) -> None:
    script = tmp_path / "faulty.py"
    script.write_text(f"{fault}\nfrom tui.cli import main\nraise SystemExit(main())\n", encoding="utf-8")
    terminal = start("handbook", command=(sys.executable, str(script)))
    terminal.until(lambda: b"?1049h" in terminal.written or b"stopped" in terminal.written)
    terminal.send("j")
    assert terminal.until_ended() == 1
    said = (
        b"briefing: stopped by a fault in the program (ZeroDivisionError: division by zero); your locations are saved;"
    )
    assert said in terminal.written.rpartition(b"?1049l")[2]
    assert b"Traceback" not in terminal.written
    assert terminal.modes.get(1049, b"l") == b"l"
    log = tmp_path / "home" / "state" / "briefing" / "faults.log"
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_a_terminal_that_is_full_or_set_not_to_wait_stops_no_reader(start: Start) -> None:
    terminal = start("handbook")
    terminal.until_shown("DISPUTED")
    terminal.set_unwaiting()
    for key in "2345678" * 5 + "2":
        terminal.send(key)
    terminal.until_shown(f"1/{CLAIMS}")
    terminal.send("q")
    assert terminal.until_ended() == 0
