"""The library's part in removing words for good: objections and the cache."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tui.briefing import lock
from tui.briefing.files import HELD_FOLDER, LOCK_NAME
from tui.library.catalogue import Catalogue
from tui.library.source_texts import SUFFIX
from tui.library.stamps import ABSENT, is_there, stamp
from tui.library.text_scans import hash_of
from tui.library.volume import Volume


class Words(NamedTuple):
    """The words to remove, of an entry or of a held text."""

    briefing: str = ""
    item: str = ""
    """The id of the entry, source, entity or origin."""
    sha256: str = ""
    """The hash of the text; empty for an entry."""

    def __str__(self) -> str:
        return f"the text {self.sha256}" if self.sha256 else f"{self.briefing}#{self.item}"


def take_all_roots(catalogue: Catalogue) -> None:
    """Widen a catalogue to all known content folders, and refresh it."""
    known = catalogue.cache.ask("SELECT root FROM briefing UNION SELECT root FROM folder")
    roots = dict.fromkeys((*catalogue.roots, *(Path(root) for (root,) in known)))
    catalogue.may_lack = frozenset(roots)
    catalogue.change_roots(roots)
    catalogue.refresh()


def objections(catalogue: Catalogue, words: Words) -> Iterator[str]:
    """Yield a line for each file that would bring the words back."""
    yield from _holders(catalogue, words.sha256) if words.sha256 else _sayers(catalogue, words)


def is_known(catalogue: Catalogue, words: Words) -> bool:
    """Whether a briefing has or had the id. A text needs none."""
    query = "SELECT 1 FROM briefing WHERE id = ? UNION SELECT 1 FROM former WHERE id = ?"
    return bool(words.sha256 or catalogue.cache.ask(query, (words.briefing, words.briefing)))


def _sayers(catalogue: Catalogue, words: Words) -> Iterator[str]:
    """Yield a line for each file that may have the entry."""
    for path in _paths_called(catalogue, words.briefing):
        at = stamp(path)
        if at == ABSENT and str(catalogue.root_of(path)) not in catalogue.away:
            continue
        if not is_there(at):
            yield f"{path}: cannot be read, so that it may still have {words.item}; make its folder readable first"
            continue
        volume, problems, _ = catalogue.open(path)
        if problems:
            yield f"{problems[0]}; while it does not load it may still have {words.item}; mend the file first"
        elif volume and volume.edition.is_called(words.briefing) and (now := _has(volume, words.item)):
            called = "" if now == words.item else f", as {now}"
            yield f"{path}: still has {words.item}{called}; remove it from the file first"


def _has(volume: Volume, item: str) -> str:
    """Return the present id of a thing; empty where there is none."""
    now = volume.id_now(item)
    return now if volume.has(now) or now in volume.origins else ""


def _paths_called(catalogue: Catalogue, name: str) -> list[Path]:
    """Return the files that have or had an id.

    Those that were read outside the content folders are among them.
    """
    query = """SELECT path FROM briefing WHERE id = ? UNION SELECT path FROM former WHERE id = ?
        UNION SELECT path FROM edition WHERE path NOT IN (SELECT path FROM briefing)"""
    named = [root / name / "briefing.toml" for root in catalogue.roots if "/" not in name]
    found = [Path(path) for (path,) in catalogue.cache.ask(query, (name, name))]
    return list(dict.fromkeys((*found, *(path for path in named if stamp(path) != ABSENT))))


def _holders(catalogue: Catalogue, sha256: str) -> Iterator[str]:
    """Yield a line for each file of others that holds the text."""
    for folder in dict.fromkeys(path.parent for path in catalogue.files()):
        with suppress(OSError):
            for path in sorted((folder / HELD_FOLDER).iterdir()):
                if path.is_file() and hash_of(str(path)) == sha256:
                    yield f"{path}: still holds the text; remove the file first"
    catalogue.texts.refresh()
    if text := catalogue.texts.look_up(sha256).text:
        yield f"{text.path}: still holds the text; remove the file first"


def held_files(catalogue: Catalogue, held_by_user: Path, sha256: str) -> tuple[list[Path], list[Path]]:
    """Return the user's files of a text, and all unnamed originals.

    No lock names the latter.

    The files of a text are the text itself and the original that it was taken from.
    """
    originals: dict[str, str] = {}
    """The text of each original, by hash."""
    for path in catalogue.files():
        with suppress(OSError, lock.UnreadableLockError):
            found = lock.read(path.parent / LOCK_NAME)
            originals |= {one.original.sha256: one.sha256 for one in found.texts.values() if one.original}
    theirs, unnamed = [], []
    for path in sorted(held_by_user.iterdir()) if held_by_user.is_dir() else ():
        name = path.name.lstrip(".").partition(".")[0]
        if sha256 in {name, originals.get(name)}:
            theirs.append(path)
        elif path.suffix != SUFFIX and name not in originals:
            unnamed.append(path)
    return theirs, unnamed


def scrub(catalogue: Catalogue) -> str:
    """Drop the rows of files that are gone, and overwrite the cache. Return the reason of a failure."""
    rows = catalogue.cache.ask("SELECT path FROM edition UNION SELECT path FROM listed UNION SELECT path FROM former")
    gone = [
        path for (path,) in rows if stamp(path) == ABSENT and str(catalogue.root_of(Path(path))) not in catalogue.away
    ]
    catalogue.cache.write(
        (f"DELETE FROM {table} WHERE path = ?", (path,)) for path in gone for table in ("edition", "former", "listed")
    )
    return catalogue.cache.rewrite()
