"""`briefing schema`: the format, for editors."""

import argparse

from tui.cli.output import OK, write
from tui.cli.parser import Commands


def add(commands: Commands) -> None:
    """Describe the command."""
    commands.add("schema", "write the JSON Schema of the format, for editors", run_schema)


def run_schema(_options: argparse.Namespace) -> int:
    """Write the JSON Schema."""
    from tui.briefing.schema import schema_text

    write([schema_text().rstrip("\n")])
    return OK
