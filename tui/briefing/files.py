"""Safe reading of strangers' files: no device, no flood, no foreign folder."""

import os
import stat
from pathlib import Path
from typing import Final

FILE_NAME: Final = "briefing.toml"
LOCK_NAME: Final = "sources.lock"
HELD_FOLDER: Final = "held"
"""The folder beside the TOML with the texts that the briefing may publish."""
MAX_BRIEFING_BYTES: Final = 64 * 1024 * 1024
"""A briefing of 20,000 entries has about 12 MB; five times that is no longer written by hand."""
MAX_HELD_BYTES: Final = 16 * 1024 * 1024
"""The plain text of a very long book has 6 MB."""


class UnreadableFileError(Exception):
    """A file that cannot or must not be read. The message has the reason and remedy."""


def read_bounded(path: Path, limit: int) -> bytes:
    """Read a regular file of at most `limit` bytes.

    Raises:
        UnreadableFileError: it is missing, no regular file, too large, or the system refuses it.
    """
    try:
        # Without O_NONBLOCK a FIFO that nobody writes to would hold us for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            os.close(descriptor)
            msg = f"is {_name_of_type(mode)}; put a regular file there"
            raise UnreadableFileError(msg)
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        msg = "there is no such file; check its name"
        raise UnreadableFileError(msg) from None
    except ValueError as error:
        msg = "cannot be read: its name holds a NUL"
        raise UnreadableFileError(msg) from error
    except OSError as error:
        msg = f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise UnreadableFileError(msg) from error
    if len(data) > limit:
        msg = f"is larger than {limit // 1_048_576} MiB; split it"
        raise UnreadableFileError(msg)
    return data


def inside(folder: Path, name: str) -> Path:
    """Return the path of a file inside a folder, with links followed.

    The folder itself must not be a link to another place.

    Raises:
        UnreadableFileError: the name or a link on its way leaves the folder.
    """
    candidate = Path(name)
    msg = f"{name!r} leaves its folder {folder.name}/; write a plain file name"
    if candidate.is_absolute() or ".." in candidate.parts or "\x00" in name:
        raise UnreadableFileError(msg)
    try:
        root = folder.parent.resolve() / folder.name
        path = (folder / candidate).resolve()
    except (OSError, RuntimeError) as error:  # a loop of links
        loop = f"{name!r} cannot be followed: its links lead nowhere"
        raise UnreadableFileError(loop) from error
    if not path.is_relative_to(root):
        raise UnreadableFileError(msg)
    return path


def _name_of_type(mode: int) -> str:
    kinds = {
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a FIFO",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return kinds.get(stat.S_IFMT(mode), "no regular file")
