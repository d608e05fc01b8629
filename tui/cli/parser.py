"""How a command describes itself, and what is said of wrong arguments."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

from tui.cli.output import OK, UsageError, version, write

FORMATS: Final = ("text", "markdown", "json")
Run = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments on one line."""

    more_help: Callable[[], str] | None = None
    """Gives what the help ends with; made only when it is asked for."""

    def format_help(self) -> str:
        """Write the help, and what more there is of it."""
        more = f"\n{self.more_help()}\n" if self.more_help else ""
        return super().format_help() + more

    def error(self, message: str) -> NoReturn:
        """Leave with one line instead of the usage and a line."""
        raise UsageError(f"{message}; see {self.prog} --help")


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
        self.written = Parser(add_help=False)
        """The options of a command that writes content."""
        self.written.add_argument("--format", choices=FORMATS, default="text", help="how to write it (default: text)")

    def add(self, name: str, words: str, run: Run, *parents: Parser) -> Parser:
        """Add a command; give its parser for the arguments."""
        described = f"{words[:1].upper()}{words[1:]}."
        command: Parser = self._subparsers.add_parser(name, help=words, description=described, parents=parents)
        command.set_defaults(run=run)
        return command

    def add_apart(self, name: str, words: str, run: Callable[[list[str]], int]) -> None:
        """Add a command that reads its own arguments."""
        self.add(name, words, lambda _options: run([]))
        self.apart[name] = run

    @property
    def names(self) -> tuple[str, ...]:
        """The commands' names, in the order of the help."""
        return tuple(self._subparsers.choices)
