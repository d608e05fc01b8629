"""Keeping a source's text under its hash, and writing down where the quotes stand in it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tui.briefing import lock
from tui.briefing.files import HELD_FOLDER
from tui.briefing.loader import load_file
from tui.briefing.lock import LockedOriginal
from tui.briefing.model import Briefing
from tui.briefing.source import Source
from tui.library import held
from tui.library.extracting.kinds import SUFFIXES
from tui.library.extracting.taking import Taken, TakingError, take
from tui.library.held import HeldText
from tui.library.locking import lock_for
from tui.library.whole_file import write_whole
from tui.library.writing.accepting import with_sha256
from tui.library.writing.losses import losses


class HoldError(Exception):
    """A text that cannot be held; each line of the message says one thing that is wrong and what to do."""


def hold(
    path: Path, held_by_user: Path, source: str | None, file: Path | None, *, accept: bool = False
) -> Iterator[str]:
    """Keep a text, where one is given, and write the lock; tell line by line what was done.

    Args:
        path: the briefing's TOML file.
        held_by_user: the folder of the user's held texts.
        source: the id of the source whose text it is; None to write the lock alone.
        file: the text, or the page or PDF from which it is taken.
        accept: whether the briefing is to name this text from now on, where it names another one or none.

    Raises:
        HoldError: the briefing has problems, it has no such source, or the text is not the one that it names.
    """
    briefing = _loaded(path)
    lock_path = path.parent / lock.LOCK_NAME
    originals: dict[str, LockedOriginal] = {}
    if source is not None and file is not None:
        named = _named(briefing, source)
        taken = _taken(file)
        if taken.sha256 != named.sha256:
            found = _Another(path, briefing, named, file, taken, held_by_user=held_by_user)
            if not accept:
                raise HoldError("\n".join(found.refusal()))
            yield from found.accepted()
            briefing = _loaded(path)
        yield from _keep(source, taken, held_by_user)
        if taken.original:
            originals[source] = LockedOriginal(taken.original.sha256, taken.original.kind, taken.original.by)
    texts = _held_texts(briefing, path, held_by_user)
    new = lock_for(briefing, lock.read(lock_path), texts, originals)
    _write(lock_path, lock.written(new).encode())
    yield f"{lock.LOCK_NAME}: quotes found: {len(new.quotes)}; texts held or locked: {len(new.texts)}."
    for name, text in texts.items():
        wanted = next(one.sha256 for one in briefing.source if one.id == name)
        if wanted and wanted != text.sha256:
            yield f"{name}: the text held has sha256 {text.sha256}, the briefing names {wanted}; it was not locked."


class _Another:
    """A text that is not the one that its source names."""

    def __init__(
        self, path: Path, briefing: Briefing, source: Source, file: Path, taken: Taken, *, held_by_user: Path
    ) -> None:
        self._path, self._briefing, self._source, self._file, self._taken = path, briefing, source, file, taken
        self._held_by_user = held_by_user
        self._lock = lock.read(path.parent / lock.LOCK_NAME)

    def refusal(self) -> Iterator[str]:
        """Say that the text is another one, which quotes it would lose, and how to accept it all the same."""
        source, sha256 = self._source, self._taken.sha256
        accept = f"briefing hold {self._briefing.briefing.id} {source.id} FILE --accept"
        if source.sha256 is None:
            yield f'the source {source.id!r} names no text yet; add to it: sha256 = "{sha256}", or let it be added: {accept}'
            return
        yield f"{self._file}: its sha256 is {sha256}, the source {source.id!r} names {source.sha256}; give that text"
        yield from self._same_original()
        yield from self._lost("would be lost with it")
        yield f"to let the briefing name this text from now on: {accept}"

    def accepted(self) -> Iterator[str]:
        """Let the briefing name the text, and say which quotes were lost by that."""
        source, sha256 = self._source, self._taken.sha256
        if source.held:
            raise HoldError(
                f"the text of {source.id!r} lies in {HELD_FOLDER}/{source.held}; put the new text there, "
                f'and write in its table: sha256 = "{sha256}"'
            )
        said = list(self._lost("are lost with it")) if source.sha256 else []
        try:
            text = self._path.read_bytes().decode()
            written = with_sha256(text, source.id, sha256)
        except ValueError as error:
            raise HoldError(f'{self._path}: {error}; write it yourself: sha256 = "{sha256}"') from error
        # The text first: a briefing that names a text which is nowhere would be worse off.
        list(_keep(source.id, self._taken, self._held_by_user))
        _write(self._path, written.encode())
        yield f'{source.id}: the briefing names this text now, sha256 = "{sha256}".'
        yield from said

    def _same_original(self) -> Iterator[str]:
        known = self._lock.texts.get(self._source.id)
        original = self._taken.original
        if known and known.original and original and known.original.sha256 == original.sha256:
            yield (
                f"the file is the one that was held before; its text was taken by {known.original.taken_by} then, "
                f"by {original.by} now"
            )

    def _lost(self, words: str) -> Iterator[str]:
        new = HeldText(self._taken.data.decode(), self._taken.sha256, self._file)
        texts = _held_texts(self._briefing, self._path, self._held_by_user)
        found, number = losses(self._briefing, self._lock, texts, self._source.id, new)
        yield f"{len(found)} of {number} quotes {words}{':' if found else ''}"
        for loss in found:
            yield from loss.lines()


def _loaded(path: Path) -> Briefing:
    loaded = load_file(path)
    if loaded.briefing is None:
        raise HoldError("\n".join(map(str, loaded.problems)))
    return loaded.briefing


def _held_texts(briefing: Briefing, path: Path, held_by_user: Path) -> Mapping[str, HeldText]:
    found = {
        one.id: held.find(held.candidates(path.parent, held_by_user, one.held, one.sha256)) for one in briefing.source
    }
    return {name: text for name, text in found.items() if text}


def _named(briefing: Briefing, name: str) -> Source:
    source = next((one for one in briefing.source if one.id == name), None)
    if source is None:
        ids = ", ".join(one.id for one in briefing.source)
        raise HoldError(f"there is no source {name!r}; the sources are: {ids}")
    return source


def _taken(file: Path) -> Taken:
    try:
        return take(file)
    except TakingError as error:
        raise HoldError(f"{file}: {error}") from error


def _keep(source: str, taken: Taken, folder: Path) -> Iterator[str]:
    """Keep a text by its hash in the user's own folder, and the file that it was taken from beside it by its own."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise HoldError(f"{folder}: cannot be made: {error.strerror}") from error
    path = folder / f"{taken.sha256}{held.SUFFIX}"
    _write(path, taken.data)
    yield f"Held the text of {source} as {path.name}."
    if taken.original:
        beside = folder / f"{taken.original.sha256}{SUFFIXES[taken.original.kind]}"
        _write(beside, taken.original.data)
        yield f"Its original is {beside.name}; the text was taken from it by {taken.original.by}."
    if taken.dropped:
        yield f"{taken.dropped} characters that no text may hold were left out of it."


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise HoldError(f"{path}: cannot be written: {error.strerror}") from error
