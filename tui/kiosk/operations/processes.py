"""How this program starts itself anew, so that nothing is imported from the folder in which it happens to run."""

import os
import sys

from tui.library.paths import package_folder

_TOP = package_folder().parent
"""The folder that holds the package."""


def module_command(module: str) -> list[str]:
    """Return the words that run a module with this Python, which then leaves the current folder alone."""
    return [sys.executable, "-P", "-m", module]


def python_path() -> str:
    """Return PYTHONPATH for such a process; empty where it needs none.

    An empty entry, as in `:/opt/lib`, would mean the current folder; a relative one would mean another at each place.
    """
    entries = [os.path.abspath(entry) for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]  # noqa: PTH100 - links stay
    if _is_uninstalled():
        entries.append(str(_TOP))
    return os.pathsep.join(dict.fromkeys(entries))


def _is_uninstalled() -> bool:
    """Whether the package was found only since `python -m` was run in its source tree."""
    tree = str(_TOP)
    return not sys.flags.safe_path and sys.path[:1] == [tree] and tree not in sys.path[1:]
