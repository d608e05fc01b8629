"""`briefing export`: briefings as a site in a folder."""

import argparse
from pathlib import Path
from typing import Final

from tui.cli.lookup import find_path, library
from tui.cli.output import FINDINGS, complain, report, write
from tui.library.paths import user_folders
from tui.render.arguments import Parser

_FORMATS: Final = ("html",)


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    parser.mixes_options = True
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder: empty, missing, or an earlier export")
    said = "the briefings to export; all that are public where left out"
    parser.add_argument("briefing", nargs="*", metavar="ID", help=said)
    parser.add_argument("--to", choices=_FORMATS, required=True, help="a site of HTML, whole without a server")


def run(options: argparse.Namespace) -> int:
    """Write briefings as a site."""
    from tui.briefing.publication import AUTHOR
    from tui.library.published_catalogue import PublishedCatalogue
    from tui.site.export import export
    from tui.site.writing import NotOursError

    options.kiosk = True  # a broken edit leaves the last good edition, as for visitors
    with library(options) as catalogue:
        assert isinstance(catalogue, PublishedCatalogue)  # noqa: S101 (as the line above chose)
        whole = catalogue.seen_by(AUTHOR)
        whole.refresh()
        for name in options.briefing:
            find_path(whole, name)
        try:
            memory = user_folders().cache / "sites"
            done = export(catalogue, options.folder, options.briefing, memory)
        except NotOursError as error:
            complain(str(error))
            return FINDINGS
    changes = done.changes
    write(f"changed by somebody: {path}" for path in changes.foreign)
    write(f"removed: {path}" for path in changes.removed)
    write(done.remarks)
    counted = f"{len(changes.written):,} written, {changes.kept:,} unchanged, {len(changes.removed):,} removed"
    briefings = f"{done.briefings:,} briefing{'s' * (done.briefings != 1)}"
    write([f"{options.folder}: {briefings}; files: {counted}"])
    return report(done.problems)
