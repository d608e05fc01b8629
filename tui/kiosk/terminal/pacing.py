"""From a visitor's bytes to the app, one key at a time, so that whatever one visitor sends, the others take their turns."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.kiosk.policies.quotas import Amounts
from tui.reader.terminal.input import Input

_PACE: Final = 0.01
"""Seconds from one key to the next where several came at once; nobody presses a hundred a second."""
_FLOOD: Final = 128
"""Bytes at once that are taken for a flood where their keys are more than is allowed; what is left is not looked at."""
_MOST_WAITING: Final = 64 * 1024


class Pacing:
    """Paces one visitor."""

    def __init__(self, amounts: Amounts, give: Callable[[Message], None]) -> None:
        """Pace.

        Args:
            amounts: count the keys.
            give: takes an event.
        """
        self._amounts = amounts
        self._give = give
        self._input = Input()
        self._coming: deque[bytes] = deque()
        self._waiting = 0
        self._events: Iterator[Message] = iter(())
        self._next: Message | None = None
        """The event after the last one that was given, where it has come already."""
        self._size = 0
        """Bytes that the present events are made of."""
        self._timer: asyncio.TimerHandle | None = None
        self._is_closed = False
        self._is_answered = False

    def came(self, data: bytes) -> None:
        """Take bytes; the first key of them is given at once, unless others are before it."""
        if self._waiting + len(data) > _MOST_WAITING:
            self._drop()
            return
        self._coming.append(data)
        self._waiting += len(data)
        if self._timer is None:
            self._turn()

    def close(self) -> None:
        """Give nothing any more."""
        self._is_closed = True
        if self._timer:
            self._timer.cancel()

    def _turn(self) -> None:  # noqa: C901 - one loop over what may come
        """Give the next key, and come again for the one after it."""
        self._timer = None
        while not self._is_closed:
            event = self._take()
            if event is None:
                if not self._coming:
                    break
                data = self._coming.popleft()
                self._size = len(data)
                self._waiting -= len(data)
                self._events = self._input.feed(data)
            elif isinstance(event, TerminalSupportsSynchronizedOutput):
                if not self._is_answered:  # what is no key costs too, and a terminal answers once
                    self._is_answered = True
                    self._give(event)
            elif self._amounts.key():
                self._give(event)
                if self._more_has_come():
                    self._timer = asyncio.get_running_loop().call_later(_PACE, self._turn)
                    return
            elif self._size + self._waiting >= _FLOOD:
                self._drop()
        self._await_rest()

    def _take(self) -> Message | None:
        """Take the next event of the bytes that are being looked at."""
        event, self._next = self._next, None
        return next(self._events, None) if event is None else event

    def _more_has_come(self) -> bool:
        """Look whether anything is to follow; a key of several bytes alone needs no other turn."""
        if not self._is_closed:
            self._next = self._take()
        return self._next is not None or bool(self._coming)

    def _drop(self) -> None:
        """Forget what waits; who floods is heard again a moment after the flood."""
        self._amounts.flooded()
        self._coming.clear()
        self._waiting = 0
        self._events = iter(())
        self._next = None
        self._input.drop()

    def _await_rest(self) -> None:
        """Come again when what was begun is given up, such as an escape alone."""
        if self._input.seconds and not self._is_closed:
            asyncio.get_running_loop().call_later(self._input.seconds, self._tick)

    def _tick(self) -> None:
        if not self._is_closed and self._timer is None:
            for event in self._input.tick():
                if self._amounts.key():
                    self._give(event)
            self._await_rest()
