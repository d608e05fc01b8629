"""Kept frames, and the terminal of a start that shows one.

A start shows its frame before any slow import. So this module imports only small modules of Python's own.
"""

import _signal  # type: ignore[import-not-found]  # `signal` would import `enum`
import os
import sys
import termios
import time
from os.path import isabs, join
from stat import S_ISREG

TYPE_CHECKING = False
if TYPE_CHECKING:  # `typing` takes as long as a third of a frame
    from collections.abc import Collection
    from types import FrameType
    from typing import Any

MOST_BYTES = 1_000_000
"""The size of the largest kept file. A frame of 240 columns and 60 rows has 140,000 bytes at most."""
_FORMAT = "frame 3"
STATE = ".state"
"""The file of the frames' folder with the stamps of the reader's state when the frames were made."""
_SETTINGS = (
    "TERM", "COLORTERM", "COLORFGBG", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "TERM_PROGRAM",
    "UNICODE_VERSION", "HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LANG", "TZ",
    "PYTHONPATH",
)  # fmt: skip
"""The environment variables of a start. Those of Textual and of the locale join them."""
_PLAIN = frozenset({"", "dumb", "unknown", "network", "glasstty"})
_WIDEST, _HIGHEST = 1000, 500
_TAKE = b"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2026h"
_SHOWN = b"\x1b[?2026l"
_LEAVE = b"\x1b\\\x1b[?2026l\x1b[?7h\x1b[m\x1b[?1049l\x1b[?25h"
_ENDING = (
    _signal.SIGINT, _signal.SIGQUIT, _signal.SIGTERM, _signal.SIGHUP, _signal.SIGUSR1, _signal.SIGUSR2, _signal.SIGALRM,
    _signal.SIGXCPU,
)  # fmt: skip


# Files


def folder() -> str:
    """Return the folder of the frames. It is empty where the environment names none."""
    cache = os.environ.get("XDG_CACHE_HOME", "")
    home = os.environ.get("HOME", "")
    return join(cache if isabs(cache) else join(home, ".cache"), "briefing", "frames") if isabs(cache or home) else ""


def file_name(words: list[str], width: int, height: int) -> str:
    """Return the name of a kept file. Empty for words without a frame."""
    if len(words) > 1 or "".join(words)[:1] == "-":
        return ""
    name = "".join(
        letter if letter.isalnum() and letter.isascii() else f"%{ord(letter):x}" for letter in "".join(words)
    )
    return f"{name}.{width}x{height}" if len(name) < 200 else ""


def key_of(words: list[str], width: int, height: int) -> str:
    """Return the settings of a start as one line. A kept frame is only for equal settings."""
    names = sorted(name for name in os.environ if name.startswith(("TEXTUAL", "LC_")) or name in _SETTINGS)
    settings = [(name, os.environ[name]) for name in names]
    return repr((_FORMAT, sys.version, sys.prefix, words, width, height, settings))


def stamp(path: str) -> str:
    """Return a text that changes with a file.

    A missing and an empty log of a database are the same. Whoever opens one changes its ctime.
    """
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return "-"
    is_log = path.endswith("-wal")
    if is_log and not found.st_size:
        return "-"
    return f"{found.st_mtime_ns}.{found.st_size}.{found.st_ino}.{0 if is_log else found.st_ctime_ns}"


def forget(briefings: "Collection[str]" = ("",)) -> None:
    """Delete the frames of briefings and of the library. An empty id stands for all."""
    names = {file_name([briefing], 0, 0).partition(".")[0] for briefing in briefings if briefing}
    try:
        for file in os.listdir(folder() or "\0"):
            name = file.partition(".")[0].partition("%23")[0]
            is_others = name.replace("%2d", "").isalnum() and len(names) == len(briefings) and name not in names
            if not is_others and file != STATE:
                os.unlink(join(folder(), file))
    except (OSError, ValueError):  # there is none, or another start has been faster
        pass


def is_state_known() -> bool:
    """Whether the reader's state is as the program left it."""
    return _are_unchanged(os.fsdecode(_read(join(folder(), STATE))).split("\n"))


def _are_unchanged(inputs: list[str]) -> bool:
    """Whether files have the stamps that stand before their paths."""
    pairs = [line.partition(" ") for line in inputs]
    return all(path and stamp(path) == known for known, _, path in pairs)


def kept(words: list[str], width: int, height: int) -> bytes:
    """Return the kept frame of a start. Empty if there is none, or if anything has changed."""
    name = file_name(words, width, height)
    data = _read(join(folder(), name)) if name and folder() else b""
    whole = data.partition(b"\n")[2]
    if data != sealed(whole):
        return b""
    head, _, frame = whole.partition(b"\n\n")
    key, *rest = os.fsdecode(head).split("\n")
    if key != key_of(words, width, height):
        return b""
    try:
        when, *inputs = rest
        made, until, place = when.split(" ", 2)
        if not float(made) <= time.time() < float(until) or place not in {"", os.getcwd()}:
            return b""
        return frame if _are_unchanged(inputs) and is_state_known() else b""
    except (OSError, ValueError):
        return b""


def sealed(data: bytes) -> bytes:
    """Return a file's data behind their sum, which tells damage at once. A module of checksums takes longer to import."""
    return b"%d\n%b" % (sum(data), data)


def _read(path: str) -> bytes:
    """Read a file that belongs to this user alone. Links and files of others count as empty."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return b""
    try:
        found = os.fstat(descriptor)
        is_own = S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
        return os.read(descriptor, MOST_BYTES) if is_own and found.st_nlink == 1 and found.st_size < MOST_BYTES else b""
    except OSError:
        return b""
    finally:
        os.close(descriptor)


# The screen


def screen_size() -> tuple[int, int] | None:
    """Return the size of a terminal that can show a frame. None for a pipe, and for a terminal without a screen."""
    if os.environ.get("TERM", "").lower() in _PLAIN or not (os.isatty(0) and os.isatty(1) and os.isatty(2)):
        return None
    try:
        width, height = os.get_terminal_size(0)
    except OSError:
        return None
    return (width, height) if 0 < width <= _WIDEST and 0 < height <= _HIGHEST else None


def show(words: list[str]) -> "EarlyScreen | None":
    """Show the frame that is kept for a start. Return the screen that was taken for it."""
    size = screen_size()
    frame = kept(words, *size) if size else b""
    if size is None or not frame or sys.stderr is None or sys.stderr.encoding != "utf-8":
        return None
    try:
        screen = EarlyScreen(frame, size)
    except (OSError, termios.error):
        return None
    screen.paint()
    return screen


class EarlyScreen:
    """The terminal of a start, until the reader takes it over."""

    def __init__(self, frame: bytes, size: tuple[int, int]) -> None:
        """Take the terminal. Keys wait in order and unseen from here on.

        Raises:
            OSError, termios.error: it is gone, or is not this process's to take.
        """
        self.frame = frame
        self.size = size
        self.attributes = termios.tcgetattr(0)
        self._is_taken = True
        if os.tcgetpgrp(0) != os.getpgrp():
            raise OSError
        for number in _ENDING:
            if _signal.getsignal(number) in (_signal.SIG_DFL, _signal.default_int_handler):
                _signal.signal(number, self.die)
        termios.tcsetattr(0, termios.TCSANOW, raw(self.attributes, signals=False))

    def paint(self) -> None:
        """Paint the frame, at once where the terminal can."""
        data = _TAKE + self.frame + _SHOWN
        try:
            while data:
                data = data[os.write(2, data) :]
        except OSError:  # the terminal is gone, or full and not to be waited for; the reader paints all of it
            self.frame = b""

    def hand_over(self) -> None:
        """Leave the restoring to the reader."""
        self._is_taken = False

    def undo(self) -> None:
        """Restore the terminal, unless the reader does."""
        if not self._is_taken:
            return
        self._is_taken = False
        try:
            os.write(2, _LEAVE)
            termios.tcsetattr(0, termios.TCSANOW, self.attributes)
        except (OSError, termios.error):
            pass

    def die(self, number: int, _frame: "FrameType | None") -> None:
        """Restore the terminal, and die by a signal."""
        _signal.signal(number, _signal.SIG_DFL)
        self.undo()
        os.kill(os.getpid(), number)


def raw(attributes: "list[Any]", *, signals: bool) -> "list[Any]":
    """Return modes in which keys come at once, unseen and unchanged.

    Args:
        attributes: the modes before.
        signals: whether keys such as Ctrl+C still act on the process.
    """
    changed = [*attributes[:6], list(attributes[6])]
    changed[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    changed[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | (0 if signals else termios.ISIG))
    changed[6][termios.VMIN] = 1
    return changed
