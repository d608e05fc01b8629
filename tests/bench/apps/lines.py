"""The bare apps of the measurement of moving: plain lines, scrolled by one line for each key.

The first argument says by which widget: ``api`` for the line API (a ``ScrollView``), ``static`` for one ``Static`` in a
``VerticalScroll``; the second says how many lines.
"""

import sys

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

WORDS = "plain words that are neither styled nor wrapped, of about the length of a line of print"


def line(number: int) -> str:
    """Give a line, from 1."""
    return f"line {number:,} {WORDS}"


class Lines(ScrollView):
    """Plain lines by the line API."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.virtual_size = Size(110, number)

    def render_line(self, y: int) -> Strip:
        """Give the line in a row of the widget."""
        strip = Strip([Segment(line(self.scroll_offset.y + y + 1), self.rich_style)])
        return strip.adjust_cell_length(self.size.width, self.rich_style)


class Scroller(App[None]):
    """Scrolls plain lines."""

    BINDINGS = [("q", "quit", ""), ("j", "go(1)", ""), ("k", "go(-1)", ""), ("G", "to_end", "")]

    def __init__(self, kind: str, number: int) -> None:
        super().__init__()
        self.lines: Widget = (
            Lines(number)
            if kind == "api"
            else VerticalScroll(Static("\n".join(map(line, range(1, number + 1))), markup=False))
        )

    def compose(self) -> ComposeResult:
        """Show the lines."""
        yield self.lines

    def action_go(self, rows: int) -> None:
        """Scroll."""
        self.lines.scroll_relative(y=rows, animate=False)

    def action_to_end(self) -> None:
        """Scroll to the end."""
        self.lines.scroll_end(animate=False)


if __name__ == "__main__":
    Scroller(sys.argv[1], int(sys.argv[2])).run()
