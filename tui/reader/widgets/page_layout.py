"""A page laid out for a window: its rows, and their painting."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, Literal

from rich.segment import Segment
from textual.geometry import Offset, Region, Size
from textual.strip import Strip

from tui.reader.textual_internals import SelfPainted
from tui.reader.themes import Theme
from tui.reader.widgets import painting
from tui.reader.widgets.typesetter import Laid, LaidLink, Typesetter, Whole
from tui.render.page import Page, Span
from tui.session.find.matches import Match
from tui.session.page_rows import PART_ROWS, Extent, Run
from tui.session.viewport import Spot, Viewport, carried

GUTTER: Final = 3
"""Cells left of the text: a glyph for unread or changed, the bar of the current entry, and a space."""
_NEAR: Final = 64
"""The most parts of blocks that a view caches."""
_SPARING_BELOW: Final = 20
"""Rows below which a view is sparing with empty rows."""


Painted = tuple[tuple[object, ...] | None, list[Strip]]
"""Rows with their inputs. None where an input belongs to one reader."""


class PageLayout(SelfPainted):
    """Lays a page out, only as far as it is visible."""

    def __init__(self, typesetter: Typesetter, theme: Theme, *, name: str, centred: bool, marks_current: bool) -> None:
        """Create a layout without a page; the arguments are those of `PageView`."""
        super().__init__(id=name)
        self.edge: Literal["", "left", "top"] = ""
        """The edge at which a rule parts the view from its neighbour."""
        self.glyph_of: Callable[[str], str] = lambda _id: ""
        """Returns the signs beside a block by its id: unread or changed, and a mark."""
        self.leads_on: Callable[[str], bool] = bool
        """Whether a target leads anywhere from the page."""
        self._typesetter = typesetter
        self._theme = theme
        self._centred = centred
        self._marks_current = marks_current
        self._port = Viewport(self.measure, self._space, self.stops_at)
        self._given = self._port.page
        """The page before it was fitted to the window."""
        self._folds = True
        """Whether a page may fold to fit the window."""
        self._matches_in: Callable[[int], Sequence[Match]] = lambda _place: ()
        self._match_here: Match | None = None
        self._whole: dict[int, Whole] = {}
        """The paragraphs of each block that are cut as a rule, and wrapped here since they have a match."""
        self._near: dict[tuple[int, int], Laid] = {}
        """The last parts of blocks that were laid out, by block and part."""
        self._near_for: tuple[Size, str] | None = None
        """Size and edge for which they were laid out."""
        self._link = -1
        self._link_part = 0
        """The part of the current block in which that link is."""
        self._painted_before: dict[Run, Painted] = {}
        """The rows of the last frame."""
        self._seen_here = (0, 0, 0)
        """Of the current block as it was painted last: the row of the window, the row of the block, and the visible rows."""
        self._fitted_to: tuple[Size, int] | None = None
        """Size and room for which the window was fitted last."""

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._port.page

    @property
    def spot(self) -> Spot:
        """The location of the view in the page."""
        return self._port.spot

    @property
    def room(self) -> int:
        """Rows for the page."""
        return self.size.height - (self.edge == "top")

    # Rows

    @property
    def link(self) -> LaidLink | None:
        """The link of the current block that has the focus."""
        if self._link < 0 or not len(self.page):
            return None
        links = self._laid(self.spot.current, self._link_part).links
        return links[self._link] if self._link < len(links) else None

    def stops_at(self, place: int) -> bool:
        """Whether Enter has an effect at a block. The cursor may stand there then."""
        return self.leads_on(self._laid(place).block.target)

    @property
    def text_width(self) -> int:
        """Cells for the text."""
        return max(1, min(self._given.measure, self.size.width - self._gutter - 1))

    def measure(self, place: int, part: int = 0) -> Extent:
        """Return the extent of a part of a block."""
        laid = self._laid(place, part)
        return len(laid.lines) + (0 if part else self._space_of(place, laid)), len(laid.parts)

    def _row(self, place: int, part: int, line: int) -> int:
        """Return the row of a line in a part of a block."""
        return part * PART_ROWS + line + (0 if part else self._space(place))

    def _space(self, place: int) -> int:
        return self._space_of(place, self._laid(place))

    def _space_of(self, place: int, laid: Laid) -> int:
        """Count the empty rows before a block.

        A small view has none to spare at the top of its page.
        """
        return 0 if place == 0 and self.room < _SPARING_BELOW else laid.block.space

    def _laid(self, place: int, part: int = 0) -> Laid:
        if self._near_for is None or self._near_for[0] is not self.outer_size or self._near_for[1] != self.edge:
            self._forget_laid()
        laid = self._near.get((place, part))
        if laid is None:
            if len(self._near) >= _NEAR:
                self._near.clear()
            laid = self._near[place, part] = self._lay(place, part)
        return laid

    def _forget_laid(self) -> None:
        """Lay the blocks out again after a change of the inputs."""
        self._whole.clear()
        self._near.clear()
        self._near_for = (self.outer_size, self.edge)

    def _lay(self, place: int, part: int) -> Laid:
        page, width, theme = self.page, self.text_width, self._theme
        whole = self._whole.get(place)
        if whole is None:
            paras = self._typesetter.lay(page, place, width, theme).block.paras
            cut = {number for number, para in enumerate(paras) if para.keep}
            whole = frozenset(cut & {match.para for match in self._matches_in(place)} if cut else ())
            self._whole[place] = whole
        return self._typesetter.lay(page, place, width, theme, part, whole=whole)

    @property
    def _gutter(self) -> int:
        if self.edge == "left":
            return 2
        return GUTTER if self._marks_current and self.size.width > 30 else 1

    @property
    def _column(self) -> painting.Column:
        width, gutter, text = self.size.width, self._gutter, self.text_width
        margin = max(0, (width - 1 - gutter - text) // 2) if self._centred else 0
        return painting.Column(width, margin, gutter, text, self.edge, self._marks_current)

    @property
    def window(self) -> Viewport:
        """The window, fitted to the present size.

        A frame may be painted, and a key pressed, before Textual reports another size.
        """
        if self._fitted_to != (self.size, self.room):
            self._fit()
        return self._port

    def _fitted(self) -> Page:
        """Return the page for the present window."""
        if not self.size:
            return self._given
        return self._given.fitted(self.text_width, max(1, self.room) if self._folds else 0)

    def _fit(self) -> None:
        self._port.room = self.room
        page = self._fitted()
        if page is not self.page:
            spot = carried(self.page, page, self._port.asked)
            self._forget_laid()
            self._port.show(page, spot)
        self._port.settle()
        self._fitted_to = (self.size, self.room)


class PagePainting(PageLayout):
    """Paints the visible rows."""

    @property
    def standing(self) -> Offset:
        """The visible cell at which the current block or focused link begins.

        In a block with the current match, it is the left edge of the match's row.
        """
        column, place = self._column, self.spot.current
        left, row, here = column.margin + column.gutter, 0, self._match_here
        if link := self.link:
            row = self._row(place, self._link_part, link.pieces[0].row)
            left += link.pieces[0].start
        elif here is not None and here.block == place:
            part = self._laid(place).part_of(here.para, here.start)
            row = self._row(place, part, self._laid(place, part).row_of(here.para, here.start))
        elif len(self.page):
            row = self._space(place)
        first, first_row, count = self._seen_here
        return Offset(left, first + max(0, min(row - first_row, count - 1)) + (self.edge == "top"))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the rows of a region. Only visible rows are ever laid out."""
        window = self.window
        column, theme, current = self._column, self._theme, self.spot.current
        strips: list[Strip] = []
        painted, before = {}, self._painted_before
        self._seen_here = (0, 0, 0)
        for run in window.rows.runs(self.spot.top, self.spot.row, window.room):
            if run.block == current:
                first, row, count = self._seen_here
                if not count:
                    first, row = len(strips), run.part * PART_ROWS + run.first
                self._seen_here = (first, row, count + run.rows)
            painted[run] = self._painted(run, column, before.get(run))
            strips += painted[run][1]
        self._painted_before = painted
        short = self.room - len(strips)
        strips.extend([self._blank(column)] * short)
        if strips and not (short >= 0 and self._port.at_start and self._is_last(strips)):
            at = 0.0 if self._port.at_start else self.spot.top / max(1, len(self.page) - 1)
            strips = painting.with_scrollbar(strips, theme, self._typesetter, at=min(1.0, at))
        if self.edge == "top":
            strips.insert(0, Strip([Segment("─" * column.width, theme.base + theme.faint)], column.width))
        strips = strips[crop.y : crop.bottom]
        return strips if crop.width == column.width else [strip.crop(crop.x, crop.right) for strip in strips]

    def _is_last(self, strips: list[Strip]) -> bool:
        """Return whether the visible rows are all rows of the page."""
        total = 0
        for place, part in self._port.rows.parts_from(0, 0, 1):
            total += self.measure(place, part)[0]
            if total > len(strips):
                return False
        return True

    def _painted(self, run: Run, column: painting.Column, before: Painted | None) -> Painted:
        """Paint visible rows, or reuse those of the last frame."""
        place, part = run.block, run.part
        laid, theme = self._laid(place, part), self._theme
        space = 0 if part else self._space_of(place, laid)
        glyph, is_here, found = self.glyph_of(laid.block.id), place == self.spot.current, self._matches_in(place)
        current = is_here and self.page.cursor and self.leads_on(laid.block.target)
        link = self.link if is_here and part == self._link_part else None
        form = None if found or link else (laid, space, column, current, glyph)
        if form and before and before[0] == form:
            return before
        strips = []
        for line in range(run.first - space, run.first - space + run.rows):
            mark = _sign_at(glyph, line, len(laid.lines)) if glyph and part == 0 else ""
            if line < 0:
                strips.append(self._blank(column))
            elif form:
                paint = partial(painting.text_row, column, theme, laid.strips[line], current=current, glyph=mark)
                strips.append(self._typesetter.once(laid, (line, column, current, mark), paint))
            else:
                strip = laid.strips[line]
                if found:
                    strip = painting.with_matches(strip, laid, line, theme, matches=found, here=self._match_here)
                if link:
                    strip = painting.with_link(strip, link, line, theme)
                strips.append(painting.text_row(column, theme, strip, current=current, glyph=mark))
        return form, strips

    def _blank(self, column: painting.Column) -> Strip:
        return self._typesetter.once(self._theme, column, partial(painting.blank_row, column, self._theme))

    def shown_spans(self) -> Iterator[Span]:
        """Yield the text of the visible rows, with the signs beside them.

        The rows as painted follow, with the bar and the right edge.
        """
        for place, row in self.window.visible():
            part, line = divmod(row, PART_ROWS)
            laid = self._laid(place, part)
            line -= 0 if part else self._space_of(place, laid)
            if line >= 0:
                yield from laid.lines[line].spans
            if part == 0 and (glyph := _sign_at(self.glyph_of(laid.block.id), line, len(laid.lines))):
                yield Span(glyph, "new")
        yield from (Span(strip.text) for strip in self.render_lines(self.size.region))


def _sign_at(signs: str, line: int, lines: int) -> str:
    """Return the sign beside a line of a block.

    Each line has one of the signs. A block of one line has the second sign, if there are two.
    """
    if lines == 1:
        return signs[1:2] or signs
    return signs[line : line + 1] if line >= 0 else ""
