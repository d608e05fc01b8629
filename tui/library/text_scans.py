"""Scans of a text folder, bounded in number and size."""

import os
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from tui.briefing.files import MAX_HELD_BYTES, UnreadableFileError, read_bounded
from tui.library.stamps import stamp, stamp_of

MOST_FILES: Final = 10_000
"""Files and folders of one text folder that are looked at; these take 50 ms."""
MOST_BYTES: Final = 1 << 30
"""Bytes of the files in one text folder; hashing these takes two seconds."""
_LINK: Final = "link", "links"
_NO_FILE: Final = "thing that is no file", "things that are no files"
_TOO_LARGE: Final = f"file above {MAX_HELD_BYTES >> 20} MiB", f"files above {MAX_HELD_BYTES >> 20} MiB"
_UNREADABLE: Final = "unreadable file or folder", "unreadable files or folders"
_Words = tuple[str, str]


class _BoundError(Exception):
    """A folder exceeds a bound, which the message names."""


class _Found(NamedTuple):
    files: dict[str, tuple[str, str]]
    """Each file with its stamp and SHA-256; the hash is empty where the file cannot be read."""
    folders: dict[str, str]
    """Each folder with its stamp."""
    trouble: str = ""
    """One line about the files left out; empty where all was read."""


class Scan(_Found):
    """The result of a scan."""

    @cached_property
    def by_hash(self) -> Mapping[str, str]:
        """The files by their hashes."""
        return {sha256: name for name, (_, sha256) in self.files.items() if sha256}


def scan(root: Path, known: Mapping[str, tuple[str, str]]) -> Scan:
    """Scan a folder with the folders in it.

    Hidden files are left out. Links are not followed, so that a scan stays inside the folder and ends.

    Args:
        root: the folder.
        known: the files of an earlier scan; those with the same stamp keep their hashes.
    """
    return _Scanner(known).scan(str(root))


class _Scanner:
    def __init__(self, known: Mapping[str, tuple[str, str]]) -> None:
        self._known = known
        self._files: dict[str, tuple[str, str]] = {}
        self._folders: dict[str, str] = {}
        self._left_out: Counter[_Words] = Counter()
        self._seen = 0
        self._bytes = 0

    def scan(self, root: str) -> Scan:
        """Scan a folder until a bound is reached."""
        waiting, bound = [root], ""
        try:
            while waiting:
                waiting += self._folder(waiting.pop())
        except OSError as error:
            said = (error.strerror or str(error)).lower()
            bound = f"cannot be read: {said}; mend it, or name another folder"
        except _BoundError as error:
            bound = f"holds more than {error}; the rest was left out; name a smaller folder"
        said = ", ".join(f"{number:,} {what[number > 1]}" for what, number in self._left_out.items() if number)
        left_out = f"left out: {said}" if said else ""
        return Scan(self._files, self._folders, "; ".join(filter(None, (bound, left_out))))

    def _folder(self, name: str) -> Iterator[str]:
        """Scan the files of one folder, and yield the folders in it.

        Raises:
            OSError: it is the first folder, and cannot be read.
        """
        is_first = not self._folders
        self._folders[name] = stamp(name)
        try:
            with os.scandir(name) as listed:
                found = list(islice(listed, MOST_FILES + 1))
        except OSError:
            if is_first:
                raise
            self._left_out[_UNREADABLE] += 1
            return
        for entry in sorted(found, key=lambda one: one.name):
            if entry.name.startswith("."):
                continue
            self._seen += 1
            if self._seen > MOST_FILES:
                raise _BoundError(f"{MOST_FILES:,} files")
            if entry.is_dir(follow_symlinks=False):
                yield entry.path
            else:
                self._file(entry)

    def _file(self, entry: os.DirEntry[str]) -> None:
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            self._left_out[_UNREADABLE] += 1
            return
        if fault := _fault(status):
            self._left_out[fault] += 1
            return
        self._bytes += status.st_size
        if self._bytes > MOST_BYTES:
            raise _BoundError(f"{MOST_BYTES >> 20:,} MiB")
        before, now = self._known.get(entry.path), stamp_of(status)
        self._files[entry.path] = before if before and before[0] == now else (now, hash_of(entry.path))
        self._left_out[_UNREADABLE] += not self._files[entry.path][1]


def _fault(status: os.stat_result) -> _Words | None:
    """Return the reason for leaving a file out, or None."""
    if stat.S_ISLNK(status.st_mode):
        return _LINK
    if not stat.S_ISREG(status.st_mode):
        return _NO_FILE
    return _TOO_LARGE if status.st_size > MAX_HELD_BYTES else None


def hash_of(name: str) -> str:
    """Return the SHA-256 of a file; empty where it cannot be read."""
    import hashlib  # a warm start hashes nothing

    with suppress(UnreadableFileError):
        return hashlib.sha256(read_bounded(Path(name), MAX_HELD_BYTES)).hexdigest()
    return ""
