"""Writing TOML that the loader reads back as it was meant, whatever stands in the strings."""

import re
from typing import Final

from tui.briefing.characters import FORBIDDEN

_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL: Final = re.compile(rf'["\\\n]|{FORBIDDEN.pattern}')
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def basic_string(text: str) -> str:
    """Write a text as a basic string of TOML 1.0; a lone surrogate, which no TOML can hold, becomes U+FFFD."""
    return f'"{_SPECIAL.sub(_escape, _sound(text))}"'


def citation_line(source: str, quote: str, prefix: str = "", suffix: str = "", page: int = 0) -> str:
    """Write a footnote as it stands in a list `cite = […]`; prefix, suffix and page only where there are any."""
    on_page = str(page) if page else ""
    given = {"source": source, "quote": quote, "prefix": prefix, "suffix": suffix, "page": on_page}
    return f"{{ {', '.join(f'{key} = {basic_string(value)}' for key, value in given.items() if value)} }}"


def _sound(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    return _SHORT.get(character) or (f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}")
