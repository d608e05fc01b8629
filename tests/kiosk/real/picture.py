"""The picture of a visit: a real kiosk over the bundled content, OpenSSH's client in a terminal, and what that shows."""

import io
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fcntl import ioctl
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyte
from rich.console import Console
from rich.style import Style
from rich.text import Text

from tests.kiosk.openssh import ssh_command
from tests.kiosk.real.serving import FIRST_FRAME, Serving
from tests.programs import found

COMMAND: Final = "ssh -p 2222 kiosk@library.example"
"""What a visitor would write; the real port and address are of the moment and of this machine."""
COLUMNS: Final = 100
ROWS: Final = 24
_PATIENCE: Final = 30.0
_QUIET: Final = 0.5
"""Seconds without output after which a screen is finished."""


class Seat:
    """A terminal at which OpenSSH's client runs."""

    def __init__(self, descriptor: int) -> None:
        """Look at the terminal's other end."""
        self._descriptor = descriptor
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._descriptor, keys.encode())

    def shows(self, words: str) -> None:
        """Wait until words are there and nothing more comes.

        Raises:
            TimeoutError: they do not come.
        """
        until = time.monotonic() + _PATIENCE
        while self._hears() or not any(words in line for line in self.screen.display):
            if time.monotonic() > until:
                raise TimeoutError("\n".join(self.screen.display))

    def _hears(self) -> bool:
        if not select.select([self._descriptor], [], [], _QUIET)[0]:
            return False
        with suppress(OSError):  # the client has ended
            # pyte takes the question for synchronised frames for text.
            self._stream.feed(os.read(self._descriptor, 65_536).replace(b"\x1b[?2026$p", b""))
            return True
        return False


@contextmanager
def seated(folder: Path, port: int, user: str) -> Iterator[Seat]:
    """Sit down at a terminal from which OpenSSH's client visits a kiosk.

    Raises:
        FileNotFoundError: the client is not installed.
    """
    if not found("ssh"):
        raise FileNotFoundError("OpenSSH's client is not installed (Debian: openssh-client)")
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": str(folder)}
    command = ssh_command(folder, port, user, None, "-o", "SendEnv=COLORTERM", "--")
    client = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    try:
        yield Seat(ours)
    finally:
        client.terminate()
        client.wait(20)
        os.close(ours)


def draw_visit() -> str:
    """Visit, and draw the screen as SVG."""
    with TemporaryDirectory() as name, Serving(Path(name)) as kiosk, seated(Path(name), kiosk.port, "kiosk") as seat:
        seat.shows(FIRST_FRAME)
        return drawn(seat.screen, COMMAND)


def drawn(screen: pyte.Screen, title: str) -> str:
    """Draw a terminal's screen in a window with a title."""
    console = Console(
        width=screen.columns, height=screen.lines, file=io.StringIO(), force_terminal=True, color_system="truecolor",
        record=True, legacy_windows=False,
    )  # fmt: skip
    for row in range(screen.lines):
        text = Text(no_wrap=True)
        for column in range(screen.columns):
            cell = screen.buffer[row][column]
            text.append(cell.data, _style(cell))
        console.print(text)
    return console.export_svg(title=title)


def _style(cell: pyte.screens.Char) -> Style:
    ink, paper = (None if colour == "default" else f"#{colour}" for colour in (cell.fg, cell.bg))
    return Style(
        color=ink, bgcolor=paper, bold=cell.bold, italic=cell.italics, underline=cell.underscore, reverse=cell.reverse
    )
