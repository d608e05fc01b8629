"""The encodings of files that other programs export."""

import codecs
from pathlib import Path
from typing import Final

from tui.authoring.errors import AuthoringError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The byte order marks of encodings."""
_START: Final = 1000
"""The bytes that show whether a file without a mark is UTF-16."""


def marked_encoding(data: bytes) -> str:
    """Return the encoding that a file's first bytes mark; empty for none."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), "")


def decoded(path: Path, data: bytes, encoding: str = "") -> str:
    """Decode a file.

    Args:
        path: the file, for the message.
        data: its content.
        encoding: the encoding that the author names. Without it, a mark or UTF-8 counts.

    Raises:
        AuthoringError: it has another encoding; the message says where that is seen.
    """
    name = encoding or marked_encoding(data) or "utf-8"
    remedy = "name another encoding" if encoding else "name the encoding of the file, such as: --encoding windows-1252"
    if not encoding and name == "utf-8" and b"\0" in data[:_START]:
        which = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        raise AuthoringError(f"{path}:1:1: is not UTF-8; name the encoding of the file, such as: --encoding {which}")
    try:
        return data.decode(name)
    except LookupError as error:
        raise AuthoringError(
            f"there is no encoding {encoding!r}; write one such as windows-1252, utf-16 or shift_jis"
        ) from error
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(name, "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise AuthoringError(
            f"{path}:{line}:{column}: the byte 0x{data[error.start]:02X} is not {name.upper()}; {remedy}"
        ) from error
    except UnicodeError as error:  # some encodings do not say where
        raise AuthoringError(f"{path}:1:1: is not {name}; {remedy}") from error
