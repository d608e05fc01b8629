"""Writing a file whole or not at all."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Final

_MODE: Final = 0o644
_WRITABLE: Final = 0o222


class ChangedFileError(OSError):
    """A file that changed between reading and writing."""


def write_whole(path: Path, data: bytes, before: bytes | None = None) -> None:
    """Write a file atomically. Readers see the old content or the new.

    A file that is there keeps its permissions; a link is followed, and stays.

    Args:
        path: the file.
        data: what it is to hold.
        before: what it must still hold for that; None where that does not matter.

    Raises:
        OSError: it cannot be written; then the old one is as it was, and nothing is left beside it.
        ChangedFileError: it holds something else by now, and stays as it is.
    """
    path = Path(os.path.realpath(path))
    mode = path.stat().st_mode & 0o777 if path.exists() else _MODE
    if not mode & _WRITABLE:  # a rename would replace what somebody has locked
        raise PermissionError(errno.EACCES, "it is read-only", str(path))
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        if before is not None and path.read_bytes() != before:
            raise ChangedFileError(errno.EBUSY, "it was changed meanwhile", str(path))
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def write_new(path: Path, data: bytes) -> None:
    """Create a file. A file that is there stays as it is.

    Raises:
        FileExistsError: there is one.
        OSError: it cannot be written; then nothing is left of it.
    """
    with path.open("xb", buffering=0) as file:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
        except OSError:
            path.unlink(missing_ok=True)
            raise
