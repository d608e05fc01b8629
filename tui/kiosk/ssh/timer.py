"""A timer of one action."""

import asyncio
from collections.abc import Callable


class Timer:
    """Calls one action after a time, unless another replaces it."""

    def __init__(self) -> None:
        """Start without an action."""
        self._handle: asyncio.TimerHandle | None = None

    def start(self, seconds: float, act: Callable[[], None]) -> None:
        """Replace the action by another."""
        self.stop()
        self._handle = asyncio.get_running_loop().call_later(seconds, act)

    def stop(self) -> float:
        """Cancel the action. Return the seconds that it had left."""
        handle, self._handle = self._handle, None
        if handle is None:
            return 0.0
        handle.cancel()
        return max(0.0, handle.when() - asyncio.get_running_loop().time())
