"""`briefing cite`: sources of a briefing in a bibliographic format."""

import argparse
from pathlib import Path

from tui.cli.lookup import check_entry, open_target
from tui.cli.output import FINDINGS, OK, complain, report, write
from tui.render.arguments import WRITING, Parser, UsageError
from tui.render.cite_formats import FORMATS, Cited, format_called
from tui.render.selection import cited_sources, nothing_cited


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    WRITING["cite"].describe(parser)
    parser.add_argument("--style", type=Path, metavar="FILE", help="set them in a style of CSL instead, by pandoc")


def run(options: argparse.Namespace) -> int:
    """Write the citations of sources."""
    if options.style and options.format:
        raise UsageError("--style and --format exclude each other; a style is always set as plain text")
    result, entry, shown = open_target(options)
    volume = result.volume
    if volume is None:
        return report(result.problems)
    wanted = [one for one in (entry, *options.source) if one]
    for one in wanted:
        check_entry(volume, one, shown)
    if said := nothing_cited(volume, wanted):
        complain(said)
        return FINDINGS
    cited = [Cited(source) for source in cited_sources(volume, wanted)]
    if options.style is None:
        write(format_called(options.format).write(volume, cited))
        return OK
    from tui.briefing.characters import escaped
    from tui.cli.pandoc import styled

    records = "\n".join(FORMATS["csl-json"].write(volume, cited))
    found = styled(records, options.style)
    write(map(escaped, found.lines))
    if not found.left_out:
        return OK
    named = ", ".join(map(repr, found.left_out))
    complain(
        f"{options.style}: this style lists no such source, so left out are {named}; --format chicago writes notes"
    )
    return FINDINGS
