"""The private parts of Textual that the input stands on. The version is pinned, and a test fails when one of them goes."""

import re
from functools import lru_cache
from typing import Final

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.message import Message

_FUNCTIONAL: Final = re.compile(r"\x1b\[(\d*)[\d;:]*([~A-Z])")


@lru_cache(maxsize=1024)
def _extended(sequence: str) -> tuple[Key, ...] | None:
    keys = XTermParser._parse_extended_key.__wrapped__(XTermParser, sequence)  # noqa: SLF001
    return None if keys is None else tuple(keys)


class ParserTables(XTermParser):
    """Textual's knowledge of keys and the mouse without its parser, which trusts its input and waits by itself."""

    def __init__(self) -> None:
        """Begin with the mouse in the corner. The parser is not started: it would keep this object alive."""
        self.last_x = self.last_y = 0.0
        self.mouse_pixels = False
        self.terminal_size = self.terminal_pixel_size = None

    def _parse_extended_key(self, sequence: str) -> list[Key] | None:  # type: ignore[override]
        """Use a cache outside of the object; Textual's would keep every one for ever."""
        keys = _extended(sequence)
        return None if keys is None else list(keys)

    def keys(self, sequence: str, *, alt: bool = False) -> list[Key]:
        """Return the keys of one valid sequence or character; none for an unknown sequence."""
        match = _FUNCTIONAL.fullmatch(sequence)
        # Textual takes any number for the code of a character.
        if match and f"{match[1] or 1}{match[2]}" not in FUNCTIONAL_KEYS and sequence not in ANSI_SEQUENCES_KEYS:
            return []
        return [key for key in self._sequence_to_key_events(sequence, alt=alt) if key.key != "<ignore>"]

    def mouse(self, body: str) -> Message | None:
        """Return the event of a report in SGR coordinates."""
        return self.parse_mouse_code(f"\x1b[{body}")
