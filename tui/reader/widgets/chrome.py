"""Lines of chrome round the page, and the middle with the panes."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, Self

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.containers import Horizontal
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tui.briefing.characters import cleaned
from tui.reader.textual_internals import SelfPainted
from tui.reader.themes import Theme
from tui.render.page import Span


class Part(NamedTuple):
    """A stretch of a line of chrome."""

    text: str
    style: Style
    target: str = ""


class Chrome(SelfPainted):
    """A few lines that are painted from parts and report their clicks."""

    class Clicked(Message):
        """A part with a target was clicked."""

        def __init__(self, target: str) -> None:
            """Create a message with the target of the part."""
            super().__init__()
            self.target = target

    def __init__(self, theme: Theme, *, name: str) -> None:
        """Create chrome without lines."""
        super().__init__(id=name)
        self.theme = theme
        self._painted: tuple[Size, list[Strip]] | None = None
        """The rows that were painted last, with their size; None once they are out of date."""

    def restyle(self, theme: Theme) -> None:
        """Take another theme."""
        self.theme = theme
        self.refresh()

    def refresh(self, *regions: Region, **options: Any) -> Self:
        """Paint the lines anew.

        Textual asks for the lines of every frame, also where nothing has changed.
        """
        self._painted = None
        return super().refresh(*regions, **options)

    def rows(self) -> list[list[Part]]:
        """Return the parts of each row. Subclasses override this."""
        return []

    def shown_spans(self) -> Iterator[Span]:
        """Yield the text of the rows."""
        yield from (Span(part.text) for row in self.rows() for part in row)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the rows of a region."""
        size = self.size
        if self._painted is None or self._painted[0] != size:
            width, height = size
            strips = [_strip(tuple(row), width, self.theme.base) for row in self.rows()[:height]]
            strips += [Strip.blank(width, self.theme.base)] * (height - len(strips))
            self._painted = (size, strips)
        strips = self._painted[1][crop.y : crop.bottom]
        return strips if crop.width == size.width else [strip.crop(crop.x, crop.right) for strip in strips]

    def on_click(self, event: events.Click) -> None:
        """Report the part that was clicked."""
        event.stop()
        rows = self.rows()
        if event.y < len(rows):
            cell = 0
            for part in rows[event.y]:
                cell += cell_len(part.text)
                if event.x < cell:
                    if part.target:
                        self.post_message(self.Clicked(part.target))
                    return


class Middle(Horizontal):
    """The middle of the screen, with the panes side by side."""

    def __init__(self, theme: Theme) -> None:
        """Create a middle without panes."""
        super().__init__(id="middle")
        self.theme = theme

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return blank rows."""
        return blank_rows(crop, self.theme)


def blank_rows(crop: Region, theme: Theme) -> list[Strip]:
    """Return blank rows, which all readers share.

    Textual would style and keep one for each row of a reader.
    """
    return [Strip.blank(crop.width, theme.base)] * crop.height


@lru_cache(maxsize=512)
def _strip(parts: tuple[Part, ...], width: int, base: Style) -> Strip:
    """Create a row. Equal rows are one object, so that derived rows are made once."""
    segments = [Segment(part.text, part.style) for part in parts]
    return Strip(segments).adjust_cell_length(width, base)


def one_line(text: str) -> str:
    """Return a text as one line, without characters that control a terminal."""
    return cleaned(text).replace("\n", " ")
