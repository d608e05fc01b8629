"""A folder with a site, in which only changed files are written."""

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from json.encoder import encode_basestring_ascii
from pathlib import Path
from typing import Any, Final, NamedTuple

from tui.library.atomic_write import write_whole

MANIFEST: Final = ".briefing-site.json"
"""The file that makes a folder a site of ours: all files with their hashes."""
UNFINISHED: Final = ".briefing-site.unfinished"
"""The file with the paths that an export is writing. Only an ended export leaves it."""
_VERSION: Final = 1
_BESIDE: Final = ".briefing-new"
"""The suffix of a file before it takes its place."""
Files = Iterable[tuple[str, bytes]]


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
    """A folder with a site of ours.

    The input and the files of each part are remembered elsewhere. Where that does not match, the part is made.
    """

    def __init__(self, folder: Path, memory: Path | None = None) -> None:
        """Open a folder, which may be missing. `memory` is a folder for its state.

        Raises:
            NotOursError: the folder has something in it and no manifest of ours.
        """
        self.folder = folder
        self._memory = (
            memory / f"{hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:24]}.json" if memory else None
        )
        self._before = _manifest(folder)
        self._known = _remembered(self._memory) if self._before else {}
        self._now: dict[str, str] = {}
        self._made: dict[str, list[Any]] = {}
        self._changes = Changes([], 0, [], [])
        self._kept = 0

    def facts(self, name: str, key: str) -> Any:
        """Return the remembered facts of a part of this input, or None."""
        known = self._known.get(name)
        return known[2] if known and known[0] == key else None

    def make(self, name: str, key: str, files: Callable[[], Files], facts: object = None) -> None:
        """Make a part of the site, unless it stands there unchanged.

        Args:
            name: the name of the part.
            key: changes whenever its files may.
            files: makes the files.
            facts: is remembered with it.
        """
        known = self._known.get(name)
        if known and known[0] == key and self._are_untouched(known[1]):
            for path in known[1]:
                self._now[path] = self._before[path]
            self._made[name] = known
            self._kept += len(known[1])
            return
        stamps, made = {}, [*files()]
        self._announce([path for path, _ in made])
        for path, data in made:
            self._write(path, data)
            stamps[path] = _stamp(self._path(path))
        self._made[name] = [key, stamps, facts]

    def is_stale(self, name: str, key: str) -> bool:
        """Whether a part was made of other input, or never."""
        known = self._known.get(name)
        return known is None or known[0] != key

    def state(self) -> str:
        """Return the state so far, for the site of another process."""
        return json.dumps([self._now, self._made, self._changes.written, self._changes.foreign, self._kept])

    def add(self, state: str) -> None:
        """Add the state of the same site from a child process."""
        now, made, written, foreign, kept = json.loads(state)
        self._now |= now
        self._made |= made
        self._changes.written.extend(written)
        self._changes.foreign.extend(foreign)
        self._kept += kept

    def emptied(self) -> None:
        """Reset the state, so that a child process returns only its part."""
        self._now, self._made, self._kept = {}, {}, 0
        self._changes = Changes([], 0, [], [])

    def finish(self) -> Changes:
        """Remove the files that are made no longer, and write the manifest."""
        for path in sorted(set(self._before) - set(self._now)):
            self._check_way(path)
            self._tell_foreign(path, _digest(self.folder / path))
            with suppress(FileNotFoundError):
                (self.folder / path).unlink()
                self._changes.removed.append(path)
            self._drop_empty(path)
        if self._now != self._before:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(self.folder / MANIFEST, _as_json(self._now))
        (self.folder / UNFINISHED).unlink(missing_ok=True)
        if self._memory and self._made != self._known:
            with suppress(OSError):  # without it everything is made again
                self._memory.parent.mkdir(parents=True, exist_ok=True)
                self._memory.write_text(json.dumps(self._made), encoding="utf-8")
        return self._changes._replace(written=sorted(self._changes.written), kept=self._kept)

    def _are_untouched(self, stamps: Mapping[str, str]) -> bool:
        before, start = self._before, f"{self.folder}/"
        return all(before.get(path) and _stamp(start + path) == stamp for path, stamp in stamps.items())

    def _path(self, path: str) -> str:
        return f"{self.folder}/{path}"

    def _write(self, path: str, data: bytes) -> None:
        """Write a file that has not its content already."""
        digest = hashlib.sha256(data).hexdigest()
        self._now[path] = digest
        here = _digest(self.folder / path)
        if here == digest:
            self._kept += 1
            return
        self._tell_foreign(path, here)
        self._put(path, data)
        self._changes.written.append(path)

    def _tell_foreign(self, path: str, here: str) -> None:
        """Record a file that somebody has changed since an export."""
        if here and (before := self._before.get(path)) != "" and here != before:
            self._changes.foreign.append(path)

    def _put(self, path: str, data: bytes) -> None:
        """Write a file beside its place, and move it there."""
        beside = self.folder / f"{path}{_BESIDE}"
        try:
            beside.write_bytes(data)
            beside.replace(self._path(path))
        except OSError:
            with suppress(OSError):
                beside.unlink()
            raise

    def _announce(self, paths: Iterable[str]) -> None:
        """Record paths before their files are written. The next export then knows them."""
        first = {path.rpartition("/")[0]: path for path in paths}
        for path in first.values():
            self._check_way(path)
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / UNFINISHED, "a", encoding="utf-8", opener=_not_followed) as file:
            file.writelines(f"{path}\n" for path in paths)
        for folder in first:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)

    def _check_way(self, path: str) -> None:
        """Refuse a file behind something that is no folder of the site."""
        for one in (self.folder / path).parents[: path.count("/")]:
            if one.is_symlink():
                raise NotOursError(f"{one}: is a link; a site is written into folders of its own")
            if one.is_file():
                raise NotOursError(f"{one}: is a file where a folder belongs; move it away")

    def _drop_empty(self, path: str) -> None:
        """Remove the folders that a removed file leaves empty."""
        for folder in (self.folder / path).parents[: path.count("/")]:
            with suppress(OSError):
                folder.rmdir()


def _stamp(path: str) -> str:
    """Return the time and size of a file; empty without a file."""
    try:
        found = os.lstat(path)
    except OSError:
        return ""
    return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"


def _remembered(file: Path | None) -> dict[str, list[Any]]:
    """Read the memory. A damaged one is empty."""
    if file is None:
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    is_sound = isinstance(found, dict) and all(isinstance(one, list) and len(one) == 3 for one in found.values())
    return found if is_sound else {}


def _manifest(folder: Path) -> Mapping[str, str]:
    """Read the hashes of the files of a site. Files of an ended export have none."""
    try:
        is_empty = not any(folder.iterdir())
    except FileNotFoundError:
        return {}
    except NotADirectoryError:
        raise NotOursError(f"{folder}: is no folder; name another") from None
    if is_empty:
        return {}
    try:
        is_first = (folder / UNFINISHED).is_file() and not (folder / MANIFEST).exists()
        written: Any = {"version": _VERSION, "files": {}} if is_first else json.loads((folder / MANIFEST).read_bytes())
        files = {**written["files"], **_begun(folder / UNFINISHED)}
        if written["version"] == _VERSION and all(map(_is_inside, files)):
            return files
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise NotOursError(f"{folder}: is not empty, and has no manifest of a site ({MANIFEST}); name an empty folder")


def _begun(file: Path) -> dict[str, str]:
    """Return the files that an ended export may have written, without hashes."""
    paths = file.read_text(encoding="utf-8").split("\n")[:-1] if file.exists() else []
    return dict.fromkeys([*paths, *(f"{path}{_BESIDE}" for path in paths)], "")


def _not_followed(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o666)


def _is_inside(path: object) -> bool:
    if not isinstance(path, str) or path[:1] == "/" or "\0" in path:
        return False
    return ".." not in path or ".." not in path.split("/")


def _digest(file: Path) -> str:
    """Return the hash of a file; empty where there is none."""
    try:
        mode = file.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return ""
    if stat.S_ISLNK(mode):
        return "link"
    if not stat.S_ISREG(mode):
        raise NotOursError(f"{file}: is a folder or device where a page belongs; move it away")
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _as_json(files: Mapping[str, str]) -> bytes:
    """Write the manifest, a line a file."""
    lines = ",\n".join([f'{encode_basestring_ascii(path)}: "{files[path]}"' for path in sorted(files)])
    return f'{{"version": {_VERSION}, "files": {{\n{lines}\n}}}}\n'.encode()
