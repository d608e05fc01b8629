"""How the screen is divided, for every size of terminal."""

from typing import Final, Literal, NamedTuple

SIDENOTES_FROM: Final = 120
"""Columns from which the sidenotes stand beside the page."""
OUTLINE_FROM: Final = 160
"""Columns from which the outline stands at the left."""
COMPACT_BELOW: Final = (60, 16)
"""Columns and rows below either of which the screen is a single, compact column."""

_PAGE: Final = 84
_WIDE_PAGE: Final = 116
_OUTLINE: Final = 34
_NOTES: Final = (36, 60)
_NOTES_BESIDE_TABLE: Final = 42


class Arrangement(NamedTuple):
    """Who gets how many rows and columns; what gets none is not shown."""

    masthead: int
    """Rows of title, panes and rule."""
    status: int
    """Rows of the status line and the rule above it."""
    outline: int
    """Columns."""
    notes: int
    """Columns where they stand at the right, rows where at the bottom."""
    notes_edge: Literal["left", "top"]
    """The edge of the notes that faces the page."""
    hints: bool
    """Whether the status line tells all keys that fit, or the way to them alone."""


def has_room_for_outline(width: int, height: int) -> bool:
    """Whether a terminal has room for the outline beside the page."""
    return width >= OUTLINE_FROM and height >= COMPACT_BELOW[1]


def arrange(
    width: int, height: int, *, peeking: bool, outline: bool, zoomed: bool, wide: bool = False, table: bool = False
) -> Arrangement:
    """Divide a terminal.

    Args:
        width: its columns.
        height: its rows.
        peeking: whether a footnote is open.
        outline: whether the reader wants the outline where there is room for it.
        zoomed: whether the reader wants the page alone.
        wide: whether the page is set wider than running text, such as a timeline: notes then stand beside it only
            where there is room for that.
        table: whether the page is a table, which makes better use of columns than footnotes do.
    """
    compact = width < COMPACT_BELOW[0] or height < COMPACT_BELOW[1]
    # The page has the first row, the status the second; there is nothing to be read in a title alone.
    masthead = int(height > 2) if compact else 2 if height < 20 else 3
    status = int(height > 1) if height < 20 or compact else 2
    outline_width = _OUTLINE if outline and has_room_for_outline(width, height) and not zoomed else 0
    page = _WIDE_PAGE if wide else _PAGE
    if width - outline_width >= SIDENOTES_FROM + page - _PAGE and (peeking or not zoomed) and not compact:
        most = _NOTES_BESIDE_TABLE if table else _NOTES[1]
        notes = max(_NOTES[0], min(most, width - outline_width - page))
        return Arrangement(masthead, status, outline_width, notes, "left", hints=True)
    room = height - masthead - status
    notes = min(max(4, room * 9 // 20), max(0, room - 3)) if peeking else 0
    return Arrangement(masthead, status, outline_width, notes, "top", hints=not compact)
