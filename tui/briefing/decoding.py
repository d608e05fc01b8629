"""Decoding of a file's bytes. Other encodings and forbidden characters are problems."""

import re
from collections import Counter
from typing import Final

from tui.briefing.characters import name_of, remedy_for
from tui.briefing.problems import Problem

BYTE_ORDER_MARK: Final = "begins with a byte order mark"
_BOM: Final = b"\xef\xbb\xbf"
_OTHER_MARKS: Final = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
"""The byte order marks of other encodings; those of UTF-32 first, since one begins like UTF-16's."""
_RAW_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_MAY_BE_CONTROLS: Final = bytes({*range(32), 0x7F} - {*b"\t\n"})
_LOOKED_AT: Final = 4096
_MOST_CONTROLS: Final = 50


def decoded(data: bytes, name: str, problems: list[Problem]) -> str | None:
    """Return the characters of a file. Return None for a file that is no UTF-8 text.

    Characters that TOML forbids are blanked, each kind with a problem.

    Args:
        data: the file's bytes.
        name: how messages call the file.
        problems: takes what is wrong, each fault once.
    """
    if fault := _foreign(data):
        problems.append(Problem(name, 1, 1, "", *fault))
        return None
    if data.startswith(_BOM):
        problems.append(Problem(name, 1, 1, "", BYTE_ORDER_MARK, "save it as UTF-8 without one"))
        data = data[len(_BOM) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        problems.append(Problem(name, *line_and_column(before, len(before)), "", message, "save the file as UTF-8"))
        text = data.decode("utf-8", "replace")
    if len(data.translate(None, _MAY_BE_CONTROLS)) == len(data):  # nearly every file, and cheaper than a search
        return text
    problems.extend(_controls(text, name))
    return blanked_controls(text).replace("\r\n", "\n")


def blanked_controls(text: str) -> str:
    """Blank the control characters that TOML forbids, so that a parser continues."""
    return _RAW_CONTROL.sub(" ", text)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column of an offset, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _foreign(data: bytes) -> tuple[str, str] | None:
    """Return the message and remedy for another encoding, or for binary data."""
    encoding = next((named for mark, named in _OTHER_MARKS.items() if data.startswith(mark)), None)
    begin = data[:_LOOKED_AT]
    if encoding is None and begin.count(0) * 4 >= len(begin) > 0:
        even, odd = begin[::2].count(0), begin[1::2].count(0)
        # In UTF-16 one byte of each Latin letter is NUL, and always the same one.
        encoding = "UTF-16" if max(even, odd) > 8 * min(even, odd) else ""
    if encoding is None:
        return None
    return (f"is {encoding}", "save it as UTF-8") if encoding else ("is no text", "write the TOML as UTF-8")


def _controls(text: str, name: str) -> list[Problem]:
    """Return a problem for the first control character of each kind."""
    counts = Counter(_RAW_CONTROL.findall(text))
    problems = []
    for character, count in list(counts.items())[:_MOST_CONTROLS]:
        first = next(match.start() for match in _RAW_CONTROL.finditer(text) if match[0] == character)
        line, column = line_and_column(text, first)
        message, remedy = f"control character {name_of(character)}", remedy_for(character)
        if count > 1:
            message, remedy = f"{message}, {count:,} times", remedy.replace("delete it", "delete them")
        problems.append(Problem(name, line, column, "", message, remedy))
    return problems
