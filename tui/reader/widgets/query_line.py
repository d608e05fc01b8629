"""The line in which a query is typed."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from tui.reader.widgets.lull import Lull

if TYPE_CHECKING:
    from tui.reader.widgets.query_field import QueryField

_DRAIN_SECONDS: Final = 1.0
"""The longest wait for earlier keys; a screen that is being closed handles none."""


class QueryLine(Widget):
    """A prompt and an input, which is created at first use.

    Keys reach the input in the order in which they were typed, whether it had the focus yet or not, and keys behind
    the one that leaves the line reach the screen. Letters that wait count as one text, which is reported before any
    other key.
    """

    DEFAULT_CSS = """
    QueryLine { height: 1; layout: horizontal; background: $background; }
    QueryLine Static { width: auto; }
    QueryLine Input { width: 1fr; border: none; padding: 0; height: 1; background: $background; color: $foreground; }
    QueryLine Input:focus { border: none; }
    """

    def __init__(self, prompt: str, placeholder: str, keys: Iterable[str], *, name: str, helps: bool = False) -> None:
        """Create a line without an input.

        Args:
            prompt: the text before the input.
            placeholder: the text of an empty input.
            keys: the keys that are no text and go to `pressed`.
            name: the widget's id.
            helps: whether a question mark in an empty input means F1.
        """
        super().__init__(id=name)
        self.is_typing = False
        """Whether the reader types here."""
        self._prompt = prompt
        self._placeholder = placeholder
        self._keys = frozenset(keys)
        self._helps = helps
        self._field: QueryField | None = None
        self._text = ""
        """The text as it was put or typed last."""
        self._early: list[events.Key | events.Paste] = []
        """Keys from before the input was there."""
        self._typed: Callable[[str], None] = lambda _text: None
        self._pressed: Callable[[str], None] = lambda _key: None
        self._typing = Lull(self._report)

    def compose(self) -> ComposeResult:
        """Compose nothing until the line is opened."""
        return iter(())

    def extras(self) -> Iterable[Widget]:
        """Return widgets behind the input. Subclasses override this."""
        return ()

    # Opening and leaving

    def open(self, typed: Callable[[str], None], pressed: Callable[[str], None], *, select: bool = False) -> None:
        """Open the line, behind the old text or over it.

        Args:
            typed: called with a typed text, once for letters that came together.
            pressed: called with each key of the line's own keys.
            select: whether the old text is selected.
        """
        self.is_typing = True
        self._typed, self._pressed = typed, pressed
        if self._field is None:
            self.call_next(self._create, select=select)
        else:
            self._begin(self._field, select=select)

    async def _create(self, *, select: bool) -> None:
        if self._field is not None or not self.is_attached:  # created already, or the reader is leaving
            return
        from textual.widgets import Static

        from tui.reader.widgets.query_field import QueryField

        field = QueryField(self, self._placeholder)
        await self.mount(Static(self._prompt, classes="prompt"), field, *self.extras())
        self._field = field
        self.put(self._text)
        self._begin(field, select=select)
        early, self._early = self._early, []
        for event in early:
            field.post_message(event)

    def _begin(self, field: "QueryField", *, select: bool) -> None:
        if select:
            field.select_all()
        self.app.call_later(self._hand_over)

    def leave(self) -> None:
        """Return the keys to the screen."""
        if self.is_typing:
            self.is_typing = False
            self.app.call_later(self._hand_over)

    async def _hand_over(self) -> None:
        """Move the focus into or out of the input, between two keys.

        The app runs this between two keys, so that none comes meanwhile.
        """
        field = self._field
        if field is None or not field.is_attached or (self.screen.focused is field) == self.is_typing:
            return
        giver, taker = (self.screen, field) if self.is_typing else (field, None)
        self.screen.set_focus(taker)
        drained = asyncio.Event()
        if giver.call_later(drained.set):
            with suppress(TimeoutError):
                async with asyncio.timeout(_DRAIN_SECONDS):
                    await drained.wait()

    # Keys

    def catch_up(self, event: events.Key | events.Paste) -> None:
        """Pass on a key or paste from before the input had focus."""
        event.stop()
        copy = events.Paste(event.text) if isinstance(event, events.Paste) else events.Key(event.key, event.character)
        if self._field is None:
            self._early.append(copy)
        else:
            self._field.post_message(copy)

    def takes(self, event: events.Key) -> bool:
        """Handle a special key, or a key from after `leave`."""
        if not self.is_typing:
            self.screen.post_message(events.Key(event.key, event.character))
            return True
        key = "f1" if self._helps and event.character == "?" and not self._text else event.key
        if key in self._keys:
            self._typing.end()
            self._pressed(key)
            return True
        return False

    def changed(self, text: str) -> None:
        """Report a typed text; for the input."""
        if self._field is not None and text != self._text:
            self._text = text
            self._typing.wait(self._field)

    def _report(self) -> None:
        self._typed(self._text)

    # The text

    @property
    def text(self) -> str:
        """The query."""
        return self._text

    @property
    def cursor(self) -> int:
        """The offset of the cursor in the query."""
        return self._field.cursor_position if self._field else len(self._text)

    def put(self, text: str, cursor: int | None = None) -> None:
        """Replace the query without a report. The cursor goes behind its end, or to an offset."""
        if self._typing.is_due:
            return  # letters were typed meanwhile, and are about to be reported
        self._text = text
        if self._field is not None:
            self._field.value = text
            self._field.cursor_position = len(text) if cursor is None else cursor

    def select_all(self) -> None:
        """Select the query."""
        if self._field is not None:
            self._field.select_all()

    def cell_of(self, at: int) -> int:
        """Return the cell of the line at which a character stands."""
        start = self._field.cell_of_start if self._field else 0
        return cell_len(self._prompt) + start + cell_len(self._text[:at])
