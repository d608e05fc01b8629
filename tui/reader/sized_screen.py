"""A screen that lays itself out for the size that the terminal has, and for no older one."""

from textual.geometry import Offset, Size
from textual.screen import Screen
from textual.widget import Widget


class SizedScreen(Screen[None]):
    """A screen for which sizes of before count no more.

    A screen of Textual's that takes another size tells itself of it: of two sizes on their way each would bring back the
    other, and the layout would never end.
    """

    @property
    def standing(self) -> Offset:
        """The cell at which the terminal's own cursor stands: that of what is current."""
        return Offset(0, 0)

    def paint_soon(self, widget: Widget) -> None:
        """Paint a widget of it with the next frame."""
        if self in self._compositor:
            self._dirty_widgets.add(widget)
            self.check_idle()

    def _screen_resized(self, size: Size) -> None:
        """Lay out, unless the terminal has another size by now."""
        if size == self.app.size:
            super()._screen_resized(size)
