"""The status line's messages, kept in full for a second look."""

import time
from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple

from tui.render.page import Block, Page, Para, Span, fixed, line

MOST: Final = 50
_INDENT: Final = 11
_NOTHING: Final = "Nothing has been said yet."


class Said(NamedTuple):
    """A message."""

    text: str
    warns: bool
    at: str
    """The time of day."""


class Messages:
    """The last messages to one reader."""

    def __init__(self, clock: Callable[[], str] = lambda: time.strftime("%H:%M:%S")) -> None:
        """Start without messages. The clock returns the time of day."""
        self._clock = clock
        self._said: deque[Said] = deque(maxlen=MOST)

    def __len__(self) -> int:
        """Count the messages."""
        return len(self._said)

    def note(self, text: str, *, warns: bool) -> None:
        """Add a message. An immediate repetition only updates the time."""
        if self._said and self._said[-1][:2] == (text, warns):
            self._said.pop()
        self._said.append(Said(text, warns, self._clock()))

    def forget(self) -> None:
        """Remove all messages before the next reader comes."""
        self._said.clear()

    def page(self) -> Page:
        """Return the page of all messages in full, the newest first."""
        blocks = [
            Block(
                f"{len(self._said) - index}",
                (
                    Para(
                        (Span(said.text, "warning" if said.warns else "text"),),
                        Span(said.at, "muted"),
                        _INDENT,
                        _INDENT - 1,
                    ),
                ),
                space=0,
            )
            for index, said in enumerate(reversed(self._said))
        ]
        return fixed("Messages", blocks or [Block("none", (line(_NOTHING, "meta", indent=2),))])
