"""The row of values by which the hits can be filtered, each with its key and its count."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len

from tui.render import signs
from tui.render.page import Role
from tui.session.keymap import Keymap

KEYS: Final = 9
"""How many values have a key: the digits from 1."""
Counts = Mapping[str, Sequence[tuple[str, int]]]


class Piece(NamedTuple):
    """A part of the row."""

    text: str
    role: Role
    target: str = ""


def groups(counts: Counts, filtered: Sequence[str]) -> tuple[str, ...]:
    """Give the fields by which it makes sense to filter: those with several values, or filtered by already."""
    return tuple(name for name, values in counts.items() if len(values) > 1 or name in filtered)


def facet_pieces(
    counts: Counts, names: Sequence[str], at: int, chosen: Sequence[str], *, width: int, keymap: Keymap
) -> list[Piece]:
    """Set the values of one field, as many as fit, and how to get to those of the next.

    Args:
        counts: the values of each field with the number of hits.
        names: the fields by which to filter.
        at: which of them is shown.
        chosen: the values that are filtered by.
        width: cells of the row.
        keymap: has the keys; that of a pane chooses a value here.
    """
    if not names:
        return []
    name = names[at % len(names)]
    pieces = [Piece(f" {name} ", "strong")]
    onward = f"  {keymap.first('next-pane')} {names[(at + 1) % len(names)]}" if len(names) > 1 else ""
    room = width - cell_len(pieces[0].text) - cell_len(onward)
    values = counts.get(name, ())
    for at_key, (value, number) in enumerate(values[:KEYS], 1):
        said = f" {value} {number:,}"
        mark = f" {_key(keymap, at_key)}{signs.CHOSEN.symbol if value in chosen else ''}"
        needed = cell_len(mark) + cell_len(said)
        if needed > room - (2 if at_key < len(values) else 0):
            pieces.append(Piece(" …", "meta"))
            break
        room -= needed
        pieces += [
            Piece(mark, "note", f"facet:{at_key}"),
            Piece(said, "strong" if value in chosen else "meta", f"facet:{at_key}"),
        ]
    return [*pieces, Piece(onward, "muted", "command:next-pane")] if onward else pieces


def _key(keymap: Keymap, digit: int) -> str:
    """Write the key of a digit: that of a pane, or one that no pane has."""
    return keymap.first(f"pane-{digit}") or keymap.first(f"digit-{digit}")
