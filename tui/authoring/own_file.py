"""Edits a briefing's file in place, whole or not at all.

A change that another program made meanwhile is never overwritten.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from tui.briefing.files import MAX_BRIEFING_BYTES, UnreadableFileError, read_bounded
from tui.briefing.loader import load_bytes
from tui.briefing.problems import Problem
from tui.briefing.syntax import parsed
from tui.briefing.toml_edits import EditError, TomlEdit, edited
from tui.library.atomic_write import ChangedFileError, write_whole


class OwnFileError(Exception):
    """A file cannot be edited. Each line of the message states one fault and its remedy."""


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

    def edit(self, edits: Iterable[TomlEdit]) -> "OwnFile":
        """Edit the file in place.

        Raises:
            OwnFileError: the file was changed meanwhile, cannot be written, or would have a new problem. The file then
                stays as it is.
        """
        try:
            text = edited(self.text, list(edits), self.sound)
        except EditError as error:
            raise OwnFileError(f"{self.path}: {error}") from error
        after = _read(self.path, text.encode())
        new = after.problems[: len(after.problems) - len(self.problems)]
        if new:
            raise OwnFileError(f"{self.path}: it would not load any more ({new[0]}); edit it by hand")
        try:
            write_whole(self.path, after.data, self.data)
        except ChangedFileError as error:
            raise OwnFileError(f"{self.path}: was changed meanwhile, and stays as it is; do it again") from error
        except OSError as error:
            raise OwnFileError(f"{self.path}: cannot be written: {error.strerror}") from error
        return after


def read_own(path: Path) -> OwnFile:
    """Read a briefing's file for editing.

    Raises:
        OwnFileError: the file cannot be read, or is not UTF-8.
    """
    try:
        return _read(path, read_bounded(path, MAX_BRIEFING_BYTES))
    except UnreadableFileError as error:
        raise OwnFileError(f"{path}: {error}") from error
    except UnicodeDecodeError as error:
        raise OwnFileError(f"{path}: is not UTF-8; save it as UTF-8") from error


def _read(path: Path, data: bytes) -> OwnFile:
    text = data.decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    toml, sound = parsed(text.removeprefix(mark))
    return OwnFile(path, data, text, toml, mark + sound, load_bytes(data, str(path), path.parent).problems)
