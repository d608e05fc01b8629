"""The file ``sources.lock``, with the last check of each held text.

The program writes this file.
"""

from pathlib import Path
from typing import Any, Final, NamedTuple

import tomli

from tui.briefing.files import LOCK_NAME, MAX_BRIEFING_BYTES, UnreadableFileError, read_bounded
from tui.briefing.problems import Problem
from tui.briefing.toml_text import basic_string

_ORIGINAL: Final = {"sha256": "original_sha256", "type": "original_type", "taken_by": "taken_by"}
"""The keys of an original in the table of its text."""
_REMEDY: Final = "put it back as it was; or delete it, hold the texts again, and let briefing hold write it anew"
_OUT_OF_REACH: Final = "mend its permissions, or the disk"
_HEADER: Final = (
    "# Written by `briefing hold`; do not edit. It records, for each text that was held, its hash and length, and where\n"
    "# each quote stood in it, so that a reader without the text still sees what a quote was checked against.\n"
    "format = 1\n"
)


class LockedOriginal(NamedTuple):
    """The page or PDF that a text was taken from."""

    sha256: str
    type: str
    """Its media type, such as `application/pdf`."""
    taken_by: str
    """The extractor of the text, with its version. Another version may extract another text."""


class LockedText(NamedTuple):
    """A text as it was when it was last held."""

    sha256: str
    length: int
    """In Unicode code points."""
    paragraphs: int
    original: LockedOriginal | None = None
    """The file that it was taken from; None where that was the text itself."""


class LockedQuote(NamedTuple):
    """The location of a quote at the last check."""

    paragraph: int
    start: int
    """In Unicode code points."""
    end: int
    page: int = 0
    """The page on which it begins, counted from 1; 0 where the text has no pages."""


class QuoteKey(NamedTuple):
    """The identity of a quote."""

    source: str
    """The id of the source that carries the quote."""
    quote: str
    prefix: str = ""
    suffix: str = ""


class Lock(NamedTuple):
    """The lock file's content."""

    texts: dict[str, LockedText]
    """By source id."""
    quotes: dict[QuoteKey, LockedQuote]


EMPTY: Final = Lock({}, {})


class UnreadableLockError(Exception):
    """A lock that exists and cannot be read. Its quotes are then unknown."""

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        """Record the reason with its line and column, from 1. Use 0 for the whole file."""
        super().__init__(reason)
        self.reason, self.line, self.column = reason, line, column
        self.remedy = _REMEDY

    def problem(self, name: str) -> Problem:
        """Return the error as a problem of a file."""
        return Problem(name, self.line, self.column, "", f"{LOCK_NAME} cannot be read: {self.reason}", self.remedy)


def read(path: Path) -> Lock:
    """Read a lock. A missing file is an empty lock.

    Raises:
        UnreadableLockError: the file is there and is no lock that can be understood.
    """
    try:
        if not path.exists() and not path.is_symlink():
            return EMPTY
        text = read_bounded(path, MAX_BRIEFING_BYTES).decode("utf-8")
        found = _understood(tomli.loads(text))
    except tomli.TOMLDecodeError as error:
        raise UnreadableLockError(f"{error.msg[:1].lower()}{error.msg[1:]}", error.lineno, error.colno) from error
    except UnicodeDecodeError as error:
        raise UnreadableLockError("it is not UTF-8") from error
    except (UnreadableFileError, OSError) as error:
        unreadable = UnreadableLockError(str(error).removeprefix("cannot be read: "))
        unreadable.remedy = _OUT_OF_REACH
        raise unreadable from error
    except RecursionError as error:
        raise UnreadableLockError("it is nested too deeply") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableLockError("it does not say what a lock says") from error
    if not text.endswith("\n"):  # a number may have lost its end
        raise UnreadableLockError("it ends in the middle of a line")
    return found


def _understood(data: dict[str, Any]) -> Lock:
    texts = {
        row["source"]: LockedText(row["sha256"], row["length"], row["paragraphs"], _original(row))
        for row in data.get("text", ())
    }
    quotes = {
        QuoteKey(row["source"], row["quote"], row.get("prefix", ""), row.get("suffix", "")): LockedQuote(
            row["paragraph"], row["start"], row["end"], row.get("page", 0)
        )
        for row in data.get("quote", ())
    }
    if (len(texts), len(quotes)) != (len(data.get("text", ())), len(data.get("quote", ()))):
        raise UnreadableLockError("it records a text or a quote twice")  # whose quotes are whose is not known
    words = (word for row in (*quotes, *((name, text.sha256) for name, text in texts.items())) for word in row)
    numbers = [
        *(number for text in texts.values() for number in text[1:3]),
        *(n for place in quotes.values() for n in place),
    ]
    if data.get("format") != 1:
        raise ValueError(data.get("format"))
    if not all(isinstance(word, str) for word in words) or not all(type(number) is int for number in numbers):
        raise TypeError(data)
    return Lock(texts, quotes)


def written(lock: Lock) -> str:
    """Write a lock as sorted TOML, so that revisions differ little."""
    parts = [_HEADER]
    for source, text in sorted(lock.texts.items()):
        values = {"source": source, **text._asdict()}
        del values["original"]
        if text.original:
            values |= {_ORIGINAL[name]: value for name, value in text.original._asdict().items()}
        parts.append(_table("text", values))
    for key, place in sorted(lock.quotes.items(), key=lambda item: (item[0].source, item[1].start, item[0])):
        words = {name: value for name, value in key._asdict().items() if value}
        numbers = {name: number for name, number in place._asdict().items() if name != "page" or number}
        parts.append(_table("quote", {**words, **numbers}))
    return "\n".join(parts)


def _original(row: dict[str, Any]) -> LockedOriginal | None:
    if not any(key in row for key in _ORIGINAL.values()):
        return None
    values = [row[key] for key in _ORIGINAL.values()]
    if not all(isinstance(value, str) for value in values):
        raise TypeError(values)
    return LockedOriginal(*values)


def _table(name: str, values: dict[str, Any]) -> str:
    lines = (f"{key} = {basic_string(value) if isinstance(value, str) else value}" for key, value in values.items())
    return f"[[{name}]]\n" + "\n".join(lines) + "\n"
