"""The palette, in which a command is chosen by typing its name.

It is Textual's, changed to bear keys in any order.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

from textual import events
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.message import Message
from textual.widgets import Input, OptionList

from tui.reader.screen import ReaderScreen
from tui.reader.textual_internals import PaletteHooks, SizedScreen
from tui.session.commands import COMMANDS
from tui.session.keymap import Keymap, shown

_PAGING: Final = frozenset({"page_up", "page_down"})
_CHOOSING: Final = (Input.Changed, Input.Submitted, OptionList.OptionSelected)


class Row(NamedTuple):
    """A command in the palette."""

    title: str
    words: str
    """Its group and its keys."""
    name: str


def palette_rows(keymap: Keymap) -> list[Row]:
    """Return the commands that the palette offers."""
    rows = []
    for command in COMMANDS:
        if command.words and command.name != "palette" and command.name in keymap.keys:
            keys = " · ".join(map(shown, keymap.keys[command.name]))
            title = command.words[:1].upper() + command.words[1:]
            rows.append(Row(title, f"{command.group} · {keys}" if keys else command.group, command.name))
    return rows


class CommandProvider(Provider):
    """Offers the reader's commands, and no others, in the palette."""

    @property
    def _rows(self) -> Iterator[tuple[Row, Callable[[], None]]]:
        screen = ReaderScreen.of(self.app)
        for row in palette_rows(screen.session.keymap):
            yield row, partial(screen.run_command, row.name)

    async def discover(self) -> Hits:
        """Offer every command."""
        for row, run in self._rows:
            yield DiscoveryHit(row.title, run, help=row.words)

    async def search(self, query: str) -> Hits:
        """Offer the commands that match."""
        matcher = self.matcher(query)
        for row, run in self._rows:
            score = matcher.match(row.title)
            if score > 0:
                yield Hit(score, matcher.highlight(row.title), run, help=row.words)


class Palette(PaletteHooks, CommandPalette, SizedScreen):
    """A palette that closes once, and pages only where there are pages.

    Several keys may ask to close it before it is closed.
    """

    def __init__(self) -> None:
        """Create the palette of this app's commands."""
        super().__init__([CommandProvider])  # without Textual's id: an earlier palette may still be closing
        self._is_over = False

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the palette once; a second time would close the screen below."""
        if self._is_over:
            return AwaitComplete()
        self._is_over = True
        return super().dismiss(result)

    def hears(self, message: Message) -> bool:
        """Whether a message counts. A closed palette ignores choices, so that a command runs once."""
        return not (self._is_over and isinstance(message, _CHOOSING))

    def may_move(self, action: str) -> bool:
        """Whether the list can move by an action.

        It has no pages before it is laid out, nor in a window without room for it.
        """
        if self._is_over:
            return False
        listed = self.query_one(CommandList)
        return action not in _PAGING or bool(listed.scrollable_content_region and listed.virtual_size.height)

    def on_key(self, event: events.Key) -> None:
        """Suspend the program with the key that does so in every box."""
        if event.key == "ctrl+z":
            event.stop()
            ReaderScreen.of(self.app).run_command("suspend")
