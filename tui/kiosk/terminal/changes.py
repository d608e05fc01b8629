"""The difference of two rows, and the text for it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from tui.kiosk.terminal.cells import Cells, CellStyle

_PIECE: Final = 12
"""Cells that are compared at once."""
_LAST_MOVE: Final = re.compile(r"\x1b\[\d+C\Z")
"""A move behind which nothing is written."""
_GAP: Final = 4
"""Cells that did not change and are sent all the same, since moving over them takes as much."""


class Change(NamedTuple):
    """Text to be written into a row."""

    first: int
    """The cell at which the text begins."""
    text: str
    """Changed cells and their styles, with moves over unchanged cells; empty if no cell changed."""
    cell_style: CellStyle | None
    """The style of the terminal afterwards."""


def changed(before: Cells | None, cells: Cells, cell_style: CellStyle | None, *, erases: bool = False) -> Change:
    """Return the text to write.

    Args:
        before: what it shows; None where that is not known.
        cells: what it is to show.
        cell_style: the style that it has; None where that is not known.
        erases: whether the terminal erases cells in the present background.
    """
    stretches = _stretches(before, cells)
    texts: list[str] = []
    at = 0
    for first, end in stretches:
        if texts:
            texts.append(f"\x1b[{first - at}C")
        text, cell_style = cells.written(first, end, cell_style, erases=erases)
        texts.append(text)
        at = end
    whole = "".join(texts)
    return Change(stretches[0][0] if stretches else 0, _LAST_MOVE.sub("", whole), cell_style)


def _stretches(before: Cells | None, cells: Cells) -> list[tuple[int, int]]:
    """Return the first and the behind-last cell of each changed stretch."""
    width = len(cells.texts)
    if before is None:
        return [(0, width)]
    if len(before.runs) == 1 and before.texts == " " * width:
        return list(_seen_on(before.runs[0].style, cells))
    left, right = _styled_alike(before, cells)
    found = [*_changes(before.texts, cells.texts, 0, left), *_changes(before.texts, cells.texts, right, width)]
    if left < right:
        found.append((left, right))
        found.sort()
    joined: list[tuple[int, int]] = []
    for first, end in found:
        lead = first
        # A wide character is written whole, and the cursor stands after its last cell.
        while lead and not cells.texts[lead]:
            lead -= 1
        behind = end
        while behind < width and not cells.texts[behind]:
            behind += 1
        if joined and lead - joined[-1][1] <= _GAP:
            joined[-1] = (joined[-1][0], behind)
        else:
            joined.append((lead, behind))
    return joined


def _seen_on(blank: CellStyle, cells: Cells) -> Iterator[tuple[int, int]]:
    """Yield the stretch of cells that differ from blanks of a style."""
    seen = [
        place
        for start, end, style in cells.runs
        for place in _ends(cells.texts[start:end], start, is_alike=style.on_blank == blank.on_blank)
    ]
    if seen:
        yield seen[0], seen[-1] + 1


def _ends(texts: Sequence[str], start: int, *, is_alike: bool) -> tuple[int, ...]:
    """Return the first and the last visible cell of a run."""
    if isinstance(texts, str) and is_alike:
        end = len(texts.rstrip(" "))
        return (start + len(texts) - len(texts.lstrip(" ")), start + end - 1) if end else ()
    places = [start + place for place, text in enumerate(texts) if text != " " or not is_alike]
    return (places[0], places[-1]) if places else ()


def _styled_alike(before: Cells, cells: Cells) -> tuple[int, int]:
    """Return the ends of the equally styled cells from both sides."""
    width = len(cells.texts)
    if before.runs == cells.runs:
        return width, width
    left, right = 0, width
    for was, is_ in zip(before.runs, cells.runs, strict=False):
        if was.style is not is_.style:
            break
        left = min(was.end, is_.end)
        if was.end != is_.end:
            break
    for was, is_ in zip(reversed(before.runs), reversed(cells.runs), strict=False):
        if was.style is not is_.style:
            break
        right = max(was.start, is_.start)
        if was.start != is_.start:
            break
    return left, max(left, right)


def _changes(before: Sequence[str], texts: Sequence[str], first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of changed texts, compared piece by piece."""
    if type(before) is not type(texts):  # a row with wide characters beside one without
        before, texts = tuple(before), tuple(texts)
    if before[first:end] == texts[first:end]:
        return
    for start in range(first, end, _PIECE):
        behind = min(end, start + _PIECE)
        if before[start:behind] != texts[start:behind]:
            while before[start] == texts[start]:
                start += 1  # noqa: PLW2901 - a piece is trimmed
            while before[behind - 1] == texts[behind - 1]:
                behind -= 1
            yield start, behind
