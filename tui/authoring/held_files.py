"""Stores texts and their original files in the user's folder, by hash."""

from collections.abc import Iterator
from pathlib import Path

from tui.authoring.errors import AuthoringError
from tui.authoring.extraction.extract import Taken, encoding_of
from tui.authoring.extraction.file_kinds import SUFFIXES
from tui.authoring.own_file import write_file
from tui.briefing.lock import LockedText
from tui.library import source_texts


def keep(source: str, taken: Taken, folder: Path) -> Iterator[str]:
    """Store the text of a source with its original file.

    Yields:
        A line for the user about each step.

    Raises:
        AuthoringError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise AuthoringError(f"{folder}: cannot be made: {error.strerror}") from error
    path = folder / f"{taken.sha256}{source_texts.SUFFIX}"
    write_file(path, taken.data)
    yield f"Held the text of {source} as {path}."
    if taken.original:
        beside = folder / f"{taken.original.sha256}{SUFFIXES[taken.original.kind]}"
        write_file(beside, taken.original.data)
        how = taken.original.by
        how = f"it was {how}" if how == f"decoded from {encoding_of(how)}" else f"the text was taken from it by {how}"
        yield f"Its original is {beside.name}; {how}."
    if taken.dropped:
        yield f"{taken.dropped} characters that no text may hold were left out of it."


def original_of(source: str, known: LockedText | None, folder: Path) -> tuple[Path, str]:
    """Return the stored original of a text, and the original's encoding.

    Raises:
        AuthoringError: no text is held yet, the text has no original, or the original is not stored here.
    """
    if known is None:
        raise AuthoringError(f"no text of {source!r} was held yet; give its file: briefing hold ID {source} FILE")
    if known.original is None:
        raise AuthoringError(
            f"the text of {source!r} is the file itself, byte for byte: there is nothing to take again"
        )
    endings = [ending for kind, ending in SUFFIXES.items() if kind == known.original.type]
    path = folder / f"{known.original.sha256}{endings[0] if endings else ''}"
    if not path.is_file():
        raise AuthoringError(
            f"the file that the text of {source!r} was taken from is not kept here as {path}; "
            f"give it: briefing hold ID {source} FILE --again"
        )
    return path, encoding_of(known.original.taken_by)
