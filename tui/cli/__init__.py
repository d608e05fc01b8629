"""The commands. Only this package prints and sets the exit code."""

from tui.cli.program import main

__all__ = ["main"]
