"""`briefing hold`: the texts of the sources."""

import argparse
from pathlib import Path

from tui.cli.lookup import find_path, library, split_target
from tui.cli.output import FINDINGS, OK, complain, write
from tui.cli.parser import Commands
from tui.library.paths import user_folders
from tui.render.arguments import UsageError


def add(commands: Commands) -> None:
    """Describe the command."""
    holding = commands.add("hold", "check and keep a source's text, and write sources.lock", run_hold, commands.content)
    holding.add_argument("briefing", metavar="ID", help="a briefing's id or path")
    holding.add_argument("source", nargs="?", help="the source's id; left out, only the lock is written anew")
    holding.add_argument("file", nargs="?", type=Path, help="plain text in UTF-8, a page of the web, or a PDF")
    words = "let the briefing name this text from now on, where it names another one"
    holding.add_argument("--accept", action="store_true", help=words)


def run_hold(options: argparse.Namespace) -> int:
    """Check and keep a source's text, and write the lock."""
    from tui.library.holding import HoldError, hold

    if options.source and not options.file:
        raise UsageError("hold needs the file of the source's text; write: briefing hold ID SOURCE FILE")
    name, _ = split_target(options.briefing)
    with library(options) as catalogue:
        path = find_path(catalogue, name)
    try:
        write(hold(path, user_folders().held, options.source, options.file, accept=options.accept))
    except HoldError as error:
        for line in str(error).splitlines():
            complain(line)
        return FINDINGS
    return OK
