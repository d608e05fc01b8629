"""The back-pressure of output that a visitor does not take."""

from typing import Final

from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.policy import Clock, Policy, Reason

STALLED: Final = Reason("stalled", "Your terminal has taken no output for too long.")


class BackPressure(Policy):
    """Watches the output of one visit that is still on its way."""

    settings = ("stalled_bytes", "stalled_seconds")
    metric = "briefing_kiosk_ended_total"
    reasons = (STALLED,)

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Begin with nothing on its way."""
        super().__init__(settings, clock)
        self._since: float | None = None
        self.is_paused = False
        """Whether the channel is full, as a closed window of SSH says."""

    def holds(self, unsent: int) -> bool:
        """Return whether to stop writing, given the unsent bytes.

        An open window of SSH on a link of TCP that stalls never says that it is full; hence the bytes are counted.
        """
        stalled = self.is_paused or unsent >= self._settings.stalled_bytes
        if not stalled:
            self._since = None
        elif self._since is None:
            self._since = self._clock()
        return stalled

    def check(self) -> Reason | None:
        """End the visit where `holds` has been true for too long."""
        since = self._since
        return STALLED if since is not None and self._clock() - since >= self._settings.stalled_seconds else None
