"""The line in which one types what is to be found."""

import asyncio

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from tui.reader.themes import Theme
from tui.reader.widgets.chrome import Chrome
from tui.render.layout import shortened


class FindBar(Widget):
    """A prompt over the status line. Textual's input is only made when it is first wanted."""

    DEFAULT_CSS = """
    FindBar { dock: bottom; height: 1; display: none; layout: horizontal; background: $background; }
    FindBar .answer { width: auto; }
    FindBar Input { width: 1fr; border: none; padding: 0; height: 1; background: $background; color: $foreground; }
    FindBar Input:focus { border: none; }
    """

    class Changed(Message):
        """Other words are looked for."""

        def __init__(self, words: str) -> None:
            """Tell the words."""
            super().__init__()
            self.words = words

    class Closed(Message):
        """The words are settled, or given up."""

        def __init__(self, *, accepted: bool) -> None:
            """Tell which of the two."""
            super().__init__()
            self.accepted = accepted

    def __init__(self, theme: Theme) -> None:
        """Make it closed."""
        super().__init__(id="find")
        self._theme = theme
        self._passed: events.Key | None = None

    def compose(self) -> ComposeResult:
        """Have nothing until it is opened."""
        return iter(())

    @property
    def has_focus_within(self) -> bool:
        """Whether the reader types here."""
        return bool(self.display and self.children)

    async def open(self, words: str) -> None:
        """Open the prompt with the words that were looked for last."""
        from textual.widgets import Static

        from tui.reader.search.field import QueryField

        await self.remove_children()
        if not self.is_attached:  # the reader is being left meanwhile
            return
        prompt = Static(" / ", classes="prompt")
        prompt.styles.width = 3
        field = QueryField(words, "find in this briefing", select=False)
        await self.mount(prompt, field, Static(classes="answer"))
        field.select_all()
        self.display = True
        self.app.call_later(self._hand_over, field)

    def answer(self, said: str, *, warns: bool) -> None:
        """Say what was found at the right of the words, since the prompt covers the status line."""
        from textual.widgets import Static

        for room in self.query(".answer").results(Static):
            shown = f" {shortened(said, self.size.width // 2)} " if said else ""
            room.update(Text(shown, self._theme.style("warning" if warns else "meta")))

    async def _hand_over(self, field: Widget) -> None:
        """Have the app send keys to the prompt from now on; those that wait for the screen still go before them."""
        if field.is_attached:
            self.screen.set_focus(field)
            handed_over = asyncio.Event()
            self.screen.call_later(handed_over.set)
            await handed_over.wait()

    def catch_up(self, event: events.Key) -> None:
        """Take a key that was typed before the prompt was there, and so reached the screen without passing it."""
        from textual.widgets import Input

        if event is self._passed:
            return
        event.stop()
        field = self.query_one(Input)
        if event.key in {"enter", "backspace"}:
            field.call_later(field.action_submit if event.key == "enter" else field.action_delete_left)
        else:
            field.post_message(events.Key(event.key, event.character))

    async def close(self) -> None:
        """Close it."""
        self.display = False
        await self.remove_children()

    def on_input_changed(self, event: Message) -> None:
        """Tell the words as they are typed."""
        event.stop()
        self.post_message(self.Changed(str(getattr(event, "value", ""))))

    def on_input_submitted(self, event: Message) -> None:
        """Tell that the words are settled."""
        event.stop()
        self.post_message(self.Closed(accepted=True))

    def on_query_field_search_wanted(self, event: Message) -> None:
        """Stay at what was found, and search everything."""
        event.stop()
        self.post_message(self.Closed(accepted=True))
        self.post_message(Chrome.Clicked("command:search"))

    def on_key(self, event: events.Key) -> None:
        """Give up on Escape."""
        self._passed = event
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.post_message(self.Closed(accepted=False))
