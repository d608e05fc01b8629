"""Messages between a worker and its search process: JSON behind its length, over a pair of sockets.

What an answer is made of is written as plain JSON, and only the records named here are made of it again. Pickle would be
quicker (0.1 ms an answer in place of 1), but would let a search process that has gone wrong, which reads what visitors
type with a library in another language, run whatever it likes in the process that holds everybody's sessions.
"""

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tui.search.answers import Answer, Hit, Searched
from tui.search.excerpts import Shown
from tui.search.nodes import And, Field, Most, Not, Or, Phrase, Word
from tui.session.search.engine import Found, Question

LENGTH: Final = struct.Struct(">I")
"""What stands before each message: how many bytes it has."""
MOST: Final = 4 << 20
"""Bytes of a message. An answer has 50 hits of some 400 bytes; what a visitor has read has 60 bytes an entry."""
Message = dict[str, Any]
_RECORDS: Final[Mapping[str, type]] = {
    kind.__name__: kind
    for kind in (Word, Phrase, Field, And, Or, Not, Most, Hit, Searched, Answer, Shown, Found)
}  # fmt: skip
_PATH: Final = "Path"
_MAPPING: Final = "mapping"


class TooLongError(Exception):
    """A message is longer than any may be."""


def framed(message: Message) -> bytes:
    """Write a message.

    Raises:
        TooLongError: it is longer than any may be.
    """
    # As ASCII: what a visitor typed may hold halves of characters that no encoding takes.
    data = json.dumps(message, separators=(",", ":")).encode("ascii")
    if len(data) > MOST:
        raise TooLongError
    return LENGTH.pack(len(data)) + data


def length_of(head: bytes) -> int:
    """Read how many bytes the message behind its head has.

    Raises:
        TooLongError: it is longer than any may be.
    """
    [length] = LENGTH.unpack(head)
    if length > MOST:
        raise TooLongError
    return int(length)


def asked(do: str, question: Question) -> Message:
    """Write a question."""
    return {"do": do, "text": question.parsed.text, "read": question.read, "had": question.had, "first": question.first}


def question_of(message: Message) -> Question:
    """Read a question; its last word counts as the beginning of one, as in the box."""
    from tui.search.query import parse

    read = tuple((str(a), str(b), str(c)) for a, b, c in message["read"])
    return Question(parse(message["text"], typing=True), read, message["had"], message.get("first", ""))


def plain(value: Any) -> Any:
    """Write a record, or what consists of records, in what JSON has."""
    if isinstance(value, Path):
        return {"is": _PATH, "of": [str(value)]}
    name = type(value).__name__
    if name in _RECORDS:
        return {"is": name, "of": [plain(getattr(value, field)) for field in _fields(type(value))]}
    if isinstance(value, Mapping):
        return {"is": _MAPPING, "of": [[key, plain(entry)] for key, entry in value.items()]}
    if isinstance(value, tuple | list):
        return list(map(plain, value))
    return value


def record(value: Any) -> Any:
    """Make again what `plain` has written; a list becomes a tuple.

    Raises:
        LookupError: it names a record that is none of ours.
        TypeError, ValueError: it is none that `plain` has written.
    """
    if isinstance(value, list):
        return tuple(map(record, value))
    if not isinstance(value, dict):
        return value
    name, parts = value["is"], value["of"]
    if name == _PATH:
        return Path(parts[0])
    if name == _MAPPING:
        return {key: record(entry) for key, entry in parts}
    return _RECORDS[name](*map(record, parts))


def _fields(kind: type) -> tuple[str, ...]:
    named: tuple[str, ...] | None = getattr(kind, "_fields", None)
    return named or tuple(kind.__dataclass_fields__)  # type: ignore[attr-defined]  # what is no tuple is one of these
