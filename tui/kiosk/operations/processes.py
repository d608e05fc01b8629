"""Processes of this program, and their memory."""

import ctypes
import gc
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from tui.library.paths import package_folder

ALLOCATION: Final = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "1048576"}
"""Variables for glibc, by which the memory of a large text is returned with it.

By itself glibc raises the first threshold to the size of whatever was freed, up to 32 MiB, and gives each thread an arena.
"""
_GROUP: Final = re.compile(r"^\d+:(?P<kinds>|[^:\n]*\bmemory\b[^:\n]*):(?P<path>/.*)$", re.MULTILINE)
_KILLS: Final = re.compile(r"^oom_kill (\d+)$", re.MULTILINE)


def module_command(module: str) -> list[str]:
    """Return the words that run a module outside of the current folder."""
    return [sys.executable, "-P", "-m", module]


def python_path() -> str:
    """Return PYTHONPATH for such a process; empty where it needs none.

    An empty entry, as in `:/opt/lib`, would mean the current folder; a relative one would mean another at each place.
    """
    entries = [os.path.abspath(entry) for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]  # noqa: PTH100 - links stay
    if _is_uninstalled():
        entries.append(str(package_folder().parent))
    return os.pathsep.join(dict.fromkeys(entries))


def _is_uninstalled() -> bool:
    """Whether the package is found only in its source tree."""
    tree = str(package_folder().parent)
    return not sys.flags.safe_path and sys.path[:1] == [tree] and tree not in sys.path[1:]


def give_back() -> None:
    """Collect garbage, and return free memory to the system."""
    gc.collect()
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # another library of C than glibc
        return
    trim(0)


def own_memory(process: int | Literal["self"] = "self") -> float:
    """Return the bytes that a process has for itself. 0 where it is gone or the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return 0.0
    sizes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return 1024.0 * (sizes.get("Private_Clean", 0) + sizes.get("Private_Dirty", 0))


def memory_kills(root: Path = Path("/")) -> int:
    """Return the number of processes killed for want of memory.

    It is that of this control group, else that of the machine.
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
