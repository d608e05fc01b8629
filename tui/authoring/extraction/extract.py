"""Takes the text of a source from its original file."""

import codecs
import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from tui.authoring.extraction.description import About
from tui.authoring.extraction.file_kinds import Kind, UnknownKindError, kind_of
from tui.briefing.characters import FORBIDDEN, name_of
from tui.briefing.files import MAX_HELD_BYTES, UnreadableFileError, read_bounded

STANDARD_INPUT: Final = Path("-")
MAX_ORIGINAL_BYTES: Final = 64 * 1024 * 1024
"""A PDF of a long book with pictures has about 50 MB."""
_SECONDS: Final = 120.0
"""Elapsed seconds for a file on a busy machine; the worker limits its processor time itself."""
_ALLOWED_AS_IT_IS: Final = frozenset("\t\r\f\u2028\u2029\u061c\u200b\u200e\u200f\u2060\ufeff")
"""Characters that the loader refuses in a briefing but a held text may keep.

They are white space of any kind, and invisible marks, which are ignored when a quote is compared and are never shown."""
_INSTALL: Final = "pip install 'briefing-browser[hold]'"
_DECODED: Final = "decoded from "


class TakingError(Exception):
    """No text can be taken from a file. The message states the reason and the remedy, without the path."""


class Original(NamedTuple):
    """The file that a text was taken from."""

    data: bytes
    kind: Kind
    sha256: str
    by: str
    """The program that took the text, with its version."""


class Taken(NamedTuple):
    """A text that was taken from a file."""

    data: bytes
    """The text in UTF-8."""
    sha256: str
    original: Original | None = None
    """None where the file itself is the text."""
    dropped: int = 0
    """The number of forbidden characters that were left out."""
    about: About = About()
    """The particulars of the source, from the page itself."""
    share: str = ""
    """A notice for the author where only a part of the file had text."""


def take(file: Path, encoding: str = "") -> Taken:
    """Take the text from a source's file.

    A plain text is taken byte for byte. A web page, a message or a PDF is read by a worker process.

    Args:
        file: the file; `STANDARD_INPUT` for the standard input.
        encoding: the encoding of a file that is not UTF-8 and does not declare its encoding.

    Raises:
        TakingError: the file cannot be read, is of another kind, or has a character that no text may have.
    """
    try:
        data = _standard_input() if file == STANDARD_INPUT else read_bounded(file, MAX_ORIGINAL_BYTES)
        readable = _decoded(data, encoding) if encoding else data
        kind = kind_of(readable, "FILE" if file == STANDARD_INPUT else str(file))
    except (UnreadableFileError, UnknownKindError) as error:
        raise TakingError(str(error)) from error
    by = f"{_DECODED}{encoding}" if encoding else ""
    if kind == "text/plain":
        _check_plain(readable)
        return Taken(readable, _sha256(readable), Original(data, kind, _sha256(data), by) if encoding else None)
    answer = _worked(kind, codecs.BOM_UTF8 + readable if encoding and kind == "text/html" else readable)
    written, dropped = answer.pop("text").encode("utf-8", "replace"), answer["dropped"]
    if len(written) > MAX_HELD_BYTES:
        msg = f"has more than {MAX_HELD_BYTES // 1024**2} MiB of text; split it"
        raise TakingError(msg)
    by = ", ".join(filter(None, (answer["by"], by)))
    original = Original(data, kind, _sha256(data), by)
    return Taken(written, _sha256(written), original, dropped, _about(answer), answer["share"])


def encoding_of(taken_by: str) -> str:
    """Return the encoding of an original, from its entry in a lock.

    The result is empty where the original was not decoded from another encoding.
    """
    return taken_by.partition(_DECODED)[2]


def _standard_input() -> bytes:
    data = sys.stdin.buffer.read(MAX_ORIGINAL_BYTES + 1)
    if len(data) > MAX_ORIGINAL_BYTES:
        msg = f"is larger than {MAX_ORIGINAL_BYTES // 1024**2} MiB; split it"
        raise TakingError(msg)
    return data


def _decoded(data: bytes, encoding: str) -> bytes:
    """Convert a text to UTF-8."""
    try:
        return data.decode(encoding).encode()
    except LookupError as error:
        msg = f"there is no encoding {encoding!r}; write one such as windows-1252, utf-16 or shift_jis"
        raise TakingError(msg) from error
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode(encoding, "replace"))
        msg = f"{place}: the byte 0x{data[error.start]:02X} is not {encoding}; name another encoding"
        raise TakingError(msg) from error
    except UnicodeError as error:  # such as half a surrogate pair, or a missing byte order mark
        msg = f"is not {encoding}; name another encoding"
        raise TakingError(msg) from error


def _check_plain(data: bytes) -> None:
    """Refuse a text that is not UTF-8 or could deceive a reader.

    The error states the position. Nothing is repaired, since a text is held byte for byte.
    """
    if len(data) > MAX_HELD_BYTES:
        msg = f"is larger than {MAX_HELD_BYTES // 1024**2} MiB; split it"
        raise TakingError(msg)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        msg = "is UTF-16; take it with: --encoding utf-16"
        raise TakingError(msg)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode("utf-8"))
        byte = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        msg = f"{place}: {byte}; name the encoding of the file, such as: --encoding windows-1252"
        raise TakingError(msg) from error
    if not text.strip(" \t\r\n\f\ufeff"):
        msg = "has no words; give the file that has the text"
        raise TakingError(msg)
    for match in FORBIDDEN.finditer(text):
        if match[0] not in _ALLOWED_AS_IT_IS:
            place = _place(text[: match.start()])
            msg = f"{place}: holds the forbidden character {name_of(match[0])}; delete it: it could deceive a reader"
            raise TakingError(msg)


def _place(before: str) -> str:
    return f"line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"


def _about(answer: Mapping[str, Any]) -> About:
    told: Mapping[str, Any] = answer["about"]
    return About._make(tuple(told[name]) if isinstance(told[name], list) else told[name] for name in About._fields)


def _worked(kind: Kind, data: bytes) -> dict[str, Any]:
    """Run the worker process, which has limits, and return its answer."""
    code = "import json, sys; sys.path[:] = json.loads(sys.argv.pop()); from tui.authoring.extraction import worker; worker.main()"
    command = [sys.executable, "-P", "-c", code, kind, json.dumps(sys.path)]
    try:
        done = subprocess.run(  # noqa: S603 (this program itself; the file goes to its input)
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_SECONDS, check=False
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else {}
    except subprocess.TimeoutExpired as error:
        msg = f"took more than {_SECONDS:.0f} seconds to be read; save its text as plain text"
        raise TakingError(msg) from error
    except ValueError:
        answer = {}
    if "missing" in answer:
        msg = f"needs {answer['missing']!r} to be read; install it with: {_INSTALL}"
        raise TakingError(msg)
    if "text" not in answer:
        raise TakingError(
            answer.get("error") or "cannot be read within the limits of time and memory; save its text as plain text"
        )
    return dict(answer)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
