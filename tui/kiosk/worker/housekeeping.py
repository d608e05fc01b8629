"""The moments at which a worker gives memory back.

Left to its thresholds, Python's collector looks at old objects after some 500 visits at the earliest, and each leaves
0.65 MiB: a reader's objects refer to each other. A collection costs time for every object that lives, so it has to be worth
as many readers as are open.
"""

from collections.abc import Collection
from typing import Final

_LEAST: Final = 16
"""Ended visits that are worth a collection where few are open: 10 MiB."""
_BUSY_FACTOR: Final = 4
"""The factor by which more may wait for a quiet moment."""
_CLOSED_AFTER: Final = 30.0
"""Seconds for which a briefing stays open without a reader, who may come back. After a minute its memory is to be free."""


class GarbageCollection:
    """Counts the visits that have ended since the last collection."""

    def __init__(self) -> None:
        self._ended = 0

    def visit_ended(self) -> None:
        """Count a visit that has ended."""
        self._ended += 1

    def is_due(self, open_visits: int, *, quiet: bool, idle: bool = False) -> bool:
        """Return whether to collect now, and start counting again if so.

        Args:
            open_visits: the number of visits that are open.
            quiet: whether nobody would notice a pause.
            idle: whether nobody has done anything for long, so that one visit is worth it.
        """
        worth = max(_LEAST, open_visits)
        due = self._ended >= (worth if quiet else _BUSY_FACTOR * worth) or (idle and self._ended > 0)
        if due:
            self._ended = 0
        return due


class UnreadBriefings:
    """Remembers the last reading of each large open briefing."""

    def __init__(self) -> None:
        self._unread: dict[str, float] = {}

    def due(self, heavy: Collection[str], read: Collection[str], now: float) -> list[str]:
        """Return the briefings to close.

        Args:
            heavy: the ids of the open briefings of very much text.
            read: the ids of the briefings on visitors' screens.
            now: the time in seconds.
        """
        self._unread = {name: self._unread.get(name, now) for name in heavy if name not in read}
        return [name for name, since in self._unread.items() if now - since >= _CLOSED_AFTER]
