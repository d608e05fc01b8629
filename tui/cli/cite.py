"""`briefing cite`: sources of a briefing in a bibliographic format."""

import argparse

from tui.cli.lookup import called, check_entry, library, open_briefing, split_target
from tui.cli.output import OK, report, write
from tui.render.arguments import WRITING, Parser
from tui.render.cite_formats import FORMATS, Cited
from tui.render.selection import cited_sources


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    WRITING["cite"].describe(parser)


def run(options: argparse.Namespace) -> int:
    """Write the citations of sources."""
    name, entry = split_target(options.target)
    with library(options) as catalogue:
        result, _ = open_briefing(catalogue, name)
    volume = result.volume
    if volume is None:
        return report(result.problems)
    shown = called(options, name, result.path)
    wanted = [one for one in (entry, *options.source) if one]
    for one in wanted:
        check_entry(volume, one, shown)
    sources = cited_sources(volume, wanted)
    write(FORMATS[options.format].write(volume, map(Cited, sources)))
    return OK
