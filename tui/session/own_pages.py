"""The pages without a briefing: help, marks and plain view."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from tui.briefing.kinds import PANES
from tui.render.library import absent_words
from tui.render.page import Block, Page, Para, Span, fixed, line
from tui.render.signs import Sign
from tui.render.views import View, view_of, views_with
from tui.session.commands import COMMANDS, GROUPS, Command
from tui.session.keymap import Keymap, shown
from tui.session.session import Session
from tui.state.records import Mark

_COLUMN = 38
_KEYS = 14
_MOVES = ("next", "previous", "page-down", "page-up", "top", "end")
"""The commands whose second keys the help lists, since most people try them first."""


Hinted = tuple[tuple[str, str, Command], ...]
"""The commands of the footer: keys, the usual word and the command."""


def told_of(
    rows: Hinted, here: Callable[[Command], str] = lambda command: command.hint
) -> tuple[tuple[str, str, str], ...]:
    """Return the rows whose keys act: keys, a word, a command.

    Args:
        rows: the commands of the footer.
        here: returns the word of a command that does not always act; empty where its key has nothing to do.
    """
    told = ((keys, here(command) if command.here else word, command.name) for keys, word, command in rows)
    return tuple(row for row in told if row[1])


def hinted(keymap: Keymap, view: View | None = None) -> Hinted:
    """Return the footer's commands, whether or not they act. Those of the open view come first."""
    rows = []
    commands = offered(keymap)
    told = [(index, one) for index, one in enumerate(commands) if one.here or one.hint_in(view)]
    for index, command in sorted(told, key=lambda one: not views_with(one[1].name)):
        if keymap.keys[command.name]:
            keys = shown(keymap.keys[command.name][0])
            other = commands[index + 1] if command.joint else None
            is_pair = other and (command.joins == 1 or other.run == command.run)
            if other and is_pair and not other.hint_in(view) and keymap.keys[other.name]:
                keys += f" {shown(keymap.keys[other.name][0])}"
            rows.append((keys, command.hint_in(view), command))
    return tuple(rows)


def offered(keymap: Keymap) -> list[Command]:
    """Return the available commands.

    A command whose partner is missing gets a line of its own in the help.
    """
    there = [command.name in keymap.keys for command in COMMANDS]
    return [
        command if all(there[index + 1 : index + 1 + command.joins]) else command._replace(joint="")
        for index, command in enumerate(COMMANDS)
        if there[index]
    ]


class HelpRow(NamedTuple):
    """A line of the help, for one command or for related ones."""

    heading: str
    ways: tuple[tuple[str, str], ...]
    """The keys, each with its command; the text between two keys has none."""
    words: str

    @property
    def keys(self) -> str:
        """The keys as they are written."""
        return "".join(key for key, _ in self.ways)


def help_rows(keymap: Keymap) -> Iterator[HelpRow]:
    """Yield the help's lines. Related commands share a line."""
    commands = offered(keymap)
    for group in GROUPS:
        if group == "Panes":
            panes = _firsts(keymap, [command for command in commands if command.name.startswith("pane-")])
            plain = [key for key, _ in panes] == [str(number) for number in range(len(panes))]
            yield HelpRow(group, _joined((panes[0], panes[-1]), "–") if plain else _joined(panes), "open a pane")
            views = _firsts(keymap, [command for command in commands if command.name.startswith("view-")])
            yield HelpRow(group, _joined(views), "evidence views")
        told = 0
        for index, command in enumerate(commands):
            if command.group != group or not command.words or command.name.startswith(("pane-", "view-")):
                continue
            if told:
                told -= 1
                continue
            told = command.joins if command.joint else 0
            joint = commands[index : index + told + 1]
            keyed = [one for one in joint if keymap.keys[one.name]]
            if keyed:
                yield HelpRow(group, _joined(_firsts(keymap, keyed)), _words_of(joint, keyed))


def _words_of(joint: Sequence[Command], keyed: Sequence[Command]) -> str:
    """Return the words of a line, without commands that have no key."""
    if len(keyed) == 1:
        return keyed[0].words
    if len(keyed) == len(joint):
        return joint[0].joint
    parts = joint[0].joint.split(", ")
    if len(parts) != len(joint):  # one word stands for several
        return joint[0].joint
    return ", ".join(part for one, part in zip(joint, parts, strict=True) if one in keyed)


def _firsts(keymap: Keymap, commands: Sequence[Command]) -> list[tuple[str, str]]:
    """Return the first key of each command, as it is shown."""
    return [(shown(key), one.name) for one in commands for key in keymap.keys[one.name][:1]]


def _joined(ways: Sequence[tuple[str, str]], between: str = " ") -> tuple[tuple[str, str], ...]:
    """Return keys with a text between each two."""
    return tuple(part for way in ways for part in ((between, ""), way))[1:]


def help_page(keymap: Keymap, width: int, more: str = "", on_page: Sequence[Sign] = (), *, alone: bool = False) -> Page:
    """Create the page of the keys and of a page's signs.

    The keys fit on one screen, in two columns on a wide one. In one column they are read aloud in order.

    Args:
        keymap: the keys.
        width: cells of the screen.
        more: one more line below the keys.
        on_page: the signs on the page from which the help was opened.
        alone: whether the reader wants one column.
    """
    cells: list[tuple[Span, ...]] = []
    group = ""
    for row in help_rows(keymap):
        if row.heading != group:
            group = row.heading
            cells.append((Span(_fitted(group, _COLUMN), "heading"),))
        room = max(_KEYS, min(cell_len(row.keys) + 1, _COLUMN // 2 + 2))
        cells.append((*_key_spans(row, room - 1), Span(_fitted(row.words, _COLUMN - room))))
    is_wide = width >= 2 * _COLUMN + 4
    half = _balanced(cells) if is_wide and not alone else len(cells)
    blank = (Span(" " * _COLUMN),) if half < len(cells) else ()
    pairs = itertools.zip_longest(cells[:half], cells[half:], fillvalue=blank)
    rows = [_key_block(number, (*one, *other)) for number, (one, other) in enumerate(pairs)]
    others = [shown(key) for name in _MOVES for key in keymap.keys.get(name, ())[1:2]]
    said = f"{', '.join(others)} and the mouse work too." if others else "The mouse works too."
    if on_page and (again := keymap.first("help")):
        said = f"{said.removesuffix('.')}; {again} again: the signs."
    last = [line(more, "meta")] if more else []
    one = f"; {{zoom}}: {'two columns' if alone else 'one column'}" if is_wide else ""
    runs = line(keymap.words(f"{{open}} runs the line on the page beneath; {{next-link}}: its next key{one}."), "meta")
    more_block = Block("help", (runs, line(said, "meta"), *last), space=0, counts=False)
    return fixed("Help", [*rows, more_block, *signs_blocks(on_page)])


def _key_spans(row: HelpRow, room: int) -> Iterator[Span]:
    """Yield the keys of a line in some cells. Each is a link."""
    for key, name in row.ways:
        text = set_cell_size(key, min(cell_len(key), room))
        room -= cell_len(text)
        yield Span(text, "note", f"beneath:{name}" if name else "")
    yield Span(" " * (room + 1))


def _key_block(number: int, spans: tuple[Span, ...]) -> Block:
    """Set a line of keys; its first command is run by Enter."""
    target = next((span.target for span in spans if span.target), "")
    return Block(f"keys:{number}", (Para(spans, keep=True),), target, space=0, counts=bool(target))


def signs_blocks(on_page: Sequence[Sign], *, leads: bool = True) -> Iterator[Block]:
    """Yield the blocks of a page's signs. `leads` links each to its explanation."""
    if not on_page:
        return
    yield Block("signs", (line("Signs on this page", "heading"),), counts=False)
    width = max(5, *(len(sign.symbol) + 2 for sign in on_page))
    for sign in on_page:
        target = f"sign:{sign.symbol}" if leads else ""
        told = (Span(sign.name), Span(f": {sign.gist}", "meta"))
        yield Block(
            f"sign:{sign.symbol}", (Para(told, Span(sign.symbol, "note", target), width, width),), target, space=0
        )


def _balanced(cells: list[tuple[Span, ...]]) -> int:
    """Find the index of the heading that begins the second column.

    It makes the longer column as short as possible.
    """
    headings = [index for index, cell in enumerate(cells) if cell[0].role == "heading"]
    return min(headings, key=lambda index: max(index, len(cells) - index))


def _fitted(text: str, width: int) -> str:
    return set_cell_size(text, width - 2) + "  "


def bookmarks_page(session: Session) -> Page:
    """List all marks and bookmarks, the newest first."""
    marks = session.state.marks()
    if not marks:
        said = session.keymap.words("No marks yet. {mark} and a letter mark a location; {bookmark} bookmarks an entry.")
        return fixed("Marks and bookmarks", [Block("none", (line(said, "meta", indent=2),))])
    titles = session.catalogue.titles({mark.location.briefing for mark in marks})

    def build(index: int) -> Block:
        return _mark_block(session, marks[index], titles)

    # A row is made as it comes into view, since it opens its briefing to see what is still there.
    return Page("Marks and bookmarks", [f"mark:{mark.key}" for mark in marks], build)


def _mark_block(session: Session, mark: Mark, titles: Mapping[str, str]) -> Block:
    """Set a mark. It is a link, unless the marked thing is gone."""
    is_known = session.has(mark.location.briefing)
    is_there = session.kept.is_there(mark.location) if is_known else False
    now = mark._replace(location=session.kept.now(mark.location).location) if is_there else mark
    target = "" if is_there is False else f"mark:{now.key}"
    page = page_words(mark.location.page)
    briefing = (titles.get(mark.location.briefing) if is_known else "") or mark.location.briefing
    where = f"{briefing} · {page}".removeprefix(" · ")
    if is_there is False:
        where += f" · {'removed' if is_known else absent_words(session.catalogue.pending)}"
    paras = (
        Para(
            (Span(mark_words(session, mark, is_there=is_there) or page, "link" if target else "text", target),),
            Span(mark.letter, "number"),
            5,
            5,
            keep=True,
        ),
        line(where, "meta", indent=5),
    )
    return Block(f"mark:{mark.key}", paras, target)


def mark_words(session: Session, mark: Mark, *, is_there: bool | None) -> str:
    """Return a mark's words.

    Strangers see no words of a removed entry. On one's own machine the marks keep theirs.
    """
    return mark.words if is_there or session.catalogue.tells_folders else ""


def page_words(page: str) -> str:
    """Return the title of a page's kind, without an id."""
    kind = page.partition("/")[0].partition(":")[0]
    view = view_of(page)
    title = view.title if view else PANES[kind].title if kind in PANES else None
    return title or kind[:1].upper() + kind[1:]


def plain_page(pieces: Sequence[Callable[[], str]], keymap: Keymap) -> Page:
    """Create a page of plain text for selecting with the mouse.

    Args:
        pieces: return the parts of the text; a huge text has several, each made when it comes into view.
        keymap: the keys.
    """
    closing = line(keymap.words("Select with the mouse; {close} goes back."), "meta", space=1)

    def build(index: int) -> Block:
        paras = [line(row) for row in pieces[index]().split("\n")]
        return Block(str(index), (*paras, *([closing] if index == len(pieces) - 1 else [])), space=0)

    return Page("Plain view", [str(index) for index in range(len(pieces))], build, cursor=False)
