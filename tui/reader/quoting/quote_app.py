"""Picking words as a program of its own: `briefing quote`."""

from tui.reader.base_app import BaseApp
from tui.reader.quoting.pick_screen import Passage, PickScreen
from tui.reader.themes import THEMES, with_lines
from tui.reader.widgets.typesetter import Typesetter


class QuoteApp(BaseApp[str]):
    """Picks words; what it returns is the TOML line, or nothing."""

    TITLE = "Quote"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(self, passage: Passage, theme: str) -> None:
        """Make the app for a text, in the theme of a name."""
        # With NO_COLOR in the environment Textual would turn colours to greys; native colours it takes away altogether.
        super().__init__(ansi_color=True if theme == "mono" else None)
        self._passage, self._theme = passage, THEMES[theme]
        self.animation_level = "none"

    def use_few_colours(self) -> None:
        """Tell keys apart by weight as well."""
        self._theme = with_lines(self._theme)

    def get_default_screen(self) -> PickScreen:
        """Make the one screen."""
        return PickScreen(self._passage, self._theme, Typesetter(), self._finish)

    def _finish(self, line: str | None) -> None:
        """Copy the line, by OSC 52, and leave."""
        if line:
            self.copy_to_clipboard(line)
        self.exit(line)
