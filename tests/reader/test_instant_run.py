"""A start that shows its kept frame at once, in a pseudo-terminal."""

import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

from tests.reader.running import CLAIMS, PATIENCE, Terminal
from tui import instant

COMMAND = (sys.executable, "-m", "tui")
SLOWLY = """
import sys, time
import tui.start as start
show = start.show
def slowly(words):
    screen = show(words)
    {then}
    return screen
start.show = slowly
sys.exit(start.main())
"""
TAKEN = b"\x1b[?2004h"
"""What Textual's driver asks for, and the kept frame does not."""
SHOWN = b"\x1b[?2026l"
_SEQUENCE = re.compile(rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[<>=?]?[0-9;]*\$?[a-zA-Z]|\x1b\\")

Start = Callable[..., Terminal]


def slowly(then: str) -> tuple[str, ...]:
    """Return the command that does something between the kept frame and all else."""
    return (sys.executable, "-c", SLOWLY.format(then=then))


def until_kept(*words: str, size: tuple[int, int] = (100, 30), since: float = 0.0) -> Path:
    """Wait until the frame of a start is kept."""
    path = Path(instant.folder()) / instant.file_name(list(words), *size)
    ends = time.monotonic() + PATIENCE
    while not path.exists() or path.stat().st_mtime < since:
        assert time.monotonic() < ends, path
        time.sleep(0.02)
    return path


def keep(start: Start, *words: str, keys: str = "", shown: str = "DISPUTED", **options: object) -> Path:
    """Read with some keys, leave, and wait for what is kept then."""
    terminal = start(*words, command=COMMAND, **options)
    terminal.until_shown("help")
    terminal.until(lambda: TAKEN in terminal.written)
    terminal.send(keys)
    terminal.until_shown(shown)
    began = time.time()
    terminal.send("q")
    assert terminal.until_ended() == 0
    return until_kept(*words, since=began, size=options.get("size", (100, 30)))  # type: ignore[arg-type]  # as given


def cells(terminal: Terminal, size: tuple[int, int]) -> list[pyte.screens.Char]:
    """Return all cells of the screen."""
    return [terminal.cell(row, column) for row in range(size[1]) for column in range(size[0])]


def chunks(terminal: Terminal, seconds: float) -> Iterator[None]:
    """Read for a while, and stop after each piece that was written."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        before = len(terminal.written)
        terminal.until(lambda before=before: len(terminal.written) > before or time.monotonic() > ends)  # type: ignore[misc]  # of this round
        yield


@pytest.mark.parametrize(
    ("words", "keys", "shown", "size", "environment"),
    [
        (("handbook",), "", "DISPUTED", (100, 30), {}),
        (("handbook",), "M", "all of them", (120, 36), {"COLORFGBG": "0;15"}),
        ((), "", "The handbook", (80, 24), {"NO_COLOR": "1"}),
        (("handbook#pond-eleven",), "", "Claim C23", (80, 24), {}),
    ],
)
def test_the_kept_frame_is_the_one_of_a_start_and_stays(
    start: Start,
    words: tuple[str, ...],
    keys: str,
    shown: str,
    size: tuple[int, int],
    environment: dict[str, str],
) -> None:
    """Not one cell changes as Textual takes over, and not one character is painted."""
    kept = keep(start, *words, keys=keys, shown=shown, size=size, environment=environment)
    terminal = start(*words, command=COMMAND, size=size, environment=environment)
    terminal.until(lambda: SHOWN in terminal.written)
    frame = terminal.written.partition(b"\x1b[?2026h")[2].partition(SHOWN)[0].replace(b"\r\n", b"\n")
    assert kept.read_bytes().endswith(b"\n\n" + frame)
    before = cells(terminal, size)
    terminal.until(lambda: TAKEN in terminal.written)
    for _ in chunks(terminal, 0.7):
        assert cells(terminal, size) == before
    assert not _SEQUENCE.sub(b"", terminal.written.partition(SHOWN)[2])
    assert terminal.written.count(b"\x1b[?1049h") == 1
    began = time.time()
    terminal.send("q")
    assert terminal.until_ended() == 0
    terminal.assert_left_as_it_was()
    until_kept(*words, size=size, since=began)
    kept.unlink()
    again = start(*words, command=COMMAND, size=size, environment=environment)
    again.until(lambda: TAKEN in again.written and cells(again, size) == before)
    assert SHOWN not in again.written


def test_a_frame_is_kept_while_the_reader_rests(start: Start) -> None:
    """So a program that was killed, or lost its power, starts as quickly as any."""
    terminal = start("handbook", command=COMMAND)
    terminal.until_shown("DISPUTED")
    terminal.send("j")
    path = until_kept("handbook")
    until_kept()
    terminal.process.kill()
    terminal.until_ended()
    again = start("handbook", command=COMMAND)
    again.until(lambda: SHOWN in again.written)
    assert path.read_bytes().endswith(
        again.written.partition(b"\x1b[?2026h")[2].partition(SHOWN)[0].replace(b"\r\n", b"\n")
    )


def test_without_a_kept_frame_one_frame_is_painted(start: Start) -> None:
    terminal = start("handbook", command=COMMAND)
    terminal.until(lambda: TAKEN in terminal.written)
    for _ in chunks(terminal, 0.7):
        pass
    assert terminal.written.count(b"\x1b[1;1H") == 1
    assert terminal.text.count("\n") == 29


def test_keys_of_the_gap_act_in_order_and_once(start: Start) -> None:
    keep(start, "handbook")
    terminal = start("handbook", command=slowly("time.sleep(0.5)"))
    terminal.until(lambda: SHOWN in terminal.written)
    terminal.send("2jjk")
    terminal.send("\x1b[B")
    terminal.until_shown(f"3/{CLAIMS}")
    assert b"2jjk" not in terminal.written
    terminal.send("q")
    assert terminal.until_ended() == 0
    terminal.assert_left_as_it_was()


def test_leaving_within_the_gap_leaves(start: Start) -> None:
    keep(start, "handbook")
    terminal = start("handbook", command=slowly("time.sleep(0.3)"))
    terminal.until(lambda: SHOWN in terminal.written)
    terminal.send("q")
    assert terminal.until_ended() == 0
    terminal.assert_left_as_it_was()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_in_the_gap_leaves_the_terminal_as_it_was(start: Start, number: int) -> None:
    keep(start, "handbook")
    terminal = start("handbook", command=slowly("time.sleep(20)"))
    terminal.until(lambda: SHOWN in terminal.written)
    terminal.process.send_signal(number)
    assert terminal.until_ended() == -number
    terminal.assert_left_as_it_was()


@pytest.mark.parametrize(
    ("then", "said", "code"),
    [
        ("sys.modules['tui.cli'] = None", "ModuleNotFoundError", 1),
        ("import tui.cli.read as r; from tui.render.arguments import UsageError as U\n"
         "    def fail(*_): raise U('the pond is dry')\n    r._open = fail", "briefing: the pond is dry", 2),
        ("from pathlib import Path; p = Path(sys.argv.pop() and 'x')\n    sys.argv.append('nowhere')", "nowhere", 2),
    ],
)  # fmt: skip
def test_what_is_complained_of_in_the_gap_stands_on_the_shells_screen(
    start: Start, then: str, said: str, code: int
) -> None:
    keep(start, "handbook")
    terminal = start("handbook", command=slowly(then))
    assert terminal.until_ended() == code
    assert SHOWN in terminal.written
    shell = terminal.written.rpartition(b"\x1b[?1049l")[2]
    assert said.encode() in shell
    assert terminal.modes[25] == b"h"
    assert terminal.modes[7] == b"h"


def test_another_size_in_the_gap_is_painted_anew(start: Start) -> None:
    keep(start, "handbook")
    terminal = start("handbook", command=slowly("time.sleep(0.3)"))
    terminal.until(lambda: SHOWN in terminal.written)
    terminal.resize(80, 24)
    terminal.until(lambda: "─" * 80 in terminal.text.split("\n")[2] and "help" in terminal.text.split("\n")[-1])
    terminal.send("q")
    assert terminal.until_ended() == 0
    terminal.assert_left_as_it_was()


def test_a_frame_that_is_no_more_true_is_painted_over(start: Start) -> None:
    """It cannot be known before: the stamps are as they were."""
    kept = keep(start, "handbook")
    data = kept.read_bytes().partition(b"\n")[2]
    kept.write_bytes(instant.sealed(data.replace(b"DISPUTED", b"SETTLED!")))
    terminal = start("handbook", command=COMMAND)
    terminal.until_shown("SETTLED!")
    terminal.until_shown("DISPUTED")
    assert "SETTLED!" not in terminal.text
    terminal.send("q")
    assert terminal.until_ended() == 0
    terminal.assert_left_as_it_was()


def test_suspending_after_the_takeover_comes_back_whole(start: Start) -> None:
    keep(start, "handbook", environment={"PS1": "READY> "})
    terminal = start(command=("/bin/bash", "--norc", "--noprofile", "-i"), environment={"PS1": "READY> "})
    terminal.until_shown("READY>")
    terminal.send(f"{' '.join(COMMAND)} handbook\r")
    terminal.until(lambda: SHOWN in terminal.written and TAKEN in terminal.written)
    terminal.send("\x1a")
    terminal.until(lambda: terminal.modes[1049] == b"l" and b"READY>" in terminal.written.rpartition(b"\x1b[?1049l")[2])
    terminal.resize(90, 28)
    terminal.send("fg\r")
    terminal.until(lambda: terminal.written.count(b"\x1b[?1049h") == 2 and "DISPUTED" in terminal.text)
    terminal.until(lambda: "─" * 90 in terminal.text and "READY>" not in terminal.text)
    terminal.send("q")
    terminal.until(lambda: terminal.written.count(b"\x1b[?1049l") == 2)
    terminal.send("exit\r")
    assert terminal.until_ended() == 0


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [(("--kiosk", "handbook"), {}), (("handbook",), {"TERM": "dumb"}), (("open", "--kiosk"), {})],
)
def test_a_kiosk_and_a_plain_terminal_keep_and_show_nothing(
    start: Start, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    terminal = start(*arguments, command=COMMAND, environment=environment)
    terminal.until_shown("The handbook")
    if "--kiosk" in arguments:
        terminal.until(lambda: TAKEN in terminal.written)
        terminal.process.send_signal(signal.SIGTERM)
    terminal.until_ended()
    assert SHOWN not in terminal.written
    assert not Path(instant.folder()).exists()
