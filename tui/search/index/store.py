"""The files of the index, written by one process at a time."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.library.stamps import ABSENT, stamp
from tui.search.index.schema import make_schema, register

if TYPE_CHECKING:
    from tantivy import Index

PREFIX: Final = "search-"
"""The beginning of the folder name of all indexes of one version."""
_META: Final = "meta.json"
_STAMPS: Final = "stamps.json"
_LOCK: Final = "lock"


class DamagedError(Exception):
    """The files are no complete index of this program."""


class Store:
    """A folder with an index."""

    def __init__(self, folder: Path) -> None:
        """Store the folder; no file is touched."""
        self.folder = folder

    @property
    def version(self) -> str:
        """A short text that changes with every commit of any process."""
        return stamp(self.folder / _META)

    def exists(self) -> bool:
        """Whether there is an index, complete or not."""
        return self.version != ABSENT

    def has_earlier(self) -> bool:
        """Whether an earlier version left an index of this library."""
        try:
            folders = list(self.folder.parent.parent.glob(f"{PREFIX}*/{self.folder.name}"))
        except OSError:
            return False
        return any(folder.parent != self.folder.parent for folder in folders)

    def open(self, *, trusted: bool = True) -> "Index":
        """Open the existing index.

        Args:
            trusted: whether no error has shown damage.

        Raises:
            DamagedError: a file is truncated, foreign or otherwise changed.
        """
        from tantivy import Index

        if not (trusted and self._as_written()):
            raise DamagedError(f"{self.folder} is not as it was written")
        try:
            index = register(Index(make_schema(), str(self.folder)))
            index.config_reader(reload_policy="manual")  # this opens the newest commit
        except (ValueError, OSError) as error:
            raise DamagedError(str(error)) from error
        return index

    def renew(self) -> "Index":
        """Delete all files and create an empty index. The caller must hold the lock."""
        import shutil

        from tantivy import Index

        for path in self.folder.iterdir():
            if path.name != _LOCK:
                with suppress(OSError):
                    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        index = register(Index(make_schema(), str(self.folder)))
        index.config_reader(reload_policy="manual")
        return index

    def seal(self) -> None:
        """Record the stamps of the files, to detect a foreign change."""
        stamps = {path.name: stamp(path) for path in self.folder.iterdir() if not _passing(path.name)}
        stamps[_META] = self.version
        new = self.folder / f"{_STAMPS}.new"
        new.write_text(json.dumps(stamps), encoding="utf-8")
        new.replace(self.folder / _STAMPS)

    def _as_written(self) -> bool:
        """Whether the files are as recorded; tantivy itself checks newer files."""
        try:
            known = json.loads((self.folder / _STAMPS).read_text(encoding="utf-8"))
        except FileNotFoundError:  # killed before the first seal
            return True
        except (OSError, ValueError):
            return False
        if not isinstance(known, dict):
            return False
        # A later commit without a seal may have deleted files, but changed none.
        unchanged = known.pop(_META, "") == self.version
        inside = f"{self.folder}{os.sep}"  # texts, since an index may have a hundred files
        now = {name: stamp(inside + name) for name in known}
        return all(now[name] == known[name] or (now[name] == ABSENT and not unchanged) for name in known)

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """Hold the writer's lock; yield False where another process has the lock.

        Raises:
            OSError: the folder cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield _locked(lock)
        finally:
            os.close(lock)

    def touch(self) -> None:
        """Show waiting processes that the holder of the lock still works."""
        with suppress(OSError):
            os.utime(self.folder / _LOCK)

    @property
    def sign_of_life(self) -> tuple[str, str]:
        """A value that changes as long as another process goes on writing."""
        return self.version, stamp(self.folder / _LOCK)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def in_memory() -> "Index":
    """Create an index in memory."""
    from tantivy import Index

    index = register(Index(make_schema()))
    index.config_reader(reload_policy="manual")
    return index


def _passing(name: str) -> bool:
    """Whether a file may change without a change of the index."""
    return name.startswith((".", _META, _STAMPS, _LOCK))
