"""`briefing list` and `briefing show`: what the reader shows, written out."""

import argparse

from tui.cli.lookup import check_entry, library, open_briefing, split_target
from tui.cli.output import OK, report, width, write
from tui.cli.parser import Commands
from tui.render.selecting import shown


def add(commands: Commands) -> None:
    """Describe the commands."""
    commands.add_writing("list", run_list)
    commands.add_writing("show", run_show)


def run_list(options: argparse.Namespace) -> int:
    """List the briefings."""
    from tui.render.listing import listing

    with library(options) as catalogue:
        rows = catalogue.all_rows()
        if rows or not catalogue.unread or options.format == "json":  # that there are none would be no finding
            write(listing(rows, options.format, width()))
        return report([problem for row in rows for problem in row.problems])


def run_show(options: argparse.Namespace) -> int:
    """Write a briefing, a pane or an entry."""
    name, entry = split_target(options.target)
    with library(options) as catalogue:
        result, _ = open_briefing(catalogue, name)
    volume = result.volume
    if volume is None:
        return report(result.problems)
    check_entry(volume, entry)
    write(shown(volume, options.format, options.pane, entry, width()))
    return OK
