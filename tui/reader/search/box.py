"""The box in which one types a query, and below it what was found, what is wrong, and what to filter by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Chrome, Part
from tui.search.query import QueryError
from tui.session.search.hints import BOX_KEYS, POINTER, Piece, pointing, wrapped

if TYPE_CHECKING:
    from tui.reader.search.field import QueryField

PROMPT = " Search "
_RULE_FROM = 20
"""Rows of the terminal from which a rule parts the box from the hits."""
_KEYS = frozenset(key for keys in BOX_KEYS.keys.values() for key in keys)
"""The keys that the box gives another meaning than an input does."""


class Below(Chrome):
    """The lines below the box."""

    DEFAULT_CSS = "Below { height: 1fr; }"

    def __init__(self, theme: Theme) -> None:
        """Make it without content."""
        super().__init__(theme, name="below")
        self._summary = ""
        self._error: tuple[str, int] | None = None
        self._pieces: Callable[[int], Sequence[Piece]] = lambda _width: ()

    def tell(self, summary: str, pieces: Callable[[int], Sequence[Piece]]) -> None:
        """Show what was found, and what to filter by or to complete, as many as a width has room for."""
        self._summary, self._pieces = summary, pieces
        self.refresh()

    def point(self, error: QueryError | None, cell: int) -> None:
        """Show what is wrong and point at a cell; or nothing any more."""
        self._error = (error.message, cell) if error else None
        self.refresh()

    def point_at(self, cell: int) -> None:
        """Point at another cell, since the box has scrolled."""
        if self._error and self._error[1] != cell:
            self._error = (self._error[0], cell)
            self.refresh()

    def rows_wanted(self, width: int) -> int:
        """Count the rows that it needs."""
        return bool(self._error) + len(self._summary_rows(width)) + 1

    def rows(self) -> list[list[Part]]:
        """Give the lines, and a rule where there is room for it."""
        theme, width = self.theme, self.size.width
        rows = []
        if self._error:
            before, pointer, behind = pointing(*self._error, width).partition(POINTER)
            warning = theme.style("warning")
            rows.append([Part(before, warning), Part(pointer, warning), Part(behind, warning)])
        rows += [[Part(f" {row}", theme.style("meta"))] for row in self._summary_rows(width)]
        rows.append([Part(piece.text, self._style(piece), piece.target) for piece in self._pieces(width)])
        rows.append([Part("─" * width, theme.base + theme.faint)])
        return rows

    def _summary_rows(self, width: int) -> list[str]:
        return wrapped(self._summary, width - 2) if self._summary else []

    def _style(self, piece: Piece) -> Style:
        return self.theme.style(piece.role)


class SearchBox(Widget):
    """The box; Textual's input is only made when it is first wanted."""

    DEFAULT_CSS = """
    SearchBox { height: 1fr; layout: vertical; background: $background; }
    SearchBox Horizontal { height: 1; background: $background; }
    SearchBox Static { width: 8; color: $accent; text-style: bold; }
    SearchBox Input { border: none; padding: 0; height: 1; background: $background; color: $foreground; }
    SearchBox Input:focus { border: none; }
    """

    @dataclass
    class Typed(Message):
        """Another query stands in the box."""

        text: str

    @dataclass
    class Pressed(Message):
        """A key was pressed in the box that means something to the search."""

        key: str

    def __init__(self, theme: Theme) -> None:
        """Make it empty."""
        super().__init__(id="search-box")
        self.below = Below(theme)
        self._field: QueryField | None = None

    def compose(self) -> ComposeResult:
        """Have the lines below the box; the box itself comes when it is wanted."""
        yield self.below

    async def open(self, *, select: bool = False) -> None:
        """Make the box where it is not there yet, and let the reader type in it, over the old query or behind it."""
        if self._field is None:
            from textual.widgets import Static

            from tui.reader.search.field import QueryField

            self._field = QueryField("", "words, “phrases”, kind:claim, by:…", select=False, helps=True)
            await self.mount(Horizontal(Static(PROMPT), self._field), before=self.below)
        self._field.focus()
        if select:
            self._field.select_all()

    def leave(self) -> None:
        """Give the keys back to the page."""
        if self.is_typing:
            self.screen.set_focus(None)

    @property
    def is_typing(self) -> bool:
        """Whether the reader types here."""
        return self._field is not None and self._field.has_focus and bool(self.display)

    @property
    def text(self) -> str:
        """What stands in the box."""
        return self._field.value if self._field else ""

    @property
    def cursor(self) -> int:
        """Where in it the cursor stands."""
        return self._field.cursor_position if self._field else 0

    def rows_wanted(self, size: Size) -> int:
        """Count the rows for the box and what stands below it on a terminal of a size."""
        return 1 + self.below.rows_wanted(size.width) + (size.height >= _RULE_FROM)

    def put(self, text: str, cursor: int | None = None, *, silently: bool = False) -> None:
        """Put a query into the box.

        Args:
            text: the query.
            cursor: where the cursor then stands; behind its end unless told.
            silently: whether not to tell of it.
        """
        field = self._field
        if field is None:
            return
        if silently:
            with field.prevent(field.Changed):
                field.value = text
        else:
            field.value = text
        field.cursor_position = len(text) if cursor is None else cursor

    def cell_of(self, at: int) -> int:
        """Give the cell of the box at which a character stands."""
        if self._field is None:
            return 0
        return len(PROMPT) + self._field.cell_of_start + cell_len(self._field.value[:at])

    def on_input_changed(self, event: Message) -> None:
        """Tell the query as it is typed."""
        event.stop()
        self.post_message(self.Typed(str(getattr(event, "value", ""))))

    def on_input_submitted(self, event: Message) -> None:
        """Tell that the reader wants to go to what is current."""
        event.stop()
        self.post_message(self.Pressed("enter"))

    def on_query_field_search_wanted(self, event: Message) -> None:
        """Select the whole query, as the key does that leads here."""
        event.stop()
        if self._field is not None:
            self._field.select_all()

    def on_query_field_help_wanted(self, event: Message) -> None:
        """Tell that help is wanted."""
        event.stop()
        self.post_message(self.Pressed("f1"))

    def on_key(self, event: events.Key) -> None:
        """Tell of the keys that mean something to the search."""
        if event.key in _KEYS:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pressed(event.key))
