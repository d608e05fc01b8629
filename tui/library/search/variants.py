"""The ways in which one typed word may be written in a text: KN-23 and KN23, US and U.S., co-operation and cooperation."""

import re
from typing import Final

from tui.library.tokens import words_of

_ACRONYM: Final = re.compile(r"[A-Z]{2,5}", re.ASCII)
_DESIGNATION: Final = re.compile(r"([a-z]{1,4})([0-9]{1,4})([a-z]?)", re.ASCII)


def variants(text: str) -> tuple[tuple[str, ...], ...]:
    """Give the sequences of words that a typed word stands for, its own first; none where it holds no word."""
    own = tuple(words_of(text).split())
    if not own:
        return ()
    found = [own]
    joined = "".join(own)
    if len(own) > 1 and joined.isascii():
        found.append((joined,))
    if _ACRONYM.fullmatch(text):
        found.append(tuple(text.lower()))
    if match := _DESIGNATION.fullmatch(joined):
        found.append((match[1], match[2] + match[3]))
    return tuple(dict.fromkeys(found))
