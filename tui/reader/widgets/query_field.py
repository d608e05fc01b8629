"""Textual's input for a query; imported only when first wanted."""

from typing import Final, Protocol

from textual import events
from textual.binding import Binding
from textual.widgets import Input

from tui.briefing.characters import cleaned
from tui.search.query import MAX_LENGTH

_EDITING: Final = {binding.key: binding.action for binding in Binding.make_bindings(Input.BINDINGS)}
"""The actions of the keys that edit the text."""


class Line(Protocol):
    """The line in which the input stands."""

    def takes(self, event: events.Key) -> bool:
        """Handle a key of the search; return whether the key was one."""

    def changed(self, text: str) -> None:
        """Report another text."""


class QueryField(Input):
    """An input of harmless characters, at most as long as a query.

    Every key acts at once: Textual runs the actions of keys only after a way up to the app, when letters that were
    typed later stand in the input already.
    """

    def __init__(self, line: Line, placeholder: str) -> None:
        """Create an empty input; its line handles the keys of the search."""
        # One character more is allowed, so that the mistake can be shown.
        super().__init__("", placeholder=placeholder, select_on_focus=False, max_length=MAX_LENGTH + 1)
        self.cursor_blink = False
        self._line = line

    async def on_key(self, event: events.Key) -> None:
        """Take a key, unless the line to type in has taken it."""
        is_taken = self._line.takes(event)
        if event.is_printable and not is_taken:
            return  # Input inserts the character
        event.stop()
        event.prevent_default()
        if not is_taken and (action := _EDITING.get(event.key)):
            await self.app.run_action(action, self)

    def on_paste(self, event: events.Paste) -> None:
        """Insert a pasted text as one line of harmless characters."""
        event.prevent_default()
        event.stop()
        text = cleaned(" ".join(event.text[: 4 * MAX_LENGTH].split()))
        start, end = sorted(self.selection)
        self.replace(text[: max(0, MAX_LENGTH + 1 - len(self.value) + end - start)], start, end)

    def watch_value(self, value: str) -> None:
        """Report another text to the line."""
        self._line.changed(value)

    @property
    def cell_of_start(self) -> int:
        """The cell of the field at which its text begins. Negative where the text is scrolled."""
        return -round(self.scroll_offset.x)
