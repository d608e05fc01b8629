"""A pacer of keys, so that other visitors have their turns."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.kiosk.policies.quotas import Quotas
from tui.reader.terminal.input import Input

_INTERVAL: Final = 0.01
"""Seconds from one key to the next if several came at once; nobody presses a hundred a second."""
_FLOOD: Final = 128
"""Bytes at once that count as a flood if their keys exceed the quota. The rest of them is dropped unread."""
_MOST_WAITING: Final = 64 * 1024


class KeyPacer:
    """Paces the keys of one visitor."""

    def __init__(self, quotas: Quotas, give: Callable[[Message], None]) -> None:
        """Begin without a key.

        Args:
            quotas: count the keys.
            give: takes an event.
        """
        self._quotas = quotas
        self._give = give
        self._input = Input()
        self._coming: deque[bytes] = deque()
        self._waiting = 0
        self._events: Iterator[Message] = iter(())
        self._next: Message | None = None
        """The event after the last one that was given, if it has come already."""
        self._size = 0
        """The number of bytes of the present events."""
        self._timer: asyncio.TimerHandle | None = None
        self._is_closed = False
        self._is_answered = False

    def feed(self, data: bytes) -> None:
        """Take bytes; their first key is given at once, unless others wait."""
        if self._waiting + len(data) > _MOST_WAITING:
            self._drop()
            return
        self._coming.append(data)
        self._waiting += len(data)
        if self._timer is None:
            self._turn()

    def close(self) -> None:
        """Stop passing keys."""
        self._is_closed = True
        if self._timer:
            self._timer.cancel()

    def _turn(self) -> None:  # noqa: C901 - one loop over what may come
        """Pass the next key, and schedule the key after it."""
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
                if not self._is_answered:  # other events cost time too, and a terminal answers once
                    self._is_answered = True
                    self._give(event)
            elif self._quotas.take_key():
                self._give(event)
                if self._more_has_come():
                    self._timer = asyncio.get_running_loop().call_later(_INTERVAL, self._turn)
                    return
            elif self._size + self._waiting >= _FLOOD:
                self._drop()
        self._await_rest()

    def _take(self) -> Message | None:
        """Return the next event of the present bytes."""
        event, self._next = self._next, None
        return next(self._events, None) if event is None else event

    def _more_has_come(self) -> bool:
        """Return whether anything follows. A single key of several bytes needs no other turn."""
        if not self._is_closed:
            self._next = self._take()
        return self._next is not None or bool(self._coming)

    def _drop(self) -> None:
        """Drop all waiting bytes; keys count again a moment after the flood."""
        self._quotas.punish_flood()
        self._coming.clear()
        self._waiting = 0
        self._events = iter(())
        self._next = None
        self._input.drop()

    def _await_rest(self) -> None:
        """Schedule the end of an unfinished sequence, such as an escape alone."""
        if self._input.seconds and not self._is_closed:
            asyncio.get_running_loop().call_later(self._input.seconds, self._tick)

    def _tick(self) -> None:
        if not self._is_closed and self._timer is None:
            for event in self._input.tick():
                if self._quotas.take_key():
                    self._give(event)
            self._await_rest()
