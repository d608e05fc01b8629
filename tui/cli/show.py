"""`briefing list` and `briefing show`: what the reader shows, written out."""

import argparse
import shlex
from typing import TYPE_CHECKING

from tui.cli.lookup import called, check_entry, library, open_briefing, split_target
from tui.cli.output import FINDINGS, OK, complain, report, width, write
from tui.cli.parser import Commands
from tui.render.exports import EXPORTS
from tui.render.selection import Selection

if TYPE_CHECKING:
    from tui.library.summaries import Summary


def add(commands: Commands) -> None:
    """Describe the commands."""
    commands.add_writing("list", run_list)
    commands.add_writing("show", run_show)


def run_list(options: argparse.Namespace) -> int:
    """List the briefings."""
    with library(options) as catalogue:
        rows = catalogue.all_rows()
        export = EXPORTS[options.format]
        if rows or not catalogue.unread or export.is_data:  # people would take an empty list for a finding
            write(export.library(rows, width()))
        for row in rows:
            if row.problems:
                complain(_why(row))
        return FINDINGS if any(row.problems for row in rows) else OK


def _why(row: "Summary") -> str:
    """Tell on one line why a briefing cannot be opened."""
    first, *others = row.problems
    if not others:
        return str(first)
    return f"{first} (and {len(others):,} more; see briefing check {shlex.quote(str(row.path))})"


def run_show(options: argparse.Namespace) -> int:
    """Write a briefing, a pane or an entry."""
    name, entry = split_target(options.target)
    with library(options) as catalogue:
        result, _ = open_briefing(catalogue, name)
    volume = result.volume
    if volume is None:
        return report(result.problems)
    check_entry(volume, entry, called(options, name, result.path))
    write(EXPORTS[options.format].briefing(Selection(volume, options.pane, entry), width()))
    return OK
