"""Completion of the words in the bar of the finding."""

from collections.abc import Callable
from functools import partial

from tui.reader.page_screen import PageScreen
from tui.search.service import Values
from tui.session.search.completion import COMPLETING, TypingAid
from tui.session.search.hints import completion_pieces


class FindCompletion:
    """Completes fields and values, with those of the pages that are searched."""

    def __init__(self, screen: PageScreen, look_for: Callable[[str], None]) -> None:
        """Prepare for a screen. `look_for` is called with each text."""
        self._screen = screen
        self._look_for = look_for
        self._aid = TypingAid(self._values, tuple)

    def typed(self, text: str) -> None:
        """Find a typed text."""
        self._aid.typed(text)
        self._look_for(text)

    def takes(self, key: str) -> bool:
        """Handle a key that goes through the candidates. Return whether the key is one."""
        if key not in COMPLETING:
            return False
        line = self._screen.find_bar
        if answer := self._aid.answer(key, line.text, line.cursor):
            line.put(*answer)
            self._look_for(answer[0])
        return True

    def offer(self) -> None:
        """Show the fields or values that may follow."""
        line = self._screen.find_bar
        found = self._aid.candidates(line.text, line.cursor) if line.is_typing else None
        line.offer(partial(completion_pieces, found) if found and found.candidates else None)

    def _values(self, name: str) -> Values:
        return self._screen.session.finder(self._screen.location).values(name)
