"""The installed command in a pseudo-terminal, and the picture on its screen."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pyte

from tui.reader.terminal.background import QUESTION

COMMAND = Path(sys.executable).with_name("briefing")
PATIENCE = 30.0
"""Seconds after which what is waited for is taken to have failed."""
CLAIMS = (Path(__file__).parents[2] / "content/handbook/briefing.toml").read_text(encoding="utf-8").count("\n[[claim]]")
"""The number of claims in the bundled handbook, which these tests open."""
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_MODES_AT_REST = {1049: b"l", 25: b"h", 1000: b"l", 1003: b"l", 1006: b"l", 2004: b"l"}
"""Alternate screen, cursor, mouse in its three modes, and bracketed paste, as a shell expects them."""


class Terminal:
    """A terminal in which the command runs, and what its screen shows."""

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int] = (100, 30),
        command: Sequence[str] = (str(COMMAND),),
        answer: bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start the command in a terminal of its own, which answers the question for its colour or is mute."""
        width, height = size
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)
        self.written = b""
        self._answer = answer
        self.began = time.monotonic()
        self._master, self._slave = pty.openpty()
        self._set_size(width, height)
        self._before = termios.tcgetattr(self._slave)
        name = os.ttyname(self._slave)
        # The first terminal that the leader of a session opens is the one that it is told of sizes and hang-ups by.
        inherited = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", f'exec "$@" <{name} >{name} 2>&1', "sh", *command, *arguments],
            env=inherited | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"} | dict(environment or {}),
            start_new_session=True,
        )

    # What is shown

    @property
    def text(self) -> str:
        """The screen."""
        return "\n".join(self._screen.display)

    @property
    def modes(self) -> dict[int, bytes]:
        """Each mode that was ever set or reset, as it is now."""
        return {
            int(mode): state for modes, state in _MODE.findall(self.written) for mode in modes.split(b";")
        }  # fmt: skip

    @property
    def cursor(self) -> tuple[int, int]:
        """The row and the column of the cursor, shown or not."""
        return self._screen.cursor.y, self._screen.cursor.x

    def cell(self, row: int, column: int) -> pyte.screens.Char:
        """Return a cell of the screen."""
        return self._screen.buffer[row][column]

    def assert_left_as_it_was(self, *, entered: bool = True) -> None:
        """Check that the next command finds the terminal as this one found it, whether or not its screen was taken."""
        modes = self.modes
        assert {mode: modes.get(mode, state) for mode, state in _MODES_AT_REST.items()} == _MODES_AT_REST
        assert not entered or modes[1049] == b"l"
        assert termios.tcgetattr(self._slave) == self._before
        assert b"Traceback" not in self.written
        after = self.written.rpartition(b"\x1b[?1049l")[2].replace(QUESTION, b"")
        assert re.sub(rb"\x1b\[[<>=?]?[0-9;]*[a-zA-Z]", b"", after).strip() == b""

    # What is done

    def send(self, keys: str | bytes) -> None:
        """Press keys, or send whatever a terminal may send."""
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    def hang_up(self) -> None:
        """Close the terminal, as its window may be."""
        os.close(self._slave)
        os.close(self._master)
        self._slave = self._master = -1

    def set_unwaiting(self) -> None:
        """Let writing to the terminal fail where it would have to wait, as a program that shares it may set it."""
        os.set_blocking(self._slave, False)
        path = Path(f"/proc/{self.process.pid}/fd/2")
        assert path.exists()

    def resize(self, width: int, height: int) -> None:
        """Make the terminal another size, of which the kernel tells the program."""
        self._screen.resize(height, width)
        self._set_size(width, height)

    def until(self, condition: Callable[[], object]) -> None:
        """Read what the program writes until something is so."""
        ends = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < ends, f"waited in vain; the screen shows:\n{self.text}"
            self._read(0.05)

    def look(self) -> None:
        """Read what the program has written."""
        while self._read(0):
            pass

    def until_shown(self, *words: str) -> None:
        """Wait until the screen shows all of some words."""
        self.until(lambda: all(word in self.text for word in words))

    def until_ended(self) -> int:
        """Wait for the end of the program; give its exit code."""
        self.until(lambda: self.process.poll() is not None)
        self.look()
        return int(self.process.returncode)

    def close(self) -> None:
        """End everything."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for descriptor in {self._master, self._slave} - {-1}:
            os.close(descriptor)

    def _set_size(self, width: int, height: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        data = b""
        with suppress(OSError):
            data = os.read(self._master, 65536)
        self.written += data
        if QUESTION in self.written and self._answer:
            os.write(self._master, self._answer)
            self._answer = b""
        self._stream.feed(re.sub(rb"\x1b\[(?:\?2026\$p|[<>][0-9]*u)", b"", data))
        return bool(data)
