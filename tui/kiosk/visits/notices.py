"""The operator's texts, banner and notice."""

from pathlib import Path
from typing import Final

from tui.briefing.characters import cleaned
from tui.briefing.files import UnreadableFileError, read_bounded

_MOST_READ: Final = 1024 * 1024
_LONGEST: Final = 64 * 1024
"""Bytes; OpenSSH's client shows no more of a banner."""


def read_text(setting: str, name: str | None) -> str:
    """Read a setting's text file, without control characters.

    Raises:
        OSError: there is no such file.
        ValueError: the file cannot be read, is no text, or is too long.
    """
    if name is None:
        return ""
    path = Path(name)
    path.stat()
    try:
        data = read_bounded(path, _MOST_READ)
        text = data.decode("utf-8")
    except UnreadableFileError as error:
        raise ValueError(f"{setting} {path}: {error}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{setting} {path}: is no text in UTF-8; save it as UTF-8") from None
    if "\x00" in text:
        raise ValueError(f"{setting} {path}: is no text, since it holds a NUL; name a text file")
    if len(data) > _LONGEST:
        raise ValueError(f"{setting} {path}: has {len(data):,} bytes; write {_LONGEST:,} at most")
    return cleaned(text)
