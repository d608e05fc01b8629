"""`briefing rename`: change an id of a briefing, with its mentions."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tui.authoring.errors import AuthoringError
from tui.cli.lookup import find_own, library, refuse_taken, split_target
from tui.cli.output import FINDINGS, OK, complain, write
from tui.library.paths import is_bundled
from tui.render.arguments import Parser

if TYPE_CHECKING:
    from tui.authoring.renames import Address
    from tui.library.catalogue import Catalogue


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "target",
        metavar="OLD",
        help="a briefing's id or path; with #ENTRY an entry, source, entity or origin; with #QUESTION#POSITION a position",
    )
    parser.add_argument("new", metavar="NEW", help="the new id: a to z, digits, hyphens")


def run(options: argparse.Namespace) -> int:
    """Rename an id in its briefing and in the user's other briefings."""
    from tui.authoring.renames import Address, rename

    name, entry = split_target(options.target)
    with library(options) as catalogue:
        path = find_own(catalogue, name)
        old = Address(_id_of(catalogue, path) or name, entry)
        new = options.new.removeprefix(f"{old.briefing}#") if entry else options.new
        question, is_position, _ = entry.partition("#")
        new = new.removeprefix(f"{question}#") if is_position else new
        if not entry:
            refuse_taken(catalogue, new)
        done = rename(path, entry, new)
        now = old._replace(name=f"{question}#{new}" if is_position else new) if entry else new
        write([f"Renamed {old} to {now}, and {_times(done.mentions)} of it in {path}."])
        if is_position:
            return OK
        code = _elsewhere(catalogue, path, old, new)
        return code if entry else max(code, _move(path, old.briefing, new))


def _id_of(catalogue: "Catalogue", path: Path) -> str:
    volume = catalogue.open(path).volume
    return volume.edition.id if volume else ""


def _elsewhere(catalogue: "Catalogue", path: Path, old: "Address", new: str) -> int:
    """Rename the addresses in the user's other briefings."""
    from tui.authoring.renames import rename_addresses

    code = OK
    for other in catalogue.files():
        if other == path or is_bundled(other) or not other.is_file():
            continue
        try:
            done = rename_addresses(other, old, new)
        except AuthoringError as error:
            complain(str(error))
            code = FINDINGS
        else:
            if done.mentions:
                write([f"Renamed {_times(done.mentions)} of it in {other}."])
    return code


def _move(path: Path, old: str, new: str) -> int:
    """Rename a briefing's folder that has the old id as its name."""
    folder = path.parent
    if folder.name != old:
        return OK
    target = folder.with_name(new)
    try:
        if target.exists():
            complain(f"{target} exists already; the folder keeps its name {folder}")
            return FINDINGS
        folder.rename(target)
    except OSError as error:
        complain(f"{folder}: the folder keeps its name: {error.strerror}")
        return FINDINGS
    write([f"Its folder is {target} now."])
    return OK


def _times(number: int) -> str:
    return "1 mention" if number == 1 else f"{number:,} mentions"
