"""The unsent states, and the epochs of forgotten readers, as files.

All workers of a host share the folder. A worker that is killed leaves its marks, and another one sends for it.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

_EPOCH: Final = ".epoch"


class Pending:
    """Knows which readers have something to send."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, which is created."""
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def mark(self, reader: str) -> None:
        """Record that a reader's state has something to send."""
        (self._folder / reader).touch()

    def unmark(self, reader: str) -> None:
        """Record that everything was sent."""
        (self._folder / reader).unlink(missing_ok=True)

    def marked(self) -> list[str]:
        """Return the readers with something to send, in order."""
        return sorted(path.name for path in self._folder.iterdir() if not path.suffix)

    def epoch(self, reader: str) -> int:
        """Return the epoch of a reader; 0 without a `forget`."""
        with suppress(FileNotFoundError, ValueError):
            return int((self._folder / f"{reader}{_EPOCH}").read_text(encoding="ascii"))
        return 0

    def forget(self, reader: str, epoch: int) -> bool:
        """Begin an epoch. Return whether it is later than the present one."""
        if epoch <= self.epoch(reader):
            return False
        draft = self._folder / f"{reader}{_EPOCH}.draft"
        draft.write_text(str(epoch), encoding="ascii")
        draft.replace(self._folder / f"{reader}{_EPOCH}")
        return True
