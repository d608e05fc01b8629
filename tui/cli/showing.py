"""`briefing list` and `briefing show`: what the reader shows, written out."""

import argparse
import contextlib

from tui.cli.lookup import check_entry, open_briefing, open_catalogue, own_config, split_target
from tui.cli.output import OK, report, width, write
from tui.cli.parser import Commands
from tui.render.selecting import pages_of, pane_names, view_names


def add(commands: Commands) -> None:
    """Describe the commands."""
    commands.add("list", "list the briefings of the library", run_list, commands.content, commands.written)
    words = "write a briefing, a pane or an entry"
    showing = commands.add("show", words, run_show, commands.content, commands.written)
    showing.add_argument("target", metavar="ID[#ENTRY]", help="a briefing's id or path, and an entry's id")
    names = pane_names()
    said = f"write one pane alone: {', '.join(names)}; or one view of evidence, such as evidence:conflicts"
    showing.add_argument("--pane", choices=(*names, *view_names()), metavar="PANE", help=said)


def run_list(options: argparse.Namespace) -> int:
    """List the briefings."""
    from tui.render.listing import listing

    with contextlib.closing(open_catalogue(options, own_config())) as catalogue:
        catalogue.refresh()
        rows = catalogue.rows(0, max(1, catalogue.count()))
    write(listing(rows, options.format, width()))
    return report([problem for row in rows for problem in row.problems])


def run_show(options: argparse.Namespace) -> int:
    """Write a briefing, a pane or an entry."""
    from tui.render.as_json import json_of
    from tui.render.markdown import page_markdown
    from tui.render.plain import page_text

    name, entry = split_target(options.target)
    with contextlib.closing(open_catalogue(options, own_config())) as catalogue:
        result, _ = open_briefing(catalogue, name)
    volume = result.volume
    if volume is None:
        return report(result.problems)
    check_entry(volume, entry)
    if options.format == "json":
        write([json_of(volume, options.pane or "", entry)])
        return OK
    for number, page in enumerate(pages_of(volume, options.pane, entry)):
        if number:
            write([""])
        write(page_text(page, width()) if options.format == "text" else page_markdown(page))
    return OK
