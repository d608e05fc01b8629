"""The token bucket: a rate, and a burst."""

from collections.abc import Callable


class TokenBucket:
    """Holds tokens; it fills as time goes by, and never overflows."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float]) -> None:
        """Begin full.

        Args:
            rate: tokens a second.
            burst: tokens that it holds.
            clock: returns seconds.
        """
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._tokens = burst
        self._filled_at = clock()

    def take(self, number: float = 1.0) -> bool:
        """Take tokens, all or none, and return whether they were there."""
        self._fill()
        if self._tokens < number:
            return False
        self._tokens -= number
        return True

    def owe(self, number: float) -> float:
        """Take tokens even into debt, and return seconds until payment."""
        self._fill()
        self._tokens -= number
        return max(0.0, -self._tokens / self._rate)

    def give(self, number: float) -> None:
        """Put tokens back that were taken for nothing."""
        self._fill()
        self._tokens = min(self._burst, self._tokens + number)

    def fine(self, number: float) -> None:
        """Leave a debt of at least as many tokens."""
        self._fill()
        self._tokens = min(self._tokens, -number)

    @property
    def is_full(self) -> bool:
        """Whether the bucket equals a new one."""
        self._fill()
        return self._tokens >= self._burst

    def _fill(self) -> None:
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + max(0.0, now - self._filled_at) * self._rate)
        self._filled_at = now
