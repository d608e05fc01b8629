"""The terminal of this process. It is taken before the slow imports, and restored at every end.

It imports nothing that a start would have to wait for, and no Textual.
"""

import contextlib
import os
import select
import signal
import sys
import termios
from types import FrameType
from typing import Any, Final

from tui.instant import EarlyScreen, raw
from tui.reader.terminal.background import QUESTION, dark_among, is_asked
from tui.reader.terminal.output import Output

_LEAVE: Final = (
    b"\x1b\\"  # ends what may be half written
    b"\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[?7h\x1b[m\x1b[<u\x1b[?1049l\x1b[?25h"
)
"""Undoes all that the driver asks of a terminal."""
_MOST_EARLY: Final = 1 << 16
_ENDING: Final = (
    signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM, signal.SIGXCPU,
)  # fmt: skip
"""Signals that end a process at once, unless it handles them. The loop takes some of them over while it runs."""


class OwnTerminal:
    """The terminal in which the reader runs."""

    def __init__(self, early: EarlyScreen | None = None) -> None:
        """Take nothing yet.

        Args:
            early: the screen with the kept frame, if one is shown.
        """
        self.early = early
        self.attributes: list[Any] | None = None
        """The modes to restore; None if they are not changed."""
        self.is_full_screen = False
        """Whether the driver has taken the screen."""
        self.dark: bool | None = None
        """Whether the background is dark; None until the terminal has answered."""
        self._early = b""
        self._handled: list[int] = []
        self.output = Output(sys.__stderr__)

    def take(self, *, asks: bool = True) -> None:
        """Take the terminal, so that keys wait in order and unseen.

        The terminal is also asked for its background, if `asks` and if it can answer.
        """
        try:
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                return
            attributes = self.early.attributes if self.early else termios.tcgetattr(sys.stdin.fileno())
            for name in ("COLUMNS", "LINES"):  # if exported, they would fix the size against the window's
                os.environ.pop(name, None)
            self._handle_signals()
            self.attributes = attributes
            if self.early:
                self.is_full_screen = True
                self.early.hand_over()
            else:
                termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, raw(attributes, signals=True))
            if asks and is_asked(os.environ.get("TERM", "")):
                os.write(sys.stderr.fileno(), QUESTION)
        except (OSError, ValueError, termios.error):
            return

    def look(self) -> bool | None:
        """Return whether the background is dark, if the answer came already.

        Nothing is waited for, and no key is lost.
        """
        if self.attributes is not None:
            with contextlib.suppress(OSError):
                while len(self._early) < _MOST_EARLY and select.select([sys.stdin], [], [], 0)[0]:
                    came = os.read(sys.stdin.fileno(), 4096)
                    self._early += came
                    if not came:  # the terminal hung up
                        break
            self.dark = dark_among(self._early)
        return self.dark

    def hand_over(self) -> bytes:
        """Return the input so far; the driver reads on."""
        early, self._early = self._early, b""
        return early

    def restore(self) -> None:
        """Restore the terminal at once; unwritten output is dropped."""
        with contextlib.suppress(OSError, ValueError, termios.error):
            if self.is_full_screen:
                self.output.close()
                os.write(self.output.fileno(), _LEAVE)
            self.is_full_screen = False
            attributes, self.attributes = self.attributes, None
            if attributes is not None:
                termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, attributes)

    def release(self) -> None:
        """Restore the terminal, and handle its signals no more."""
        self.restore()
        for number in self._handled:
            signal.signal(number, signal.SIG_DFL)
        self._handled.clear()

    def _handle_signals(self) -> None:
        unhandled = [signal.SIG_DFL, *([self.early.die] if self.early else [])]
        if signal.getsignal(signal.SIGINT) in unhandled[1:]:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in _ENDING:
            if signal.getsignal(number) in unhandled:
                signal.signal(number, self._die)
                self._handled.append(number)

    def _die(self, number: int, _frame: FrameType | None) -> None:
        """Restore the terminal, and die by the signal."""
        signal.signal(number, signal.SIG_DFL)
        self.restore()
        os.kill(os.getpid(), number)
