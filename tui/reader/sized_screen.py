"""A screen that lays itself out for the size that the terminal has, and for no older one."""

from textual.geometry import Size
from textual.screen import Screen


class SizedScreen(Screen[None]):
    """A screen for which sizes of before count no more.

    A screen of Textual's that takes another size tells itself of it: of two sizes on their way each would bring back the
    other, and the layout would never end.
    """

    def _screen_resized(self, size: Size) -> None:
        """Lay out, unless the terminal has another size by now."""
        if size == self.app.size:
            super()._screen_resized(size)
