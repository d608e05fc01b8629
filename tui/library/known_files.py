"""The files that a cache knows, with stamps and devices."""

import json
from collections.abc import Sequence
from typing import Final

from tui.library.content_folders import Devices
from tui.library.database import Cache

_MOST: Final = 500
"""The most briefings whose stamps stay in memory, at 300 bytes each."""
Stamps = dict[str, tuple[str, str]]
"""The content folder and the stamp of each file."""


class KnownFiles:
    """Reads the rows of a cache. A small library's are kept until the cache changes."""

    def __init__(self, cache: Cache) -> None:
        """Read nothing yet."""
        self._cache = cache
        self._kept: tuple[object, Stamps, dict[str, Devices]] | None = None
        """The rows, and the state of the cache when they were read."""

    def inside(self, roots: Sequence[str], writes: tuple[int, int]) -> tuple[Stamps, dict[str, Devices]]:
        """Return the files in some content folders, and all known devices.

        Args:
            roots: the content folders.
            writes: the counters of writes.
        """
        state = roots, writes, self._cache.losses
        if self._kept and self._kept[0] == state:
            return self._kept[1:]
        signs = ", ".join("?" * len(roots))
        rows = self._cache.ask(f"SELECT path, root, stamp FROM briefing WHERE root IN ({signs})", tuple(roots))
        stamps, devices = {path: (root, at) for path, root, at in rows}, self.devices()
        self._kept = (state, stamps, devices) if len(stamps) <= _MOST else None
        return stamps, devices

    def devices(self) -> dict[str, Devices]:
        """Return the last known devices of each content folder."""
        return {root: json.loads(devices) for root, devices in self._cache.ask("SELECT root, devices FROM folder")}
