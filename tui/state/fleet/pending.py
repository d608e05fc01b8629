"""The unsent states, and the epochs of forgotten readers, as files.

All workers of a host share the folder. A worker that is killed leaves its marks, and another one sends for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tui.state.records import StoreError

_EPOCH: Final = ".epoch"


class Pending:
    """Knows which readers have something to send. Its methods raise `StoreError` where the folder fails."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, which is created with the first mark."""
        self._folder = folder

    def mark(self, reader: str) -> None:
        """Record that a reader's state has something to send."""
        with _told():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            (self._folder / reader).touch()

    def unmark(self, reader: str) -> None:
        """Record that everything was sent."""
        with _told():
            (self._folder / reader).unlink(missing_ok=True)

    def marked(self) -> list[str]:
        """Return the readers with something to send, in order."""
        with _told(), suppress(FileNotFoundError):
            return sorted(path.name for path in self._folder.iterdir() if not path.suffix)
        return []

    def epoch(self, reader: str) -> int:
        """Return the epoch of a reader; 0 without a `forget`."""
        with _told(), suppress(FileNotFoundError, ValueError):
            return int((self._folder / f"{reader}{_EPOCH}").read_text(encoding="ascii"))
        return 0

    def forget(self, reader: str, epoch: int) -> bool:
        """Begin an epoch. Return whether it is later than the present one."""
        if epoch <= self.epoch(reader):
            return False
        with _told():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self._folder / f"{reader}{_EPOCH}.draft"
            draft.write_text(str(epoch), encoding="ascii")
            draft.replace(self._folder / f"{reader}{_EPOCH}")
        return True


@contextmanager
def _told() -> Iterator[None]:
    """Raise `StoreError` for an error of the system."""
    try:
        yield
    except OSError as error:
        said = f"Your locations and marks cannot be kept: {error.strerror or error}"
        raise StoreError(said, type(error).__name__) from error
