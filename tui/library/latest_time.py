"""The latest time of the clock, kept in a file.

By it, a briefing that has ended stays ended when the clock is put back.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tui.briefing.publication import Instant
from tui.library.atomic_write import write_whole

FILE_NAME: Final = "latest-time"
_BACK: Final = dt.timedelta(minutes=1)
"""A step back that is worth a word."""


def _utc() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class LatestTime:
    """A clock with a memory."""

    def __init__(self, path: Path | None = None, clock: Callable[[], dt.datetime] = _utc) -> None:
        """Read the file, if there is one.

        Args:
            path: the file; None to remember for this run alone.
            clock: returns the time.
        """
        self.path = path
        self._clock = clock
        self._trouble = ""
        self._kept = self._read()
        self._latest = self._kept
        if (behind := self._latest - clock()) > _BACK:
            self._trouble = (
                f"the clock is {round(behind.total_seconds()):,} s behind its latest time, until which what has ended"
                f" stays ended; if that time was wrong, stop the kiosk and delete {path}"
            )

    def instant(self) -> Instant:
        """Return the time, and the latest time."""
        now = self._clock()
        self._latest = max(self._latest, now)
        return Instant(now, self._latest)

    def keep(self, ended: dt.datetime) -> None:
        """Write the latest time, before anything that ended is hidden."""
        if ended <= self._kept:
            return
        self._kept = self._latest
        if self.path is not None:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                write_whole(self.path, f"{max(self._latest, self._read()).isoformat()}\n".encode())
            except OSError as error:
                self._trouble = (
                    f"{self.path}: cannot be written ({error.strerror or error}); put the clock back with care"
                )

    def news(self) -> str:
        """Return a line on the clock or its file, once."""
        told, self._trouble = self._trouble, ""
        return told

    def _read(self) -> dt.datetime:
        never = dt.datetime.min.replace(tzinfo=dt.UTC)
        try:
            text = self.path.read_text(encoding="ascii").strip() if self.path else ""
            found = dt.datetime.fromisoformat(text) if text else never
        except FileNotFoundError:
            return never
        except (OSError, ValueError):
            self._trouble = f"{self.path}: cannot be read; what has ended before now is judged by the clock alone"
            return never
        return found if found.tzinfo else never
