"""The widget that shows a page, with one current block.

It paints lines from cached strips, and has no widget for an entry.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from textual import events
from textual.message import Message

from tui.reader.themes import Theme
from tui.reader.widgets.page_links import PageLinks
from tui.reader.widgets.typesetter import Typesetter
from tui.render.page import Page
from tui.session.find.matches import Match
from tui.session.page_rows import PART_ROWS
from tui.session.viewport import Spot, carried
from tui.state.records import Location

if TYPE_CHECKING:
    from tui.evidence.matrix import Cell

_WHEEL: Final = 3


class PageView(PageLinks):
    """Shows a page. State comes down by methods; clicks and moves go up as messages."""

    DEFAULT_CSS = "PageView { width: 1fr; height: 1fr; }"

    class Followed(Message):
        """A link was clicked, or a block that leads somewhere was opened."""

        def __init__(self, view: "PageView", target: str) -> None:
            """Create a message with the view and the target."""
            super().__init__()
            self.view = view
            self.target = target

    class Moved(Message):
        """The reader clicked or scrolled to another block."""

        def __init__(self, view: "PageView", before: int) -> None:
            """Create a message with the view and the block that was current."""
            super().__init__()
            self.view = view
            self.before = before

    def __init__(
        self,
        typesetter: Typesetter,
        theme: Theme,
        *,
        name: str,
        centred: bool = True,
        marks_current: bool = True,
        leads: bool = False,
    ) -> None:
        """Create a view without a page.

        Args:
            typesetter: lays blocks out.
            theme: the theme.
            name: the widget's id.
            centred: whether a text column narrower than the view stands in its middle.
            marks_current: whether the current block has a bar.
            leads: whether one click opens a block and the wheel leaves the current one, as befits a list beside a page.
        """
        super().__init__(typesetter, theme, name=name, centred=centred, marks_current=marks_current)
        self._leads = leads

    def show(self, page: Page, spot: Spot, kept: Location | None = None) -> None:
        """Show a page at a spot. In a folded form, a kept location counts."""
        self._link = -1
        self._forget_laid()
        self._given = page
        self._port.room = self.room
        fitted = self._fitted()
        self._port.show(fitted, spot if fitted is page else carried(page, fitted, spot, kept))
        self._fitted_to = (self.size, self.room)
        self.refresh()

    def fold(self, *, allowed: bool) -> None:
        """Fold the page to fit the window, or show all of it."""
        if allowed != self._folds:
            self._folds = allowed
            self._fit()
            self.refresh()

    def restyle(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self._forget_laid()
        self.refresh()

    def mark_matches(self, matches_in: Callable[[int], Sequence[Match]], here: Match | None) -> None:
        """Mark the matches in each block, and show the current match."""
        self._matches_in, self._match_here = matches_in, here
        self._forget_laid()
        self._fit()
        if here is not None:
            part = self._laid(here.block).part_of(here.para, here.start)
            row = self._laid(here.block, part).row_of(here.para, here.start)
            self.go(lambda port: port.reveal(here.block, self._row(here.block, part, row)))
        self.refresh()

    # In place of some pages

    @property
    def holder(self) -> "Cell | None":
        """The matrix cell whose footnotes stand beside the page; else None."""
        return None

    def sideways(self, direction: int) -> bool:
        """Go to the left or right; return whether the view can."""
        return False

    # Mouse and size

    def on_resize(self) -> None:
        """Keep the current block when the size changes."""
        self._fit()
        rows = self._rows_of_focus()
        self._port.settle((*rows[-1:], *rows[:1]))
        self.refresh()
        self.post_message(self.Moved(self, self.spot.current))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        self._wheel(_WHEEL, event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        self._wheel(-_WHEEL, event)

    def _wheel(self, rows: int, event: events.MouseEvent) -> None:
        event.stop()
        before = self.spot.current
        self.go(lambda port: port.scroll(rows, keep_current=self._leads))
        if self.spot.current != before:
            self.post_message(self.Moved(self, before))

    def on_click(self, event: events.Click) -> None:
        """Follow the link under the mouse, or make the block current.

        A double click, or in a list beside a page a single one, opens the block.
        """
        event.stop()
        at = self.window.at(event.y - (self.edge == "top"))
        if at is None:
            return
        place, row = at
        part, row = divmod(row, PART_ROWS)
        laid, column, before = self._laid(place, part), self._column, self.spot.current
        line = row - (0 if part else self._space_of(place, laid))
        link = laid.link_at(line, event.x - column.margin - column.gutter)
        if place != before and not self._leads:
            self.select(place)
            self.post_message(self.Moved(self, before))
        if link:
            self.post_message(self.Followed(self, link.target))
        elif laid.block.target and (event.chain > 1 or self._leads):
            self.post_message(self.Followed(self, laid.block.target))
