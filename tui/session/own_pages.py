"""The pages that belong to no briefing: the help, the marks, and the plain view."""

import itertools
from collections.abc import Callable, Iterator, Sequence

from rich.cells import set_cell_size

from tui.briefing.kinds import PANES
from tui.render.page import Block, Page, Para, Span, fixed, line
from tui.render.signs import Sign
from tui.render.views import View, view_of, views_with
from tui.session.commands import COMMANDS, GROUPS, Command
from tui.session.keymap import Keymap, shown
from tui.session.session import Session

_COLUMN = 38
_KEYS = 15
_MOVES = ("next", "previous", "page-down", "page-up", "top", "end")
"""The commands whose second keys the help tells: those that most people try first."""


def hints(keymap: Keymap, view: View | None = None) -> tuple[tuple[str, str, str], ...]:
    """Return what the footer tells: keys, a word, and the command; first what only the view that is open knows."""
    rows = []
    commands = offered(keymap)
    hinted = [(place, command) for place, command in enumerate(commands) if command.hint_in(view)]
    for place, command in sorted(hinted, key=lambda one: not views_with(one[1].name)):
        if keymap.keys[command.name]:
            keys = shown(keymap.keys[command.name][0])
            other = commands[place + 1] if command.joint and command.joins == 1 else None
            if other and not other.hint_in(view) and keymap.keys[other.name]:
                keys += f" {shown(keymap.keys[other.name][0])}"
            rows.append((keys, command.hint_in(view), command.name))
    return tuple(rows)


def offered(keymap: Keymap) -> list[Command]:
    """Return the commands that are there; one whose partner is missing is told by itself."""
    there = [command.name in keymap.keys for command in COMMANDS]
    return [
        command if all(there[place + 1 : place + 1 + command.joins]) else command._replace(joint="")
        for place, command in enumerate(COMMANDS)
        if there[place]
    ]


def help_rows(keymap: Keymap) -> Iterator[tuple[str, str, str]]:
    """Return the lines of the help: heading, keys, words. Commands that belong together share a line."""
    commands = offered(keymap)
    for group in GROUPS:
        if group == "Panes":
            keys = _firsts(keymap, "pane-")
            plain = keys == [str(number) for number in range(len(keys))]
            yield group, f"0–{len(keys) - 1}" if plain else " ".join(map(shown, keys)), "open a pane"
            views = list(map(shown, _firsts(keymap, "view-")))
            yield group, ("" if max(map(len, views), default=0) == 1 else " ").join(views), "views of the evidence"
        told = 0
        for place, command in enumerate(commands):
            if command.group != group or not command.words or command.name.startswith(("pane-", "view-")):
                continue
            if told:
                told -= 1
                continue
            told = command.joins if command.joint else 0
            firsts = [shown(key) for one in commands[place : place + told + 1] for key in keymap.keys[one.name][:1]]
            yield group, " ".join(firsts), command.joint or command.words


def _firsts(keymap: Keymap, beginning: str) -> list[str]:
    """Return the first key of each command whose name has such a beginning."""
    names = [command.name for command in COMMANDS if command.name.startswith(beginning)]
    return [key for name in names for key in keymap.keys[name][:1]]


def help_page(keymap: Keymap, width: int, more: str = "", on_page: Sequence[Sign] = ()) -> Page:
    """Set the keys on one screen, in two columns where there is room, and below them the signs of a page.

    Args:
        keymap: the keys.
        width: cells of the screen.
        more: what else is to be known.
        on_page: the signs on the page from which the help was opened.
    """
    cells: list[tuple[Span, ...]] = []
    group = ""
    for heading, keys, words in help_rows(keymap):
        if heading != group:
            group = heading
            cells.append((Span(_fitted(heading, _COLUMN), "heading"),))
        cells.append((Span(_fitted(keys, _KEYS), "note"), Span(_fitted(words, _COLUMN - _KEYS))))
    if width < 2 * _COLUMN + 4:
        rows = [Para(cell, keep=True) for cell in cells]
    else:
        half = _balanced(cells)
        blank = (Span(" " * _COLUMN),)
        pairs = itertools.zip_longest(cells[:half], cells[half:], fillvalue=blank)
        rows = [Para((*one, *other), keep=True) for one, other in pairs]
    others = [shown(key) for name in _MOVES for key in keymap.keys.get(name, ())[1:2]]
    said = f"{', '.join(others)} and the mouse work too." if others else "The mouse works too."
    if on_page and (again := keymap.first("help")):
        said = f"{said.removesuffix('.')}; {again} again: the signs."
    last = [line(more, "meta")] if more else []
    keys_block = Block("help", (*rows, line(said, "meta", space=1), *last), space=0, counts=False)
    return fixed("Help", [keys_block, *_signs_blocks(on_page)])


def _signs_blocks(on_page: Sequence[Sign]) -> Iterator[Block]:
    """Set the signs of a page in words, each with the way to its explanation."""
    if not on_page:
        return
    yield Block("signs", (line("Signs on this page", "heading"),), counts=False)
    width = max(5, *(len(sign.symbol) + 2 for sign in on_page))
    for sign in on_page:
        target = f"sign:{sign.symbol}"
        yield Block(
            target, (Para((Span(sign.name),), Span(sign.symbol, "note", target), width, width),), target, space=0
        )


def _balanced(cells: list[tuple[Span, ...]]) -> int:
    """Find the heading at which the second column begins, so that the longer one is as short as can be."""
    headings = [place for place, cell in enumerate(cells) if cell[0].role == "heading"]
    return min(headings, key=lambda place: max(place, len(cells) - place))


def _fitted(text: str, width: int) -> str:
    return set_cell_size(text, width - 1) + " "


def bookmarks_page(session: Session) -> Page:
    """List all marks and bookmarks, the newest first."""
    marks = session.state.marks()
    if not marks:
        said = session.keymap.words("No marks yet. {mark} and a letter mark a place; {bookmark} bookmarks an entry.")
        return fixed("Marks and bookmarks", [Block("none", (line(said, "meta", indent=2),))])
    blocks = []
    titles = session.catalogue.titles({mark.location.briefing for mark in marks})
    for mark in marks:
        is_there = session.has(mark.location.briefing)
        target = f"mark:{mark.key}" if is_there else ""
        page = page_words(mark.location.page)
        briefing = (titles.get(mark.location.briefing) if is_there else "") or mark.location.briefing
        where = f"{briefing} · {page}".removeprefix(" · ")
        # Of a briefing that is gone strangers see no words any more; one's own marks are one's own.
        shows_words = is_there or session.catalogue.tells_folders
        said = (mark.words if shows_words else "") or page
        paras = (
            Para((Span(said, "link" if is_there else "text", target),), Span(mark.letter, "number"), 5, 5, keep=True),
            line(where if is_there else f"{where} · not in this library", "meta", indent=5),
        )
        blocks.append(Block(f"mark:{mark.key}", paras, target))
    return fixed("Marks and bookmarks", blocks)


def page_words(page: str) -> str:
    """Name a page without the id of what it shows."""
    kind = page.partition("/")[0].partition(":")[0]
    view = view_of(page)
    title = view.title if view else PANES[kind].title if kind in PANES else None
    return title or kind[:1].upper() + kind[1:]


def plain_page(pieces: Sequence[Callable[[], str]], keymap: Keymap) -> Page:
    """Show text as it is copied, for selecting with the mouse; a huge one in pieces, each written when it is seen."""
    closing = line(keymap.words("Select with the mouse; {close} goes back."), "meta", space=1)

    def build(place: int) -> Block:
        paras = [line(row) for row in pieces[place]().split("\n")]
        return Block(str(place), (*paras, *([closing] if place == len(pieces) - 1 else [])), space=0)

    return Page("Plain view", [str(place) for place in range(len(pieces))], build, cursor=False)
