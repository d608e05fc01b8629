"""The moves on a page, and its links. One link may have the focus."""

import itertools
from collections.abc import Callable, Sequence
from typing import Final

from tui.reader.widgets.page_layout import PagePainting
from tui.reader.widgets.typesetter import LaidLink
from tui.session.history import NO_FOCUS, Focus
from tui.session.viewport import Viewport

_FARTHEST_LINK: Final = 200
"""Parts of blocks among which a link is looked for. Without a limit, 20,000 entries would be laid out for one key."""


class PageLinks(PagePainting):
    """Moves on a page and from link to link. A link that has the focus is in view."""

    link_word = "link"
    """The footer's name for the goals of the keys of links."""

    # Moving

    def select(self, place: int) -> None:
        """Make a block current and bring it into view."""
        self.go(lambda port: port.select(place))

    def scroll_rows(self, rows: int) -> None:
        """Move the view by rows."""
        self.go(lambda port: port.scroll(rows))

    def go(self, action: Callable[[Viewport], None]) -> None:
        """Move the window. A link outside the view or the current block loses the focus."""
        before = self.spot.current
        action(self.window)
        if self.spot.current != before or not all(self._port.shows(before, row) for row in self._rows_of_focus()[:1]):
            self._link = -1
        self.refresh()

    # Links

    def next_link(self, direction: int) -> None:
        """Move the focus to the next or previous link.

        After the last link of a block comes the first of the next block with links.
        """
        if found := self._next_link(direction, _FARTHEST_LINK):
            place, part, number = found
            self.select(place)
            self.refocus(Focus(part, number))

    def has_link(self, direction: int, *, near: bool = False) -> bool:
        """Whether there is a next or previous link, anywhere or in view."""
        most = sum(1 for _ in self._port.rows.runs(self.spot.top, self.spot.row, self.room)) if near else _FARTHEST_LINK
        return self._next_link(direction, most) is not None

    def _next_link(self, direction: int, most: int) -> tuple[int, int, int] | None:
        """Find the next or previous link among some parts of blocks. Return its block, part and number."""
        here = (self.spot.current, self._link_part) if self._link >= 0 else self._port.part_here
        for place, part in itertools.islice(self._port.rows.parts_from(*here, direction), most):
            links = self._laid(place, part).links
            at = self._start(place, part, direction) if (place, part) == here else -1 if direction > 0 else len(links)
            if self._link < 0 and place == here[0] and self._leads_as_enter(links, at + direction):
                at += direction
            if 0 <= at + direction < len(links):
                return place, part, at + direction
        return None

    def _leads_as_enter(self, links: Sequence[LaidLink], number: int) -> bool:
        """Whether a link of the current block leads where Enter leads."""
        return 0 <= number < len(links) and links[number].target == self.target

    def _start(self, place: int, part: int, direction: int) -> int:
        """Return the number of the focused link or the last above."""
        links = self._laid(place, part).links
        if self._link >= 0:
            return self._link
        if direction < 0:
            return len(links)
        rows = [self._row(place, part, link.pieces[0].row) for link in links]
        return sum((place, row) < (self.spot.top, self.spot.row) for row in rows) - 1

    @property
    def focus_here(self) -> Focus:
        """The focused link of the current block."""
        return Focus(self._link_part, self._link) if self.link else NO_FOCUS

    def refocus(self, focus: Focus) -> None:
        """Focus a link of the current block and show the link."""
        place = self.spot.current
        if self.room > 0 and len(self.page) and focus.part < self.measure(place)[1]:
            self._link, self._link_part = focus.link, focus.part
            rows = self._rows_of_focus()
            for row in (*rows[-1:], *rows[:1]):
                self._port.reveal(place, row)
            self.refresh()

    def _rows_of_focus(self) -> list[int]:
        """Return the rows of the current block with the focused link."""
        link = self.link
        return [self._row(self.spot.current, self._link_part, piece.row) for piece in link.pieces] if link else []

    @property
    def target(self) -> str:
        """The target of the current block; empty if it has none."""
        return self._laid(self.spot.current).block.target if len(self.page) else ""
