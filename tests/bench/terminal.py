"""A program in a pseudo-terminal of its own, whose questions are answered at once as a real terminal does."""

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

COLUMNS: Final = 120
ROWS: Final = 40
QUIET: Final = 0.035
"""Seconds without a byte after which a frame counts as whole; Textual paints 60 times a second at most."""

# What a terminal is asked, with its answer: its background, its attributes, its modes, the cursor, and the keyboard.
_QUESTIONS: Final = re.compile(
    rb"\x1b\]11;\?(?:\x07|\x1b\\)|\x1b\[0?c|\x1b\[\?(?P<mode>\d+)\$p|\x1b\[6n|\x1b\[\?u|\x1b\[>0?q"
)
_LONGEST_QUESTION: Final = 16
_SYNCHRONISED: Final = b"2026"
# Everything that moves the cursor or sets a style; what is left are the words in the order in which they were sent.
_CONTROLS: Final = re.compile(rb"\x1b\[[0-9;:<=>?]*[ -/]*[@-~]|\x1b[\]P_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[^\[\]P_]")


class BenchError(Exception):
    """A program did not do what the measurement needs; there is no figure."""


class Terminal:
    """A program that runs in a pseudo-terminal, with every byte that it wrote since it was last forgotten."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], *, mute: bool = False) -> None:
        """Start the program; the clock runs from just before the fork. A mute terminal answers no question."""
        self._is_mute = mute
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.set_inheritable(self._master, False)
        opened = (os.POSIX_SPAWN_OPEN, 0, os.ttyname(slave), os.O_RDWR, 0)
        copied = [(os.POSIX_SPAWN_DUP2, 0, number) for number in (1, 2)]
        self.started = time.perf_counter()
        # In a session of its own the first terminal that is opened becomes the controlling one.
        self.pid = os.posix_spawn(
            command[0], list(command), dict(environment), file_actions=[opened, *copied], setsid=True
        )
        os.close(slave)
        self._command = command
        self._bytes = b""
        self._answered = 0
        self._ended = False
        self.last_byte = self.started
        """When the last byte arrived."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def words(self) -> str:
        """All that was written, without what moves the cursor or sets a style."""
        return _CONTROLS.sub(b"", self._bytes).decode("utf-8", "replace")

    @property
    def raw(self) -> bytes:
        """All that was written."""
        return self._bytes

    def forget(self) -> None:
        """Forget what was written."""
        self._bytes, self._answered = b"", 0

    def write(self, keys: bytes) -> float:
        """Type something; give the moment just before."""
        moment = time.perf_counter()
        os.write(self._master, keys)
        return moment

    def wait_for(self, *expected: str, seconds: float = 30.0) -> float:
        """Read until all the words are there; give the moment at which the byte arrived that made them whole."""
        until = time.perf_counter() + seconds
        while missing := [part for part in expected if part not in self.words]:
            if not self._read(until - time.perf_counter()) and (self._ended or time.perf_counter() >= until):
                shown = " ".join(self.words.split())[-1500:]
                raise BenchError(f"{' '.join(self._command)}: {missing} did not appear in: {shown}")
        return self.last_byte

    def settle(self, quiet: float = QUIET, seconds: float = 30.0) -> float:
        """Read until nothing more comes for a while; give the moment of the last byte."""
        until = time.perf_counter() + seconds
        while self._read(quiet) and time.perf_counter() < until:
            pass
        return self.last_byte

    def _read(self, seconds: float) -> bool:
        """Read what is there, waiting for it at most so long; tell whether there was anything."""
        if self._ended or not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return False
        try:
            found = os.read(self._master, 1 << 16)
        except OSError:  # Linux says EIO when the other side has gone
            found = b""
        if not found:
            self._ended = True
            return False
        self.last_byte = time.perf_counter()
        self._bytes += found
        self._answer()
        return True

    def _answer(self) -> None:
        for question in _QUESTIONS.finditer(self._bytes, self._answered):
            self._answered = question.end()
            if self._is_mute:
                continue
            os.write(self._master, _answer_to(question))
        self._answered = max(self._answered, len(self._bytes) - _LONGEST_QUESTION)

    def quit(self, keys: bytes, seconds: float = 10.0) -> None:
        """Leave the program by its own key, so that it saves what it has to; where it does not, it is killed."""
        until = time.perf_counter() + seconds
        with suppress(OSError):
            self.write(keys)
        while not self._ended and time.perf_counter() < until:
            self._read(0.05)
        if not self._ended:
            self.kill()
            raise BenchError(f"{' '.join(self._command)} did not leave when asked to")
        self.kill()

    def kill(self) -> None:
        """End the program, if it still runs, and let the terminal go."""
        if self.pid:
            with suppress(ProcessLookupError):
                for _ in range(100):  # one that is leaving may do so
                    if not self._ended or os.waitpid(self.pid, os.WNOHANG)[0]:
                        break
                    time.sleep(0.02)
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            os.close(self._master)
            self.pid = 0


def _answer_to(question: re.Match[bytes]) -> bytes:
    asked = question[0]
    if mode := question["mode"]:
        return b"\x1b[?%b;%b$y" % (mode, b"2" if mode == _SYNCHRONISED else b"0")
    if asked.startswith(b"\x1b]11"):
        return b"\x1b]11;rgb:1616/1818/1d1d\x1b\\"
    if asked.endswith(b"c"):
        return b"\x1b[?62;22c"
    if asked.endswith(b"n"):
        return b"\x1b[1;1R"
    if asked.endswith(b"q"):
        return b"\x1bP>|bench\x1b\\"
    return b"\x1b[?0u"
