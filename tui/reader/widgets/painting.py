"""Painting a page's rows: the gutter, the text, and marks in it."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Literal, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.reader.themes import Theme
from tui.reader.widgets.typesetter import Laid, LaidLink, Typesetter
from tui.render import signs
from tui.session.find.matches import Match


class Column(NamedTuple):
    """The division of a view's width."""

    width: int
    """Cells of the view."""
    margin: int
    """Cells left of the gutter, which set the column in the middle."""
    gutter: int
    """Cells for the glyph, the bar of the current block and a space; or for an edge or a margin."""
    text: int
    """Cells of the text."""
    edge: Literal["", "left", "top"]
    """The edge at which a rule parts the view from its neighbour."""
    has_bar: bool
    """Whether the gutter shows glyph and bar."""


def blank_row(column: Column, theme: Theme) -> Strip:
    """Paint a row without text."""
    margin = _margin_segments(column, theme)
    return Strip([*margin, Segment(" " * (column.width - column.margin - column.gutter), theme.base)], column.width)


def text_row(column: Column, theme: Theme, strip: Strip, *, current: bool, glyph: str) -> Strip:
    """Paint a row of text with its gutter."""
    if column.has_bar:
        margin = Segment(" " * column.margin, theme.base)
        gutter = [margin, *gutter_segments(theme, column.gutter, current=current, glyph=glyph)]
    else:
        gutter = _margin_segments(column, theme)
    tail = Segment(" " * (column.width - column.margin - column.gutter - column.text), theme.base)
    return Strip([*gutter, *strip, tail], column.width)


def gutter_segments(theme: Theme, width: int, *, current: bool, glyph: str) -> list[Segment]:
    """Paint a gutter: the block's glyph, the current row's bar, a space.

    The glyph says unread or changed. A gutter of one cell has the bar or the glyph.
    """
    bar = Segment(signs.CURRENT.symbol if current else " ", theme.base + theme.current)
    if width < 3:
        glyph_alone = Segment(glyph or " ", theme.style("new"))
        return [bar if current else glyph_alone, Segment(" " * (width - 1), theme.base)][:width]
    return [Segment(glyph or " ", theme.style("new")), bar, Segment(" " * (width - 2), theme.base)]


def with_link(strip: Strip, link: LaidLink, row: int, theme: Theme) -> Strip:
    """Paint the link that has the focus."""
    for piece in link.pieces:
        if piece.row == row:
            strip = restyled(strip, piece.start, piece.end, theme.focused)
    return strip


def with_matches(
    strip: Strip, laid: Laid, row: int, theme: Theme, *, matches: Sequence[Match], here: Match | None
) -> Strip:
    """Paint the matches on a row, the current match in another style.

    The matches come in reading order.
    """
    for line in laid.lines[row].parts:
        if line.para < 0:
            continue
        first = bisect_right(matches, (line.para, line.start), key=attrgetter("para", "end"))
        for place in range(first, len(matches)):
            match = matches[place]
            if (match.para, match.start) >= (line.para, line.end):
                break
            start, end = max(match.start, line.start) - line.start, min(match.end, line.end) - line.start
            # The layout leaves soft hyphens out; here they count for nothing.
            text = laid.part.words(line)
            left = line.offset + cell_len(text[:start].replace("\u00ad", ""))
            right = left + cell_len(text[start:end].replace("\u00ad", ""))
            strip = restyled(strip, left, right, theme.found_here if match == here else theme.found)
    return strip


def with_scrollbar(strips: list[Strip], theme: Theme, typesetter: Typesetter, *, at: float) -> list[Strip]:
    """Paint a mark at the right edge. `at` is its height, from 0 to 1."""
    row = round(at * (len(strips) - 1))
    marked = partial(_with_mark, strips[row], theme)
    strips[row] = typesetter.once(strips[row], ("scrollbar", theme.name), marked)
    return strips


def _with_mark(strip: Strip, theme: Theme) -> Strip:
    mark = Strip([Segment(signs.SCROLLED.symbol, theme.base + theme.faint)], 1)
    return Strip.join([strip.crop(0, strip.cell_length - 1), mark])


def _margin_segments(column: Column, theme: Theme) -> list[Segment]:
    if column.edge == "left":
        return [Segment("│", theme.base + theme.faint), Segment(" " * (column.margin + column.gutter - 1), theme.base)]
    return [Segment(" " * (column.margin + column.gutter), theme.base)]


def restyled(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """Change the style of some cells of a strip."""
    start, end = max(0, start), min(end, strip.cell_length)
    if start >= end:
        return strip
    middle = Strip(
        [Segment(text, (found or Style.null()) + style) for text, found, _ in strip.crop(start, end)],
        end - start,
    )
    return Strip.join([strip.crop(0, start), middle, strip.crop(end, strip.cell_length)])
