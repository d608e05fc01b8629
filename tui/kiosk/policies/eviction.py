"""When to close a briefing of very much text that nobody reads any more."""

from collections.abc import Collection
from typing import Final

_AFTER: Final = 30.0
"""Seconds that it stays open behind its last reader, who may come back; a minute behind him its memory is to be free."""


class Closing:
    """Notes since when nobody reads each of some briefings."""

    def __init__(self) -> None:
        """Know of none yet."""
        self._unread: dict[str, float] = {}

    def due(self, heavy: Collection[str], read: Collection[str], now: float) -> list[str]:
        """Return which of the open briefings of very much text are to be closed.

        Args:
            heavy: the ids of those that are open.
            read: the ids of what is on somebody's screen.
            now: the time in seconds.
        """
        self._unread = {name: self._unread.get(name, now) for name in heavy if name not in read}
        return [name for name, since in self._unread.items() if now - since >= _AFTER]
