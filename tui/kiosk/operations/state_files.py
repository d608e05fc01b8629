"""The files of a kiosk's state, and the lock over them."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

STATES: Final = "visitors"
"""The folder of visitors' states, within that of the program's."""
BLOCKS_FILE: Final = "blocks.json"
"""The file of the blocks, in the folder of the program's state: a restart does not let anybody in."""
LOCK: Final = "kiosk.lock"
"""The file that each process holds which uses the states."""


class InUseError(OSError):
    """Another process uses the states, or replaces them."""


class StatesLock:
    """Keeps a restore away from states in use. The kernel frees it with the process."""

    def __init__(self, folder: Path) -> None:
        """Hold nothing yet.

        Args:
            folder: the folder of the program's state.
        """
        self._path = folder / LOCK
        self._descriptor = -1

    def share(self) -> Self:
        """Hold the lock together with others. A folder that cannot be written needs none.

        Raises:
            InUseError: a restore holds it.
        """
        with suppress(OSError):
            self._open()
        if self._descriptor >= 0:
            self._take(fcntl.LOCK_SH)
        return self

    def own(self) -> Self:
        """Hold the lock alone.

        Raises:
            InUseError: somebody holds it.
            OSError: the file cannot be written.
        """
        self._open()
        self._take(fcntl.LOCK_EX)
        return self

    def release(self) -> None:
        """Release the lock."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _take(self, how: int) -> None:
        try:
            fcntl.flock(self._descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise InUseError(0, "is in use", str(self._path)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()
