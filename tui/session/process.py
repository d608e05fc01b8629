"""Python's garbage collection and thread switching in a process with readers."""

import gc
import sys
from typing import Final

_COLLECT_EVERY: Final = (10_000, 5, 400)
"""The thresholds of the three generations; Python's defaults are 700, 10 and 10.

A full collection stops every thread for 20 to 80 ms, which is felt at the next key press, so it is rare. A collection of
the middle generation is short if it is frequent: with 20 instead of 5 it took up to 95 ms.
"""
_TURN: Final = 0.001
"""Seconds for which another thread may run before the screen's thread takes over; Python's default is 5 ms."""


def take_short_turns() -> None:
    """Shorten the turns of threads, so that the screen's thread waits little."""
    sys.setswitchinterval(_TURN)


def collect_rarely() -> None:
    """Enable garbage collection with rare full passes.

    Objects of the start are left out of it, since they live as long as the process.
    """
    gc.freeze()
    gc.set_threshold(*_COLLECT_EVERY)
    gc.enable()
