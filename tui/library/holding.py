"""Keeping a source's text under its hash, and writing down where the quotes stand in it."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tui.briefing import lock
from tui.briefing.files import MAX_HELD_BYTES, UnreadableFileError, read_bounded
from tui.briefing.loader import load_file
from tui.briefing.model import Briefing
from tui.briefing.source import Source
from tui.library import held
from tui.library.locking import lock_for


class HoldError(Exception):
    """A text that cannot be held; each line of the message says one thing that is wrong and what to do."""


def hold(path: Path, held_by_user: Path, source: str | None, file: Path | None) -> Iterator[str]:
    """Keep a text, where one is given, and write the lock; tell line by line what was done.

    Args:
        path: the briefing's TOML file.
        held_by_user: the folder of the user's held texts.
        source: the id of the source whose text it is; None to write the lock alone.
        file: the text.

    Raises:
        HoldError: the briefing has problems, it has no such source, or the text is not the one that it names.
    """
    loaded = load_file(path)
    if loaded.briefing is None:
        raise HoldError("\n".join(map(str, loaded.problems)))
    if source is not None and file is not None:
        kept = _keep(_named(loaded.briefing, source), file, held_by_user)
        yield f"Held the text of {source} as {kept.name}."
    texts = {}
    for one in loaded.briefing.source:
        text = held.find(held.candidates(path.parent, held_by_user, one.held, one.sha256))
        if text:
            texts[one.id] = text
    lock_path = path.parent / lock.LOCK_NAME
    new = lock_for(loaded.briefing, lock.read(lock_path), texts)
    write_whole(lock_path, lock.written(new).encode())
    yield f"{lock.LOCK_NAME}: {len(new.quotes)} quotes found; texts held or locked: {len(new.texts)}."
    for name, text in texts.items():
        wanted = next(one.sha256 for one in loaded.briefing.source if one.id == name)
        if wanted and wanted != text.sha256:
            yield f"{name}: the text held has sha256 {text.sha256}, the briefing names {wanted}; it was not locked."


def _named(briefing: Briefing, name: str) -> Source:
    source = next((one for one in briefing.source if one.id == name), None)
    if source is None:
        ids = ", ".join(one.id for one in briefing.source)
        raise HoldError(f"there is no source {name!r}; the sources are: {ids}")
    return source


def _keep(source: Source, file: Path, folder: Path) -> Path:
    try:
        data = read_bounded(file, MAX_HELD_BYTES)
        data.decode("utf-8")
    except UnreadableFileError as error:
        raise HoldError(f"{file}: {error}") from error
    except UnicodeDecodeError as error:
        raise HoldError(f"{file}: is not UTF-8; save it as UTF-8") from error
    found = hashlib.sha256(data).hexdigest()
    if source.sha256 is None:
        raise HoldError(f'the source {source.id!r} names no text yet; add to it: sha256 = "{found}"')
    if found != source.sha256:
        raise HoldError(
            f"{file}: its sha256 is {found}, the source {source.id!r} names {source.sha256}; give that text"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise HoldError(f"{folder}: cannot be made: {error.strerror}") from error
    path = folder / f"{found}{held.SUFFIX}"
    write_whole(path, data)
    return path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; one that is there keeps its permissions.

    Raises:
        HoldError: it cannot be written.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise HoldError(f"{path}: cannot be written: {error.strerror}") from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise HoldError(f"{path}: cannot be written: {error.strerror}") from error
