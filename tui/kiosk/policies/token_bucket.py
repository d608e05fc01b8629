"""The token bucket: so much a second, and so much at once."""

from collections.abc import Callable


class Bucket:
    """Holds tokens; it is filled as time goes by, and never overflows."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float]) -> None:
        """Begin full.

        Args:
            rate: tokens a second.
            burst: tokens that it holds.
            clock: gives seconds.
        """
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._held = burst
        self._at = clock()

    def take(self, number: float = 1.0) -> bool:
        """Take tokens, all or none; tell whether they were there."""
        self._fill()
        if self._held < number:
            return False
        self._held -= number
        return True

    def owe(self, number: float) -> float:
        """Take tokens also where they are not there; give the seconds until the debt is paid, 0 for none."""
        self._fill()
        self._held -= number
        return max(0.0, -self._held / self._rate)

    def give(self, number: float) -> None:
        """Put tokens back that were taken for nothing."""
        self._fill()
        self._held = min(self._burst, self._held + number)

    def fine(self, number: float) -> None:
        """Leave a debt of so many tokens, however many were there or were owed."""
        self._fill()
        self._held = min(self._held, -number)

    @property
    def is_full(self) -> bool:
        """Whether nothing was taken for so long that it might as well be a new one."""
        self._fill()
        return self._held >= self._burst

    def _fill(self) -> None:
        now = self._clock()
        self._held = min(self._burst, self._held + max(0.0, now - self._at) * self._rate)
        self._at = now
