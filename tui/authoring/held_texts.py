"""Stores the texts of sources by hash, and writes the lock."""

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from tui.authoring.errors import AuthoringError
from tui.authoring.extraction.extract import Taken, TakingError, take
from tui.authoring.held_files import keep, original_of
from tui.authoring.losses import Changes, changes
from tui.authoring.own_file import decoded, read_file, write_file
from tui.briefing import lock
from tui.briefing.files import HELD_FOLDER, LOCK_NAME
from tui.briefing.loader import load_file
from tui.briefing.lock import Lock, LockedOriginal, LockedQuote, QuoteKey, UnreadableLockError
from tui.briefing.model import Briefing
from tui.briefing.nearest import nearest
from tui.briefing.salvage import salvaged
from tui.briefing.source import Source
from tui.briefing.toml_edits import EditError, Put, edited
from tui.briefing.toml_text import basic_string
from tui.checks.rule import Subject
from tui.checks.run import Choice
from tui.checks.unmade_checks import unmade
from tui.library import source_texts
from tui.library.located_quotes import locate, lock_for
from tui.library.source_texts import SourceText
from tui.library.text_folders import NO_FOLDERS, TextFolders, find_text

_MOST_LISTED: Final = 20
"""Ids in a message; a bibliography has thousands."""


class _Given(NamedTuple):
    """The file of a source's text, from the user's command."""

    source: str
    file: Path | None = None
    """None for the stored file that the text was taken from before."""
    encoding: str = ""
    taken: Taken | None = None
    """The text, where it was taken from the file already."""
    again: bool = False
    """Whether the text is taken again."""


def hold(
    path: Path,
    held_by_user: Path,
    source: str | None,
    file: Path | None,
    *,
    accept: bool = False,
    again: bool = False,
    encoding: str = "",
    taken: Taken | None = None,
    called: str = "",
    elsewhere: TextFolders = NO_FOLDERS,
) -> Iterator[str]:
    """Store a text, where there is one, and write the lock.

    Args:
        path: the briefing's TOML file.
        held_by_user: the folder of the user's held texts.
        source: the id of the text's source; None to write the lock alone.
        file: the text, or the page or PDF from which it is taken; None to write the lock alone, or with `again` for the
            file that the text was taken from before.
        accept: whether this text replaces another one that the briefing names.
        again: whether the text is taken again; the briefing then names the new text if no quote is lost.
        encoding: the encoding of a file that is not UTF-8 and does not declare its encoding.
        taken: the text, where it was taken from the file already.
        called: the name by which commands find the briefing; its path where left out.
        elsewhere: further folders in which texts are found by their hashes.

    Yields:
        A line for the user about each step.

    Raises:
        AuthoringError: the source or the lock cannot be read, or the source names another text.
    """
    given = _Given(source, file, encoding, taken, again=again) if source is not None and (file or again) else None
    texts = _HeldTexts(path, held_by_user, called or shlex.quote(str(path)), elsewhere, whole=given is None)
    originals = {}
    if given:
        file, taken = texts.taken(given)
        if not given.again and (known := texts.held_from(given.source, taken)):
            yield (
                f"{given.source}: this file was held before, and its text stays as it was taken by {known.taken_by}; "
                f"to take it again: briefing hold {texts.called} {given.source} --again"
            )
        else:
            yield from texts.name_text(given, file, taken, accept=accept)
            if taken.share:
                yield taken.share
            if taken.original:
                originals[given.source] = LockedOriginal(taken.original.sha256, taken.original.kind, taken.original.by)
    yield from texts.lock_texts(originals)


class _HeldTexts:
    """A briefing's file, its lock and its texts. One text may be replaced."""

    def __init__(self, path: Path, held_by_user: Path, called: str, elsewhere: TextFolders, *, whole: bool) -> None:
        """Read the file and the lock.

        Raises:
            AuthoringError: the file or the lock cannot be read, or the file has problems and `whole` is asked for.
        """
        self._path, self._held_by_user, self.called = path, held_by_user, called
        self._elsewhere = elsewhere
        self._text = decoded(path, read_file(path))
        try:
            self._lock = lock.read(path.parent / LOCK_NAME)
        except UnreadableLockError as error:
            raise AuthoringError(str(error.problem(str(path.parent / LOCK_NAME)))) from error
        self._problems = load_file(path).problems
        if self._problems and whole:
            raise AuthoringError("\n".join(map(str, self._problems)))
        self._read = salvaged(self._text)

    def taken(self, given: _Given) -> tuple[Path, Taken]:
        """Return the file of a text, and the text taken from it."""
        source = self._source(given.source)
        file, encoding = given.file, given.encoding
        if file is None:
            file, encoding = original_of(source.id, self._lock.texts.get(source.id), self._held_by_user)
        try:
            return file, given.taken or take(file, encoding)
        except TakingError as error:
            raise AuthoringError(f"{file}: {error}") from error

    def held_from(self, name: str, taken: Taken) -> LockedOriginal | None:
        """Return a held text's original, where that now yields another text.

        The result is None where the original is another file, or where the text is the same or not held here.
        """
        source, known = self._source(name), self._lock.texts.get(name)
        same = known and known.original and taken.original and known.original.sha256 == taken.original.sha256
        if not (known and same) or taken.sha256 == known.sha256 or source.sha256 != known.sha256:
            return None
        return known.original if name in self._texts(self._read.briefing) else None

    def name_text(self, given: _Given, file: Path, taken: Taken, *, accept: bool) -> Iterator[str]:
        """Store a source's text and write its hash into the briefing.

        Another text that the briefing names is replaced with `accept`, or where no quote is lost when a text is taken
        again. Yields lines for the user.

        Raises:
            AuthoringError: the briefing names another text, or a file cannot be written.
        """
        source = self._source(given.source)
        is_other = source.sha256 not in {None, taken.sha256}
        found = self._changes(source, file, taken) if is_other else None
        if is_other and not accept and not (given.again and found and not found.lost):
            raise AuthoringError("\n".join(self._refusal(source, file, taken, given.encoding)))
        new = self._with_sha256(source, taken.sha256) if source.sha256 != taken.sha256 else ""
        # The text is stored first, so that the briefing never names a text that is not there.
        yield from keep(source.id, taken, self._held_by_user)
        if new:
            write_file(self._path, new.encode())
            self._read = salvaged(new)
            yield f'{source.id}: the briefing names this text now, sha256 = "{taken.sha256}".'
            yield from _told(found, "are lost with it", moved=given.again) if found else ()
        elif given.again:
            yield f"{source.id}: taken again, the text is the same."

    def lock_texts(self, originals: Mapping[str, LockedOriginal]) -> Iterator[str]:
        """Write the lock for the held texts, and report unverified quotes."""
        briefing = self._read.briefing
        texts = self._texts(briefing)
        quotes = tuple(locate(briefing, texts))
        new = lock_for(briefing, self._lock, texts, originals, quotes)
        if self._problems:  # entries that could not be read may have these quotes
            new = Lock(new.texts, {**_still_named(self._lock, new), **new.quotes})
        write_file(self._path.parent / LOCK_NAME, lock.written(new).encode())
        subject = Subject(briefing, new, texts, found=quotes)
        yield f"{LOCK_NAME}: quotes found: {len(_found(subject))}; texts held or locked: {len(new.texts)}."
        yield from self._not_vouched_for(subject)
        for name, text in texts.items():
            wanted = next(one.sha256 for one in briefing.source if one.id == name)
            if wanted and wanted != text.sha256:
                yield f"{name}: the text held has sha256 {text.sha256}, the briefing names {wanted}; it was not locked."
        if self._problems:
            number = len(self._problems)
            told = "1 problem" if number == 1 else f"{number:,} problems"
            yield f"{self._path}: has {told}, so that only its readable parts were searched; see briefing check {self.called}."

    def _not_vouched_for(self, subject: Subject) -> Iterator[str]:
        """Report the quotes that neither a text nor the lock verifies."""
        wrong = sum(len(quote.spans) != 1 for quote in subject.quotes)
        if wrong:
            told = "1 quote does" if wrong == 1 else f"{wrong:,} quotes do"
            yield f"{told} not stand in the text exactly once; see briefing check {self.called}."
        yield from (row.message for row in unmade(subject, "", Choice()) if row.reason in {"no-text", "unlisted"})

    def _source(self, name: str) -> Source:
        briefing, places, _ = self._read
        found = [one for one in briefing.source if one.id == name]
        if len(found) != 1 and self._problems:  # the source's own table may have the problem
            mine = f"source[{places[name] + 1}]" if name in places else ""
            said = [str(problem) for problem in self._problems if problem.key.split(".")[0] == mine]
            raise AuthoringError("\n".join(said or map(str, self._problems)))
        if not found:
            ids = [one.id for one in briefing.source]
            near = nearest(name, ids)
            listed = ", ".join(ids[:_MOST_LISTED]) + (f" … ({len(ids):,} in all)" if len(ids) > _MOST_LISTED else "")
            known = f"did you mean {near}?" if near else f"the sources are: {listed}"
            raise AuthoringError(f"there is no source {name!r}; {known}")
        return found[0]

    def _with_sha256(self, source: Source, sha256: str) -> str:
        if source.held:
            published = source_texts.find(
                source_texts.candidates(self._path.parent, self._held_by_user, source.held, None)
            )
            if published is None or published.sha256 != sha256:
                raise AuthoringError(
                    f"the text of {source.id!r} lies in {HELD_FOLDER}/{source.held}; put the new text there, "
                    f'and write in its table: sha256 = "{sha256}"'
                )
        try:
            edit = Put(("source", self._read.places[source.id], "sha256"), basic_string(sha256))
            return edited(self._text, [edit], self._read.sound)
        except EditError as error:
            raise AuthoringError(f'{self._path}: {error}; write it yourself: sha256 = "{sha256}"') from error

    def _refusal(self, source: Source, file: Path, taken: Taken, encoding: str) -> Iterator[str]:
        """Yield the lines that refuse another text of a source.

        The lines list the quotes that would be lost, and the command that accepts the text all the same.
        """
        given = "--again" if file.parent == self._held_by_user else shlex.quote(str(file))
        accept = f"briefing hold {self.called} {source.id} {given} --accept" + (
            f" --encoding {encoding}" if encoding else ""
        )
        yield f"{file}: its sha256 is {taken.sha256}, the source {source.id!r} names {source.sha256}; give that text"
        known = self._lock.texts.get(source.id)
        if known and known.original and taken.original and known.original.sha256 == taken.original.sha256:
            yield (
                f"the file is the one that was held before; its text was taken by {known.original.taken_by} then, "
                f"by {taken.original.by} now"
            )
        yield from _told(self._changes(source, file, taken), "would be lost with it", moved=given == "--again")
        yield f"to let the briefing name this text from now on: {accept}"

    def _changes(self, source: Source, file: Path, taken: Taken) -> Changes:
        new = SourceText(taken.data.decode(), taken.sha256, file, source.title)
        briefing = self._read.briefing
        texts = self._texts(briefing)
        return changes(briefing, self._lock, texts, source.id, new)

    def _texts(self, briefing: Briefing) -> Mapping[str, SourceText]:
        """Return the texts that are held, by source id."""
        found = {
            one.id: find_text(self._path.parent, self._held_by_user, one, self._elsewhere).text
            for one in briefing.source
        }
        return {name: text for name, text in found.items() if text}


def _told(found: Changes, words: str, *, moved: bool) -> Iterator[str]:
    """Report the quotes that another text loses, and optionally those that move."""
    yield f"{len(found.lost)} of {found.number} quotes {words}{':' if found.lost else ''}"
    for loss in found.lost:
        yield from loss.lines()
    if moved:
        yield f"{len(found.moved)} of {found.number} quotes move{':' if found.moved else ''}"
        yield from (move.line() for move in found.moved)


def _found(subject: Subject) -> set[tuple[str, str | None, str | None, str | None]]:
    """Return the briefing's own quotes that a text or the lock verifies."""
    quotes = [(one, subject.vouching.of(one)) for _, one, _ in subject.citations if one.quote]
    return {(voucher.source, one.quote, one.prefix, one.suffix) for one, voucher in quotes if voucher.place}


def _still_named(before: Lock, new: Lock) -> dict[QuoteKey, LockedQuote]:
    same = {
        name for name, text in new.texts.items() if name in before.texts and before.texts[name].sha256 == text.sha256
    }
    return {key: place for key, place in before.quotes.items() if key.source in same}
