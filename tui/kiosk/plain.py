"""Commands without a terminal: list, show, search, help. They read, and are bounded in size and time."""

import shlex
from collections.abc import Callable, Iterator
from typing import Final

from tui.briefing.nearest import nearest
from tui.library.state import Place
from tui.library.volume import Volume
from tui.reader.holdings import Holdings
from tui.render.page import Page

_WIDTH: Final = 80
_LONGEST: Final = 2000
_PANES: Final = ("overview", "background", "claims", "views", "recommendations", "sources", "questions", "entities")
_SHOWN: Final = 100
HELP: Final = """\
This is a kiosk: it shows briefings, and nothing else.

  ssh HOST                        read on a screen
  ssh ID@HOST                     open a briefing; mono+ID@HOST without colours
  ssh HOST list                   list the briefings
  ssh HOST show ID[#ENTRY]        write a briefing, or one entry of it
  ssh HOST search QUERY [--format json]
                                  search all of them
  ssh HOST help                   write this
"""


class Refused(Exception):  # noqa: N818 - it is no error of the program's
    """A command that is none; the message is one line for the visitor."""


def run(command: str, holdings: Holdings) -> Iterator[str]:
    """Run a command and give its lines.

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
    if name not in _COMMANDS:
        raise Refused(f"there is no command {name[:40]!r} here; there are list, show, search and help")
    return _COMMANDS[name](rest, holdings)


def _help(_words: list[str], _holdings: Holdings) -> Iterator[str]:
    yield from HELP.splitlines()


def _list(words: list[str], holdings: Holdings) -> Iterator[str]:
    from tui.render.listing import listing

    _none_left(words, "list")
    catalogue = holdings.catalogue
    yield from listing(catalogue.rows(0, max(1, catalogue.count())), "text", _WIDTH)


def _show(words: list[str], holdings: Holdings) -> Iterator[str]:
    from tui.render.plain import page_text

    if not words:
        raise Refused("show needs a briefing: show ID or show ID#ENTRY")
    target, *rest = words
    _none_left(rest, "show")
    name, _, entry = target.partition("#")
    volume = holdings.volume(name)
    if volume is None:
        near = nearest(name, [row.id for row in holdings.catalogue.rows(0, 1000)])
        raise Refused(f"there is no briefing {name[:64]!r}" + (f"; did you mean {near!r}?" if near else "; see list"))
    for number, page in enumerate(_pages(volume, holdings, name, entry)):
        if number:
            yield ""
        yield from page_text(page, _WIDTH)


def _pages(volume: Volume, holdings: Holdings, name: str, entry: str) -> list[Page]:
    """Give the pages of a briefing, or the one of an entry, a source or an entity."""
    if not entry:
        names = list(_PANES)
    else:
        kinds = (("entry", volume.entries), ("source", volume.sources), ("entity", volume.entities))
        names = [f"{kind}:{entry}" for kind, things in kinds if entry in things]
        if not names:
            near = nearest(entry, [*volume.entries, *volume.sources, *volume.entities])
            raise Refused(f"{name!r} has no entry {entry[:64]!r}" + (f"; did you mean {near!r}?" if near else ""))
    return [page for one in names if (page := holdings.page(Place(name, one))) is not None]


def _search(words: list[str], holdings: Holdings) -> Iterator[str]:
    from tui.library.search.facets import facets
    from tui.library.search.query import parse
    from tui.library.search.searching import search
    from tui.library.search.showing import Shelf
    from tui.render.search import answer_json, answer_text

    as_json = False
    for place, word in enumerate(words):
        if word in {"--format", "--format=json", "--format=text"}:
            chosen = word.partition("=")[2] or "".join(words[place + 1 : place + 2])
            if chosen not in {"json", "text"}:
                raise Refused("--format is text or json")
            as_json = chosen == "json"
            words = words[:place] + words[place + (1 if "=" in word else 2) :]
            break
    query = " ".join(words)
    if not query:
        raise Refused("search needs words: search QUERY")
    parsed = parse(query)
    if parsed.error:
        raise Refused(f"{parsed.error.message} (at character {parsed.error.at + 1})")
    answer = search(holdings.index, holdings.catalogue, parsed, (), limit=_SHOWN if as_json else 20, offset=0)
    show = Shelf(holdings.catalogue).show
    if as_json:
        yield answer_json(query, answer, show, facets(holdings.index, parsed, ()))
    else:
        yield from answer_text(answer, show, _WIDTH)


def _none_left(words: list[str], command: str) -> None:
    if words:
        raise Refused(f"{command} takes nothing more than that; see help")


_COMMANDS: Final[dict[str, Callable[[list[str], Holdings], Iterator[str]]]] = {
    "list": _list,
    "show": _show,
    "search": _search,
    "help": _help,
}
