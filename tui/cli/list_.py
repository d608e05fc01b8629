"""`briefing list`: the briefings of the library, as text or data."""

import argparse
import shlex
from typing import TYPE_CHECKING, Final

from tui.briefing.files import FILE_NAME
from tui.cli.lookup import library
from tui.cli.output import FINDINGS, OK, complain, width, write
from tui.render.arguments import WRITING, Parser
from tui.render.exports import EXPORTS

if TYPE_CHECKING:
    from tui.library.summaries import Summary


_EMPTY: Final = f"holds no briefing, which is a folder with a {FILE_NAME} in it; briefing new makes one"


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    WRITING["list"].describe(parser)


def run(options: argparse.Namespace) -> int:
    """List the briefings."""
    with library(options) as catalogue:
        rows = catalogue.all_rows()
        export = EXPORTS[options.format]
        if rows or not catalogue.unread or export.is_data:  # an empty list would seem to be the whole library
            write(export.library(rows, width()))
        if not rows and not catalogue.unread:
            complain(f"{', '.join(map(str, catalogue.roots))}: {_EMPTY}")
        for row in rows:
            if row.problems:
                complain(_why(row))
        return FINDINGS if any(row.problems for row in rows) else OK


def _why(row: "Summary") -> str:
    """Return a line about the problems of a broken briefing."""
    first, *others = row.problems
    if not others:
        return str(first)
    return f"{first} (and {len(others):,} more; see briefing check {shlex.quote(str(row.path))})"
