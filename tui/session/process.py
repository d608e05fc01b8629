"""What a process with readers in it asks of Python: when garbage is collected, and how threads take turns."""

import gc
import sys
from typing import Final

_COLLECT_EVERY: Final = (10_000, 5, 400)
"""Objects made, and passes over the young, until the next pass over older ones; by default 700, 10 and 10.

A pass over all holds up every thread for 20 to 80 ms, which one notices at the next letter; so it is to be rare. One over
those that are neither young nor old is short if it comes often: with 20 in place of 5 it took up to 95 ms.
"""
_TURN: Final = 0.001
"""Seconds for which a thread that searches may keep the screen's thread waiting, each time; by default 5 ms."""


def take_short_turns() -> None:
    """Let no thread keep the screen's waiting for long."""
    sys.setswitchinterval(_TURN)


def collect_rarely() -> None:
    """Take up the collection of garbage, and leave out of it what the start has made, since that stays."""
    gc.freeze()
    gc.set_threshold(*_COLLECT_EVERY)
    gc.enable()
