"""The matrix on the screen: heads that stay, a current cell, and no more painted than is seen."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from tui.briefing.characters import cleaned
from tui.library.evidence.matrix import Cell
from tui.library.volume import brief
from tui.reader import painting
from tui.reader.evidence.frame import Frame, frame
from tui.reader.looks import Look
from tui.reader.match import Match
from tui.reader.page_view import PageView
from tui.reader.typeset import LaidLink, Typesetter
from tui.reader.viewport import Spot
from tui.render.evidence.grid import GLYPHS, SILENT, Grid, Head, cell_words, column_words
from tui.render.page import Page, Span

_WHEEL: Final = 3


class GridView(PageView):
    """Shows the matrix. A row is a block of its page; left of the first column stands the claim itself.

    The row of a spot, which a page of text needs for tall blocks, tells the current column here, counted from 1.
    """

    DEFAULT_CSS = "GridView { width: 1fr; height: 1fr; }"

    def __init__(self, typesetter: Typesetter, look: Look) -> None:
        """Make a view without a page."""
        super().__init__(typesetter, look, name="grid")
        self._at = -1
        self._first = 0
        self._grid: Grid | None = None
        self._heads: tuple[Head, ...] = ()
        self._digits = 1

    # What a page view asks for

    @property
    def spot(self) -> Spot:
        """Where one stands, the column in place of the row."""
        return self._port.spot._replace(row=self._at + 1)

    @property
    def room(self) -> int:
        """Rows of the body."""
        return self.frame.rows

    @property
    def frame(self) -> Frame:
        """How the view is divided."""
        return frame(self.size.width, self.size.height, columns=len(self._heads), digits=self._digits)

    def show(self, page: Page, spot: Spot) -> None:
        """Show a matrix at a spot."""
        self._grid = page if isinstance(page, Grid) else None
        self._heads = self._grid.heads if self._grid else ()
        self._digits = max((max(len(head.number), len(head.below)) for head in self._heads), default=1)
        self._at = min(spot.row - 1, len(self._heads) - 1)
        super().show(page, spot._replace(row=0))
        self._bring_in()

    def rows_of(self, place: int) -> int:
        """Give each claim one row."""
        return 1

    def _space(self, place: int) -> int:
        return 0

    def mark_matches(self, matches_in: Callable[[int], Sequence[Match]], here: Match | None) -> None:
        """Go to the claim in whose list the match stands."""
        if here is not None:
            self.select(here.place)

    @property
    def link(self) -> LaidLink | None:
        """Nothing: cells are gone through instead."""
        return None

    def next_link(self, direction: int) -> None:
        """Go to the next or previous cell that is not silent, on to the rows that follow."""
        grid = self._grid
        if grid is None:
            return
        place, column = self.spot.place, self._at
        while (found := grid.next_told(place, column, direction)) is None:
            place += direction
            if not 0 <= place < len(grid):
                return
            column = -1 if direction > 0 else len(self._heads)
        before = self.spot.place
        self.select(place)
        self._go(found)
        self.post_message(self.Moved(self, before))

    @property
    def target(self) -> str:
        """Where Enter leads: to the claim, to the first quote of a cell, or nowhere."""
        cell = self.holder
        if cell is None:
            return super().target
        return "note:1" if cell.grounds else ""

    @property
    def holder(self) -> Cell | None:
        """The current cell; None where the claim itself is current."""
        if self._grid is None or self._at < 0 or not len(self._grid):
            return None
        return self._grid.cell(self.spot.place, self._at)

    # Columns

    def sideways(self, direction: int) -> bool:
        """Go to the next or previous column."""
        self._go(max(-1, min(self._at + direction, len(self._heads) - 1)))
        return True

    @property
    def column_id(self) -> str:
        """The id of the current column; empty where the claim itself is current."""
        return self._grid.columns[self._at].id if self._grid and self._at >= 0 else ""

    def reach(self, name: str) -> None:
        """Go to a column by its id, or to that of the origin on which it rests."""
        columns = self._grid.columns if self._grid else ()
        near = [name in {column.id, *(source.id for source in column.sources)} for column in columns]
        self._go(near.index(True) if True in near else self._at)

    def _go(self, column: int) -> None:
        self._at = column
        self._bring_in()
        self.refresh()

    def _bring_in(self) -> None:
        """Scroll as few columns as bring the current one into view."""
        shown = self.frame.columns
        if self._at >= 0:
            self._first = max(min(self._first, self._at), self._at - shown + 1)
        else:
            self._first = 0
        self._first = max(0, min(self._first, len(self._heads) - shown))

    # Painting

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the rows of a region."""
        parts = self.frame
        if self._grid is None or not self.size.width:
            return [Strip.blank(self.size.width, self._look.base)] * crop.height
        rows = [self._row(parts, place) for place, _ in self._port.visible()]
        whole = len(rows) == len(self.page)
        rows += [self._line(parts, ())] * (parts.rows - len(rows))
        if rows and not whole:
            rows = painting.with_scrollbar(
                rows, self._look, at=min(1.0, self.spot.top / max(1, len(self.page) - len(rows)))
            )
        strips = [*self._head(parts, self._grid), *rows, *self._foot(parts, self._grid)][crop.y : crop.bottom]
        return strips if crop.width == parts.width else [strip.crop(crop.x, crop.right) for strip in strips]

    def _row(self, parts: Frame, place: int) -> Strip:
        grid, look = self._grid, self._look
        if grid is None:
            return Strip([])
        form = ("cells", self._first, parts)
        strip = self._typesetter.keep(grid, place, form, look, lambda: self._cells(grid, parts, place))
        current = place == self.spot.place
        gutter = painting.gutter_segments(look, parts.gutter, current=current, glyph=self.glyph_of(grid.ids[place]))
        strip = Strip([*gutter, *strip], parts.width)
        if current:
            start = parts.gutter if self._at < 0 else parts.left + (self._at - self._first) * parts.cell
            end = start + (parts.label - 1 if self._at < 0 else parts.cell)
            strip = painting.restyled(strip, start + (self._at >= 0), end, look.focused)
        return strip

    def _cells(self, grid: Grid, parts: Frame, place: int) -> Strip:
        """Set a row without its gutter: number, words, and the glyphs of the columns that are seen."""
        look, claim = self._look, grid.claims[place]
        number = set_cell_size(f"{claim.number} ", min(5, parts.label))
        room = parts.label - len(number) - 1
        words = cleaned(brief(claim, room)) if room > 1 else ""
        segments = [Segment(number, look.style("number")), Segment(set_cell_size(words, max(0, room + 1)), look.base)]
        for stances in grid.marks(place)[self._first : self._first + parts.columns]:
            pieces = [GLYPHS[stance] for stance in stances] or [SILENT]
            segments.append(Segment(" " * (parts.cell - len(pieces)), look.base))
            segments += [Segment(glyph, look.style(role)) for glyph, role in pieces]
        strip = Strip(Segment.simplify(segments))
        return strip.adjust_cell_length(parts.width - parts.gutter, look.base)

    def _head(self, parts: Frame, grid: Grid) -> list[Strip]:
        """Paint what stays above: the order, the current column's name, the numbers, and what stands below them."""
        look = self._look
        numbers = self._across(parts, [head.number for head in grid.heads], look.style("note"))
        lines = [numbers]
        if parts.above > 1:
            lines.insert(0, self._callout(parts, grid))
        if parts.above > 2:
            lines.insert(0, self._line(parts, [Segment(grid.summary, look.style("meta"))]))
            lines.append(self._across(parts, [head.below for head in grid.heads], look.style("meta")))
        return lines[: parts.above]

    def _across(self, parts: Frame, texts: list[str], style: Style) -> Strip:
        """Paint a text over each column that is seen, the current one's marked."""
        look = self._look
        segments = [Segment(" " * (parts.label - 2), look.base)]
        segments.append(Segment("‹ " if self._first else "  ", look.base + look.faint))
        for at, text in enumerate(texts[self._first : self._first + parts.columns], self._first):
            segments.append(Segment(" " * max(0, parts.cell - cell_len(text)), look.base))
            segments.append(Segment(text, style + look.focused if at == self._at else style))
        if self._first + parts.columns < len(texts):
            segments.append(Segment("›", look.base + look.faint))
        return self._line(parts, segments)

    def _callout(self, parts: Frame, grid: Grid) -> Strip:
        """Paint the name of the current column above it, to whichever side has the room."""
        look = self._look
        if self._at < 0:
            return self._line(parts, ())
        words = cleaned(column_words(grid.columns[self._at]))
        end = parts.label + (self._at - self._first + 1) * parts.cell
        room = parts.width - parts.gutter - 1
        if end - 1 + cell_len(words) + 2 <= room:
            text = f"{' ' * (end - 1)}▾ {words}"
        else:
            words = set_cell_size(words, end - 2) if cell_len(words) > end - 2 else words
            text = f"{' ' * (end - 2 - cell_len(words))}{words} ▾"
        return self._line(parts, [Segment(text, look.style("strong"))])

    def _foot(self, parts: Frame, grid: Grid) -> list[Strip]:
        """Paint what stays below: how the current claim stands, what the current cell says, and the legend."""
        if not len(grid):
            return [self._line(parts, ())] * parts.below
        look = self._look
        claim, cell = grid.claims[self.spot.place], self.holder
        weights = [Span(f"{claim.number}  ", "number"), *grid.weights(claim)]
        said = f"{cell.column.label}: {cell_words(cell)}" if cell else brief(claim, 2 * parts.width)
        legend = [Span("")]
        for stance, (glyph, role) in GLYPHS.items():
            legend += [Span(glyph, role), Span(f" {stance}   ", "meta")]
        legend += [Span("▲", "link"), Span("▼", "conflict"), Span(" both   · silent", "meta")]
        lines = [self._spans(parts, weights), self._line(parts, [Segment(cleaned(said), look.base)])]
        lines = [*lines, self._spans(parts, legend)]
        return [self._line(parts, ())] * (parts.below > len(lines)) + lines[: parts.below]

    def _spans(self, parts: Frame, spans: Iterable[Span]) -> Strip:
        return self._line(parts, [Segment(cleaned(span.text), self._look.style(span.role)) for span in spans])

    def _line(self, parts: Frame, segments: Iterable[Segment]) -> Strip:
        """Set a line behind the gutter, cut at the right edge."""
        strip = Strip([Segment(" " * parts.gutter, self._look.base), *segments])
        if strip.cell_length > parts.width:
            cut = Strip([*strip.crop(0, max(0, parts.width - 1)), Segment("…", self._look.style("muted"))])
            return cut.adjust_cell_length(parts.width, self._look.base)
        return strip.adjust_cell_length(parts.width, self._look.base)

    # Mouse and size

    def on_resize(self) -> None:
        """Keep the place when the size changes."""
        self._bring_in()  # what a page view does then is done too: Textual asks every class in turn

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
        self.post_message(self.Moved(self, self.spot.place))

    def _sorting(self, x: int) -> str:
        """Name the command for a cell of the summary: what stands there about origins, claims or sources is changed."""
        said = self._grid.summary if self._grid else ""
        claims = said.find(" · ")
        return "group" if x <= claims else "sort-rows" if x <= said.find(" · ", claims + 3) else "sort-columns"

    def on_click(self, event: events.Click) -> None:
        """Make the cell under the mouse current, or the column of a head; twice opens it."""
        event.stop()
        event.prevent_default()  # else the page view would follow the click as well
        parts, before = self.frame, self.spot.place
        at = parts.column_at(event.x)
        if at is None or self._grid is None:
            return
        column = -1 if at < 0 else self._first + at
        if event.y == 0 and parts.above > 2:
            self.post_message(self.Followed(self, f"command:{self._sorting(event.x - parts.gutter)}"))
        elif event.y < parts.above:
            self._go(column)
            if event.chain > 1 and column >= 0 and not self._grid.columns[column].origin:
                self.post_message(self.Followed(self, f"#{self.column_id}"))
        else:
            found = self._port.at(event.y - parts.above)
            if found is None:
                return
            self.select(found[0])
            self._go(column)
            if event.chain > 1 and self.target:
                self.post_message(self.Followed(self, self.target))
        self.post_message(self.Moved(self, before))
