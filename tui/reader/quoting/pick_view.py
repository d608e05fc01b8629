"""The held text on screen, with its picked words and the mouse."""

from rich.cells import cell_len
from textual import events
from textual.message import Message

from tui.briefing.anchors import Paragraph
from tui.briefing.characters import FORBIDDEN
from tui.reader.quoting.picker import Picker
from tui.reader.themes import Theme
from tui.reader.widgets.page_view import PageView
from tui.reader.widgets.typesetter import Typesetter
from tui.render.page import Block, Page, Para, Span
from tui.session.find.matches import Match
from tui.session.page_rows import PART_ROWS

_INDENT = 6


class PickView(PageView):
    """Shows the text, and reports the character under the mouse."""

    DEFAULT_CSS = "PickView { width: 1fr; height: 1fr; }"

    class Pointed(Message):
        """The mouse was pressed, or moved while it is pressed."""

        def __init__(self, offset: int, *, extending: bool) -> None:
            """Create a message.

            Args:
                offset: the offset in the text.
                extending: whether the mouse was moved to it while pressed.
            """
            super().__init__()
            self.offset = offset
            self.extending = extending

    def __init__(self, typesetter: Typesetter, theme: Theme, parts: tuple[Paragraph, ...]) -> None:
        """Create a view of a text of these paragraphs."""
        super().__init__(typesetter, theme, name="text")
        self._parts = parts

    def mark(self, picker: Picker) -> None:
        """Mark the picked words, and bring the moving end into view."""
        start, end = picker.span
        matches = {
            place: [Match("", place, 0, max(start, part.start) - part.start, min(end, part.end) - part.start)]
            for place, part in enumerate(self._parts)
            if part.start < end and start < part.end
        }
        here = matches.get(picker.place)
        self.mark_matches(lambda place: matches.get(place, ()), here[0] if here else None)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Pick the word under the mouse."""
        event.stop()
        self.capture_mouse()
        self._point(event, extending=event.shift)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend to the word under the mouse while it is pressed."""
        if event.button and self.app.mouse_captured is self:
            event.stop()
            self._point(event, extending=True)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Release the mouse."""
        event.stop()
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Ignore the click; pressing has picked the word."""
        event.prevent_default()
        event.stop()

    def _point(self, event: events.MouseEvent, *, extending: bool) -> None:
        at = self._port.at(event.y)
        if at is None or self.page.ids[at[0]] == "help":
            return
        place, row = at
        part, row = divmod(row, PART_ROWS)
        laid, column = self._laid(place, part), self._column
        line = laid.lines[max(0, row - (0 if part else self._space(place)))]
        left = event.x - column.margin - column.gutter - line.offset
        words = laid.part.words(line) if line.para >= 0 else ""
        inside = 0
        while inside < len(words) - 1 and cell_len(words[: inside + 1]) <= left:
            inside += 1
        self.post_message(self.Pointed(self._parts[place].start + line.start + inside, extending=extending))


def text_page(title: str, text: str, parts: tuple[Paragraph, ...]) -> Page:
    """Set a text, a block a paragraph. Each character keeps its offset."""

    def build(place: int) -> Block:
        part = parts[place]
        # Each character that must not reach a terminal becomes one blank, so that the picked words keep their offsets.
        words = FORBIDDEN.sub(" ", text[part.start : part.end]).replace("\n", " ")
        if part.number == 0:
            return Block("0", (Para((Span(words, "title"),), indent=_INDENT),))
        return Block(str(part.number), (Para((Span(words),), Span(f"¶{part.number}", "muted"), _INDENT, _INDENT),))

    return Page(title, [str(part.number) for part in parts], build)
