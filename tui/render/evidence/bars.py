"""Bars of block characters for shares, ranges and days. The words beside a bar say the same."""

from collections.abc import Iterable
from typing import Final

from tui.render import signs
from tui.render.page import Role, Span
from tui.render.progress import eighths

TRACK: Final = signs.TRACK.symbol
FILLED: Final = signs.FILLED.symbol
"""A cell of a period; days fill whole cells."""


def share_bar(fraction: float, width: int) -> tuple[Span, ...]:
    """Draw a share from 0 to 1. Only 0 is drawn as nothing, and only 1 as full."""
    number = _without_halves(fraction * width * 8)
    if 0 < fraction < 1:
        number = max(1, min(8 * width - 1, number))
    return cells_bar(eighths(number).ljust(width, TRACK))


def range_bar(low: float, high: float, width: int) -> tuple[Span, ...]:
    """Draw a range of 0 to 1.

    A range ends at an eighth of a cell and begins at a half, since no character begins at another eighth.
    """
    begin = min(2 * width - 1, round(low * width * 2))
    end = max(4 * begin + 1, _without_halves(high * width * 8))
    first = begin // 2
    drawn = eighths(end - 8 * first) if begin % 2 == 0 else signs.BAR.shapes[-1] + eighths(max(0, end - 8 * first - 8))
    return cells_bar((TRACK * first + drawn).ljust(width, TRACK))


def percent_of(fraction: float) -> str:
    """Write a share in percent. Only exact shares are 0% or 100%."""
    rounded = round(fraction * 100)
    if 0 < fraction < 1:
        rounded = max(1, min(99, rounded))
    return f"{rounded}%"


def _without_halves(number: float) -> int:
    """Round eighths of cells, but not to the current entry's sign."""
    rounded = round(number)
    return rounded if rounded % 8 != 4 else rounded + (1 if number > rounded else -1)


def cells_bar(cells: Iterable[str], roles: dict[str, Role] | None = None) -> tuple[Span, ...]:
    """Join the cells of a bar to spans."""
    known: dict[str, Role] = {TRACK: "muted", signs.YEAR.symbol: "muted", **(roles or {})}
    spans: list[Span] = []
    for cell in cells:
        role = known.get(cell, "bar")
        if spans and spans[-1].role == role:
            spans[-1] = Span(spans[-1].text + cell, role, whole="")
        else:
            spans.append(Span(cell, role, whole=""))
    return tuple(spans)
