"""All commands, in the order of the help."""

from typing import Final

from tui.cli import add as adding
from tui.cli import check as checking
from tui.cli import completion, kiosk, schema
from tui.cli import edit as editing
from tui.cli import hold as holding
from tui.cli import import_ as importing
from tui.cli import new as creating
from tui.cli import quote as quoting
from tui.cli import read as opening
from tui.cli import rename as renaming
from tui.cli import search as searching
from tui.cli import show as showing
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
