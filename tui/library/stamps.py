"""Telling whether a file is still the same without reading it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tui.briefing.files import FILE_NAME, HELD_FOLDER

ABSENT: Final = "-"


def stamp(path: str | Path) -> str:
    """Give a short text that changes with a file's content as far as its time, size and number tell."""
    try:
        status = os.stat(path)  # noqa: PTH116 (a library has thousands of files, and a Path for each takes its time)
    except (OSError, ValueError):
        return ABSENT
    return f"{status.st_mtime_ns}.{status.st_size}.{status.st_ino}"


def stamped_briefings(root: Path) -> Iterator[tuple[str, str]]:
    """Give the TOML file of every briefing below a content folder with its stamp, as `briefing_stamp` gives it.

    A folder that is not there has none. Paths are texts here: for 10,000 files objects would take most of the time.
    """
    try:
        with os.scandir(root) as folders:
            names = sorted(folder.name for folder in folders if _may_be_briefing(folder.name))
    except OSError:
        return
    inside = f"{root}".rstrip(os.sep) + os.sep
    for name in names:
        folder_name = f"{inside}{name}{os.sep}"
        file = folder_name + FILE_NAME
        if (own := stamp(file)) != ABSENT:
            yield file, f"{own} {stamp(folder_name + HELD_FOLDER)}"


def briefings_in(root: Path) -> Iterator[Path]:
    """Give the TOML file of every briefing below a content folder; a folder that is not there has none."""
    return (Path(path) for path, _ in stamped_briefings(root))


def _may_be_briefing(name: str) -> bool:
    """Tell a folder's name that is neither hidden nor, as bytes that are no UTF-8 are, beyond what can be written."""
    return not name.startswith(".") and not any("\ud800" <= character <= "\udfff" for character in name)


def briefing_stamp(path: Path) -> str:
    """Stamp a briefing's file with its folder of held texts, since a briefing may be broken for want of one."""
    return f"{stamp(path)} {stamp(path.parent / HELD_FOLDER)}"
