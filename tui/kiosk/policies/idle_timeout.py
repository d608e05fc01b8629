"""The idle timeout of a visit, and its longest time."""

from enum import Enum
from typing import Final

from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.policy import Clock, Policy, Reason

IDLE: Final = Reason("idle", "You were away; your visit has ended. Please come again.")
TOTAL: Final = Reason("total", "Your visit has reached its longest time. Please come again.")
DRAINED: Final = Reason("drained", "The kiosk is ending. Please come again later.")


class Warned(Enum):
    """Whether the visitor is to be warned."""

    NO = "no"
    NOW = "now"
    ALREADY = "already"


class IdleTimeout(Policy):
    """Watches the time of one visit."""

    settings = ("idle_seconds", "idle_warning_seconds", "total_seconds")
    metric = "briefing_kiosk_ended_total"
    reasons = (IDLE, TOTAL, DRAINED)

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Begin the visit."""
        super().__init__(settings, clock)
        self._began = self._moved = clock()
        self._deadline: float | None = None
        self.warned = Warned.NO

    def moved(self) -> None:
        """Record a key or a click."""
        self._moved = self._clock()
        self.warned = Warned.NO

    def drain(self, seconds: float) -> None:
        """Set a time within which the visit ends."""
        self._deadline = self._clock() + seconds

    @property
    def away(self) -> float:
        """The seconds since the last key or click."""
        return self._clock() - self._moved

    @property
    def due(self) -> float:
        """The moment by the clock before which `check` finds nothing."""
        limits = self._settings
        warning = limits.idle_seconds - (0 if self.warned is not Warned.NO else limits.idle_warning_seconds)
        ends = [self._moved + warning, self._began + limits.total_seconds]
        return min(ends if self._deadline is None else [*ends, self._deadline])

    def check(self) -> Reason | None:
        """End the visit where a time is over, and set `warned`."""
        now, limits = self._clock(), self._settings
        if self._deadline is not None and now >= self._deadline:
            return DRAINED
        if now - self._began >= limits.total_seconds:
            return TOTAL
        away = now - self._moved
        if away >= limits.idle_seconds:
            return IDLE
        if away >= limits.idle_seconds - limits.idle_warning_seconds:
            self.warned = Warned.NOW if self.warned is Warned.NO else Warned.ALREADY
        return None
