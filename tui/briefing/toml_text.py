"""Strings of TOML: safe writing, and offsets of values in their tokens."""

import re
from typing import Final

from tui.briefing.characters import FORBIDDEN

_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL: Final = re.compile(r'["\\\n]')
_ESCAPED: Final = re.compile(r"\\(?:[ \t]*\n\s*|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|.)", re.DOTALL)
"""A character that is written with a backslash."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def basic_string(text: str) -> str:
    """Write a text as a basic string of TOML 1.0. A lone surrogate becomes U+FFFD."""
    return f'"{FORBIDDEN.sub(_escape, _SPECIAL.sub(_escape, _sound(text)))}"'


def citation_line(source: str, quote: str, prefix: str = "", suffix: str = "", page: int = 0) -> str:
    """Write a footnote for a list `cite = […]`. Empty values are left out."""
    on_page = str(page) if page else ""
    given = {"source": source, "quote": quote, "prefix": prefix, "suffix": suffix, "page": on_page}
    return f"{{ {', '.join(f'{key} = {basic_string(value)}' for key, value in given.items() if value)} }}"


def string_offset(token: str, offset: int) -> int:
    """Return the offset in a string's token of a value's character.

    Args:
        token: the string as it is written, with its quotes.
        offset: the character's offset in the value, in code points; that of the value's end is its closing quote.
    """
    quote = token[:3] if token[:3] in {'"""', "'''"} else token[:1]
    at = len(quote)
    end = len(token) - len(quote)
    if len(quote) == 3 and token.startswith("\n", at):
        at += 1  # a line break right behind the opening quotes is not part of the value
    if quote[0] == "'" or "\\" not in token:
        return min(at + offset, end)
    left = offset
    for escape in _ESCAPED.finditer(token, at, end):
        if left < escape.start() - at:
            break
        left -= escape.start() - at
        stands_for_nothing = escape[0][1].isspace()  # a backslash at the end of a line
        if not left and not stands_for_nothing:
            return escape.start()
        left -= not stands_for_nothing
        at = escape.end()
    return min(at + left, end)


def _sound(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _SHORT.get(character) or (f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}")
