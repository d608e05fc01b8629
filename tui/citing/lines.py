"""The text of a bibliography, with the places of its characters."""

import json
import re
from bisect import bisect_right
from typing import Final

from tui.briefing.characters import FORBIDDEN, name_of
from tui.citing.draft import Found, Place

REPLACEMENT: Final = "\ufffd"
"""The character that stands for a forbidden one."""
_BREAK: Final = re.compile(r"\r\n?")
_ESCAPE: Final = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.", re.DOTALL)
"""An escape of JSON, and a pair of them for one character."""
_JOINERS: Final = frozenset("\u200b\u200c\u200d")
"""Characters that are forbidden beside some letters alone."""


class Lines:
    """A text with the offsets of its lines."""

    def __init__(self, text: str) -> None:
        """Take a text."""
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> Place:
        """Return line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def lines_of(text: str, found: Found, *, escapes: bool = False) -> Lines:
    """Return a text with known line breaks. Each forbidden character is told, and replaced.

    Args:
        text: the text of a file.
        found: takes the problems.
        escapes: whether it is JSON, which may write a character as its escape.
    """
    lines = Lines(_BREAK.sub("\n", text.removeprefix("\ufeff")).replace("\t", " "))

    def replaced(match: re.Match[str]) -> str:
        sign = _unescaped(match[0]) if escapes and match[0][0] == "\\" else match[0]
        if not FORBIDDEN.fullmatch(sign) or (sign != match[0] and sign in f"\r\t\f{''.join(_JOINERS)}"):
            return match[0]
        said = f"{name_of(sign)} is forbidden; {name_of(REPLACEMENT)} stands for it"
        found.tell(*lines.place(match.start()), said)
        return "\\ufffd".ljust(len(match[0])) if sign != match[0] else REPLACEMENT

    pattern = re.compile(f"{_ESCAPE.pattern}|{FORBIDDEN.pattern}", re.DOTALL) if escapes else FORBIDDEN
    return Lines(pattern.sub(replaced, lines.text))


def _unescaped(escape: str) -> str:
    try:
        return str(json.loads(f'"{escape}"'))
    except ValueError:
        return escape
