"""`briefing hold`: the texts of the sources."""

import argparse
from pathlib import Path

from tui.cli.lookup import called, find_path, library, own_config, own_texts, split_target
from tui.cli.output import OK, write
from tui.library.paths import user_folders
from tui.render.arguments import Parser, UsageError

FILE_HELP = "plain text in UTF-8, a web page (HTML, MHTML), a message (EML) or a PDF; - for standard input"


def add_encoding(parser: argparse.ArgumentParser) -> None:
    """Add the option for the encoding of a file."""
    words = "the encoding of a file that is not UTF-8 and does not declare it, such as windows-1252"
    parser.add_argument("--encoding", default="", metavar="NAME", help=words)


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("briefing", metavar="ID", help="a briefing's id or path")
    parser.add_argument("source", nargs="?", help="the source's id; without it, only the lock is written")
    parser.add_argument("file", nargs="?", type=Path, help=FILE_HELP)
    add_encoding(parser)
    words = "take the text again from its original file, and list the quotes that move or are lost"
    parser.add_argument("--again", action="store_true", help=words)
    words = "let the briefing name this text from now on, even if it names another one"
    parser.add_argument("--accept", action="store_true", help=words)


def run(options: argparse.Namespace) -> int:
    """Check and store a source's text, and write the lock."""
    from tui.authoring.held_texts import hold

    if options.source and not options.file and not options.again:
        raise UsageError("hold needs the file of the source's text; write: briefing hold ID SOURCE FILE")
    if options.again and not options.source:
        raise UsageError("--again takes the text of one source again; write: briefing hold ID SOURCE --again")
    name, _ = split_target(options.briefing)
    with library(options) as catalogue:
        path = find_path(catalogue, name)
    how = {"accept": options.accept, "again": options.again, "encoding": options.encoding}
    command = called(options, name, path)
    write(
        hold(
            path,
            user_folders().held,
            options.source,
            options.file,
            called=command,
            elsewhere=own_texts(own_config()),
            **how,
        )
    )
    return OK
