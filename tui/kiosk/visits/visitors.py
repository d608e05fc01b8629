"""The state of visitors who have a key: a file each, named by a hash of the key's fingerprint, and bounded in number."""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.kiosk.operations.settings import Settings
from tui.state.store import State

_DAY: Final = 86_400
AWAY_DAYS: Final = 30
"""Days away after which a state gives its place to a newcomer's where all places are taken."""
_LOOK_EVERY: Final = 600
"""Seconds between looks for such a state, since a look goes through all of them."""


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
        self._full_until = 0.0

    def state(self, fingerprint: str) -> State | None:
        """Open the state of who has a key; None where it is not kept."""
        if not fingerprint or not self._settings.keep_state:
            return None
        path = self._folder / f"{hashlib.sha256(fingerprint.encode()).hexdigest()[:40]}.sqlite"
        if not path.exists():
            if self.number >= self._settings.states and not self._make_room():
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
        return len(self._forget(self._away_for(self._settings.state_days)))

    def _make_room(self) -> bool:
        """Delete the state of who was away longest, if for long; tell whether there is room."""
        if self._clock() < self._full_until:
            return False
        away = self._forget(self._away_for(AWAY_DAYS)[:1])
        if not away:
            self._full_until = self._clock() + _LOOK_EVERY
        return self.number < self._settings.states

    def _away_for(self, days: int) -> list[Path]:
        """Give the states of those who were away for so many days, the longest away first."""
        seen: list[tuple[float, Path]] = []
        for path in self._folder.glob("*.sqlite"):
            with suppress(OSError):
                seen.append((path.stat().st_mtime, path))
        return [path for at, path in sorted(seen) if at < self._clock() - days * _DAY]

    def _forget(self, paths: list[Path]) -> list[Path]:
        """Delete states; give those that could be."""
        gone = []
        for path in paths:
            with suppress(OSError):
                for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
                    name.unlink(missing_ok=True)
                gone.append(path)
        self._number = None
        return gone
