"""Scans of content folders: present and missing briefings, folders that are away.

A folder is away where it cannot be read, or where the device that held it is not there, as at the mount point of a volume
that is not mounted. A folder that was deleted is not away.
"""

import errno
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from tui.briefing.problems import Problem
from tui.library.stamps import ABSENT, NOT_THERE, list_briefings, stamp

Devices = Mapping[str, int]
"""The device of a folder and of each folder above it, the folder itself first."""
_FORBIDDEN: Final = os.strerror(errno.EACCES).lower()
_UNMOUNTED: Final = "its volume is not mounted"
IS_BRIEFING: Final = "is the folder of one briefing"
SECOND_SCAN: Final = 0.2
"""Seconds before the second check of a missing file, since an editor may be writing the file."""

_SHARE: Final = 20
"""The least pause between two scans, as a multiple of the time of an idle scan."""


class Folder(NamedTuple):
    """A content folder as it is at one moment."""

    present: Mapping[str, str]
    """The TOML file of every briefing with its stamp, as `briefing_stamp` returns it."""
    away: str = ""
    """The reason of a folder that is away; empty for a present or deleted folder."""
    devices: Devices = {}
    """The devices of the folder; empty for a missing folder."""
    is_missing: bool = False
    """Whether there is no such folder."""
    is_briefing: bool = False
    """Whether the folder is that of one briefing."""


class FolderScans(NamedTuple):
    """All content folders of a library at one moment."""

    folders: Mapping[str, Folder]

    @property
    def present(self) -> dict[str, str]:
        """The TOML files that are there with their stamps."""
        return {path: now for scan in self.folders.values() for path, now in scan.present.items()}

    @property
    def away(self) -> dict[str, str]:
        """The folders that are away, each with the reason."""
        return {root: scan.away for root, scan in self.folders.items() if scan.away}

    def unread(self, may_lack: Collection[Path]) -> Iterator[Problem]:
        """Yield the problems of unreadable content folders.

        Args:
            may_lack: the folders that need not be there.
        """
        for root, found in self.folders.items():
            if found.away == _UNMOUNTED:
                yield Problem(root, 0, 0, "", f"the folder is away: {found.away}", "mount it")
            elif found.away:
                remedy = "mend its permissions" if found.away == _FORBIDDEN else "mend it"
                yield Problem(root, 0, 0, "", f"the folder cannot be read: {found.away}", remedy)
            elif found.is_briefing:
                yield Problem(root, 0, 0, "", IS_BRIEFING, f"name the one above it, {Path(root).parent}")
            elif found.is_missing and Path(root) not in may_lack:
                is_other = stamp(Path(root)) != ABSENT
                said = "is no folder" if is_other else "there is no such folder"
                remedy = "name one" if is_other else "create it"
                yield Problem(root, 0, 0, "", said, f"{remedy}, or take it out of the library")

    def missing(self, known: Mapping[str, str]) -> set[str]:
        """Return the known files that are not in their folder. A folder that is away misses none.

        Args:
            known: files, each with its content folder.
        """
        return {
            path for path, root in known.items() if not (scan := self.folders[root]).away and path not in scan.present
        }


def scan_folders(
    roots: Iterable[Path], known: Mapping[str, str], devices: Mapping[str, Devices]
) -> tuple[FolderScans, set[str]]:
    """Scan all content folders, a second time if a file is missing.

    Args:
        roots: the folders.
        known: the files that were there before, each with its content folder.
        devices: where each folder lay when it was last there.

    Returns:
        The last scan, and the files that are gone: missing at both scans.
    """
    folders = tuple(roots)
    scans = scan_folders_once(folders, devices)
    gone = scans.missing(known)
    if gone:
        time.sleep(SECOND_SCAN)
        scans = scan_folders_once(folders, devices)
        gone &= scans.missing(known)
    return scans, gone


def scan_folders_once(roots: Iterable[Path], devices: Mapping[str, Devices]) -> FolderScans:
    """Scan all content folders once. The arguments are those of `scan_folders`."""
    return FolderScans({str(root): scan_folder(root, devices.get(str(root), {})) for root in roots})


def scan_folder(root: Path, before: Devices = {}) -> Folder:  # noqa: B006 - read only
    """Scan a content folder.

    Args:
        root: the folder.
        before: where it lay when it was last there; empty where that is not known.
    """
    found = list_briefings(root)
    if found.error:
        return Folder({}, _why_away(found.error, before), is_missing=found.is_missing)
    devices = _devices(root, before)
    # A volume that was mounted again may have another number; an empty folder is the place where it was mounted.
    if not found.briefings and before and next(iter(devices.values()), None) != next(iter(before.values())):
        return Folder({}, _UNMOUNTED)
    return Folder(found.briefings, "", devices, is_briefing=found.is_briefing)


def _why_away(error: OSError, before: Devices) -> str:
    """Return the reason of an unreadable folder; empty for a deleted folder."""
    if error.errno not in NOT_THERE:
        return (error.strerror or str(error)).lower()
    for folder, device in before.items():
        try:
            return _UNMOUNTED if os.stat(folder).st_dev != device else ""  # noqa: PTH116 - the names are texts
        except OSError as above:
            if above.errno not in NOT_THERE:
                return (above.strerror or str(above)).lower()
    return ""


def _is_where_it_was(root: Path, before: Devices) -> bool:
    """Whether a folder is the first known folder, on its device."""
    try:
        now, name = os.stat(root), os.fspath(root)  # noqa: PTH116 - texts, as each look comes here
        return any(
            device == now.st_dev and (folder == name or os.path.samestat(now, os.stat(folder)))  # noqa: PTH116 - likewise
            for folder, device in islice(before.items(), 1)
        )
    except OSError:
        return False


def _devices(root: Path, before: Devices) -> Devices:
    """Return the devices of a folder, or those of before."""
    if _is_where_it_was(root, before):
        return before
    real = os.path.realpath(root)
    try:
        folders = [real]
        while (above := os.path.dirname(folders[-1])) != folders[-1]:  # noqa: PTH120 - texts, as each look comes here
            folders.append(above)
        return {folder: os.stat(folder).st_dev for folder in folders}  # noqa: PTH116 - likewise
    except OSError:
        return {}


class _Library(Protocol):
    @property
    def roots(self) -> tuple[Path, ...]: ...


class ScanSchedule:
    """The schedule of scans: rare, and at once after a folder changed."""

    def __init__(self, library: _Library) -> None:
        """Schedule the first scan at once."""
        self._library = library
        self._due = 0.0
        self._roots: tuple[str, ...] = ()

    def is_due(self) -> bool:
        """Whether to scan now."""
        return time.monotonic() >= self._due or self._stamps() != self._roots

    def run(self, refresh: Callable[[], bool]) -> bool:
        """Run a scan and measure its time. Return whether anything was new."""
        began, self._roots = time.monotonic(), self._stamps()
        is_new = refresh()
        now = time.monotonic()
        self._due = now if is_new else now + _SHARE * (now - began)
        return is_new

    def _stamps(self) -> tuple[str, ...]:
        return tuple(map(stamp, self._library.roots))
