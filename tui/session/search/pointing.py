"""The line below the box that says where in the query a mistake is."""

import textwrap
from typing import Final

from rich.cells import cell_len

from tui.briefing.characters import cleaned
from tui.render.layout import shortened

POINTER: Final = "^"


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
        return f"{' ' * at}{POINTER} {shortened(message, behind)}"
    before = shortened(message, at - 1)
    return f"{' ' * (at - 1 - cell_len(before))}{before} {POINTER}"


def wrapped(text: str, width: int) -> list[str]:
    """Break a line where the terminal is narrow; none ends with the dot between two facts."""
    rows = textwrap.wrap(cleaned(text), max(8, width))
    return [row.removesuffix(" ·") for row in rows if row != "·"] or [""]
