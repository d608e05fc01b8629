"""The watch over the files of rules, keys and revocations."""

import asyncio
from collections.abc import Callable
from typing import Final

from tui.kiosk.operations.log import Log
from tui.kiosk.worker.host import WorkerHost

_EVERY: Final = 0.4
"""Seconds between two looks."""
_WITHOUT_FILES: Final = 1.0
"""The same where no file decides."""


class AccessWatcher:
    """Applies changed files by itself, so that nobody has to reload."""

    def __init__(self, host: WorkerHost, log: Log, show: Callable[[], None]) -> None:
        """Watch nothing yet.

        Args:
            host: decides by the files.
            log: takes changes, and files that are refused.
            show: shows visitors the library as it is now.
        """
        self._host = host
        self._log = log
        self._show = show
        self._seen: dict[str, str] = {}
        self._refused: dict[str, str] = {}

    async def watch(self) -> None:
        """Watch until cancelled."""
        while True:
            await asyncio.sleep(_EVERY if self._host.access.stamps else _WITHOUT_FILES)
            await self.look()

    async def look(self) -> None:
        """Apply changed files that are at rest.

        A file that is just being written may lack its second half, and with it a rule.
        """
        access = self._host.access
        if not access.stamps:  # no file decides, and nothing is read
            return
        before, self._seen = self._seen, await asyncio.to_thread(access.stamps_now)
        if self._seen != before or self._seen in (access.stamps, self._refused):
            return
        changed = [name for name, stamp in self._seen.items() if access.stamps.get(name) != stamp]
        try:
            await self._host.change(self._host.settings)
        except (OSError, ValueError) as error:
            self._refused = self._seen
            self._log.write("rules", refused=str(error))
            return
        self._log.write("rules", read=" ".join(changed))
        for said in self._host.access.file.doubts:
            self._log.write("rules", doubtful=said)
        self._show()
