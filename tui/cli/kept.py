"""The table of all kept files. Each row can remove words for good."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from tui.cli.lookup import CACHE_NAME
from tui.library.catalogue import Catalogue
from tui.library.paths import Folders
from tui.library.purging import Words, held_files, scrub
from tui.search.index.rebuilding import rebuild_all
from tui.state.records import Mark
from tui.state.sqlite import purge_marks
from tui.state.stores import FILE_NAME as OWN_STATE


class Purge(NamedTuple):
    """A removal of words."""

    words: Words
    catalogue: Catalogue
    folders: Folders


Purger = Callable[[Purge, Sequence[Path]], Iterator[str]]
"""Removes words from files, and yields lines about it.

Raises `PurgeError`, `OSError` or `StoreError` where it cannot.
"""


class PurgeError(Exception):
    """Words could not be removed; the message is one line."""


class Kept(NamedTuple):
    """Files that the program keeps."""

    folder: str
    """The field of `Folders`."""
    pattern: str
    """A pattern of paths below it. The first row that matches counts."""
    name: str
    purge: Purger | None = None
    """Removes words from the files. None where they have no words of a briefing."""


def _purge_cache(purge: Purge, _files: Sequence[Path]) -> Iterator[str]:
    if reason := scrub(purge.catalogue):
        raise PurgeError(f"{purge.folders.cache / CACHE_NAME}: cannot be rebuilt: {reason}")
    yield "The cache of briefings was rebuilt."


def _purge_indexes(purge: Purge, _files: Sequence[Path]) -> Iterator[str]:
    if number := rebuild_all(purge.folders.cache, purge.catalogue):
        yield f"{_counted(number, 'search index', 'search indexes')} rebuilt."


def _purge_states(purge: Purge, files: Sequence[Path]) -> Iterator[str]:
    states = [path for path in files if path.suffix == ".sqlite"]
    marks = sum(purge_marks(path, partial(_concerns, purge)) for path in states)
    yield f"{_counted(len(states), 'state')} rebuilt, and {_counted(marks, 'mark')} without words now."


def _purge_held(purge: Purge, files: Sequence[Path]) -> Iterator[str]:
    if not purge.words.sha256:
        return
    theirs, unnamed = held_files(purge.catalogue, purge.folders.held, purge.words.sha256)
    for path in theirs:
        path.unlink()
        yield f"Deleted {path}."
    if unnamed:
        yield (
            f"Not touched: {_counted(len(unnamed), 'original')} in {files[0].parent} that no lock names; "
            "if one is of this text, write briefing purge --text with the hash in its name."
        )


def _delete(_purge: Purge, files: Sequence[Path]) -> Iterator[str]:
    for path in files:
        path.unlink(missing_ok=True)
    yield f"{_counted(len(files), 'file')} deleted."


KEPT: Final = (
    Kept("cache", f"{CACHE_NAME}*", "the cache of compiled briefings", _purge_cache),
    Kept("cache", "search-*", "the search indexes", _purge_indexes),
    # A cache may be deleted at any time: so nothing that is added to it can be forgotten here.
    Kept("cache", "*", "what else is in the cache, such as indexes of text folders and the memory of sites", _delete),
    Kept("state", "*.damaged-*", "damaged states that were set aside, which are deleted", _delete),
    Kept("state", f"{OWN_STATE}*", "the words of your marks", _purge_states),
    Kept("state", "visitors*/*.sqlite*", "the words of the marks of a kiosk's visitors", _purge_states),
    Kept("state", "reading.sqlite*", "the audit and the statistics of a kiosk"),
    Kept("state", "*blocks.json*", "the blocks of a kiosk"),
    Kept("state", "*latest-time*", "the latest time of the clock"),
    Kept("state", "restored.json", "the note of a kiosk's restore"),
    Kept("state", "kiosk.lock", "the lock of a kiosk"),
    Kept("state", "fleet/*", "which visitors' states a kiosk has yet to send to other hosts"),
    Kept("state", "admin.sock", "the socket of a kiosk"),
    Kept("state", "faults.log", "the log of faults"),
    Kept("data", "held/*", "the texts that you hold", _purge_held),
    Kept("data", "content/*", "your own briefings"),
    Kept("data", "kiosk_host_ed25519*", "the host key of a kiosk"),
    Kept("data", "kiosk_tombstones", "the tombstones of a kiosk"),
)
"""All that the program keeps below its folders; a row each."""
NOT_TOUCHED: Final = (
    "Not touched: the author's TOML and sources.lock, git, backups, folders exported earlier, logs, recent queries, and "
    "what other users of this machine keep."
)


def row_of(folder: str, path: str) -> Kept | None:
    """Return the row of a file, by its path below a folder. None for an unknown one."""
    return next((row for row in KEPT if row.folder == folder and fnmatchcase(path, row.pattern)), None)


def files_kept(folders: Folders) -> Iterator[tuple[Kept | None, Path]]:
    """Yield all files of cache, state and data with their rows."""
    for name in dict.fromkeys(row.folder for row in KEPT):
        root: Path = getattr(folders, name)
        for path in sorted(root.rglob("*")):
            if path.is_symlink() or not path.is_dir():
                yield row_of(name, path.relative_to(root).as_posix()), path


def purge_all(purge: Purge) -> Iterator[str]:
    """Remove the words from all files, and yield lines about it."""
    grouped: defaultdict[Kept, list[Path]] = defaultdict(list)
    for row, path in files_kept(purge.folders):
        if row is None:
            yield f"Not touched, and no file of this program: {path}"
        else:
            grouped[row].append(path)
    # The texts go first, since all else is rebuilt without them; the states need what the cache knows.
    for row in sorted(grouped, key=lambda row: ("data", "state", "cache").index(row.folder)):
        if row.purge:
            yield from row.purge(purge, grouped[row])
    for folder in (purge.folders.cache / "texts", purge.folders.cache / "sites"):
        shutil.rmtree(folder, ignore_errors=True)


def _concerns(purge: Purge, mark: Mark) -> bool:
    """Whether the words of a mark may be the words to remove."""
    words, where = purge.words, mark.location
    path = purge.catalogue.find(where.briefing) if where.briefing else None
    volume = purge.catalogue.open(path).volume if path else None
    if volume is None:
        return not where.briefing or bool(words.sha256) or where.briefing == words.briefing
    if words.sha256:
        source = volume.sources.get(where.page.partition(":")[2].partition("/")[0])
        text = volume.text_of(source) if source else None
        # The words may be of an earlier text of the source, unless they stand in the present one too.
        return where.kind == "text" and (text is None or _flat(mark.words) not in _flat(text.text))
    if not (volume.edition.is_called(words.briefing) or where.briefing == words.briefing):
        return False
    # The words of a thing that is there are its own. All other blocks may show the words of any entry.
    return where.kind != "text" and not volume.has(where.block)


def _flat(text: str) -> str:
    return " ".join(text.rstrip("… ").split())


def _counted(number: int, noun: str, nouns: str = "") -> str:
    return f"{number:,} {noun if number == 1 else nouns or f'{noun}s'}"
