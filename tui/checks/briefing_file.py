"""The check of a briefing's file together with the held texts."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tui.briefing import lock
from tui.briefing.files import FILE_NAME, HELD_FOLDER, LOCK_NAME, MAX_BRIEFING_BYTES, UnreadableFileError, read_bounded
from tui.briefing.loader import load_bytes
from tui.briefing.lock import Lock, UnreadableLockError
from tui.briefing.memory import Memory
from tui.briefing.model import Briefing
from tui.briefing.problems import Problem
from tui.checks.report import Report
from tui.checks.rule import Subject
from tui.checks.run import Choice, check, reports_of
from tui.checks.unmade_checks import UnmadeChecks, not_loaded, unmade
from tui.library import source_texts
from tui.library.located_quotes import locate, lock_for
from tui.library.source_texts import SourceText
from tui.library.stamps import ABSENT, NOT_THERE, list_briefings, stamp
from tui.library.text_folders import NO_FOLDERS, TextFolders, find_text


class Checked(NamedTuple):
    """The result of checking a file."""

    path: Path
    data: bytes
    """The file's bytes as they were checked; none where they could not be read."""
    reports: list[Report]
    inputs: tuple[Path, ...]
    """Every file that the result depends on, also those that are not there."""
    unmade: tuple[UnmadeChecks, ...] = ()
    """The checks that could not be made."""
    loaded: bool = True
    """Whether the file could be loaded."""


def check_file(
    path: Path,
    held_by_user: Path,
    name: str,
    choice: Choice = Choice(),  # noqa: B008 (frozen)
    called: str = "",
    *,
    elsewhere: TextFolders = NO_FOLDERS,
    memory: Memory | None = None,
) -> Checked:
    """Load and check a file. A fault of the file or folder raises nothing.

    Args:
        path: the TOML file.
        held_by_user: the folder of the user's held texts.
        name: how the reports call it.
        choice: the rules that are applied.
        called: how commands find it; its id where left out.
        elsewhere: further folders in which texts are found by their hashes.
        memory: the file's tables as they were last loaded.
    """
    lock_path = path.parent / LOCK_NAME
    inputs = [path, lock_path]
    try:
        data = read_bounded(path, MAX_BRIEFING_BYTES)
    except UnreadableFileError as error:
        return Checked(
            path,
            b"",
            reports_of([_unreadable(path, name, str(error))], choice),
            tuple(inputs),
            (not_loaded(name),),
            loaded=False,
        )
    loaded = load_bytes(data, name, path.parent, memory)
    if loaded.briefing is None:
        return Checked(
            path, data, reports_of(loaded.problems, choice), tuple(inputs), (not_loaded(name),), loaded=False
        )
    try:
        locked = lock.read(lock_path)
    except UnreadableLockError as error:
        problem = error.problem(str(Path(name).with_name(LOCK_NAME)))
        return Checked(path, data, reports_of([problem], choice), tuple(inputs), (not_loaded(name),))
    texts: dict[str, SourceText] = {}
    unreadable: list[tuple[str, str]] = []
    for source in loaded.briefing.source:
        text, depends = find_text(path.parent, held_by_user, source, elsewhere)
        inputs += map(Path, depends)
        if text:
            texts[source.id] = text
        else:
            candidates = source_texts.candidates(path.parent, held_by_user, source.held, source.sha256)
            unreadable += [(source.id, why) for why in source_texts.unreadable(candidates)[:1]]
    subject = subject_of(loaded.briefing, locked, texts, called)
    # The loader reads lines that end in CR LF as if they ended in LF, and so the places are counted.
    reports = check(subject, data.replace(b"\r\n", b"\n").decode(), name, choice)
    left = tuple(unmade(subject, name, choice, unreadable, {(report.rule, report.key) for report in reports}))
    return Checked(path, data, reports, tuple(inputs), left)


def _unreadable(path: Path, name: str, why: str) -> Problem:
    """Return the problem of a file, or of its closed folder."""
    try:
        path.stat()
    except PermissionError:
        return Problem(str(Path(name).parent), 0, 0, "", f"the folder {why}", "mend its permissions")
    except OSError:
        pass
    return Problem(name, 0, 0, "", why, "")


def briefings_at(path: Path) -> list[Path] | None:
    """Return the briefing files that a path means, or None.

    A folder means the briefing in it, else those in its folders; a lock or a held text means the briefing beside it.
    """
    try:
        if path.is_dir():
            own = path / FILE_NAME
            return [own] if stamp(own) != ABSENT else list(map(Path, list_briefings(path).briefings)) or None
        if not path.exists():
            return None
    except (OSError, ValueError) as error:
        may_be_there = isinstance(error, OSError) and error.errno not in NOT_THERE  # then the check tells why not
        return [path if path.name == FILE_NAME else path / FILE_NAME] if may_be_there else None
    if path.name == LOCK_NAME:
        return [path.parent / FILE_NAME]
    if path.parent.name == HELD_FOLDER:
        return [path.parent.parent / FILE_NAME]
    return [path]


def subject_of(briefing: Briefing, locked: Lock, texts: Mapping[str, SourceText], called: str = "") -> Subject:
    """Return the subject of a briefing, a lock and the held texts."""
    quotes = tuple(locate(briefing, texts))
    return Subject(
        briefing,
        lock=locked,
        texts=texts,
        lock_now=lock_for(briefing, locked, texts, quotes=quotes) if texts else locked,
        found=quotes,
        called=called,
    )
