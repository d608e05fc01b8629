"""Giving memory back to the system: what a visit needed is not to stay with the process."""

import ctypes
import gc
import re
from contextlib import suppress
from pathlib import Path
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


_GROUP: Final = re.compile(r"^\d+:(?P<kinds>|[^:\n]*\bmemory\b[^:\n]*):(?P<path>/.*)$", re.MULTILINE)
_KILLS: Final = re.compile(r"^oom_kill (\d+)$", re.MULTILINE)


def memory_kills(root: Path = Path("/")) -> int:
    """Return how many processes the kernel has ended for want of memory: in this control group, else on the machine.

    0 where nothing tells.
    """
    files = []
    with suppress(OSError, UnicodeError):
        for match in _GROUP.finditer((root / "proc/self/cgroup").read_text(encoding="utf-8")):
            folder = root / "sys/fs/cgroup"
            if match["kinds"]:
                files.append(folder / "memory" / match["path"][1:] / "memory.oom_control")
            else:
                files.append(folder / match["path"][1:] / "memory.events")
    for file in (*files, root / "proc/vmstat"):
        with suppress(OSError, UnicodeError):
            if found := _KILLS.search(file.read_text(encoding="ascii")):
                return int(found[1])
    return 0
