"""Output that a visitor does not take: it is bounded, and after a while the visit ends."""

from collections.abc import Callable

from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.reasons import Reason


class Stalling:
    """Watches how much of one visit's output is still on its way."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        """Begin with nothing on its way."""
        self._settings = settings
        self._clock = clock
        self._since: float | None = None
        self.is_paused = False
        """Whether the channel says that nothing can be written, as it does for a closed window of SSH."""

    def holds(self, waiting: int) -> bool:
        """Tell whether nothing more may be written, given the bytes that wait for the visitor.

        An open window of SSH on a link of TCP that stalls never says that it is full; hence the bytes are counted.
        """
        stalled = self.is_paused or waiting >= self._settings.stalled_bytes
        if not stalled:
            self._since = None
        elif self._since is None:
            self._since = self._clock()
        return stalled

    def look(self, waiting: int) -> Reason | None:
        """Say whether the visit ends now."""
        if not self.holds(waiting) or self._since is None:
            return None
        return Reason.STALLED if self._clock() - self._since >= self._settings.stalled_seconds else None
