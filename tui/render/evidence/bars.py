"""Bars of block characters: shares, ranges and days on an axis. Each says nothing that does not stand in words too."""

from collections.abc import Iterable
from typing import Final

from tui.render.page import Role, Span

TRACK: Final = "·"
FILLED: Final = "━"


def share_bar(fraction: float, width: int) -> tuple[Span, ...]:
    """Draw a share of 0 to 1; more than nothing is never drawn as nothing, nor less than all as all."""
    cells = round(fraction * width)
    if 0 < fraction < 1:
        cells = max(1, min(width - 1, cells))
    return tuple(
        span
        for span in (Span(FILLED * cells, "bar", whole=""), Span(TRACK * (width - cells), "muted", whole=""))
        if span.text
    )


def range_bar(low: float, high: float, width: int) -> tuple[Span, ...]:
    """Draw a range of an axis from 0 to 1; it has at least one cell."""
    first = min(width - 1, round(low * width))
    behind = max(first + 1, round(high * width))
    return cells_bar([TRACK] * first + [FILLED] * (behind - first) + [TRACK] * (width - behind))


def cells_bar(cells: Iterable[str], roles: dict[str, Role] | None = None) -> tuple[Span, ...]:
    """Join cells of a bar to spans: the track is muted, and every other cell a bar unless `roles` says otherwise."""
    known: dict[str, Role] = {TRACK: "muted", "┊": "muted", **(roles or {})}
    spans: list[Span] = []
    for cell in cells:
        role = known.get(cell, "bar")
        if spans and spans[-1].role == role:
            spans[-1] = Span(spans[-1].text + cell, role, whole="")
        else:
            spans.append(Span(cell, role, whole=""))
    return tuple(spans)
