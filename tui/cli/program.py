"""Runs the command line and returns an exit code."""

import sys
from argparse import Namespace
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from tui.cli.commands import BY_NAME, main_parser
from tui.cli.output import OK, handled, prepare_output

if TYPE_CHECKING:
    from tui.instant import EarlyScreen


def main(arguments: Sequence[str] | None = None, *, early: "EarlyScreen | None" = None) -> int:
    """Run a command and return its exit code.

    Args:
        arguments: the words after the program's name; those of the process where left out.
        early: the screen with the kept frame, if one is shown.

    Returns:
        0 for success, 1 for findings, 2 for a usage error.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    prepare_output()
    return handled(lambda: _run(words, early))


def _run(words: list[str], early: "EarlyScreen | None") -> int:
    words = with_command(words, BY_NAME)
    command = BY_NAME.get(words[0])
    if command is None:
        main_parser().parse_args(words)
        return OK
    try:
        options = words[1:] if command.parses else command.parser.parse_args(words[1:])
        if early and isinstance(options, Namespace):
            options.early = early
        return int(command.load().run(options))
    finally:  # what is complained of would be lost with the screen
        if early:
            early.undo()


def with_command(words: list[str], names: Container[str]) -> list[str]:
    """Move the command to the front. Without one, insert `open`.

    So `briefing ID` opens that briefing.
    """
    if words[:1] and words[0] in {"-h", "--help", "--version"}:
        return words
    at = _past_content(words)
    if words[at:] and words[at] in names:
        return [words[at], *words[:at], *words[at + 1 :]]
    return ["open", *words]


def _past_content(words: list[str]) -> int:
    """Count the words of leading `--content` options.

    These options may stand before the command.
    """
    at = 0
    while words[at:] and (words[at] == "--content" or words[at].startswith("--content=")):
        at += 2 if words[at] == "--content" else 1
    return at
