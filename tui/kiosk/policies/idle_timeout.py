"""How long a visit lasts: not beyond a time without a key, nor beyond a time in all."""

from collections.abc import Callable
from enum import Enum

from tui.kiosk.operations.settings import Settings
from tui.kiosk.policies.reasons import Reason


class Warned(Enum):
    """What the visitor is to be told."""

    NO = "no"
    NOW = "now"
    ALREADY = "already"


class Patience:
    """Watches one visit's time."""

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        """Begin the visit."""
        self._settings = settings
        self._clock = clock
        self._began = clock()
        self._moved = self._began
        self._deadline: float | None = None
        self.warned = Warned.NO

    def moved(self) -> None:
        """Note a key or a click: whoever goes through a page is there, however long it takes."""
        self._moved = self._clock()
        self.warned = Warned.NO

    def drain(self, seconds: float) -> None:
        """Let the visit end within a time."""
        self._deadline = self._clock() + seconds

    @property
    def due(self) -> float:
        """The moment by the clock before which `look` finds nothing to say."""
        limits = self._settings
        warning = limits.idle_seconds - (0 if self.warned is not Warned.NO else limits.idle_warning_seconds)
        ends = [self._moved + warning, self._began + limits.total_seconds]
        return min(ends if self._deadline is None else [*ends, self._deadline])

    def look(self) -> Reason | None:
        """Say whether the visit ends now; afterwards `warned` tells whether the visitor is to be warned."""
        now, limits = self._clock(), self._settings
        if self._deadline is not None and now >= self._deadline:
            return Reason.DRAINED
        if now - self._began >= limits.total_seconds:
            return Reason.TOTAL
        away = now - self._moved
        if away >= limits.idle_seconds:
            return Reason.IDLE
        if away >= limits.idle_seconds - limits.idle_warning_seconds:
            self.warned = Warned.NOW if self.warned is Warned.NO else Warned.ALREADY
        return None
