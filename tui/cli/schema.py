"""`briefing schema`: write the JSON Schema of the format, for editors."""

import argparse

from tui.cli.output import OK, write
from tui.render.arguments import Parser


def describe(parser: Parser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--format", type=int, choices=(1, 2), default=2, help="the format of the briefings; 2 if left out"
    )


def run(options: argparse.Namespace) -> int:
    """Write the JSON Schema."""
    from tui.briefing.schema import schema_text

    write([schema_text(options.format).rstrip("\n")])
    return OK
