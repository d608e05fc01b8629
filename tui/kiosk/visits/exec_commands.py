"""Commands without a terminal: list, show, search, help. They read, and are bounded in size and time."""

import argparse
import asyncio
import shlex
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final, NamedTuple, NoReturn

from tui.briefing.characters import cleaned
from tui.library.volume import Volume
from tui.render.arguments import WRITING, Parser, UsageError
from tui.render.cite_formats import Cited, format_called
from tui.render.exports import EXPORTS
from tui.render.library import UNREAD
from tui.render.selection import Selection, cited_sources, nothing_cited, unknown_briefing, unknown_entry
from tui.session.shared import SharedContent

_WIDTH: Final = 80
_LONGEST: Final = 2000
_LONGEST_NAME: Final = 64
_MOST_HITS: Final = 1000
_DEEPEST: Final = 10_000
"""Hits that are left out at most: each costs the search process, which serves others too."""
_OK: Final = 0
_INCOMPLETE: Final = 1
_CUT: Final = "… cut here; the rest is too long for a command."
_HELP: Final = """\
This is a kiosk: it shows briefings, and nothing else.

  ssh HOST                        read on a screen
{names}  ssh HOST list                   list the briefings
  ssh HOST show ID[#ENTRY]        write a briefing, one entry, or one pane with --pane PANE
  ssh HOST cite ID[#ENTRY]        write the citations of its sources, also for other programs
  ssh HOST search QUERY           search all of them
  ssh HOST help                   write this

They are the commands of `briefing`: ssh HOST search --help has the options of one.
"""


_NAMES: Final = """\
  ssh ID@HOST                     open a briefing; mono+ID@HOST without colours
  ssh me@HOST                     be known by your key, and find locations and marks again
"""


class Output(NamedTuple):
    """The output of a command."""

    lines: Iterator[str]
    code: int = _OK
    """The exit code: 1 if a search found nothing, or could not search everything."""


class CommandRefused(Exception):  # noqa: N818 - it is no error of the program's
    """An unknown or impossible command. The message is one line for the visitor."""


class _HelpWanted(Exception):  # noqa: N818 - likewise
    """The help of a command, which a visitor asks for."""


class _Parser(Parser):
    """Parses the words of visitors, and prints nothing by itself."""

    def __init__(self, **named: Any) -> None:
        super().__init__(formatter_class=partial(argparse.HelpFormatter, width=_WIDTH), **named)

    def print_help(self, file: object = None) -> NoReturn:
        """Raise the help."""
        raise _HelpWanted(self.format_help())


def bounded(lines: Iterable[str], most: int, end: str = "\n") -> str:
    """Join lines up to a number of bytes, without control characters."""
    written, length = [], 0
    for line in lines:
        # JSON is one line too; its escapes need none of the removed characters.
        piece = cleaned(line).replace("\n", end) + end
        length += len(piece.encode("utf-8", "replace"))
        if length > most:
            written.append(f"{_CUT}{end}")
            break
        written.append(piece)
    return "".join(written)


def help_lines(*, names: bool) -> list[str]:
    """Return the help of all commands, with user names or without."""
    return _HELP.format(names=_NAMES if names else "").splitlines()


def without_screen(*, names: bool = True) -> list[str]:
    """Return the lines before the list on a terminal without a screen."""
    return ["This terminal shows no screen, so here is the list.", *help_lines(names=names), ""]


async def run(command: str, shared: SharedContent, most: int, *, names: bool = True) -> Output:
    """Run a command.

    Args:
        command: the words of the visitor.
        shared: the content.
        most: the most characters that are wanted, about.
        names: whether the visitor's name means anything here.

    Raises:
        CommandRefused: the command is unknown or cannot be run.
    """
    try:
        words = shlex.split(command[:_LONGEST])
    except ValueError:
        raise CommandRefused("a quotation mark is not closed") from None
    name, *rest = words or ["list"]
    if name in {"help", "-h", "--help"}:
        return Output(iter(help_lines(names=names)))
    try:
        options = _options(name, rest)
    except _HelpWanted as wanted:
        return Output(iter(str(wanted).splitlines()))
    except UsageError as error:
        raise CommandRefused(str(error)) from None
    if name == "search":
        return await _search(options, shared, most)
    return await asyncio.to_thread(_WRITERS[name], options, shared)


def _options(name: str, words: Sequence[str]) -> argparse.Namespace:
    """Parse the words behind a command, as the command line does.

    Raises:
        UsageError: the words are wrong.
        _HelpWanted: the words ask for help.
    """
    if name not in WRITING:
        raise CommandRefused(f"there is no command {name[:40]!r} here; there are list, show, cite, search and help")
    described = WRITING[name]
    parser = _Parser(prog=f"ssh HOST {name}", description=f"{described.words[:1].upper()}{described.words[1:]}.")
    described.describe(parser)
    return parser.parse_args(words)


def _list(options: argparse.Namespace, shared: SharedContent) -> Output:
    catalogue, export = shared.catalogue, EXPORTS[options.format]
    rows = catalogue.rows(0, max(1, catalogue.count()))
    if not rows and catalogue.is_growing:  # an empty list would seem to be the whole library
        raise CommandRefused("the library is still being read; list again in a moment")
    if not rows and catalogue.unread:
        raise CommandRefused(UNREAD)
    told = () if export.is_data or not catalogue.unread else ("", UNREAD)
    return Output(chain(export.library(rows, _WIDTH), told), _INCOMPLETE if catalogue.unread else _OK)


def _show(options: argparse.Namespace, shared: SharedContent) -> Output:
    name, _, entry = options.target.partition("#")
    name, entry = name[:_LONGEST_NAME], entry[:_LONGEST_NAME]
    volume = _opened(shared, name)
    if said := unknown_entry(volume, entry, f"see show {name}"):
        raise CommandRefused(said)
    export = EXPORTS[options.format]
    if export.is_whole and volume.is_heavy_at(entry):
        named = options.target[:_LONGEST_NAME]
        raise CommandRefused(f"{named!r} is too long to be written as {export.name.upper()} here; --format text is not")
    return Output(export.briefing(Selection(volume, options.pane, entry), _WIDTH))


def _cite(options: argparse.Namespace, shared: SharedContent) -> Output:
    name, _, entry = options.target.partition("#")
    volume = _opened(shared, name[:_LONGEST_NAME])
    wanted = [one[:_LONGEST_NAME] for one in (entry, *options.source) if one]
    for one in wanted:
        if said := unknown_entry(volume, one, f"see show {name[:_LONGEST_NAME]}"):
            raise CommandRefused(said)
    if said := nothing_cited(volume, wanted):
        raise CommandRefused(said)
    return Output(format_called(options.format).write(volume, map(Cited, cited_sources(volume, wanted))))


_WRITERS: Final = {"list": _list, "show": _show, "cite": _cite}


def _opened(shared: SharedContent, name: str) -> Volume:
    """Open a briefing.

    Raises:
        CommandRefused: there is none of this name, or it cannot be opened.
    """
    if volume := shared.volume(name):
        return volume
    if (result := shared.result(name)) and result.problems:
        raise CommandRefused(f"{name!r} cannot be opened: {result.problems[0]}")
    if shared.catalogue.is_withdrawn(name):
        raise CommandRefused(f"{name!r} was withdrawn")
    raise CommandRefused(unknown_briefing(shared.catalogue, name, "see list"))


async def _search(options: argparse.Namespace, shared: SharedContent, most: int) -> Output:
    from tui.search.answers import UnansweredError
    from tui.search.query import parse
    from tui.search.service import WriteRequest

    query = " ".join(options.query)
    if error := parse(query).error:
        raise CommandRefused(f"{error.message} (at character {error.at + 1})")
    for name, bound in (("limit", _MOST_HITS), ("offset", _DEEPEST)):
        if getattr(options, name) > bound:
            raise CommandRefused(f"--{name} is {bound} at most here")
    try:
        found = await shared.search_service.write(
            WriteRequest(query, options.format, options.limit, options.offset, most)
        )
    except UnansweredError as reason:
        raise CommandRefused(str(reason)) from None
    if found.total or not found.total.searched.is_growing:
        shared.answered(found.total)
    is_whole = found.total and found.total.searched.complete
    return Output(iter(found.lines), _OK if is_whole else _INCOMPLETE)
