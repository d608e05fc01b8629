"""A folder with a site, in which only changed files are written."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from tui.library.atomic_write import write_whole

MANIFEST: Final = ".briefing-site.json"
"""The file that makes a folder a site of ours: all files with their hashes."""
_VERSION: Final = 1
_BESIDE: Final = ".briefing-new"
"""The suffix of a file before it takes its place."""


class NotOursError(Exception):
    """A folder that must not be written. The message is one line with the remedy."""


class Changes(NamedTuple):
    """The difference that an export made."""

    written: list[str]
    kept: int
    """The number of files that were as they should be."""
    removed: list[str]
    foreign: list[str]
    """The files that somebody had changed, and that were written or removed."""


class Site:
    """A folder with a site of ours."""

    def __init__(self, folder: Path) -> None:
        """Open a folder, which may be missing.

        Raises:
            NotOursError: the folder has something in it and no manifest of ours.
        """
        self.folder = folder
        self._before = _manifest(folder)
        self._now: dict[str, str] = {}
        self._changes = Changes([], 0, [], [])
        self._kept = 0

    def write(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Write files by their paths. Files that have their content already are left alone."""
        for path, data in files:
            digest = hashlib.sha256(data).hexdigest()
            self._now[path] = digest
            here = _digest(self.folder / path)
            if here == digest:
                self._kept += 1
                continue
            if here and here != self._before.get(path):
                self._changes.foreign.append(path)
            self._put(path, data)
            self._changes.written.append(path)

    def finish(self) -> Changes:
        """Remove the files that are made no longer, and write the manifest."""
        for path in sorted(set(self._before) - set(self._now)):
            here = _digest(self.folder / path)
            if here and here != self._before[path]:
                self._changes.foreign.append(path)
            with suppress(FileNotFoundError):
                (self.folder / path).unlink()
                self._changes.removed.append(path)
            self._drop_empty(path)
        data = _as_json(self._now)
        if _digest(self.folder / MANIFEST) != hashlib.sha256(data).hexdigest():
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(self.folder / MANIFEST, data)
        return self._changes._replace(kept=self._kept)

    def _put(self, path: str, data: bytes) -> None:
        """Write a file beside its place, and move it there."""
        file = self.folder / path
        beside = file.with_name(f"{file.name}{_BESIDE}")
        for folder in (*reversed(file.parents[: path.count("/")]), file.parent):
            if folder.is_symlink():
                raise NotOursError(f"{folder}: is a link; a site is written into folders of its own")
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(file)

    def _drop_empty(self, path: str) -> None:
        """Remove the folders that a removed file leaves empty."""
        for folder in (self.folder / path).parents[: path.count("/")]:
            with suppress(OSError):
                folder.rmdir()


def _manifest(folder: Path) -> Mapping[str, str]:
    """Read the hashes of the files of a site."""
    try:
        is_empty = not any(folder.iterdir())
    except FileNotFoundError:
        return {}
    except NotADirectoryError:
        raise NotOursError(f"{folder}: is no folder; name another") from None
    if is_empty:
        return {}
    try:
        written = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = dict(written["files"])
        if written["version"] == _VERSION and all(_is_inside(path) for path in files):
            return files
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise NotOursError(f"{folder}: is not empty, and has no manifest of a site ({MANIFEST}); name an empty folder")


def _is_inside(path: object) -> bool:
    return isinstance(path, str) and not path.startswith("/") and ".." not in path.split("/") and "\0" not in path


def _digest(file: Path) -> str:
    """Return the hash of a file; empty where there is none."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() if not file.is_symlink() else "link"
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except IsADirectoryError:
        raise NotOursError(f"{file}: is a folder where a page belongs; move it away") from None


def _as_json(files: Mapping[str, str]) -> bytes:
    text = json.dumps({"version": _VERSION, "files": dict(sorted(files.items()))}, indent=0, ensure_ascii=False)
    return f"{text}\n".encode()
