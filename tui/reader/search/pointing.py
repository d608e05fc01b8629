"""The line below the box that says where in the query a mistake is."""

import textwrap
from typing import Final

from rich.cells import cell_len, set_cell_size

from tui.briefing.characters import cleaned

POINTER: Final = "▲"


def pointing(message: str, at: int, width: int) -> str:
    """Set a message beside a pointer that stands below a cell, on the side with more room.

    Args:
        message: what is wrong.
        at: the cell of the box below which to point.
        width: cells of the line.
    """
    message = cleaned(message)
    at = max(0, min(at, width - 1))
    behind = width - at - 2
    if cell_len(message) <= behind or behind >= at:
        return f"{' ' * at}{POINTER} {_fitted(message, behind)}"
    before = _fitted(message, at - 1)
    return f"{' ' * (at - 1 - cell_len(before))}{before} {POINTER}"


def wrapped(text: str, width: int) -> list[str]:
    """Break a line where the terminal is narrow."""
    return textwrap.wrap(cleaned(text), max(8, width)) or [""]


def _fitted(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…" if width > 0 else ""
