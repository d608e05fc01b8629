"""The query line for finding in a briefing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text
from textual.widget import Widget

from tui.reader.themes import Theme
from tui.reader.widgets.query_line import QueryLine
from tui.render.breaking import shortened

if TYPE_CHECKING:
    from tui.reader.widgets.query_field import QueryField


class FindBar(QueryLine):
    """A query line over the status line, with an answer."""

    DEFAULT_CSS = "FindBar { dock: bottom; display: none; }"

    def __init__(self, theme: Theme) -> None:
        """Create a closed bar."""
        super().__init__(" / ", "find here", ("enter", "escape", "ctrl+k", "ctrl+p", "ctrl+z"), name="find")
        self._theme = theme

    def extras(self) -> Iterable[Widget]:
        """Return the widget of the answer."""
        from textual.widgets import Static

        return (Static(classes="answer"),)

    def _begin(self, field: "QueryField", *, select: bool) -> None:
        self.display = True
        super()._begin(field, select=select)

    def answer(self, said: str, *, warns: bool) -> None:
        """Show a message behind the words. The bar covers the status line."""
        from textual.widgets import Static

        for static in self.query(".answer").results(Static):
            text = f" {shortened(said, self.size.width // 2)} " if said else ""
            static.update(Text(text, self._theme.style("warning" if warns else "meta")))

    def restyle(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme

    def close(self) -> None:
        """Close the bar."""
        self.display = False
        self.leave()
