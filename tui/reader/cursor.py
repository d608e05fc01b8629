"""The terminal's own cursor: it stands, unseen, where the reader is, for screen readers and Braille lines."""

from typing import TypeVar

from rich.console import RenderableType
from textual.app import App
from textual.geometry import Offset
from textual.screen import Screen

from tui.reader.sized_screen import SizedScreen

Returned = TypeVar("Returned")


class StandingApp(App[Returned]):
    """An app whose cursor stands at the current entry; a field in which one types puts it where one types."""

    def have_few_colours(self) -> None:
        """Tell by more than colour what has one, before anything is painted; the terminal has 16 of them."""

    def place_cursor(self) -> Offset:
        """Return the cell of the cursor for the next frame."""
        screen = self.screen
        if (typed := getattr(screen.focused, "cursor_screen_offset", None)) is not None:
            self.cursor_position = typed
        elif isinstance(screen, SizedScreen):
            self.cursor_position = screen.standing
        return self.cursor_position

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Put the cursor into place behind each frame, as Textual does."""
        if self.screen_stack:
            self.place_cursor()
        super()._display(screen, renderable)
