"""`briefing schema`: write the JSON Schema of the format, for editors."""

import argparse

from tui.cli.output import OK, write
from tui.render.arguments import Parser


def describe(parser: Parser) -> None:
    """Add no arguments."""


def run(_options: argparse.Namespace) -> int:
    """Write the JSON Schema."""
    from tui.briefing.schema import schema_text

    write([schema_text().rstrip("\n")])
    return OK
