"""The middle of the screen, in which the panes stand side by side."""

from textual.containers import Horizontal
from textual.geometry import Region
from textual.strip import Strip

from tui.reader.themes import Theme


def blank_rows(crop: Region, theme: Theme) -> list[Strip]:
    """Give blank rows, which all readers share, where Textual would style and keep a row of its own for each."""
    return [Strip.blank(crop.width, theme.base)] * crop.height


class Middle(Horizontal):
    """Holds the panes."""

    def __init__(self, theme: Theme) -> None:
        """Hold nothing yet."""
        super().__init__(id="middle")
        self.theme = theme

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give blank rows."""
        return blank_rows(crop, self.theme)
