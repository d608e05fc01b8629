"""The matrix on the screen, with fixed heads and a current cell.

Only the visible cells are painted.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from textual import events
from textual.geometry import Offset, Region
from textual.strip import Strip

from tui.evidence.matrix import Cell
from tui.reader.themes import Theme
from tui.reader.widgets import painting
from tui.reader.widgets.grid_frame import Frame, frame
from tui.reader.widgets.grid_painter import FOOT_WITH_WORDS, GridPainter
from tui.reader.widgets.page_view import PageView
from tui.reader.widgets.typesetter import LaidLink, Typesetter
from tui.render.evidence.matrix import Grid, Head
from tui.render.page import Page, Span
from tui.session.find.matches import Match
from tui.session.page_rows import Extent
from tui.session.viewport import Spot
from tui.state.records import Location

_WHEEL: Final = 3


class GridTable(PageView):
    """A matrix with a current cell. Each row is a block of the page.

    Left of the first column stands the claim itself.

    The row of a spot, which a page of text needs for tall blocks, is the current column here, counted from 1.
    """

    def __init__(self, typesetter: Typesetter, theme: Theme) -> None:
        """Create a view without a page."""
        super().__init__(typesetter, theme, name="grid")
        self._at = -1
        self._first = 0
        self._grid: Grid | None = None
        self._heads: tuple[Head, ...] = ()
        self._digits = 1
        self._found: tuple[Match, int] | None = None
        """The match that was last visited, and the column that was current then."""

    link_word = "quote"

    # As a page view

    @property
    def spot(self) -> Spot:
        """The current location, with the column in place of the row."""
        return self._port.spot._replace(row=self._at + 1)

    @property
    def room(self) -> int:
        """Rows of the body."""
        return self.frame.rows

    @property
    def frame(self) -> Frame:
        """The division of the view."""
        return frame(self.size.width, self.size.height, columns=len(self._heads), digits=self._digits)

    def show(self, page: Page, spot: Spot, kept: Location | None = None) -> None:
        """Show a matrix at a spot."""
        self._grid = page if isinstance(page, Grid) else None
        self._heads = self._grid.heads if self._grid else ()
        self._digits = max((max(len(head.number), len(head.below)) for head in self._heads), default=1)
        self._at = min(spot.row - 1, len(self._heads) - 1)
        super().show(page, spot._replace(row=0), kept)
        self._bring_in()

    def stops_at(self, place: int) -> bool:
        """Stop at each claim."""
        return True

    def measure(self, place: int, part: int = 0) -> Extent:
        """Return the extent of a claim: one row."""
        return 1, 1

    def _space(self, place: int) -> int:
        return 0

    def mark_matches(self, matches_in: Callable[[int], Sequence[Match]], here: Match | None) -> None:
        """Go to the claim of the current match.

        The foot shows the match as long as the reader stays at the claim and the column.
        """
        if here is not None:
            self.select(here.block)
        self._found = (here, self._at) if here is not None else None
        self.refresh()

    @property
    def _found_here(self) -> Match | None:
        """The current match; None once the reader has moved away from it."""
        if self._found is None or (self._found[0].block, self._found[1]) != (self.spot.current, self._at):
            return None
        return self._found[0]

    @property
    def link(self) -> LaidLink | None:
        """Nothing: cells are gone through instead."""
        return None

    def next_link(self, direction: int) -> None:
        """Go to the next or previous cell that is not silent.

        After the last cell of a row the next row follows.
        """
        if found := self._next_link(direction, len(self.page)):
            before = self.spot.current
            self.select(found[0])
            self._go(found[2])
            self.post_message(self.Moved(self, before))

    def _next_link(self, direction: int, most: int) -> tuple[int, int, int] | None:
        """Find the next or previous marked cell. Return its row, a zero and its column."""
        grid, place, column = self._grid, self.spot.current, self._at
        for _ in range(most):
            if grid is None or not 0 <= place < len(grid):
                break
            if (found := grid.next_marked(place, column, direction)) is not None:
                return place, 0, found
            place += direction
            column = -1 if direction > 0 else len(self._heads)
        return None

    @property
    def target(self) -> str:
        """The target of Enter: the claim, a cell's first quote, or nothing."""
        cell = self.holder
        if cell is None:  # the list of the row, which has the same target, need not be laid out
            return self._grid.target(self.spot.current) if self._grid and len(self._grid) else ""
        return "note:1" if cell.grounds else ""

    @property
    def holder(self) -> Cell | None:
        """The current cell; None where the claim itself is current."""
        if self._grid is None or self._at < 0 or not len(self._grid):
            return None
        return self._grid.cell(self.spot.current, self._at)

    # Columns

    def sideways(self, direction: int) -> bool:
        """Go to the next or previous column."""
        self._go(max(-1, min(self._at + direction, len(self._heads) - 1)))
        return True

    @property
    def column_id(self) -> str:
        """The current column's id; empty where the claim itself is current."""
        return self._grid.columns[self._at].id if self._grid and self._at >= 0 else ""

    def reach(self, name: str) -> None:
        """Go to the column of a source or an origin.

        Where the sources are grouped, the column of a source is that of its origin.
        """
        columns = self._grid.columns if self._grid else ()
        near = [name in {column.id, *(source.id for source in column.sources)} for column in columns]
        self._go(near.index(True) if True in near else self._at)

    def _go(self, column: int) -> None:
        self._at = column
        self._bring_in()
        self.refresh()

    def _bring_in(self) -> None:
        """Scroll by the fewest columns that bring the current column into view."""
        shown = self.frame.columns
        if self._at >= 0:
            self._first = max(min(self._first, self._at), self._at - shown + 1)
        else:
            self._first = 0
        self._first = max(0, min(self._first, len(self._heads) - shown))


class GridView(GridTable):
    """Shows the matrix, its heads in place."""

    @property
    def standing(self) -> Offset:
        """The screen's cell of the current cell, or of the current claim."""
        parts = self.frame
        left = parts.gutter if self._at < 0 else parts.left + (self._at - self._first + 1) * parts.cell - 1
        return Offset(left, parts.above + self.window.window_row(self.spot.current, 0))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the rows of a region."""
        parts = self.frame
        if self._grid is None or not self.size.width:
            return [Strip.blank(self.size.width, self._theme.base)] * crop.height
        window = self.window  # fitted to the size first
        found = self._found_here
        painter = GridPainter(
            self._grid,
            parts,
            self._theme,
            self._typesetter,
            self.spot.current,
            self._at,
            self._first,
            self.holder,
            found,
        )
        rows = [painter.row(place, self.glyph_of(self._grid.ids[place])[-1:]) for place, _ in window.visible()]
        whole = len(rows) == len(self.page)
        rows += [painter.line(())] * (parts.rows - len(rows))
        if rows and not whole:
            at = min(1.0, self.spot.top / max(1, len(self.page) - len(rows)))
            rows = painting.with_scrollbar(rows, self._theme, self._typesetter, at=at)
        strips = [*painter.head(), *rows, *painter.foot()]
        if found and parts.below < FOOT_WITH_WORDS:  # in so low a window the match has priority
            strips[-1] = painter.found_line(found)
        strips = strips[crop.y : crop.bottom]
        return strips if crop.width == parts.width else [strip.crop(crop.x, crop.right) for strip in strips]

    def shown_spans(self) -> Iterator[Span]:
        """Yield the text of the table, with the ratings over its columns."""
        yield from (Span(strip.text) for strip in self.render_lines(self.size.region))
        yield from (Span(head.below, "rating") for head in self._heads)

    # Mouse and size

    def _fit(self) -> None:
        super()._fit()
        self._bring_in()

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Scroll to the right."""
        self._scroll_columns(_WHEEL, event)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Scroll to the left."""
        self._scroll_columns(-_WHEEL, event)

    def _scroll_columns(self, columns: int, event: events.MouseEvent) -> None:
        event.stop()
        shown = self.frame.columns
        self._first = max(0, min(self._first + columns, len(self._heads) - shown))
        if self._at >= 0:
            self._at = max(self._first, min(self._at, self._first + shown - 1))
        self.refresh()
        self.post_message(self.Moved(self, self.spot.current))

    def on_click(self, event: events.Click) -> None:
        """Make the cell or the column under the mouse current.

        A double click opens it. A click on the summary changes the order.
        """
        event.stop()
        event.prevent_default()  # else the page view would follow the click as well
        parts, before = self.frame, self.spot.current
        at = parts.column_at(event.x)
        if at is None or self._grid is None:
            return
        column = -1 if at < 0 else self._first + at
        if event.y == 0 and parts.above > 2:
            self.post_message(self.Followed(self, f"command:{sorting_at(self._grid.summary, event.x - parts.gutter)}"))
        elif event.y < parts.above:
            self._go(column)
            if event.chain > 1 and column >= 0 and not self._grid.columns[column].origin:
                self.post_message(self.Followed(self, f"#{self.column_id}"))
        else:
            found = self.window.at(event.y - parts.above)
            if found is None:
                return
            self.select(found[0])
            self._go(column)
            if event.chain > 1 and self.target:
                self.post_message(self.Followed(self, self.target))
        self.post_message(self.Moved(self, before))


def sorting_at(summary: str, x: int) -> str:
    """Return the command for a cell of the summary.

    The summary names the grouping by origins, the order of the claims and that of the sources.
    """
    claims = summary.find(" · ")
    return "group" if x <= claims else "sort-rows" if x <= summary.find(" · ", claims + 3) else "sort-columns"
