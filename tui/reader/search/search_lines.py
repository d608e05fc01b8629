"""The lines below the query of the library's search."""

from collections.abc import Callable, Sequence

from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Chrome, Part
from tui.search.query import QueryError
from tui.session.search.hints import POINTER, Piece, pointing, wrapped


class SearchLines(Chrome):
    """The lines below the query."""

    DEFAULT_CSS = "SearchLines { height: 1fr; }"

    def __init__(self, theme: Theme) -> None:
        """Create empty lines."""
        super().__init__(theme, name="below")
        self._summary = ""
        self._error: tuple[str, int] | None = None
        self.pieces: Callable[[int], Sequence[Piece]] = lambda _width: ()

    def tell(self, summary: str, pieces: Callable[[int], Sequence[Piece]]) -> None:
        """Show a summary and pieces, which depend on the width."""
        self._summary, self.pieces = summary, pieces
        self.refresh()

    def point(self, error: QueryError | None, cell: int = 0) -> None:
        """Show a mistake with a pointer at a cell. None shows no mistake."""
        self._error = (error.message, cell) if error else None
        self.refresh()

    def rows_wanted(self, width: int) -> int:
        """Count the needed rows."""
        return bool(self._error) + len(self._summary_rows(width)) + 1

    def rows(self) -> list[list[Part]]:
        """Return the lines, and a rule where there is room."""
        theme, width = self.theme, self.size.width
        rows = []
        if self._error:
            before, pointer, behind = pointing(*self._error, width).partition(POINTER)
            warning = theme.style("warning")
            rows.append([Part(before, warning), Part(pointer, warning), Part(behind, warning)])
        rows += [[Part(f" {row}", theme.style("meta"))] for row in self._summary_rows(width)]
        rows.append([Part(piece.text, theme.style(piece.role), piece.target) for piece in self.pieces(width)])
        rows.append([Part("─" * width, theme.base + theme.faint)])
        return rows

    def _summary_rows(self, width: int) -> list[str]:
        return wrapped(self._summary, width - 2) if self._summary else []
