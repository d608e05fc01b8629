"""Asking the terminal for its background, so that the theme can follow it."""

import contextlib
import os
import re
import select
import sys
import termios
import time
from collections.abc import Mapping
from typing import Any, Final

_REPLY: Final = re.compile(rb"\x1b\]11;rgb:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")
# Device attributes: every terminal answers this, so its answer ends the wait of one that does not know OSC 11.
_ATTRIBUTES: Final = re.compile(rb"\x1b\[\?[0-9;]*c")
_QUESTION: Final = b"\x1b]11;?\x1b\\\x1b[c"
_PATIENCE: Final = 0.2
"""Seconds from the question to giving up; a terminal at the far end of a slow link takes about a tenth."""


class BackgroundQuestion:
    """A question to the terminal. It is put before the slow imports and its answer taken after them."""

    def __init__(self) -> None:
        """Put the question, where there is a terminal to put it to."""
        self._saved: list[Any] | None = None
        self._until = time.monotonic() + _PATIENCE
        try:
            if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM", "dumb") in {"dumb", "linux"}:
                return
            descriptor = sys.stdin.fileno()
            saved = termios.tcgetattr(descriptor)
            quiet = termios.tcgetattr(descriptor)
            quiet[3] &= ~(termios.ECHO | termios.ICANON)
            termios.tcsetattr(descriptor, termios.TCSANOW, quiet)
            self._saved = saved
            os.write(sys.stdout.fileno(), _QUESTION)
        except (OSError, ValueError, termios.error):
            return

    def answer(self) -> bool | None:
        """Tell whether the background is dark; None where the terminal does not say. Restores the terminal."""
        if self._saved is None:
            return None
        descriptor = sys.stdin.fileno()
        heard = b""
        try:
            while not _ATTRIBUTES.search(heard):
                left = self._until - time.monotonic()
                if not select.select([descriptor], [], [], max(0.0, left))[0]:
                    break
                part = os.read(descriptor, 1024)
                heard += part
                if not part or left <= 0:  # it hung up, or it talks on and on
                    break
        except OSError:
            return None
        finally:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(descriptor, termios.TCSANOW, self._saved)
            self._saved = None
        return is_dark(heard)


def is_dark(reply: bytes) -> bool | None:
    """Tell from a terminal's reply to OSC 11 whether its background is dark; None where it is no such reply."""
    match = _REPLY.search(reply)
    if match is None:
        return None
    red, green, blue = (int(part, 16) / (int("f" * len(part), 16)) for part in match.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5


def dark_by_environment(environment: Mapping[str, str]) -> bool | None:
    """Tell from COLORFGBG, which some terminals set, whether the background is dark."""
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return int(background) not in {7, 15} if re.fullmatch("[0-9]{1,3}", background) else None
