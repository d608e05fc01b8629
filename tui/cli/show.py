"""`briefing show`: a briefing, a pane or an entry, as text or data."""

import argparse

from tui.cli.lookup import check_entry, open_target
from tui.cli.output import OK, report, width, write
from tui.render.arguments import WRITING, Parser
from tui.render.exports import EXPORTS
from tui.render.selection import Selection


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    WRITING["show"].describe(parser)


def run(options: argparse.Namespace) -> int:
    """Write a briefing, a pane or an entry."""
    result, entry, shown = open_target(options)
    volume = result.volume
    if volume is None:
        return report(result.problems)
    check_entry(volume, entry, shown)
    write(EXPORTS[options.format].briefing(Selection(volume, options.pane, entry), width()))
    return OK
