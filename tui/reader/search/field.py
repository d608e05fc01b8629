"""One line to type a query in. Textual's input is imported only where this is, when it is first wanted."""

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import Input

from tui.briefing.characters import cleaned
from tui.search.query import MAX_LENGTH


class QueryField(Input):
    """An input that lets nothing in that could act on a terminal, and no more than can be a query."""

    @dataclass
    class SearchWanted(Message):
        """The key of the search over everything was pressed, which Textual's input has for deleting."""

    @dataclass
    class HelpWanted(Message):
        """The help was asked for, with a question mark where nothing else stands."""

    def __init__(self, text: str, placeholder: str, *, select: bool, helps: bool = False) -> None:
        """Make it with a text, selected or not; `helps` where a question mark at its beginning asks for help."""
        # One character too many stays, so that it can be said that there are too many.
        super().__init__(text, placeholder=placeholder, select_on_focus=select, max_length=MAX_LENGTH + 1)
        self.cursor_blink = False
        self._helps = helps

    async def on_key(self, event: events.Key) -> None:
        """Take a question mark before anything else for a question."""
        if self._helps and event.character == "?" and not self.value:
            event.prevent_default()
            event.stop()
            self.post_message(self.HelpWanted())

    def on_paste(self, event: events.Paste) -> None:
        """Take a pasted text as one line of harmless characters."""
        event.prevent_default()
        event.stop()
        text = cleaned(" ".join(event.text[: 4 * MAX_LENGTH].split()))
        start, end = sorted(self.selection)
        self.replace(text[: max(0, MAX_LENGTH + 1 - len(self.value) + end - start)], start, end)

    def action_delete_right_all(self) -> None:
        """Search everything."""
        self.post_message(self.SearchWanted())

    @property
    def cell_of_start(self) -> int:
        """The cell of the field at which its text begins; below 0 where it is scrolled."""
        return -round(self.scroll_offset.x)
