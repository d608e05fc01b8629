"""Output to a terminal that may be full, slow or gone."""

import os
import select
from typing import Final, TextIO

_AT_ONCE: Final = 1 << 16
_FULL_SECONDS: Final = 0.1


class Output:
    """Writes text to a terminal, and never raises.

    A thread of Textual's calls it, and the end of that thread would stop the reader.
    """

    def __init__(self, file: TextIO | None) -> None:
        """Write to a file."""
        self._file = file
        self._encoding = (file.encoding if file else None) or "utf-8"
        self._gathered: list[str] = []
        self._size = 0
        self._is_closed = file is None

    def write(self, text: str) -> None:
        """Gather text."""
        self._gathered.append(text)
        self._size += len(text)
        if self._size > _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write the gathered text as soon as the terminal takes it."""
        data = "".join(self._gathered).encode(self._encoding, "replace")
        self._gathered.clear()
        self._size = 0
        while data and not self._is_closed:
            try:
                data = data[os.write(self.fileno(), data) :]
            except BlockingIOError:  # another process has set the terminal so
                select.select([], [self.fileno()], [], _FULL_SECONDS)
            except (OSError, ValueError):  # the terminal is gone, as the input reports
                self._is_closed = True

    def close(self) -> None:
        """Write nothing any more."""
        self._is_closed = True

    def fileno(self) -> int:
        """Return the file's descriptor."""
        return self._file.fileno() if self._file else -1

    def isatty(self) -> bool:
        """Whether the file is a terminal."""
        return bool(self._file and self._file.isatty())
