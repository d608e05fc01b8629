"""Widgets that paint their own lines, without border, padding or children."""

from typing import Any, Self

from textual.dom import NoScreen
from textual.geometry import Region, Size
from textual.widget import Widget

from tui.reader.sized_screen import SizedScreen


class SelfPainted(Widget):
    """A widget whose lines are none of Textual's making, so that much of what that keeps for each widget need not be kept."""

    ALLOW_SELECT = False

    @property
    def size(self) -> Size:
        """The size; without border and padding it is what the layout gave. Textual's own looks for it on every call."""
        return self.outer_size

    def refresh(self, *regions: Region, **options: Any) -> Self:
        """Have it painted anew: the screen is told at once, not by a message after one to the widget itself."""
        screen = self._sized_screen()
        if options or screen is None or not self._is_mounted:
            return super().refresh(*regions, **options)
        size = self.outer_size
        if size and self.display:
            self._repaint_regions.add(size.region)
            screen.paint_soon(self)
        return self

    def _sized_screen(self) -> SizedScreen | None:
        try:
            screen = self.screen
        except NoScreen:  # it has not come yet, or was taken away with what it stands in
            return None
        return screen if isinstance(screen, SizedScreen) else None
