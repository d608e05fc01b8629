"""All commands, in the order of the help."""

from typing import Final

from tui.cli import (
    adding,
    checking,
    completion,
    creating,
    editing,
    holding,
    importing,
    kiosk,
    opening,
    quoting,
    renaming,
    schema,
    searching,
    showing,
)
from tui.cli.parser import Commands
from tui.render.arguments import Parser

_MODULES: Final = (
    opening,
    showing,
    searching,
    checking,
    creating,
    editing,
    importing,
    adding,
    holding,
    quoting,
    renaming,
    schema,
    kiosk,
    completion,
)


def all_commands() -> Commands:
    """Describe every command."""
    commands = Commands()
    for module in _MODULES:
        module.add(commands)
    return commands


def build_parser() -> Parser:
    """Give the parser of the whole command line."""
    return all_commands().parser
