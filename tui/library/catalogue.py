"""The catalogue, a cache of the content folders for quick starts.

It is compiled from the TOML and never trusted where the files have changed since. It may be deleted at any time, and is
rebuilt where it is damaged, foreign or of another version.

Whoever keeps anything of a briefing asks the register, with `find` or `id_of`, whether it may still be shown.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from tui.briefing import kinds
from tui.briefing.files import FILE_NAME
from tui.briefing.problems import Problem
from tui.library.catalogue_queries import CatalogueQueries
from tui.library.child_process import ChildProcess
from tui.library.content_folders import Devices, FolderScans, scan_folder, scan_folders, scan_folders_once
from tui.library.database import Cache, Statement
from tui.library.known_files import KnownFiles
from tui.library.stamps import briefing_stamp, is_there, stamp, unchanged
from tui.library.summaries import Summary, statements_of
from tui.library.text_folders import NO_FOLDERS, TextFolders

if TYPE_CHECKING:  # a list opens no briefing, and needs neither records nor volumes
    from tui.briefing.memory import Memory
    from tui.library.records import Edition
    from tui.library.records_json import CompiledFile
    from tui.library.volume import Volume

SCHEMA: Final = """
CREATE TABLE briefing (
    path TEXT PRIMARY KEY, root TEXT NOT NULL, stamp TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL,
    bluf TEXT NOT NULL, as_of TEXT NOT NULL, digest TEXT NOT NULL, counts TEXT NOT NULL, problems TEXT NOT NULL,
    publication TEXT NOT NULL, header TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX reading_order ON briefing (as_of DESC, title, path);
CREATE INDEX by_id ON briefing (id);
CREATE TABLE edition (path TEXT PRIMARY KEY, inputs TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE former (id TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (id, path)) WITHOUT ROWID;
CREATE TABLE listed (path TEXT PRIMARY KEY, entries TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE folder (root TEXT PRIMARY KEY, devices TEXT NOT NULL) WITHOUT ROWID;
"""
VERSION: Final = 13 * 1000 + kinds.VERSION
"""The version of the cache. Raise this number with every change of the schema, the records or the compiler."""


class Result(NamedTuple):
    """The result of opening a briefing: a volume, problems, or both.

    With both, the volume is the last good edition.
    """

    volume: "Volume | None"
    problems: tuple[Problem, ...]
    inputs: dict[str, str]
    """The files that the result depends on, with their stamps; the briefing's own is the first."""

    @property
    def path(self) -> Path:
        """The briefing's file."""
        return self.volume.path if self.volume else Path(next(iter(self.inputs)))


class Catalogue(CatalogueQueries):
    """The briefings of one or more content folders."""

    tells_folders: ClassVar = True
    """Whether readers may see paths of the machine."""

    def __init__(
        self,
        cache_file: Path | None,
        roots: Iterable[Path],
        held_by_user: Path,
        may_lack: Collection[Path] = (),
        texts: TextFolders = NO_FOLDERS,
    ) -> None:
        """Open the cache, or create a new one. Without a usable file it lives in memory.

        Args:
            cache_file: the file of the cache.
            roots: the content folders.
            held_by_user: the folder of the texts that the user holds.
            may_lack: those of the content folders that need not be there.
            texts: further folders in which texts are found by their hashes.
        """
        super().__init__(Cache(cache_file, VERSION, SCHEMA), roots)
        self._known = KnownFiles(self.cache)
        self._held_by_user = held_by_user
        self.texts = texts
        self.may_lack = frozenset(may_lack)
        self._waiting: list[Statement] = []
        self._writes = self._count_writes()
        self._held_before = self.held_stamp
        self._is_changed = False

    def change_roots(self, roots: Iterable[Path]) -> None:
        """Replace the content folders. Briefings of former folders are gone at once."""
        self.scanned.roots, self._is_changed = tuple(map(Path, roots)), True

    def close(self) -> None:
        """Close the cache."""
        self.cache.close()

    def all_rows(self) -> tuple[Summary, ...]:
        """Refresh the catalogue and return all briefings.

        A cache that proves damaged only now is rebuilt.
        """
        self.refresh()
        losses, rows = self.cache.losses, self.rows(0, max(1, self.count()))
        if losses != self.cache.losses:
            self.refresh()
            rows = self.rows(0, max(1, self.count()))
        return rows

    @property
    def cache_folder(self) -> Path | None:
        """The folder of the caches; None for caches in memory."""
        return self.cache.folder

    @property
    def held_stamp(self) -> str:
        """A stamp of all folders of source texts outside the briefings."""
        return f"{stamp(self._held_by_user)} {self.texts.stamp}".rstrip()

    def open(self, path: Path, memory: "Memory | None" = None) -> Result:
        """Open a briefing, from the cache if its files are unchanged. Else `memory` has its known tables."""
        return self._cached(path) or self._while_away(path) or self._compile(path, memory)

    def open_named(self, name: str) -> Result | None:
        """Open a briefing by its id. Return None if no file has the id now."""
        path = self.find(name)
        if path is None:
            return None
        result = self.open(path)
        if result.volume is None:
            return result if result.problems else None
        return result if result.volume.edition.is_called(name) else None

    def _while_away(self, path: Path) -> Result | None:
        """Open the last good edition of a briefing whose folder is away."""
        root = self.root_of(path)
        if (
            root is None
            or is_there(stamp(path))
            or not scan_folder(root, self._known.devices().get(str(root), {})).away
        ):
            return None
        return self._cached(path, as_it_was=True)

    def open_ahead(self, path: Path) -> Callable[[], Result]:
        """Start to open a briefing in a child process. The returned function waits for the result."""
        if (found := self._cached(path)) is not None:
            return lambda: found
        own_stamp = briefing_stamp(path)
        ahead = ChildProcess(lambda: self._opened(path).as_json())

        def result() -> Result:
            with suppress(ValueError, TypeError):
                if text := ahead.take():
                    from tui.library.records_json import compiled_file_from_json

                    opened = compiled_file_from_json(text)
                    # The cache is written when there is time: by the next refresh.
                    self._waiting.extend(statements_of(path, self.root_of(path), own_stamp, opened))
                    return _result(path, opened)
            return self._compile(path)

        return result

    def _cached(self, path: Path, *, as_it_was: bool = False) -> Result | None:
        for written, body in self.cache.ask("SELECT inputs, body FROM edition WHERE path = ?", (str(path),)):
            with suppress(ValueError, TypeError, AttributeError):  # a damaged row: it is compiled anew
                inputs: dict[str, str] = json.loads(written)
                if as_it_was or (stamp(path) == inputs.get(str(path)) and unchanged(inputs)):
                    return Result(_volume(_edition(body), path), (), inputs)
        return None

    def _opened(self, path: Path, memory: "Memory | None" = None) -> "CompiledFile":
        # Here and nowhere before: reading the TOML takes pydantic, which a warm start does without.
        from tui.library.compiling import compile_file

        return compile_file(path, self._held_by_user, self._shown(path), self.texts, memory)

    def _compile(self, path: Path, memory: "Memory | None" = None) -> Result:
        own_stamp = briefing_stamp(path)
        opened = self._opened(path, memory)
        self.cache.write(statements_of(path, self.root_of(path), own_stamp, opened))
        return _result(path, opened)

    def files(self) -> list[Path]:
        """Return the files of all briefings in the content folders.

        A folder that cannot be read is returned as the briefing that it may be.
        """
        devices = self._known.devices()
        scans = scan_folders_once(self.roots, devices)
        self._note(scans, devices)
        return [*map(Path, scans.present), *(Path(problem.path) / FILE_NAME for problem in self.unread)]

    def refresh(self, progress: Callable[[int, int], bool] = lambda _done, _all: True) -> bool:
        """Scan the content folders and compile new or changed briefings.

        Args:
            progress: is told how many of how many changed briefings are done; what it gives back says whether to go on.

        Returns:
            Whether anything was new or changed since the last look, whoever found it.
        """
        losses, unread, changed = self.cache.losses, self.unread, self._refresh(progress)
        if losses != self.cache.losses:  # what was found before the cache was lost is found anew
            changed = self._refresh(progress) or changed
        return changed or unread != self.unread

    def settle(self) -> bool:
        """Cache the briefings that were opened ahead. Return whether there were any."""
        waiting, self._waiting = self._waiting, []
        self.cache.write(waiting)
        return bool(waiting)

    def _refresh(self, progress: Callable[[int, int], bool]) -> bool:
        was_opened = self.settle()
        self.texts.refresh()
        held, self._held_before = self._held_before, self.held_stamp
        is_changed, self._is_changed = self._is_changed or was_opened or held != self._held_before, False
        now = self._count_writes()
        known, devices = self._known.inside([str(root) for root in self.roots], now)
        scans, gone = scan_folders(self.roots, {path: root for path, (root, _) in known.items()}, devices)
        self._note(scans, devices)
        self.cache.write(
            (f"DELETE FROM {table} WHERE path = ?", (path,))
            for path in gone
            for table in ("briefing", "edition", "former", "listed")
        )
        stale = [path for path, now in scans.present.items() if path not in known or known[path][1] != now]
        self.scanned.pending = len(stale)
        for done, path in enumerate(stale, 1):
            self._compile(Path(path))
            self.scanned.pending = len(stale) - done
            if not progress(done, len(stale)):
                break
        # Another process that shares the cache may have been faster, and so may whoever opened a briefing here.
        has_written = self.cache.writes != now[1]
        before, self._writes = self._writes, self._count_writes() if has_written else now
        return bool(gone or stale) or is_changed or before != self._writes

    def _note(self, scans: FolderScans, before: Mapping[str, Devices]) -> None:
        """Record the folders that are away, and the devices of the others.

        Args:
            scans: the folders as they are now.
            before: the last known devices of each.
        """
        self.scanned.away, self.scanned.unread = scans.away, tuple(scans.unread(self.may_lack))
        self.cache.write(
            ("INSERT OR REPLACE INTO folder VALUES (?, ?)", (root, json.dumps(found.devices)))
            for root, found in scans.folders.items()
            if found.devices and before.get(root) != found.devices
        )

    def _count_writes(self) -> tuple[int, int]:
        """Return counters of the writes of other processes and of this process."""
        [(elsewhere,)] = self.cache.ask("PRAGMA data_version")
        return int(elsewhere), self.cache.writes

    def _shown(self, path: Path) -> str:
        """Return the name of a file for messages, without the folders above."""
        root = self.root_of(path)
        return str(path.relative_to(root.parent)) if root else str(path)


def _edition(body: str) -> "Edition":
    from tui.library.records_json import from_json

    return from_json(json.loads(body))


def _volume(edition: "Edition", path: Path) -> "Volume":
    from tui.library.volume import Volume  # a list opens no briefing

    return Volume(edition, path)


def _result(path: Path, opened: "CompiledFile") -> Result:
    return Result(_volume(opened.edition, path) if opened.edition else None, opened.problems, opened.inputs)
