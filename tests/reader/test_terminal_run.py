"""Real runs of the installed command in a pseudo-terminal."""

import base64
import os
import pty
import select
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reader.running import CLAIMS, COMMAND, PATIENCE, Terminal
from tui.state.stores import FILE_NAME


def _saved_place(tmp_path: Path) -> tuple[str, str] | None:
    """Read from the disk where the handbook was last left."""
    file = tmp_path / "home" / "state" / "briefing" / FILE_NAME
    if not file.exists():
        return None
    database = sqlite3.connect(file)
    try:
        rows = database.execute("SELECT page, block FROM place WHERE briefing = 'handbook'").fetchall()
    except sqlite3.OperationalError:  # it is just being made
        rows = []
    finally:
        database.close()
    return rows[0] if rows else None


def test_opens_moves_finds_and_quits(start: Callable[..., Terminal]) -> None:
    terminal = start()
    terminal.until_shown("Library", "The handbook: reading and writing a briefing", "North Korea")
    assert terminal.modes[1049] == b"h"
    terminal.send("G\r")
    terminal.until_shown("0 Overview", "DISPUTED")
    terminal.send("2")
    terminal.until_shown("C1", f"1/{CLAIMS}")
    terminal.send("jj")
    terminal.until_shown(f"3/{CLAIMS}")
    terminal.send("/")
    terminal.until_shown(" / ")
    terminal.send('"miller is"\r')
    terminal.until_shown("miller is")
    terminal.send("n")
    terminal.until_shown("round again")
    terminal.send("f")
    terminal.until_shown("Reliability ")
    terminal.send("q")
    assert terminal.until_ended() == 0
    terminal.assert_left_as_it_was()


def test_keys_that_are_typed_ahead_are_not_lost(start: Callable[..., Terminal]) -> None:
    """Over a slow line many keys arrive at once."""
    terminal = start("handbook")
    terminal.until_shown("DISPUTED")
    terminal.send("2jj/geesx\x7fe\r")
    terminal.until_shown("“geese”: ")
    terminal.send("q")
    assert terminal.until_ended() == 0


def test_opens_one_entry(start: Callable[..., Terminal]) -> None:
    terminal = start("handbook#pond-eleven")
    terminal.until_shown("Claim C23", "conflicts with")
    terminal.send("q")
    assert terminal.until_ended() == 0
    terminal.assert_left_as_it_was()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_and_the_state_as_they_should_be(
    start: Callable[..., Terminal], tmp_path: Path, number: int
) -> None:
    terminal = start("handbook")
    terminal.until_shown("DISPUTED")
    terminal.send("3jf")
    terminal.until_shown("Reliability B", "2/5")
    terminal.process.send_signal(number)
    terminal.until_ended()
    terminal.assert_left_as_it_was()
    assert _saved_place(tmp_path) == ("views", "view-checker")


def test_a_change_of_size_keeps_the_place(start: Callable[..., Terminal]) -> None:
    terminal = start("handbook", size=(120, 36))
    terminal.until_shown("DISPUTED")
    terminal.send("2")
    terminal.until_shown(f"1/{CLAIMS}")
    terminal.send("jjjjj")
    terminal.until_shown(f"6/{CLAIMS}", "An unknown key is an error")
    for width, height in ((80, 24), (50, 14), (200, 50)):
        terminal.resize(width, height)
        # At 200 columns alone there is an outline, and only from 60 on a row of panes.
        mark = f"C{CLAIMS} " if width == 200 else "3 Views" if width == 80 else f" 6/{CLAIMS}"
        terminal.until_shown(mark, f"6/{CLAIMS}", "An unknown key is an error")
    terminal.send("q")
    assert terminal.until_ended() == 0
    terminal.assert_left_as_it_was()


def test_after_a_kill_the_next_start_opens_where_one_was(start: Callable[..., Terminal], tmp_path: Path) -> None:
    terminal = start("handbook")
    terminal.until_shown("DISPUTED")
    terminal.send("2jjj")
    terminal.until_shown(f"4/{CLAIMS}")
    terminal.until(lambda: _saved_place(tmp_path) == ("claims", "shown-not-resolved"))
    terminal.process.kill()
    assert terminal.until_ended() == -signal.SIGKILL
    again = start("handbook")
    again.until_shown(f"4/{CLAIMS}", "A contradiction between sources is shown")
    again.send("q")
    assert again.until_ended() == 0
    again.assert_left_as_it_was()


class TestQuoting:
    """`briefing quote` in a terminal, its output there or elsewhere."""

    def test_the_line_is_copied_and_written_after_leaving(self, start: Callable[..., Terminal]) -> None:
        terminal = start("quote", "handbook", "text-writing")
        terminal.until_shown("Quote from Handbook, writing", "One folder makes", "1 word")
        terminal.send("LL")
        terminal.until_shown("3 words · stands once")
        terminal.send("\r")
        assert terminal.until_ended() == 0
        line = '{ source = "text-writing", quote = "One folder makes" }'
        _, _, after = terminal.written.rpartition(b"\x1b[?1049l")
        assert line.encode() in after
        assert b"\x1b]52;c;" + base64.b64encode(line.encode()) in terminal.written
        assert b"Traceback" not in terminal.written

    def test_leaving_writes_nothing(self, start: Callable[..., Terminal]) -> None:
        terminal = start("quote", "handbook", "text-writing")
        terminal.until_shown("Quote from Handbook, writing")
        terminal.send("q")
        assert terminal.until_ended() == 130
        terminal.assert_left_as_it_was()


class TestEditing:
    """`E` hands the terminal to the editor and takes it back; what was saved shows, and what was broken is told."""

    @pytest.fixture
    def pond(self, tmp_path: Path, tiny: Callable[..., str]) -> Path:
        """Give a briefing of one claim."""
        path = tmp_path / "pond" / "briefing.toml"
        path.parent.mkdir()
        claims = "".join(f'[[claim]]\nid = "c{n}"\nby = "x"\ntext = "Claim number {n}."\n' for n in (1, 2))
        path.write_text(tiny(claims, id="pond"), encoding="utf-8")
        return path

    def _editor(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
        path = tmp_path / "vim"
        path.write_text(f'#!/bin/sh\necho "the editor has $1"\n{script}\n', encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("VISUAL", str(path))

    def test_what_was_saved_shows_at_the_same_place(
        self, start: Callable[..., Terminal], tmp_path: Path, pond: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._editor(tmp_path, monkeypatch, 'sed -i "s/number 2/number two/" "$2"')
        terminal = start(str(pond.parent))
        terminal.until_shown("There is little in it")
        terminal.send("2j")
        terminal.until_shown("2/2")
        terminal.send("E")
        terminal.until_shown("Claim number two.", "2/2", "Reloaded: 1 changed.")
        line = pond.read_text(encoding="utf-8").splitlines().index('id = "c2"')
        assert f"the editor has +{line}".encode() in terminal.written
        terminal.send("q")
        assert terminal.until_ended() == 0
        terminal.assert_left_as_it_was()

    def test_a_broken_edit_keeps_the_last_good_state(
        self, start: Callable[..., Terminal], tmp_path: Path, pond: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._editor(tmp_path, monkeypatch, 'echo "colour = 1" >> "$2"')
        terminal = start(str(pond.parent), size=(160, 30))
        terminal.until_shown("There is little in it")
        terminal.send("2")
        terminal.until_shown("1/2")
        terminal.send("E")
        terminal.until_shown("unknown key 'colour'", "Claim number 1.")
        terminal.send("q")
        assert terminal.until_ended() == 0
        terminal.assert_left_as_it_was()


def test_strangers_follow_one_another_at_a_kiosk_that_nothing_typed_ends(start: Callable[..., Terminal]) -> None:
    terminal = start("--kiosk")
    terminal.until_shown("Library", "The handbook")
    terminal.send("\r2")
    terminal.until_shown("Claims")
    terminal.send("*q")
    terminal.until(lambda: terminal.written.count(b"\x1b[?1049h") > 1)
    terminal.until_shown("Library", "The handbook")
    terminal.send("\x03\x1a\x1c\x11B")
    terminal.until_shown("No marks yet")
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.until_ended() == 0
    terminal.assert_left_as_it_was()


@pytest.mark.parametrize("arguments", [(), ("--kiosk",)])
def test_nothing_outlives_a_terminal_that_hangs_up_as_the_first_frame_comes(arguments: tuple[str, ...]) -> None:
    left = []
    for attempt in range(4):
        master, slave = pty.openpty()
        name = os.ttyname(slave)
        process = subprocess.Popen(
            ["/bin/sh", "-c", f'exec "$@" <{name} >{name} 2>&1', "sh", str(COMMAND), *arguments],
            env=os.environ | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}, start_new_session=True,
        )  # fmt: skip
        try:
            shown, until = b"", time.monotonic() + PATIENCE
            while b"help" not in shown and time.monotonic() < until:
                if select.select([master], [], [], 0.1)[0]:
                    shown += os.read(master, 65536)
            assert b"help" in shown
            time.sleep(0.006 * attempt)
        finally:
            os.close(slave)
            os.close(master)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            left.append(attempt)
            process.kill()
            process.wait()
    assert not left
