"""`briefing new`: create a briefing from a commented skeleton."""

import argparse
import contextlib
import shlex
from pathlib import Path

from tui.cli.lookup import open_catalogue, own_config, refuse_taken
from tui.cli.output import OK, write
from tui.library.paths import user_folders
from tui.render.arguments import Parser, UsageError

SCALES = ("icd203", "phia")


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("id", metavar="ID", help="the new briefing's id: a to z, digits, hyphens")
    parser.add_argument("--title", help="its title (default: made from the id)")
    parser.add_argument("--scale", choices=SCALES, default="icd203", help="scale of likelihoods (default: icd203)")
    add_folder(parser)


def add_folder(parser: Parser) -> None:
    """Add the option for the content folder of a new briefing."""
    parser.add_argument("--in", dest="folder", type=Path, metavar="DIR", help="the content folder (default: your own)")


def run(options: argparse.Namespace) -> int:
    """Create a briefing from the skeleton."""
    from datetime import UTC, datetime

    from tui.authoring.creation import create
    from tui.authoring.skeleton import skeleton
    from tui.briefing.characters import escaped

    root = folder_for(options, options.id)
    title = " ".join((options.title or "").split()) or options.id.replace("-", " ").capitalize()
    named = _called(options, root, root / options.id)
    text = skeleton(options.id, title, options.scale, datetime.now(UTC).date(), named)
    path = create(root, options.id, text)
    write([escaped(str(path)), *next_steps(options, root, path)])
    return OK


def folder_for(options: argparse.Namespace, name: str) -> Path:
    """Return the content folder for a new briefing.

    Raises:
        UsageError: the id is invalid, or the library has such a briefing already.
    """
    from tui.authoring.own_file import fault_of_id

    if said := fault_of_id(name):
        raise UsageError(said)
    with contextlib.closing(open_catalogue(options, own_config())) as catalogue:
        refuse_taken(catalogue, name)
    chosen: Path = options.folder or (options.content[0] if options.content else user_folders().own_content)
    return chosen.absolute()


def next_steps(options: argparse.Namespace, root: Path, path: Path) -> list[str]:
    """Return the commands that read and edit a new briefing.

    The commands name a briefing outside the library's folders by its path.
    """
    name = _called(options, root, path.parent)
    return [f"Read it: briefing {name}", f"Edit it: briefing edit {name}"]


def _called(options: argparse.Namespace, root: Path, folder: Path) -> str:
    with contextlib.closing(open_catalogue(options, own_config())) as catalogue:
        known = root in catalogue.roots and not options.content
    return folder.name if known else shlex.quote(str(folder))
