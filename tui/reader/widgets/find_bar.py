"""The query line for finding in a briefing."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from tui.reader.themes import Theme
from tui.reader.widgets.query_line import QueryLine
from tui.render.breaking import shortened
from tui.render.page import Role

if TYPE_CHECKING:
    from tui.reader.widgets.query_field import QueryField
    from tui.session.search.hints import Piece

_KEYS: Final = ("enter", "escape", "tab", "shift+tab", "ctrl+k", "ctrl+p", "ctrl+z")


class FindBar(QueryLine):
    """A query line over the status line, with an answer."""

    DEFAULT_CSS = "FindBar { dock: bottom; display: none; }"

    def __init__(self, theme: Theme) -> None:
        """Create a closed bar."""
        super().__init__(" / ", "find here", _KEYS, name="find")
        self._theme = theme
        self._said: tuple[str, Role] = ("", "meta")
        self._pieces: Callable[[int], Sequence[Piece]] | None = None

    def extras(self) -> Iterable[Widget]:
        """Return the widget of the answer."""
        from textual.widgets import Static

        return (Static(classes="answer"),)

    def _begin(self, field: "QueryField", *, select: bool) -> None:
        self.display = True
        super()._begin(field, select=select)

    def answer(self, said: str, *, warns: bool) -> None:
        """Show a message behind the words. The bar covers the status line."""
        self._said, self._pieces = (said, "warning" if warns else "meta"), None
        self._tell()

    def offer(self, pieces: "Callable[[int], Sequence[Piece]] | None") -> None:
        """Show the words that may be typed, behind the message. The cells bound their layout."""
        if pieces or self._pieces:
            self._pieces = pieces
            self._tell()

    def _tell(self) -> None:
        from textual.widgets import Static

        (said, role), half = self._said, self.size.width // 2
        room = max(half, self.size.width - cell_len(f"{self._prompt}{self.text}") - 3)
        said = shortened(said, room if self._pieces is None else room // 3)
        text = Text(f" {said} " if said else "", self._theme.style(role))
        for piece in self._pieces(room - text.cell_len) if self._pieces else ():
            text.append(piece.text, self._theme.style(piece.role))
        for static in self.query(".answer").results(Static):
            static.update(text)

    def restyle(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme

    def close(self) -> None:
        """Close the bar."""
        self.display = False
        self.leave()
