"""A progress bar on one line of a terminal."""

import time
from collections.abc import Callable
from typing import Final, TextIO

_PATIENCE: Final = 0.4
"""The seconds before a bar is shown. Shorter work needs none."""
_WIDTH: Final = 24


def bar(done: int, whole: int, width: int = _WIDTH) -> str:
    """Draw a bar."""
    return eighths(8 * width * done // whole if whole else 8 * width).ljust(width, "░")


def eighths(number: int) -> str:
    """Draw eighths of a cell, from the left."""
    cells, rest = divmod(number, 8)
    return "█" * cells + " ▏▎▍▌▋▊▉"[rest : rest + bool(rest)]


class ProgressLine:
    """A progress bar on a terminal. Other streams stay silent."""

    def __init__(self, stream: TextIO, words: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Write on a stream, where it is a terminal."""
        self._stream = stream if stream.isatty() else None
        self._words = words
        self._clock = clock
        self._from = clock() + _PATIENCE
        self._shown = ""

    def show(self, done: int, whole: int) -> None:
        """Show that so many of so many are done."""
        if self._stream is None or self._clock() < self._from:
            return
        said = f"{self._words} {bar(done, whole)} {done:,} of {whole:,}"
        if said != self._shown:
            self._stream.write(f"\r{said}\x1b[K")
            self._stream.flush()
            self._shown = said

    def clear(self) -> None:
        """Take the line away again."""
        if self._stream is not None and self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = ""
