"""The entry of the program. A start of the reader shows its kept frame before all else."""

import gc
import sys

from tui.instant import show

COLLECT_EVERY = 50_000
"""Objects between two collections, of which a short command then needs none; Python's default is 700."""


def main() -> int:
    """Run the words of the process, and return the exit code."""
    gc.set_threshold(COLLECT_EVERY)
    early = show(sys.argv[1:])
    try:
        from tui.cli import main as run

        return run(early=early)
    finally:
        if early:
            early.undo()
