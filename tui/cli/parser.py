"""How a command describes itself, and what is said of wrong arguments."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from tui.cli.output import OK, write
from tui.library.version import version
from tui.render.arguments import WRITING, Parser

Run = Callable[[argparse.Namespace], int]


class _Version(argparse.Action):
    """Writes the version."""

    def __init__(self, option_strings: Sequence[str], dest: str, **kwargs: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, **kwargs)

    def __call__(self, parser: argparse.ArgumentParser, *_arguments: object) -> NoReturn:
        write([f"briefing {version()}"])
        parser.exit(OK)


class Commands:
    """The commands, to which each module adds its own."""

    def __init__(self) -> None:
        """Begin without any command."""
        self.parser = Parser(
            prog="briefing",
            description="Read structured, sourced briefings, and follow every footnote to the words of the source.",
            epilog="briefing alone opens the library, briefing ID one briefing, briefing ID#ENTRY one entry of it.",
        )
        self.parser.add_argument("--version", action=_Version, help="write the version and leave")
        self._subparsers = self.parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
        self.apart: dict[str, Callable[[list[str]], int]] = {}
        """The commands that read their own arguments."""
        self.content = Parser(add_help=False)
        """The options of a command that reads the library."""
        self.content.add_argument(
            "--content",
            action="append",
            type=Path,
            metavar="DIR",
            help="read briefings from DIR instead; may be repeated",
        )

    def add(self, name: str, words: str, run: Run, *parents: Parser) -> Parser:
        """Add a command; give its parser for the arguments."""
        described = f"{words[:1].upper()}{words[1:]}."
        command: Parser = self._subparsers.add_parser(name, help=words, description=described, parents=parents)
        command.set_defaults(run=run)
        return command

    def add_writing(self, name: str, run: Run) -> None:
        """Add a command that writes what is read, as the kiosk has it too."""
        described = WRITING[name]
        described.describe(self.add(name, described.words, run, self.content))

    def add_apart(self, name: str, words: str, run: Callable[[list[str]], int]) -> None:
        """Add a command that reads its own arguments."""
        self.add(name, words, lambda _options: run([]))
        self.apart[name] = run

    @property
    def names(self) -> tuple[str, ...]:
        """The commands' names, in the order of the help."""
        return tuple(self._subparsers.choices)
