"""The division of the screen, for every size of terminal."""

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
    """The rows and columns of each part of the screen. A part with none is hidden."""

    masthead: int
    """Rows of title, panes and rule."""
    status: int
    """Rows of the status line and the rule above it."""
    outline: int
    """Columns."""
    notes: int
    """Columns at the right of the page, or rows below it; see `notes_edge`."""
    notes_edge: Literal["left", "top"]
    """The edge of the notes that faces the page."""
    hints: bool
    """Whether the status line lists all keys that fit, or only the key of the help."""


def has_room_for_outline(width: int, height: int) -> bool:
    """Whether a terminal has room for the outline beside the page."""
    return width >= OUTLINE_FROM and height >= COMPACT_BELOW[1]


def arrange(
    width: int, height: int, *, peeking: bool, outline: bool, zoomed: bool, wide: bool = False, table: bool = False
) -> Arrangement:
    """Divide a terminal.

    Args:
        width: the terminal's columns.
        height: the terminal's rows.
        peeking: whether a footnote is open.
        outline: whether the reader has switched the outline on; a narrow terminal has none all the same.
        zoomed: whether the reader has chosen the page alone.
        wide: whether the page is wider than running text, such as a timeline; it then needs a wider terminal before
            notes stand beside it.
        table: whether the page is a table, which has the whole width until a footnote is opened.
    """
    compact = width < COMPACT_BELOW[0] or height < COMPACT_BELOW[1]
    # The page gets the first row and the status line the second: a title alone is of no use.
    masthead = int(height > 2) if compact else 2 if height < 20 else 3
    status = int(height > 1) if height < 20 or compact else 2
    outline_width = _OUTLINE if outline and has_room_for_outline(width, height) and not zoomed else 0
    page = _WIDE_PAGE if wide else _PAGE
    if width - outline_width >= SIDENOTES_FROM + page - _PAGE and not zoomed and (peeking or not table) and not compact:
        most = _NOTES_BESIDE_TABLE if table else _NOTES[1]
        notes = max(_NOTES[0], min(most, width - outline_width - page))
        return Arrangement(masthead, status, outline_width, notes, "left", hints=True)
    room = height - masthead - status
    notes = min(max(4, room * 9 // 20), max(0, room - 3)) if peeking else 0
    return Arrangement(masthead, status, outline_width, notes, "top", hints=not compact)
