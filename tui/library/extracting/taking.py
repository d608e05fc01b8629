"""Taking the text of a source from the file that it came as."""

import codecs
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

from tui.briefing.characters import FORBIDDEN, name_of
from tui.briefing.files import MAX_HELD_BYTES, UnreadableFileError, read_bounded
from tui.library.extracting.kinds import Kind, UnknownKindError, kind_of
from tui.library.extracting.reflowing import tidied

MAX_ORIGINAL_BYTES: Final = 64 * 1024 * 1024
"""A PDF of a long book with pictures has some 50 MB."""
_SECONDS: Final = 60.0
_ALLOWED_AS_IT_IS: Final = frozenset("\t\r")
"""What the loader refuses in a briefing but a held text may keep: they only move what follows, and are shown as blanks."""
_INSTALL: Final = "pip install 'briefing-browser[hold]'"


class TakingError(Exception):
    """A file that no text can be taken from; the message says why and what to do, without the path."""


class Original(NamedTuple):
    """The file that a text was taken from."""

    data: bytes
    kind: Kind
    sha256: str
    by: str
    """What took the text from it, with its version."""


class Taken(NamedTuple):
    """A text that was taken from a file."""

    data: bytes
    """The text in UTF-8."""
    sha256: str
    original: Original | None = None
    """None where the file is the text."""
    dropped: int = 0
    """How many forbidden characters were left out."""


def take(file: Path) -> Taken:
    """Take the text from a plain text, byte for byte, or from a page of the web or a PDF.

    Raises:
        TakingError: it cannot be read, is none of these, or holds what no text may hold.
    """
    try:
        data = read_bounded(file, MAX_ORIGINAL_BYTES)
        kind = kind_of(data, file.name)
    except (UnreadableFileError, UnknownKindError) as error:
        raise TakingError(str(error)) from error
    if kind == "text/plain":
        if len(data) > MAX_HELD_BYTES:
            msg = f"is larger than {MAX_HELD_BYTES // 1024**2} MiB; split it"
            raise TakingError(msg)
        if not data.strip():
            msg = "has no words; give the file that has the text"
            raise TakingError(msg)
        _check_plain(data)
        return Taken(data, _sha256(data))
    text, by = _worked(kind, data)
    tidy, dropped = tidied(text)
    written = tidy.encode("utf-8", "replace")
    if len(written) > MAX_HELD_BYTES:
        msg = f"has more than {MAX_HELD_BYTES // 1024**2} MiB of text; split it"
        raise TakingError(msg)
    return Taken(written, _sha256(written), Original(data, kind, _sha256(data), by), dropped)


def _check_plain(data: bytes) -> None:
    """Refuse what is no UTF-8 or could deceive, with its place: a text is held byte for byte, so nothing is mended."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        msg = "is UTF-16; save it as UTF-8"
        raise TakingError(msg)
    if data.startswith(codecs.BOM_UTF8):
        msg = "begins with a byte order mark; save it as UTF-8 without one"
        raise TakingError(msg)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode("utf-8"))
        msg = f"{place}: the byte 0x{data[error.start]:02X} is not UTF-8; save it as UTF-8"
        raise TakingError(msg) from error
    for match in FORBIDDEN.finditer(text):
        if match[0] not in _ALLOWED_AS_IT_IS:
            place = _place(text[: match.start()])
            msg = f"{place}: holds the forbidden character {name_of(match[0])}; delete it: it could deceive a reader"
            raise TakingError(msg)


def _place(before: str) -> str:
    return f"line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"


def _worked(kind: Kind, data: bytes) -> tuple[str, str]:
    """Have the text taken by a process with limits of its own; give it, and what took it."""
    code = "import json, sys; sys.path[:] = json.loads(sys.argv.pop()); from tui.library.extracting import worker; worker.main()"
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
    return answer["text"], answer["by"]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
