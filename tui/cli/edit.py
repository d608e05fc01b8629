"""`briefing edit`: open a briefing's file in the author's editor, at an entry."""

import argparse
import contextlib
import os
import subprocess

from tui.cli.lookup import find_own, library, own_state, split_target
from tui.cli.output import FINDINGS, complain, report
from tui.render.arguments import Parser, UsageError


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    words = "a briefing's id or path, and an entry's id (default: what was read last)"
    parser.add_argument("target", nargs="?", metavar="ID[#ENTRY]", help=words)


def run(options: argparse.Namespace) -> int:
    """Open the editor, and then report every problem of the file."""
    from tui.authoring.editors import editor_command, editor_words, line_of
    from tui.briefing.loader import load_file

    name, entry = split_target(options.target) if options.target else _read_last()
    with library(options) as catalogue:
        path = find_own(catalogue, name)
    line = line_of(path, entry)
    command = editor_command(editor_words(os.environ), path, line or 1)
    if options.target and entry and not line:
        complain(f"there is no {entry!r} in {path}; it was opened at its beginning")
    code = subprocess.run(command, check=False).returncode  # noqa: S603 (the author's own choice)
    if code:
        complain(f"the editor ended with {code}" if code > 0 else f"the editor was ended by signal {-code}")
    return report(load_file(path).problems) or (FINDINGS if code else 0)


def _read_last() -> tuple[str, str]:
    """Return the briefing and the entry that were read last.

    Raises:
        UsageError: nothing was read yet.
    """
    with contextlib.closing(own_state()) as state:
        name = state.last_visited()
        location = state.location(name)
    if not name:
        raise UsageError("nothing was read yet; write: briefing edit ID#ENTRY")
    return name, location.block if location else ""
