"""Kinds of terminals, as TERM names them."""

from typing import Final

_PLAIN: Final = frozenset({"", "dumb", "unknown", "network", "glasstty"})


def has_screen(kind: str) -> bool:
    """Whether a terminal can show a screen. Any other receives plain text."""
    return kind.lower() not in _PLAIN
