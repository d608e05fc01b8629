"""`briefing add`: add a commented entry to a briefing, to be filled in."""

import argparse
import re

from tui.briefing.kinds import TABLES
from tui.cli.lookup import find_own, library
from tui.cli.output import FINDINGS, OK, complain, write
from tui.render.arguments import Parser, UsageError


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("kind", choices=TABLES, metavar="KIND", help=f"one of: {', '.join(TABLES)}")
    parser.add_argument("briefing", metavar="ID", help="a briefing's id or path")
    parser.add_argument("name", nargs="?", metavar="NEW", help="the id of what is added (default: new-KIND)")


def run(options: argparse.Namespace) -> int:
    """Add a table after the last one of its kind. Write its location."""
    from tui.authoring.additions import addition, free_id, taken_ids
    from tui.authoring.editors import line_of
    from tui.authoring.own_file import OwnFileError, read_own
    from tui.briefing.characters import escaped
    from tui.briefing.fields import ID_PATTERN

    wanted = options.name or f"new-{options.kind}"
    if not re.fullmatch(ID_PATTERN, wanted):
        raise UsageError(
            f"{wanted!r} is no id; write at most 64 of a to z, digits and hyphens, a letter or digit first"
        )
    with library(options) as catalogue:
        path = find_own(catalogue, options.briefing)
    try:
        file = read_own(path)
        taken = taken_ids(file.toml)
        if options.name in taken:
            raise UsageError(f"the id {options.name!r} is taken; choose another one, or leave it out")
        name = free_id(taken, wanted)
        file.edit([addition(file.toml, options.kind, name)])
    except OwnFileError as error:
        complain(str(error))
        return FINDINGS
    write([escaped(f"{path}:{line_of(path, name)}"), f"Edit it: briefing edit {options.briefing}#{name}"])
    return OK
