"""The palette, in which one chooses a command by typing its name. It is Textual's, made to bear keys in any order."""

from typing import Final

from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.message import Message
from textual.widgets import Input, OptionList

from tui.reader.app import BriefingApp
from tui.reader.textual_internals import PaletteHooks, SizedScreen

_PAGING: Final = frozenset({"page_up", "page_down"})
_CHOOSING: Final = (Input.Changed, Input.Submitted, OptionList.OptionSelected)


class CommandProvider(Provider):
    """Offers this app's commands, and no others, in the palette."""

    @property
    def _reader(self) -> BriefingApp:
        app = self.app
        if not isinstance(app, BriefingApp):
            raise TypeError(app)
        return app

    async def discover(self) -> Hits:
        """Offer every command."""
        for title, words, run in self._reader.palette_rows():
            yield DiscoveryHit(title, run, help=words)

    async def search(self, query: str) -> Hits:
        """Offer the commands that match."""
        matcher = self.matcher(query)
        for title, words, run in self._reader.palette_rows():
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, matcher.highlight(title), run, help=words)


class Palette(PaletteHooks, CommandPalette, SizedScreen):
    """A palette that is closed once, however many keys say so, and that moves by pages only where it shows any."""

    def __init__(self) -> None:
        """Make it for this app's commands."""
        super().__init__([CommandProvider])  # without Textual's id: the one before it may still be closing
        self._is_over = False

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close it; what comes after that would take away the screen below."""
        if self._is_over:
            return AwaitComplete()
        self._is_over = True
        return super().dismiss(result)

    def hears(self, message: Message) -> bool:
        """Whether the palette is open, or a message is no choice: a command runs once."""
        return not (self._is_over and isinstance(message, _CHOOSING))

    def may_move(self, action: str) -> bool:
        """Whether the list can move: it has no pages before it is laid out, nor in a window without room for it."""
        if self._is_over:
            return False
        listed = self.query_one(CommandList)
        return action not in _PAGING or bool(listed.scrollable_content_region and listed.virtual_size.height)
