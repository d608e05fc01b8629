"""Bars of block characters: shares, ranges and days on an axis. Each says nothing that does not stand in words too."""

from collections.abc import Iterable
from typing import Final

from tui.render import signs
from tui.render.page import Role, Span
from tui.render.progress import eighths

TRACK: Final = signs.TRACK.symbol
FILLED: Final = signs.FILLED.symbol
"""A stretch of days, which are whole cells."""


def share_bar(fraction: float, width: int) -> tuple[Span, ...]:
    """Draw a share of 0 to 1; more than nothing is never drawn as nothing, nor less than all as all."""
    number = _without_halves(fraction * width * 8)
    if 0 < fraction < 1:
        number = max(1, min(8 * width - 1, number))
    return cells_bar(eighths(number).ljust(width, TRACK))


def range_bar(low: float, high: float, width: int) -> tuple[Span, ...]:
    """Draw a range of an axis from 0 to 1; it has at least an eighth of a cell.

    It ends at an eighth and begins at a half: no character begins at another eighth.
    """
    begin = min(2 * width - 1, round(low * width * 2))
    end = max(4 * begin + 1, _without_halves(high * width * 8))
    first = begin // 2
    drawn = eighths(end - 8 * first) if begin % 2 == 0 else signs.BAR.shapes[-1] + eighths(max(0, end - 8 * first - 8))
    return cells_bar((TRACK * first + drawn).ljust(width, TRACK))


def _without_halves(number: float) -> int:
    """Round eighths of cells, but not to half a cell: its character marks the current entry."""
    rounded = round(number)
    return rounded if rounded % 8 != 4 else rounded + (1 if number > rounded else -1)


def cells_bar(cells: Iterable[str], roles: dict[str, Role] | None = None) -> tuple[Span, ...]:
    """Join cells of a bar to spans: the track is muted, and every other cell a bar unless `roles` says otherwise."""
    known: dict[str, Role] = {TRACK: "muted", signs.YEAR.symbol: "muted", **(roles or {})}
    spans: list[Span] = []
    for cell in cells:
        role = known.get(cell, "bar")
        if spans and spans[-1].role == role:
            spans[-1] = Span(spans[-1].text + cell, role, whole="")
        else:
            spans.append(Span(cell, role, whole=""))
    return tuple(spans)
