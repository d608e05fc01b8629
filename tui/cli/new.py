"""`briefing new`: create a briefing from a commented skeleton."""

import argparse
import contextlib
import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.briefing.files import FILE_NAME
from tui.cli.lookup import open_catalogue, own_config, refuse_taken
from tui.cli.output import OK, UnreadError, complain, write
from tui.library.paths import user_folders
from tui.render.arguments import Parser, UsageError

if TYPE_CHECKING:
    from tui.authoring.skeleton import Beginning

SCALES = ("icd203", "phia")
_CANCELLED: Final = 130


class _Question(NamedTuple):
    """A question to an author, with its option."""

    name: str
    words: str
    help: str


_QUESTIONS: Final = (
    _Question("id", "Id, also the name of its folder", "the new briefing's id: a to z, digits, hyphens"),
    _Question("title", "Title", "its title (default: made from the id)"),
    _Question("lang", "Language, as a BCP 47 tag", "the language that you write in (default: en)"),
    _Question("scale", "Scale of likelihoods, icd203 or phia", "scale of likelihoods (default: icd203)"),
    _Question("source", "First source, its title or address", "title or address of the first source"),
    _Question("claim", "First claim, in your words", "what the source states, in your words"),
)
"""The questions in their order. Each has a default, and an option for where there is no terminal."""


class _CancelledError(Exception):
    """The author ended the questions."""


def describe(parser: Parser) -> None:
    """Add the arguments of the command."""
    told = "; in a terminal, what is not given is asked for"
    parser.add_argument("id", metavar="ID", nargs="?", help=_QUESTIONS[0].help + told)
    for question in _QUESTIONS[1:]:
        choices = SCALES if question.name == "scale" else None
        parser.add_argument(f"--{question.name}", choices=choices, help=question.help)
    add_folder(parser)


def add_folder(parser: Parser) -> None:
    """Add the option for the content folder of a new briefing."""
    parser.add_argument("--in", dest="folder", type=Path, metavar="DIR", help="the content folder (default: your own)")


def run(options: argparse.Namespace) -> int:
    """Create a briefing from the skeleton. In a terminal, ask for missing values."""
    from tui.authoring.creation import create
    from tui.briefing.characters import escaped

    given = {one.name: value for one in _QUESTIONS if (value := getattr(options, one.name)) is not None}
    if sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty():
        try:
            given = _asked(options, given)
        except (_CancelledError, KeyboardInterrupt):
            sys.stderr.write("\n")
            complain("nothing was written")
            return _CANCELLED
    elif "id" not in given:
        raise UsageError("new needs an id; write: briefing new ID, or run it in a terminal, where it asks")
    root = folder_for(options, given["id"])
    path = create(root, given["id"], _text(options, root, _beginning(given)))
    write([escaped(str(path)), *next_steps(options, root, path)])
    return OK


def _asked(options: argparse.Namespace, given: Mapping[str, str]) -> dict[str, str]:
    """Ask for everything that is not given.

    An answer that cannot stand is explained, and asked for again.

    Raises:
        UsageError: what is given cannot stand.
        _CancelledError: the input ended.
    """
    free = "" if "id" in given else _free_id(options)
    if fault := _fault(options, _beginning(given, free)):
        raise UsageError(fault)
    answers = dict(given)
    for question in _QUESTIONS:
        while question.name not in answers:
            default = getattr(_beginning(answers, free), question.name)
            answer = _answer(f"{question.words} [{default}]: ") or default
            if fault := _fault(options, _beginning({**answers, question.name: answer}, free)):
                complain(fault)
            else:
                answers[question.name] = answer
    return answers


def _answer(words: str) -> str:
    """Read a line from the terminal.

    Raises:
        _CancelledError: the input ended.
    """
    while True:
        sys.stderr.write(words)
        sys.stderr.flush()
        line = sys.stdin.buffer.readline()
        if not line.endswith(b"\n"):
            raise _CancelledError
        with contextlib.suppress(UnicodeDecodeError):
            return " ".join(line.decode(sys.stdin.encoding or "utf-8").split())
        complain("these are no characters that this terminal writes; write it again")


def _fault(options: argparse.Namespace, beginning: "Beginning") -> str:
    """Return the reason for which answers cannot stand; empty where they can."""
    from tui.briefing.loader import load_bytes

    try:
        root = folder_for(options, beginning.id)
    except (UsageError, UnreadError) as error:
        return str(error)
    if (path := root / beginning.id / FILE_NAME).exists():
        return f"{path} exists already and stays as it is; choose another id"
    if os.path.isfile(beginning.source):  # noqa: PTH113 - a title may be too long for a path
        return f"{beginning.source} is a file; give its title, and then: briefing hold ID first-source FILE"
    problems = load_bytes(_text(options, root, beginning).encode(), "").problems
    return f"{problems[0].message}; {problems[0].remedy}" if problems else ""


def _free_id(options: argparse.Namespace) -> str:
    """Return an id that no briefing has yet."""
    names = ("my-briefing", *(f"my-briefing-{number}" for number in range(2, 100)))
    return next((name for name in names if not _fault(options, _beginning({}, name))), names[0])


def _beginning(given: Mapping[str, str], name: str = "") -> "Beginning":
    """Return the beginning of a briefing. The title is made from the id where it is not given."""
    from tui.authoring.skeleton import Beginning

    name = given.get("id", name)
    told = {"title": name.replace("-", " ").capitalize()}
    told |= {key: said for key, value in given.items() if key != "id" and (said := " ".join(value.split()))}
    return Beginning(name, **told)


def _text(options: argparse.Namespace, root: Path, beginning: "Beginning") -> str:
    """Write the TOML of a new briefing."""
    from datetime import UTC, datetime

    from tui.authoring.skeleton import skeleton

    return skeleton(beginning, datetime.now(UTC).date(), _called(options, root, root / beginning.id))


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
