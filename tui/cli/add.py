"""`briefing add`: add a commented entry to a briefing, to be filled in."""

import argparse

from tui.briefing.kinds import TABLES
from tui.cli.lookup import called, find_own, library
from tui.cli.output import OK, write
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
    from tui.authoring.own_file import fault_of_id, read_own
    from tui.briefing.characters import escaped
    from tui.briefing.formats import keys_of_other_formats

    wanted = options.name or f"new-{options.kind}"
    if said := fault_of_id(wanted):
        raise UsageError(said)
    with library(options) as catalogue:
        path = find_own(catalogue, options.briefing)
    file = read_own(path)
    if options.kind in keys_of_other_formats(file.toml.get("format"), ""):
        raise UsageError(f"[[{options.kind}]] needs format 2; briefing check --fix --to-format 2 rewrites the file")
    taken = taken_ids(file.toml)
    if options.name in taken:
        raise UsageError(f"the id {options.name!r} is taken; choose another one, or leave it out")
    name = free_id(taken, wanted)
    file.edit([addition(file.toml, options.kind, name)])
    write(
        [
            escaped(f"{path}:{line_of(path, name)}"),
            f"Edit it: briefing edit {called(options, options.briefing, path)}#{name}",
        ]
    )
    return OK
