"""Telling whether a file is still the same without reading it."""

import errno
import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from tui.briefing.files import FILE_NAME, HELD_FOLDER, LOCK_NAME

ABSENT: Final = "-"
_UNREAD: Final = "!"
NOT_THERE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL})
_NO_BRIEFING: Final = frozenset({"lost+found"})
"""Folders of the system's own, which only root may enter."""


class FolderListing(NamedTuple):
    """The result of a scan of a content folder."""

    briefings: dict[str, str]
    """The TOML file of every briefing with its stamp, also of those that cannot be read."""
    error: OSError | None = None
    """The error of an unreadable folder; None for a readable folder."""
    is_briefing: bool = False
    """Whether the folder is no content folder, but that of one briefing."""

    @property
    def is_missing(self) -> bool:
        """Whether there is no such folder."""
        return self.error is not None and self.error.errno in NOT_THERE


def stamp(path: str | Path, inside: int | None = None) -> str:
    """Return a text that changes with a file's content or permissions.

    So it changes with the permissions too. A file that cannot be looked at has another text than a missing file.

    Args:
        path: the file.
        inside: the descriptor of the folder in which the path begins; None for the current folder.
    """
    try:
        status = os.stat(path, dir_fd=inside)
    except ValueError:
        return ABSENT
    except OSError as error:
        return ABSENT if error.errno in NOT_THERE else f"{_UNREAD}{error.errno}"
    return stamp_of(status)


def stamp_of(status: os.stat_result) -> str:
    """Return the stamp of a file that was looked at."""
    return f"{status.st_mtime_ns}.{status.st_size}.{status.st_ino}.{status.st_ctime_ns}"


def input_of(path: Path) -> dict[str, str]:
    """Return a file with its stamp, or its missing folder.

    One missing folder stands for all files in it. A kiosk looks every second.
    """
    now = stamp(path)
    if now == ABSENT and stamp(path.parent) == ABSENT:
        return {str(path.parent): ABSENT}
    return {str(path): now}


def is_there(stamped: str) -> bool:
    """Whether a stamp is of a file that could be looked at."""
    return stamped != ABSENT and not stamped.startswith(_UNREAD)


def list_briefings(root: Path) -> FolderListing:
    """Find the briefings of a content folder, each with its `briefing_stamp`.

    Paths are texts here: for 10,000 files objects would take most of the time. They begin in the folder, since the
    system takes as long for those above it as for the file.
    """
    try:
        with os.scandir(root) as folders:
            names = sorted(folder.name for folder in folders if _may_be_briefing(folder))
        inside = os.open(root, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        return FolderListing({}, error)
    above = f"{root}".rstrip(os.sep) + os.sep
    try:
        found = {
            f"{above}{name}{os.sep}{FILE_NAME}": _with_others(own, f"{name}{os.sep}", above, inside)
            for name in names
            if (own := stamp(f"{name}{os.sep}{FILE_NAME}", inside)) != ABSENT
        }
    finally:
        os.close(inside)
    return FolderListing(found, is_briefing=not found and stamp(above + FILE_NAME) != ABSENT)


def _may_be_briefing(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry may be a folder. Hidden names and invalid UTF-8 are not."""
    name = entry.name
    if name.startswith(".") or name in _NO_BRIEFING:
        return False
    if not name.isascii() and any("\ud800" <= character <= "\udfff" for character in name):
        return False
    try:
        return entry.is_dir()
    except OSError:  # what cannot be looked at is not missing
        return True


def briefing_stamp(path: Path) -> str:
    """Stamp the files that may break a briefing: its own, lock, texts."""
    return _with_others(stamp(path), f"{path.parent}{os.sep}")


def _with_others(own: str, folder_name: str, above: str = "", inside: int | None = None) -> str:
    """Add the stamps of the lock and of the held texts.

    Most briefings have neither. To ask whether a file is there takes half as long as to look at it in vain.
    """
    lock, held = folder_name + LOCK_NAME, folder_name + HELD_FOLDER
    if not is_there(own):  # the folder itself may be closed
        return f"{own} {stamp(lock, inside)} {_folder_stamp(held, above, inside)}"
    lock = stamp(lock, inside) if os.access(lock, os.F_OK, dir_fd=inside) else ABSENT
    held = _folder_stamp(held, above, inside) if os.access(held, os.F_OK, dir_fd=inside) else ABSENT
    return f"{own} {lock} {held}"


def _folder_stamp(path: str, above: str, inside: int | None) -> str:
    """Return a text that changes with a folder and its files."""
    own = stamp(path, inside)
    return f"{own}.{zlib.crc32(repr(sorted(_inside(above + path))).encode())}" if is_there(own) else own


def _inside(path: str) -> Iterator[tuple[object, ...]]:
    """Yield the path and the stamp of each file in a folder."""
    try:
        with os.scandir(path) as entries:
            found = list(entries)
    except OSError as error:
        yield path, error.errno
        return
    for entry in found:
        try:
            status = entry.stat()
        except OSError as error:
            yield entry.path, error.errno
            continue
        yield entry.path, status.st_size, status.st_ino, status.st_ctime_ns  # the time of a change of any kind
        if entry.is_dir(follow_symlinks=False):
            yield from _inside(entry.path)


def unchanged(inputs: Mapping[str, str]) -> bool:
    """Whether files are unchanged. Unreadable files count as unchanged."""
    found = ((known, stamp(name)) for name, known in inputs.items())
    return all(now == known or now.startswith(_UNREAD) for known, now in found)
