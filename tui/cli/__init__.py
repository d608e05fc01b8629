"""The commands, thin: the only room that prints and exits."""

from tui.cli.program import main

__all__ = ["main"]
