"""The progress of a long command, on a terminal alone."""

import sys
import time
from typing import Final, Self, TextIO

_PAUSE: Final = 0.1
"""Seconds between two lines."""


class Progress:
    """Shows the present step on the last line of a terminal (stderr)."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Begin without a line."""
        stream = sys.stderr if stream is None else stream
        self._stream = stream if stream.isatty() else None
        self._next = time.monotonic() + _PAUSE
        self._shown = False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the line away."""
        if self._stream and self._shown:
            self._write("")

    def tell(self, words: str, *, at_once: bool = False) -> None:
        """Show the step, unless the last one was shown a moment ago."""
        now = time.monotonic()
        if self._stream and (at_once or now >= self._next):
            self._next = now + _PAUSE
            self._shown = True
            self._write(words)

    def _write(self, words: str) -> None:
        if self._stream:
            self._stream.write(f"\r\x1b[K{words}")
            self._stream.flush()
