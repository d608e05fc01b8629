"""When to collect what visits leave behind: a reader's objects refer to each other, and only the collector frees them.

Left to its thresholds, Python's collector looks at old objects after some 500 visits at the earliest, and each leaves
0.65 MiB. A collection costs time for every object that lives, so it has to be worth as many readers as are here.
"""

from typing import Final

_LEAST: Final = 16
"""Visits that are worth a collection where few are here: 10 MiB."""
_PATIENCE: Final = 4
"""How many times as many may wait for a quiet moment."""


class Collecting:
    """Counts visits that have ended since the last collection."""

    def __init__(self) -> None:
        """Begin with nothing to collect."""
        self._left = 0

    def left(self) -> None:
        """Note that a visit has ended."""
        self._left += 1

    def is_due(self, here: int, *, quiet: bool, idle: bool = False) -> bool:
        """Tell whether to collect now, and count anew then.

        Args:
            here: how many visits are on.
            quiet: whether nobody would notice a pause.
            idle: whether nobody has done anything for long, so that one visit is worth it.
        """
        worth = max(_LEAST, here)
        due = self._left >= (worth if quiet else _PATIENCE * worth) or (idle and self._left > 0)
        if due:
            self._left = 0
        return due
