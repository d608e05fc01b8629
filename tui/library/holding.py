"""Keeping a source's text under its hash, and writing down where the quotes stand in it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tui.briefing import lock
from tui.briefing.files import HELD_FOLDER, MAX_BRIEFING_BYTES, UnreadableFileError, read_bounded
from tui.briefing.loader import load_file
from tui.briefing.lock import Lock, LockedOriginal, LockedQuote, QuoteKey, UnreadableLockError
from tui.briefing.model import Briefing
from tui.briefing.salvage import salvaged
from tui.briefing.source import Source
from tui.briefing.toml_edits import EditError, Put, edited
from tui.briefing.toml_text import basic_string
from tui.checks.checking import Choice
from tui.checks.located import located
from tui.checks.rule import Subject
from tui.checks.unmade import unmade
from tui.library import held
from tui.library.extracting.kinds import SUFFIXES
from tui.library.extracting.taking import Taken, TakingError, take
from tui.library.held import HeldText
from tui.library.locking import lock_for
from tui.library.whole_file import write_whole
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
        accept: whether the briefing is to name this text from now on, where it names another one.

    Raises:
        HoldError: the source or the lock cannot be read, or the text is not the one that the source names.
    """
    desk = _Desk(path, held_by_user, whole=source is None or file is None)
    originals: dict[str, LockedOriginal] = {}
    if source is not None and file is not None:
        taken = _taken(file)
        yield from desk.name_text(source, file, taken, accept=accept)
        if taken.original:
            originals[source] = LockedOriginal(taken.original.sha256, taken.original.kind, taken.original.by)
    yield from desk.lock_texts(originals)


class _Desk:
    """A briefing's file with its lock and its texts, of which one may be exchanged."""

    def __init__(self, path: Path, held_by_user: Path, *, whole: bool) -> None:
        """Read the file; one that does not load is refused where all of it is needed.

        Raises:
            HoldError: the file or the lock cannot be read.
        """
        self._path, self._held_by_user = path, held_by_user
        try:
            self._text = read_bounded(path, MAX_BRIEFING_BYTES).decode("utf-8")
            self._lock = lock.read(path.parent / lock.LOCK_NAME)
        except UnreadableLockError as error:
            raise HoldError(str(error.problem(str(path.parent / lock.LOCK_NAME)))) from error
        except UnreadableFileError as error:
            raise HoldError(f"{path}: {error}") from error
        except UnicodeDecodeError as error:
            raise HoldError(f"{path}: is not UTF-8; save it as UTF-8") from error
        self._problems = load_file(path).problems
        if self._problems and whole:
            raise HoldError("\n".join(map(str, self._problems)))
        self._read = salvaged(self._text)

    def name_text(self, name: str, file: Path, taken: Taken, *, accept: bool) -> Iterator[str]:
        """Keep a text for a source, and let the briefing name it where it names none, or where that is accepted."""
        source = self._source(name)
        if source.sha256 not in {None, taken.sha256} and not accept:
            raise HoldError("\n".join(self._refusal(source, file, taken)))
        lost = list(self._lost(source, file, taken, "are lost with it")) if source.sha256 else []
        new = self._with_sha256(source, taken.sha256) if source.sha256 != taken.sha256 else ""
        # The text first: a briefing that names a text which is nowhere would be worse off.
        yield from _keep(name, taken, self._held_by_user)
        if new:
            _write(self._path, new.encode())
            self._read = salvaged(new)
            yield f'{name}: the briefing names this text now, sha256 = "{taken.sha256}".'
            yield from lost

    def lock_texts(self, originals: Mapping[str, LockedOriginal]) -> Iterator[str]:
        """Write the lock for the texts that are held, and say which quotes it does not vouch for."""
        briefing = self._read.briefing
        texts = _held_texts(briefing, self._path, self._held_by_user)
        quotes = tuple(located(briefing, {name: text.text for name, text in texts.items()}))
        new = lock_for(briefing, self._lock, texts, originals, quotes)
        if self._problems:  # what could not be read may cite them
            new = Lock(new.texts, {**_still_named(self._lock, new), **new.quotes})
        _write(self._path.parent / lock.LOCK_NAME, lock.written(new).encode())
        yield f"{lock.LOCK_NAME}: quotes found: {len(new.quotes)}; texts held or locked: {len(new.texts)}."
        subject = Subject(briefing, new, {name: text.text for name, text in texts.items()}, found=quotes)
        yield from _not_vouched_for(subject)
        for name, text in texts.items():
            wanted = next(one.sha256 for one in briefing.source if one.id == name)
            if wanted and wanted != text.sha256:
                yield f"{name}: the text held has sha256 {text.sha256}, the briefing names {wanted}; it was not locked."
        if self._problems:
            number = len(self._problems)
            told = "1 problem" if number == 1 else f"{number:,} problems"
            yield f"{self._path}: has {told}, so that only what could be read was looked through; see briefing check."

    def _source(self, name: str) -> Source:
        briefing, places, _ = self._read
        found = [one for one in briefing.source if one.id == name]
        if len(found) != 1 and self._problems:  # its own table may be what does not load
            mine = f"source[{places[name] + 1}]" if name in places else ""
            said = [str(problem) for problem in self._problems if problem.key.split(".")[0] == mine]
            raise HoldError("\n".join(said or map(str, self._problems)))
        if not found:
            ids = ", ".join(one.id for one in briefing.source)
            raise HoldError(f"there is no source {name!r}; the sources are: {ids}")
        return found[0]

    def _with_sha256(self, source: Source, sha256: str) -> str:
        if source.held:
            published = held.find(held.candidates(self._path.parent, self._held_by_user, source.held, None))
            if published is None or published.sha256 != sha256:
                raise HoldError(
                    f"the text of {source.id!r} lies in {HELD_FOLDER}/{source.held}; put the new text there, "
                    f'and write in its table: sha256 = "{sha256}"'
                )
        try:
            edit = Put(("source", self._read.places[source.id], "sha256"), basic_string(sha256))
            return edited(self._text, [edit], self._read.sound)
        except EditError as error:
            raise HoldError(f'{self._path}: {error}; write it yourself: sha256 = "{sha256}"') from error

    def _refusal(self, source: Source, file: Path, taken: Taken) -> Iterator[str]:
        """Say that the text is another one, which quotes it would lose, and how to accept it all the same."""
        accept = f"briefing hold {self._read.briefing.briefing.id} {source.id} FILE --accept"
        yield f"{file}: its sha256 is {taken.sha256}, the source {source.id!r} names {source.sha256}; give that text"
        known = self._lock.texts.get(source.id)
        if known and known.original and taken.original and known.original.sha256 == taken.original.sha256:
            yield (
                f"the file is the one that was held before; its text was taken by {known.original.taken_by} then, "
                f"by {taken.original.by} now"
            )
        yield from self._lost(source, file, taken, "would be lost with it")
        yield f"to let the briefing name this text from now on: {accept}"

    def _lost(self, source: Source, file: Path, taken: Taken, words: str) -> Iterator[str]:
        new = HeldText(taken.data.decode(), taken.sha256, file)
        briefing = self._read.briefing
        texts = _held_texts(briefing, self._path, self._held_by_user)
        found, number = losses(briefing, self._lock, texts, source.id, new)
        yield f"{len(found)} of {number} quotes {words}{':' if found else ''}"
        for loss in found:
            yield from loss.lines()


def _still_named(before: Lock, new: Lock) -> dict[QuoteKey, LockedQuote]:
    same = {
        name for name, text in new.texts.items() if name in before.texts and before.texts[name].sha256 == text.sha256
    }
    return {key: place for key, place in before.quotes.items() if key.source in same}


def _not_vouched_for(subject: Subject) -> Iterator[str]:
    """Say which quotes neither a text nor the lock vouches for."""
    wrong = sum(len(quote.spans) != 1 for quote in subject.quotes)
    if wrong:
        told = "1 quote does" if wrong == 1 else f"{wrong:,} quotes do"
        yield f"{told} not stand in the text just once; briefing check says more."
    yield from (
        row.message for row in unmade(subject, "", Choice(ignore=("Q007",))) if row.reason in {"no-text", "unlisted"}
    )


def _held_texts(briefing: Briefing, path: Path, held_by_user: Path) -> Mapping[str, HeldText]:
    found = {
        one.id: held.find(held.candidates(path.parent, held_by_user, one.held, one.sha256)) for one in briefing.source
    }
    return {name: text for name, text in found.items() if text}


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
