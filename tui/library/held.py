"""Held texts: found by their hash, in the briefing's own folder or in the user's."""

import contextlib
import os
from pathlib import Path
from typing import Final, NamedTuple

from tui.briefing.files import HELD_FOLDER, MAX_HELD_BYTES, UnreadableFileError, inside, read_bounded

SUFFIX: Final = ".txt"


class HeldText(NamedTuple):
    """A text that is held, and whether it is the one that the briefing names."""

    text: str
    sha256: str
    path: Path


def candidates(folder: Path, held_by_user: Path, name: str | None, sha256: str | None) -> tuple[Path, ...]:
    """Name the files in which a source's text may be, the briefing's own first."""
    found = []
    for file in (name, f"{sha256}{SUFFIX}" if sha256 else None):
        # The loader reports a path that leaves its folder; here it only holds nothing.
        with contextlib.suppress(UnreadableFileError):
            found += [inside(folder / HELD_FOLDER, file)] if file else []
    if sha256:
        found.append(held_by_user / f"{sha256}{SUFFIX}")
    return tuple(found)


def read(path: Path) -> HeldText | None:
    """Read a held text; None where there is none that could be read."""
    import hashlib  # a warm start reads no text, and so goes without it

    try:
        data = read_bounded(path, MAX_HELD_BYTES)
        return HeldText(data.decode("utf-8"), hashlib.sha256(data).hexdigest(), path)
    except (UnreadableFileError, UnicodeDecodeError):
        return None


def size(path: Path) -> int:
    """Return the bytes of a held text; 0 where there is none."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def unreadable(paths: tuple[Path, ...]) -> list[str]:
    """Return why files that are there cannot be read as texts, each with its path."""
    found = []
    for path in paths:
        try:
            read_bounded(path, MAX_HELD_BYTES).decode("utf-8")
        except UnreadableFileError as error:
            found += [f"{path} {error}"] if os.path.lexists(path) else []
        except UnicodeDecodeError:
            found.append(f"{path} is not UTF-8")
    return found


def find(paths: tuple[Path, ...]) -> HeldText | None:
    """Read the first of several files that can be read."""
    return next((text for text in map(read, paths) if text is not None), None)
