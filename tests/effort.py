"""How much work something is, in units that neither a slow machine nor the tracing of coverage changes much."""

import time
from collections.abc import Callable


def effort(act: Callable[[], object]) -> float:
    """Return the processor time of a call, in milliseconds of a quiet machine.

    A fixed loop is timed beside the call, and takes 10 ms there by definition. So a limit is a ratio of two times of one
    process at one moment. What other processes take does not count.
    """
    before = _seconds(_reference)
    took = _seconds(act)
    return 10 * took / max(1e-4, before, _seconds(_reference))


def _seconds(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started


def _reference() -> None:
    """Do what most code does: look up, compare, build small texts."""
    seen: dict[str, int] = {}
    for number in range(52_000):
        word = f"word{number % 997}"
        if word in seen:
            seen[word] += 1
        else:
            seen[word] = len(word)
