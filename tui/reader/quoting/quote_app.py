"""Picking words as a program of its own: `briefing quote`."""

from tui.reader.base_app import BaseApp
from tui.reader.quoting.pick_screen import Passage, PickScreen
from tui.reader.widgets.typesetter import Typesetter


class QuoteApp(BaseApp[str]):
    """Picks words; the result is the TOML line, or nothing."""

    TITLE = "Quote"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, passage: Passage, theme: str) -> None:
        """Create the app for a text, in the theme of a name."""
        super().__init__(theme)
        self._passage = passage

    def get_default_screen(self) -> PickScreen:
        """Return the one screen."""
        return PickScreen(self._passage, self.themes.current, Typesetter(), self._finish)

    def _finish(self, line: str | None) -> None:
        """Copy the line, by OSC 52, and leave."""
        if line:
            self.copy_to_clipboard(line)
        self.exit(line)
