"""The lines around the query: keys, summary, mistakes, completion and facets."""

import textwrap
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len

from tui.briefing.characters import cleaned
from tui.render import signs
from tui.render.breaking import shortened
from tui.render.hits import resembling_words, searched_words
from tui.render.page import Role
from tui.search.answers import Answer
from tui.search.service import Counts
from tui.session.keymap import Keymap
from tui.session.search.completion import Completion

BOX_KEYS: Final = Keymap(
    (
        ("go", ("enter",)),
        ("leave", ("escape",)),
        ("earlier", ("up",)),
        ("onward", ("down",)),
        ("complete", ("tab",)),
        ("complete-back", ("shift+tab",)),
        ("page-down", ("pagedown",)),
        ("page-up", ("pageup",)),
        ("tell-grammar", ("f1",)),
    ),
    {},
)
"""The keys of the search box, which cannot be chosen, since other keys are text there."""
_IN_BOX: Final = (
    (BOX_KEYS.first("onward"), "to the hits", "next"),
    (BOX_KEYS.first("go"), "go there", "open"),
    (BOX_KEYS.first("leave"), "leave", "close"),
    (BOX_KEYS.first("tell-grammar"), "syntax", "help"),
)
FACET_KEYS: Final = 9
"""The number of values with a key: the digits from 1."""
POINTER: Final = "^"
_GROWING: Final = " more may come: the index is being built"


class Piece(NamedTuple):
    """A part of a line, perhaps with a target for clicks."""

    text: str
    role: Role
    target: str = ""


def found_words(answer: Answer) -> str:
    """Summarise an answer: the exact total and the searched part."""
    said = searched_words(answer.total)
    return f"{said} · {resembling_words(answer)}" if answer.fuzzy else said


def box_hints(acts: Callable[[str], bool]) -> tuple[tuple[str, str, str], ...]:
    """Return the footer while a query is typed. Without a hit there is none to go to."""
    return _IN_BOX if acts("open") else _IN_BOX[2:]


def search_hints(keymap: Keymap, acts: Callable[[str], bool]) -> tuple[tuple[str, str, str], ...]:
    """Return the footer of the search: keys, words and commands.

    Args:
        keymap: the keys.
        acts: whether a command has something to do.
    """
    told = (
        (("next", "previous"), "move"),
        (("open",), "go there"),
        (("search",), "box"),
        (("pane-1", "pane-2"), "… filter"),
        (("next-pane",), "other filters"),
        (("bookmark",), "save query"),
        (("help",), "syntax"),
    )
    return tuple(
        (" ".join(map(keymap.first, names)), words, names[0])
        for names, words in told
        if all(keymap.keys[name] for name in names) and acts(names[0])
    )


def pointing(message: str, at: int, width: int) -> str:
    """Lay out a message and a pointer. The wider side has the message.

    Args:
        message: a mistake in the query.
        at: the cell of the box above the pointer.
        width: cells of the line.
    """
    message = cleaned(message)
    at = max(0, min(at, width - 1))
    behind = width - at - 2
    if cell_len(message) <= behind or behind >= at:
        return f"{' ' * at}{POINTER} {shortened(message, behind)}"
    before = shortened(message, at - 1)
    return f"{' ' * (at - 1 - cell_len(before))}{before} {POINTER}"


def wrapped(text: str, width: int) -> list[str]:
    """Wrap a line to the terminal. No row ends with the dot between two facts."""
    rows = textwrap.wrap(cleaned(text), max(8, width))
    return [row.removesuffix(" ·") for row in rows if row != "·"] or [""]


def completion_pieces(found: Completion, width: int) -> list[Piece]:
    """Lay out as many candidates as fit, from the chosen candidate on."""
    pieces = [Piece(f" {BOX_KEYS.first('complete')} ", "note")] if found.candidates else []
    growing = [] if found.is_whole else [Piece(_GROWING, "muted")]
    room = width - sum(cell_len(piece.text) for piece in (*pieces, *growing)) - 2
    at = max(0, found.at)
    for number, candidate in enumerate((*found.candidates[at:], *found.candidates[:at])):
        said = f" {candidate} "
        room -= cell_len(said)
        if room < 0:
            return [*pieces, Piece(" …", "meta"), *growing]
        pieces.append(Piece(said, "strong" if number == 0 and found.at >= 0 else "meta"))
    return [*pieces, *growing]


def facet_fields(counts: Counts, filtered: Sequence[str]) -> tuple[str, ...]:
    """Return the fields worth filtering by: several values, or a filter already."""
    return tuple(name for name, values in counts.items() if len(values) > 1 or name in filtered)


def facet_pieces(
    counts: Counts, names: Sequence[str], at: int, chosen: Sequence[str], *, width: int, keymap: Keymap
) -> list[Piece]:
    """Lay out the values of a field, as many as fit.

    Args:
        counts: the facets.
        names: the fields of `facet_fields`.
        at: the index of the shown field.
        chosen: the values of filters in the query.
        width: cells of the row.
        keymap: the keys; a pane's key chooses a value here.
    """
    if not names:
        return []
    name = names[at % len(names)]
    pieces = [Piece(f" {name} ", "strong")]
    room, onward = width - cell_len(pieces[0].text), ""
    if len(names) > 1 and (key := keymap.first("next-pane")):
        onward = f"  {key} next: {names[(at + 1) % len(names)]}"
        if cell_len(onward) + 2 > room:
            onward = f"  {key} {names[(at + 1) % len(names)]}"
    room -= cell_len(onward)
    values = counts.get(name, ())
    for digit, (value, number) in enumerate(values[:FACET_KEYS], 1):
        said = f" {value} {number:,}"
        mark = f" {_key(keymap, digit)}{signs.CHOSEN.symbol if value in chosen else ''}"
        needed = cell_len(mark) + cell_len(said)
        if needed > room - (2 if digit < len(values) else 0):
            pieces.append(Piece(" …", "meta"))
            break
        room -= needed
        role: Role = "strong" if value in chosen else "meta"
        pieces += [Piece(mark, "note", f"facet:{digit}"), Piece(said, role, f"facet:{digit}")]
    return [*pieces, Piece(onward, "muted", "command:next-pane")] if onward else pieces


def _key(keymap: Keymap, digit: int) -> str:
    """Return the key of a digit, with or without a pane."""
    return keymap.first(f"pane-{digit}") or keymap.first(f"digit-{digit}")
