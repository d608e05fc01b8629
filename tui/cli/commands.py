"""The table of commands, in the order of the help.

A command's module is imported when the command is used.
"""

import argparse
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple, NoReturn

from tui.cli.output import OK, write
from tui.library.version import version
from tui.render.arguments import WRITING, Parser


class Command(NamedTuple):
    """A command of the program."""

    name: str
    help: str
    module: str
    """The module of this package with `describe(parser)` and `run(options)`, which returns the exit code."""
    has_library: bool = True
    """Whether the command reads the library, which `--content` chooses."""
    parses: bool = False
    """Whether `run` takes the words themselves, and the module has no `describe`."""

    def load(self) -> ModuleType:
        """Import the command's module."""
        return import_module(f"tui.cli.{self.module}")

    @property
    def parser(self) -> Parser:
        """The parser of the command's arguments."""
        parser = Parser(prog=f"briefing {self.name}", description=f"{self.help[:1].upper()}{self.help[1:]}.")
        if self.has_library:
            said = "read briefings from DIR instead; may be repeated"
            parser.add_argument("--content", action="append", type=Path, metavar="DIR", help=said)
        if not self.parses:
            self.load().describe(parser)
        return parser


COMMANDS: Final = (
    Command("open", "open the reader; the word open may be left out", "read"),
    Command("list", WRITING["list"].words, "list_"),
    Command("show", WRITING["show"].words, "show"),
    Command("cite", WRITING["cite"].words, "cite"),
    Command("search", WRITING["search"].words, "search"),
    Command("export", "write briefings as a site for browsers and printers", "export"),
    Command("check", "check briefings by the rules of the craft", "check"),
    Command("new", "begin a briefing from a commented skeleton", "new"),
    Command("edit", "edit a briefing in $VISUAL or $EDITOR, at an entry", "edit"),
    Command("import", "draft a briefing from a text; it proposes and never asserts", "import_"),
    Command("add", "add a commented entry or source to a briefing", "add"),
    Command("hold", "check and keep a source's text, and write sources.lock", "hold"),
    Command("quote", "pick words of a held text, and get their footnote", "quote"),
    Command("rename", "rename an id with all its mentions; the old one still leads there", "rename"),
    Command("purge", "remove words for good from all that the program keeps", "purge"),
    Command("schema", "write the JSON Schema of the format, for editors", "schema", has_library=False),
    Command("kiosk", "serve the reader over SSH to visitors, read-only", "kiosk", has_library=False, parses=True),
    Command("completion", "write the completion script of a shell", "completion"),
)
BY_NAME: Final = {command.name: command for command in COMMANDS}


class _Version(argparse.Action):
    """Writes the version."""

    def __init__(self, option_strings: Any, dest: str, **options: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, **options)

    def __call__(self, parser: argparse.ArgumentParser, *_arguments: object) -> NoReturn:
        write([f"briefing {version()}"])
        parser.exit(OK)


def main_parser() -> Parser:
    """Create the parser of the program's own options. Its help lists the commands."""
    parser = Parser(
        prog="briefing",
        description="Read structured, sourced briefings, and follow every footnote to the words of the source.",
        epilog="briefing alone opens the library, briefing ID one briefing, briefing ID#ENTRY one entry of it.",
    )
    parser.add_argument("--version", action=_Version, help="write the version and exit")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        subparsers.add_parser(command.name, help=command.help)
    return parser
