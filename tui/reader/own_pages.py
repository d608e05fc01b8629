"""The pages that belong to no briefing: the help, the marks, and the plain view."""

import itertools
from collections.abc import Iterator

from rich.cells import set_cell_size

from tui.reader.commands.table import COMMANDS, GROUPS, Command
from tui.reader.desk import Desk
from tui.reader.keymap import Keymap, shown
from tui.render.page import Block, Page, Para, Span, fixed, line

_COLUMN = 38
_KEYS = 15


def hints(keymap: Keymap) -> tuple[tuple[str, str, str], ...]:
    """Give what the footer tells: keys, a word, and the command."""
    rows = []
    commands = offered(keymap)
    for place, command in enumerate(commands):
        if command.hint and keymap.keys[command.name]:
            keys = shown(keymap.keys[command.name][0])
            other = commands[place + 1] if command.joint else None
            if other and not other.hint and keymap.keys[other.name]:
                keys += f" {shown(keymap.keys[other.name][0])}"
            rows.append((keys, command.hint, command.name))
    return tuple(rows)


def offered(keymap: Keymap) -> list[Command]:
    """Give the commands that are there; one whose partner is missing is told by itself."""
    there = [command.name in keymap.keys for command in COMMANDS]
    return [
        command if not command.joint or there[place + 1] else command._replace(joint="")
        for place, command in enumerate(COMMANDS)
        if there[place]
    ]


def help_rows(keymap: Keymap) -> Iterator[tuple[str, str, str]]:
    """Give the lines of the help: heading, keys, words. Two commands that belong together share a line."""
    commands = offered(keymap)
    for group in GROUPS:
        if group == "Panes":
            keys = [keymap.keys[command.name][:1] for command in commands if command.name.startswith("pane-")]
            flat = [key for one in keys for key in one]
            plain = flat == [str(number) for number in range(len(flat))]
            yield group, f"0–{len(flat) - 1}" if plain else " ".join(map(shown, flat)), "open a pane"
        previous: Command | None = None
        for place, command in enumerate(commands):
            if command.group != group or not command.words or command.name.startswith("pane-"):
                continue
            if previous and previous.joint:
                previous = None
                continue
            pair = [command, commands[place + 1]] if command.joint else [command]
            firsts = [shown(key) for one in pair for key in keymap.keys[one.name][:1]]
            yield group, " ".join(firsts), command.joint or command.words
            previous = command


def help_page(keymap: Keymap, width: int) -> Page:
    """Set the keys on one screen, in two columns where there is room."""
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
    closing = line("Arrows, PgUp, PgDn, Home, End and the mouse work too.", "meta", space=1)
    return fixed("Help", [Block("help", (*rows, closing), space=0)], cursor=False)


def _balanced(cells: list[tuple[Span, ...]]) -> int:
    """Find the heading at which the second column begins, so that the longer one is as short as can be."""
    headings = [place for place, cell in enumerate(cells) if cell[0].role == "heading"]
    return min(headings, key=lambda place: max(place, len(cells) - place))


def _fitted(text: str, width: int) -> str:
    return set_cell_size(text, width - 1) + " "


def bookmarks_page(desk: Desk) -> Page:
    """List all marks and bookmarks, the newest first."""
    marks = desk.state.marks()
    if not marks:
        said = "No marks yet. m and a letter marks a place; * bookmarks an entry."
        return fixed("Marks and bookmarks", [Block("none", (line(said, "meta", indent=2),))])
    blocks = []
    for number, mark in enumerate(marks):
        target = f"mark:{number}"
        where = mark.place.briefing or "library"
        paras = (
            Para((Span(mark.words or mark.place.page, "link", target),), Span(mark.letter, "number"), 5, 5, keep=True),
            line(f"{where} · {mark.place.page}", "meta", indent=5),
        )
        blocks.append(Block(target, paras, target))
    return fixed("Marks and bookmarks", blocks)


def plain_page(text: str) -> Page:
    """Show text as it is copied, for selecting with the mouse."""
    paras = tuple(line(row) for row in text.split("\n"))
    closing = line("Select with the mouse; Esc goes back.", "meta", space=1)
    return fixed("Plain view", [Block("plain", (*paras, closing), space=0)], cursor=False)
