"""Edits a briefing's file in place, whole or not at all.

A change that another program made meanwhile is never overwritten.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from tui.authoring.errors import AuthoringError, ChangedOutsideError
from tui.briefing.fields import ID_PATTERN
from tui.briefing.files import MAX_BRIEFING_BYTES, UnreadableFileError, read_bounded
from tui.briefing.loader import load_bytes
from tui.briefing.problems import Problem
from tui.briefing.syntax import parsed
from tui.briefing.toml_edits import EditError, TomlEdit, edited
from tui.library.atomic_write import ChangedFileError, write_whole


class OwnFile(NamedTuple):
    """The content of a file when it was read."""

    path: Path
    data: bytes
    text: str
    toml: dict[str, Any]
    """The values of all parts that can be parsed."""
    sound: str
    """The text with invalid TOML blanked out, character by character, so that offsets stay."""
    problems: tuple[Problem, ...]

    def check(self) -> None:
        """Check that the file loads.

        Raises:
            AuthoringError: it does not. Its first problem is told.
        """
        if self.problems:
            first = min(self.problems, key=lambda problem: (problem.line, problem.column))
            raise AuthoringError(f"{first}; the file does not load before that is mended, and nothing was added to it")

    def edit(self, edits: Iterable[TomlEdit]) -> "OwnFile":
        """Edit the file in place.

        Raises:
            AuthoringError: the file was changed meanwhile, cannot be written, or would have a new problem. The file then
                stays as it is.
        """
        after = _parsed(self.path, edited_bytes(self.path, self.text, edits, self.sound))
        new = after.problems[: len(after.problems) - len(self.problems)]
        if new:
            self.check()
            raise AuthoringError(f"{self.path}: it would not load any more ({new[0]}); edit it by hand")
        write_file(self.path, after.data, self.data)
        return after


def read_own(path: Path) -> OwnFile:
    """Read a briefing's file for editing.

    Raises:
        AuthoringError: the file cannot be read, or is not UTF-8.
    """
    return _parsed(path, read_file(path))


def read_file(path: Path) -> bytes:
    """Read a briefing's file.

    Raises:
        AuthoringError: the file cannot be read.
    """
    try:
        return read_bounded(path, MAX_BRIEFING_BYTES)
    except UnreadableFileError as error:
        raise AuthoringError(f"{path}: {error}") from error


def decoded(path: Path, data: bytes) -> str:
    """Decode the content of a file.

    Raises:
        AuthoringError: it is not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AuthoringError(f"{path}: is not UTF-8; save it as UTF-8") from error


def write_file(path: Path, data: bytes, before: bytes | None = None) -> None:
    """Write a file whole or not at all.

    Args:
        path: the file.
        data: the new content.
        before: the content that the file must still have; None where that does not matter.

    Raises:
        ChangedOutsideError: the file has another content.
        AuthoringError: the file cannot be written.
    """
    try:
        write_whole(path, data, before)
    except ChangedFileError as error:
        raise ChangedOutsideError(f"{path}: was changed meanwhile, and stays as it is; do it again") from error
    except OSError as error:
        raise AuthoringError(f"{path}: cannot be written: {error.strerror}") from error


def edited_bytes(path: Path, text: str, edits: Iterable[TomlEdit], sound: str | None = None) -> bytes:
    """Return the content of a file after some edits.

    Raises:
        AuthoringError: the text cannot be edited in place, or would be too large to load.
    """
    try:
        data = edited(text, list(edits), sound).encode()
    except EditError as error:
        raise AuthoringError(f"{path}: {error}") from error
    if len(data) > MAX_BRIEFING_BYTES:
        raise AuthoringError(f"{path}: it would be larger than {MAX_BRIEFING_BYTES >> 20} MiB; nothing was changed")
    return data


def fault_of_id(name: str) -> str:
    """Return the reason why a name is no id. Empty for an id."""
    if re.fullmatch(ID_PATTERN, name):
        return ""
    return f"{name!r} is no id; write at most 64 of the letters a to z, digits and hyphens, a letter or digit first"


def _parsed(path: Path, data: bytes) -> OwnFile:
    text = decoded(path, data)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    toml, sound = parsed(text.removeprefix(mark))
    return OwnFile(path, data, text, toml, mark + sound, load_bytes(data, str(path), path.parent).problems)
