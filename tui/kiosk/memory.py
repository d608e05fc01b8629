"""Giving memory back to the system: what a visit needed is not to stay with the process."""

import ctypes
import gc
from typing import Final

ALLOCATION: Final = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "1048576"}
"""Variables for glibc, with which a text of some size is memory of its own that goes back when the text does.

By itself glibc raises the first threshold to the size of whatever was freed, up to 32 MiB, and gives each thread an arena.
"""


def give_back() -> None:
    """Collect garbage, and give what is free back to the system where its library of C can."""
    gc.collect()
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # another library of C than glibc
        return
    trim(0)
