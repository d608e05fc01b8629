"""The messages of the status line, kept whole for a second look."""

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
        """Begin with none; the clock returns the time of day."""
        self._clock = clock
        self._said: deque[Said] = deque(maxlen=MOST)

    def __len__(self) -> int:
        """Count them."""
        return len(self._said)

    def note(self, text: str, *, warns: bool) -> None:
        """Keep a message; one that is repeated at once is kept with its last time."""
        if self._said and self._said[-1][:2] == (text, warns):
            self._said.pop()
        self._said.append(Said(text, warns, self._clock()))

    def forget(self) -> None:
        """Forget all of them, before another reader comes."""
        self._said.clear()

    def page(self) -> Page:
        """Set them as a page, the newest first, each whole."""
        blocks = [
            Block(
                f"{len(self._said) - place}",
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
            for place, said in enumerate(reversed(self._said))
        ]
        return fixed("Messages", blocks or [Block("none", (line(_NOTHING, "meta", indent=2),))])
