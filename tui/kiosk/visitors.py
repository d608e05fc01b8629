"""The state of visitors who have a key: a file each, named by a hash of the key's fingerprint, and bounded in number."""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tui.kiosk.settings import Settings
from tui.library.state import State

_DAY = 86_400


class Visitors:
    """Finds and keeps visitors' states."""

    def __init__(self, folder: Path, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        """Keep them in a folder.

        Args:
            folder: where the files are.
            settings: say how many and for how long.
            clock: gives seconds since the epoch.
        """
        self._folder = folder
        self._settings = settings
        self._clock = clock
        self._number: int | None = None

    def state(self, fingerprint: str) -> State | None:
        """Open the state of who has a key; None where it is not kept."""
        if not fingerprint or not self._settings.keep_state:
            return None
        path = self._folder / f"{hashlib.sha256(fingerprint.encode()).hexdigest()[:40]}.sqlite"
        if not path.exists():
            if self.number >= self._settings.states:
                return None
            self._number = self.number + 1
        state = State(path)
        with suppress(OSError):
            path.touch()  # when somebody was here last
        return state

    @property
    def number(self) -> int:
        """How many states are kept."""
        if self._number is None:
            self._number = sum(1 for _ in self._folder.glob("*.sqlite"))
        return self._number

    def tidy(self) -> int:
        """Delete the states of those who did not come back for long; give how many."""
        oldest = self._clock() - self._settings.state_days * _DAY
        gone = 0
        for path in self._folder.glob("*.sqlite"):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                        name.unlink(missing_ok=True)
                    gone += 1
        self._number = None
        return gone
