"""What commands do: a module each group, whose functions take the screen."""

from importlib import import_module
from typing import TYPE_CHECKING

from tui.session.commands import Command

if TYPE_CHECKING:
    from tui.reader.screen import ReaderScreen


def run(command: Command, screen: "ReaderScreen") -> None:
    """Run a command on the screen; its module is imported when one of its commands is first used."""
    module, _, name = command.run.partition(".")
    function = getattr(import_module(f"{__name__}.{module}"), name)
    function(screen, *(() if command.argument is None else (command.argument,)))
