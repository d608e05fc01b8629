"""The widget that shows a page: lines painted from kept strips, one block current, no widget an entry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.reader.finding import Match
from tui.reader.looks import Look
from tui.reader.typeset import Laid, LaidLink, Typesetter
from tui.render.page import Page, fixed

MEASURE: Final = 80
"""The widest text column in cells: about 66 to 75 characters a line read best (Bringhurst 2.1.2), and numbers hang."""
GUTTER: Final = 3
"""Cells left of the text: a glyph for unread or changed, the bar of the current entry, and a space."""
_WHEEL: Final = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in its page a view stands."""

    place: int = 0
    """The current block."""
    top: int = 0
    """The topmost block."""
    row: int = 0
    """Which of that block's rows, empty ones before it included, is topmost."""


class PageView(Widget):
    """Shows a page. State comes down by its methods, and what the reader does goes up as messages."""

    DEFAULT_CSS = "PageView { width: 1fr; height: 1fr; }"
    ALLOW_SELECT = False

    @dataclass
    class Followed(Message):
        """A link was clicked, or a block that leads somewhere was opened."""

        view: "PageView"
        target: str

    @dataclass
    class Moved(Message):
        """The reader clicked or scrolled to another block."""

        view: "PageView"
        before: int
        """The block that was current."""

    def __init__(
        self,
        typesetter: Typesetter,
        look: Look,
        *,
        name: str,
        centred: bool = True,
        marks_current: bool = True,
    ) -> None:
        """Make a view without a page.

        Args:
            typesetter: lays blocks out.
            look: the theme.
            name: the widget's id.
            centred: whether a text column narrower than the view stands in its middle.
            marks_current: whether the current block has a bar.
        """
        super().__init__(id=name)
        self._typesetter = typesetter
        self._look = look
        self._centred = centred
        self._marks_current = marks_current
        self.page: Page = fixed("", [])
        self.spot = Spot()
        self.glyph_of: Callable[[str], str] = lambda _id: ""
        """Gives the glyph beside a block by its id: unread, changed, or nothing."""
        self._matches: dict[int, list[Match]] = {}
        self._match_here: Match | None = None
        self._link = -1
        self.edge: Literal["", "left", "top"] = ""
        """The edge at which a rule parts the view from its neighbour."""

    # What is shown

    def show(self, page: Page, spot: Spot) -> None:
        """Show a page at a spot; what the page does not reach is brought into its bounds."""
        last = max(0, len(page) - 1)
        self.page = page
        self.spot = Spot(min(spot.place, last), min(spot.top, last), spot.row)
        self._link = -1
        self._settle()

    def restyle(self, look: Look) -> None:
        """Take another theme."""
        self._look = look
        self.refresh()

    def mark_matches(self, matches: dict[int, list[Match]], here: Match | None) -> None:
        """Mark what was found, by block, and the match that one stands on."""
        self._matches, self._match_here = matches, here
        if here is not None:
            self._reveal(here)
        self.refresh()

    # Moving

    def select(self, place: int) -> None:
        """Make a block current and bring it into view."""
        if len(self.page):
            place = max(0, min(place, len(self.page) - 1))
            self._link = -1
            self.spot = Spot(place, self.spot.top, self.spot.row)
            self._bring_in(place)
            self.refresh()

    def step(self, direction: int) -> None:
        """Go to the next or previous block; one that is taller than the view is first read to its end."""
        top, rows = self._height_above(self.spot.place), self._rows(self.spot.place)
        room = self.room
        if direction > 0 and top + rows > room and rows > room:
            self.scroll_rows(max(1, min(room - 2, top + rows - room)), keep_current=True)
        elif direction < 0 and top < 0:
            self.scroll_rows(-max(1, min(room - 2, -top)), keep_current=True)
        else:
            self.select(self.spot.place + direction)

    def turn(self, rows: int) -> None:
        """Go some rows down or up; the block that is then topmost in full becomes current."""
        before = self.spot
        self.scroll_rows(rows)
        if (self.spot.top, self.spot.row) == (before.top, before.row) and len(self.page):
            self.select(len(self.page) - 1 if rows > 0 else 0)

    def scroll_rows(self, rows: int, *, keep_current: bool = False) -> None:
        """Move the view by rows; the current block stays current as long as any of it can be seen."""
        top, row = self._walk(self.spot.top, self.spot.row, rows)
        self.spot = Spot(self.spot.place, *self._not_past_end(top, row))
        if not keep_current:
            self._keep_current_in_view()
        self.refresh()

    # Links

    @property
    def link(self) -> LaidLink | None:
        """The link of the current block that has the focus."""
        links = self._laid(self.spot.place).links if len(self.page) else []
        return links[self._link] if 0 <= self._link < len(links) else None

    def next_link(self, direction: int) -> None:
        """Give the focus to the next or previous link; past the last of a block to the first of the next that has one."""
        for place in self._places_from(self.spot.place, direction):
            links = self._laid(place).links
            if place != self.spot.place:
                self.select(place)
                self._link = -1 if direction > 0 else len(links)
            elif self._link < 0 and direction < 0:
                self._link = len(links)
            if 0 <= self._link + direction < len(links):
                self._link += direction
                self.refresh()
                return

    def _places_from(self, place: int, direction: int) -> range:
        # A page of 20,000 entries without a link is not walked through for one key.
        last = len(self.page)
        return range(place, min(last, place + 200)) if direction > 0 else range(place, max(-1, place - 200), -1)

    # Layout

    @property
    def text_width(self) -> int:
        """Cells for the text."""
        return max(1, min(MEASURE, self.size.width - self._gutter - 1))

    @property
    def _gutter(self) -> int:
        if self.edge == "left":
            return 2
        return GUTTER if self._marks_current and self.size.width > 30 else 1

    @property
    def room(self) -> int:
        """Rows for the page."""
        return self.size.height - (self.edge == "top")

    @property
    def _margin(self) -> int:
        """Cells left of the gutter, which set the column in the middle."""
        return max(0, (self.size.width - 1 - self._gutter - self.text_width) // 2) if self._centred else 0

    def _laid(self, place: int) -> Laid:
        return self._typesetter.lay(self.page, place, self.text_width, self._look)

    def _rows(self, place: int) -> int:
        """Count a block's rows with the empty ones before it."""
        laid = self._laid(place)
        return len(laid.lines) + laid.block.space

    def _walk(self, place: int, row: int, rows: int) -> tuple[int, int]:
        """Go some rows down or up from a row; stops at either end of the page."""
        row += rows
        while row < 0 and place > 0:
            place -= 1
            row += self._rows(place)
        while place < len(self.page) - 1 and row >= (height := self._rows(place)):
            row -= height
            place += 1
        return place, max(0, row)

    def _not_past_end(self, top: int, row: int) -> tuple[int, int]:
        """Keep the page's last row from rising above the bottom of the view."""
        if not len(self.page):
            return 0, 0
        last = len(self.page) - 1
        return min((top, row), self._walk(last, self._rows(last), -self.room))

    def _height_above(self, place: int) -> int:
        """Count the rows from the top of the view to a block's first row; below 0 where it begins above the view."""
        if place < self.spot.top:
            return -1
        height, room = -self.spot.row, self.room
        for between in range(self.spot.top, place):
            height += self._rows(between)
            if height > room:
                break
        return height

    def _bring_in(self, place: int) -> None:
        above, rows, room = self._height_above(place), self._rows(place), self.room
        if above < 0 or rows >= room:
            spot = (place, 0)
        elif above + rows > room:
            spot = self._walk(place, rows, -room)
        else:
            return
        self.spot = Spot(place, *self._not_past_end(*spot))

    def _keep_current_in_view(self) -> None:
        place = self.spot.place
        above = self._height_above(place)
        if above >= self.room or (place < self.spot.top):
            step = 1 if place < self.spot.top else -1
            place = self.spot.top if step > 0 else self._walk(self.spot.top, self.spot.row, self.room - 1)[0]
            # One whose beginning is seen, where there is one.
            if step > 0 and self.spot.row > self._laid(place).block.space and place < len(self.page) - 1:
                place += 1
            self._link = -1
            self.spot = Spot(place, self.spot.top, self.spot.row)

    def _settle(self) -> None:
        """Bring the spot into agreement with the size."""
        if self.room > 0 and len(self.page):
            self.spot = Spot(self.spot.place, *self._not_past_end(*self._walk(self.spot.top, self.spot.row, 0)))
            self._bring_in(self.spot.place)
        self.refresh()

    def _reveal(self, match: Match) -> None:
        """Bring the line of a match into view, also in a block that is taller than the view."""
        self.select(match.place)
        laid = self._laid(match.place)
        row = laid.block.space + next(
            (
                number
                for number, line in enumerate(laid.lines)
                if line.para == match.para and line.start <= match.start < max(line.end, line.start + 1)
            ),
            0,
        )
        above = self._height_above(match.place) if match.place >= self.spot.top else -1
        if above < 0 and match.place == self.spot.top:
            above = -self.spot.row
        if not 0 <= above + row < self.room:
            top = self._walk(match.place, row, -(self.room // 2))
            self.spot = Spot(match.place, *self._not_past_end(*top))

    # Painting

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the rows of a region; nothing but the rows that are seen is ever laid out."""
        strips = self._painted()
        if self.edge == "top":
            rule = Segment("─" * self.size.width, self._look.base + self._look.faint)
            strips.insert(0, Strip([rule], self.size.width))
        if crop.width == self.size.width:
            return strips[crop.y : crop.bottom]
        return [strip.crop(crop.x, crop.right) for strip in strips[crop.y : crop.bottom]]

    def _painted(self) -> list[Strip]:
        width, height = self.size.width, self.room
        blank = Strip(
            [*self._blank_gutter(), Segment(" " * (width - self._margin - self._gutter), self._look.base)], width
        )
        strips: list[Strip] = []
        place, row = self.spot.top, self.spot.row
        while len(strips) < height and place < len(self.page):
            laid = self._laid(place)
            space = laid.block.space
            for number in range(row, len(laid.lines) + space):
                strips.append(self._row_strip(laid, place, number - space, width) if number >= space else blank)
                if len(strips) == height:
                    break
            place, row = place + 1, 0
        strips.extend([blank] * (height - len(strips)))
        return self._with_scrollbar(strips, reached_end=place >= len(self.page))

    def _row_strip(self, laid: Laid, place: int, row: int, width: int) -> Strip:
        strip = laid.strips[row]
        if place in self._matches:
            strip = self._with_matches(strip, laid, place, row)
        if place == self.spot.place and (link := self.link):
            for piece in link.pieces:
                if piece.row == row:
                    strip = _restyled(strip, piece.start, piece.end, self._look.focused)
        gutter = self._gutter_segments(laid, place, row)
        used = self._margin + self._gutter + self.text_width
        tail = Segment(" " * (width - used), self._look.base)
        return Strip([*gutter, *strip, tail], width)

    def _gutter_segments(self, laid: Laid, place: int, row: int) -> list[Segment]:
        base = self._look.base
        if self._gutter != GUTTER:
            return self._blank_gutter()
        glyph = self.glyph_of(laid.block.id) if row == 0 else ""
        bar = "▌" if place == self.spot.place and self.page.cursor else " "
        return [
            Segment(" " * self._margin, base),
            Segment(glyph or " ", base + self._look.roles.get("new", Style.null())),
            Segment(bar, base + self._look.current),
            Segment(" ", base),
        ]

    def _blank_gutter(self) -> list[Segment]:
        base = self._look.base
        if self.edge == "left":
            return [Segment("│", base + self._look.faint), Segment(" ", base)]
        return [Segment(" " * (self._margin + self._gutter), base)]

    def _with_matches(self, strip: Strip, laid: Laid, place: int, row: int) -> Strip:
        line = laid.lines[row]
        for match in self._matches[place]:
            start, end = max(match.start, line.start), min(match.end, line.end)
            if match.para == line.para and start < end:
                text = laid.block.paras[line.para].text.replace("\u00ad", "\u200c")
                first = line.offset + cell_len(text[line.start : start])
                style = self._look.found_here if match == self._match_here else self._look.found
                strip = _restyled(strip, first, first + cell_len(text[start:end]), style)
        return strip

    def _with_scrollbar(self, strips: list[Strip], *, reached_end: bool) -> list[Strip]:
        """Draw, where the page goes beyond the view, a mark at the right edge; by blocks, since heights are not known."""
        height = len(strips)
        if not height or (reached_end and self.spot.top == 0 and self.spot.row == 0):
            return strips
        here = self.spot.top / max(1, len(self.page) - 1)
        at = height - 1 if reached_end else min(height - 2, round(here * (height - 1)))
        if self.spot.top == 0 and self.spot.row == 0:
            at = 0
        mark = Strip([Segment("▐", self._look.base + self._look.faint)], 1)
        strips[at] = Strip.join([strips[at].crop(0, self.size.width - 1), mark])
        return strips

    # Mouse and size

    def on_resize(self) -> None:
        """Keep the place when the size changes."""
        self._settle()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        self._wheel(_WHEEL, event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        self._wheel(-_WHEEL, event)

    def _wheel(self, rows: int, event: events.MouseEvent) -> None:
        event.stop()
        before = self.spot.place
        self.scroll_rows(rows)
        if self.spot.place != before:
            self.post_message(self.Moved(self, before))

    def on_click(self, event: events.Click) -> None:
        """Follow the link under the mouse, or make the block under it current; twice opens it."""
        event.stop()
        at = self._at(event.x, event.y)
        if at is None:
            return
        place, row, cell = at
        laid = self._laid(place)
        link = laid.link_at(row, cell)
        before = self.spot.place
        if place != before:
            self.select(place)
            self.post_message(self.Moved(self, before))
        if link:
            self.post_message(self.Followed(self, link.target))
        elif laid.block.target and (event.chain > 1 or not self._marks_current):
            self.post_message(self.Followed(self, laid.block.target))

    def _at(self, x: int, y: int) -> tuple[int, int, int] | None:
        """Give block, line and cell under a point of the widget."""
        if not len(self.page):
            return None
        place, row = self.spot.top, self.spot.row + y - (self.edge == "top")
        if row < 0:
            return None
        while row >= (height := self._rows(place)):
            row -= height
            place += 1
            if place >= len(self.page):
                return None
        return place, row - self._laid(place).block.space, x - self._margin - self._gutter


def _restyled(strip: Strip, start: int, end: int, style: Style) -> Strip:
    """Change the style of some cells of a strip."""
    start, end = max(0, start), min(end, strip.cell_length)
    if start >= end:
        return strip
    middle = Strip(
        [Segment(text, (found or Style.null()) + style) for text, found, _ in strip.crop(start, end)],
        end - start,
    )
    return Strip.join([strip.crop(0, start), middle, strip.crop(end, strip.cell_length)])
