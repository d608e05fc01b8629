"""`briefing schema`: write the JSON Schema of the format or of the export."""

import argparse

from tui.cli.output import OK, write
from tui.render.arguments import Parser


def describe(parser: Parser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--format", type=int, choices=(1, 2), default=2, help="the format of the briefings; 2 if left out"
    )
    parser.add_argument(
        "--json-export", action="store_true", help="that of show --format json instead, for programs that read it"
    )


def run(options: argparse.Namespace) -> int:
    """Write the JSON Schema."""
    if options.json_export:
        from tui.render.formats import json_schema

        write([json_schema.schema_text().rstrip("\n")])
        return OK
    from tui.briefing.schema import schema_text

    write([schema_text(options.format).rstrip("\n")])
    return OK
