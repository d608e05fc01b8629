"""Commands without a terminal: list, show, search, help. They read, and are bounded in size and time."""

import asyncio
import shlex
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from tui.library.volume import Volume
from tui.reader.holdings import Holdings
from tui.render.selecting import pages_of, unknown_briefing, unknown_entry

_WIDTH: Final = 80
_LONGEST: Final = 2000
_LONGEST_NAME: Final = 64
_SHOWN: Final = 20
_OK: Final = 0
_NOTHING_FOUND: Final = 1
_FORMATS: Final = ("text", "json")
HELP: Final = """\
This is a kiosk: it shows briefings, and nothing else.

  ssh HOST                        read on a screen
  ssh ID@HOST                     open a briefing; mono+ID@HOST without colours
  ssh me@HOST                     be known by your key, and find places and marks again
  ssh HOST list                   list the briefings
  ssh HOST show ID[#ENTRY]        write a briefing, or one entry of it
  ssh HOST search QUERY           search all of them
  ssh HOST help                   write this

list, show and search take --format json.
"""


class Told(NamedTuple):
    """What a command writes."""

    lines: Iterator[str]
    code: int = _OK
    """The exit code: 1 where a search found nothing."""


class Refused(Exception):  # noqa: N818 - it is no error of the program's
    """A command that is none; the message is one line for the visitor."""


async def run(command: str, holdings: Holdings, most: int) -> Told:
    """Run a command.

    Args:
        command: what the visitor wrote.
        holdings: what is read.
        most: about how many characters are wanted at most.

    Raises:
        Refused: it is no command of the kiosk's, or cannot be run.
    """
    try:
        words = shlex.split(command[:_LONGEST])
    except ValueError:
        raise Refused("quotes that do not close") from None
    if not words:
        words = ["list"]
    name, *rest = words
    if name not in {*_COMMANDS, "search"}:
        raise Refused(f"there is no command {name[:40]!r} here; there are list, show, search and help")
    if name == "search":
        return await _search(rest, holdings, most)
    return await asyncio.to_thread(_COMMANDS[name], rest, holdings)


def _help(_words: Sequence[str], _holdings: Holdings) -> Told:
    return Told(iter(HELP.splitlines()))


def _list(words: Sequence[str], holdings: Holdings) -> Told:
    from tui.render.listing import listing

    written_as, words = _format_of(words)
    _none_left(words, "list")
    catalogue = holdings.catalogue
    return Told(listing(catalogue.rows(0, max(1, catalogue.count())), written_as, _WIDTH))


def _show(words: Sequence[str], holdings: Holdings) -> Told:
    from tui.render.as_json import json_of
    from tui.render.plain import page_text

    written_as, words = _format_of(words)
    if not words:
        raise Refused("show needs a briefing: show ID or show ID#ENTRY")
    target, *rest = words
    _none_left(rest, "show")
    name, _, entry = target.partition("#")
    name, entry = name[:_LONGEST_NAME], entry[:_LONGEST_NAME]
    volume = _opened(holdings, name)
    if said := unknown_entry(volume, entry, f"see show {name}"):
        raise Refused(said)
    if written_as == "json":
        return Told(iter([json_of(volume, "", entry)]))

    def lines() -> Iterator[str]:
        for number, page in enumerate(pages_of(volume, None, entry)):
            if number:
                yield ""
            yield from page_text(page, _WIDTH)

    return Told(lines())


def _opened(holdings: Holdings, name: str) -> Volume:
    """Open a briefing.

    Raises:
        Refused: there is none of this name, or it cannot be opened.
    """
    if volume := holdings.volume(name):
        return volume
    if problems := holdings.problems(name):
        raise Refused(f"{name!r} cannot be opened: {problems[0]}")
    raise Refused(unknown_briefing(holdings.catalogue, name, "see list"))


async def _search(words: Sequence[str], holdings: Holdings, most: int) -> Told:
    from tui.reader.search.engine import UnansweredError
    from tui.render.answering import error_of

    written_as, words = _format_of(words)
    query = " ".join(words)
    if not query:
        raise Refused("search needs words: search QUERY")
    if error := error_of(query):
        raise Refused(f"{error.message} (at character {error.at + 1})")
    try:
        found = await holdings.engine.write(query, written_as, _SHOWN, most)
    except UnansweredError as reason:
        raise Refused(str(reason)) from None
    holdings.answered(found.total)
    return Told(iter(found.lines), _OK if found.total else _NOTHING_FOUND)


def _format_of(words: Sequence[str]) -> tuple[str, list[str]]:
    """Take `--format text` or `--format json` out of the words of a command."""
    rest, written_as = list(words), _FORMATS[0]
    for place, word in enumerate(rest):
        name, is_joined, chosen = word.partition("=")
        if name == "--format":
            written_as = chosen if is_joined else "".join(rest[place + 1 : place + 2])
            if written_as not in _FORMATS:
                raise Refused("--format is text or json")
            del rest[place : place + (1 if is_joined else 2)]
            break
    return written_as, rest


def _none_left(words: Sequence[str], command: str) -> None:
    if words:
        raise Refused(f"{command} takes nothing more than that; see help")


_COMMANDS: Final[dict[str, Callable[[Sequence[str], Holdings], Told]]] = {
    "list": _list,
    "show": _show,
    "help": _help,
}
