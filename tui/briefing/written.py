"""Where the characters of a TOML string stand in the way that it is written, past its quotes and escapes."""

import re
from typing import Final

_ESCAPE: Final = re.compile(r"\\(?:[ \t]*\n\s*|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|.)", re.DOTALL)


def place_of(token: str, offset: int) -> int:
    """Give the offset in a string's token at which a character of its value is written.

    Args:
        token: the string as it is written, with its quotes.
        offset: the character's offset in the value, in code points; that of the value's end is its closing quote.
    """
    quote = token[:3] if token[:3] in {'"""', "'''"} else token[:1]
    at = len(quote)
    end = len(token) - len(quote)
    if len(quote) == 3 and token.startswith("\n", at):
        at += 1  # a line break right behind the opening quotes is not part of the value
    if quote[0] == "'":
        return min(at + offset, end)
    left = offset
    for escape in _ESCAPE.finditer(token, at, end):
        if left < escape.start() - at:
            break
        left -= escape.start() - at
        stands_for_nothing = escape[0][1].isspace()  # a backslash at the end of a line
        if not left and not stands_for_nothing:
            return escape.start()
        left -= not stands_for_nothing
        at = escape.end()
    return min(at + left, end)
