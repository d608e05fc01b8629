"""A compositor of rows, which finds overlaps once a layout."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.console import Console
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.reader.textual_internals import CompositorUpdate, FrameCompositor

Rows = dict[int, dict[int, Strip]]
"""Parts of rows, by the row and by their first cell."""
Where = dict[Widget, tuple[Region, Region]]
"""Widgets from the front to the back, each with its region and its clipping."""


class RowsUpdate(CompositorUpdate):
    """Rows that are to be shown."""

    def __init__(self, rows: Rows) -> None:
        """Take the rows to show."""
        self.rows = rows

    def render_segments(self, console: Console) -> str:
        """Refuse the call, since a painter reads the rows."""
        raise NotImplementedError


class _Seen(NamedTuple):
    """The visible part of a widget."""

    widget: Widget
    region: Region
    """The region of the widget."""
    box: Region
    """The region without clipped parts."""
    spans: list[list[tuple[int, int]]]
    """For each row of the box from which cell to before which it is in front."""


class RowCompositor(FrameCompositor):
    """Composes the frames of one screen."""

    def __init__(self) -> None:
        """Begin without a layout."""
        super().__init__()
        self._planned: Where | None = None
        self._plan: list[_Seen] = []

    def render_full_update(self, simplify: bool = False) -> RowsUpdate:  # type: ignore[override]  # our own form of updates
        """Return all rows."""
        self.take_dirty()
        return RowsUpdate(self.composed([self.size.region]))

    def render_partial_update(self) -> RowsUpdate | None:  # type: ignore[override]  # our own form of updates
        """Return the rows to repaint. None if nothing changed."""
        dirty = self.take_dirty()
        return RowsUpdate(self.composed(dirty)) if dirty else None

    def composed(self, dirty: Sequence[Region]) -> Rows:
        """Render the rows of widgets that meet a region."""
        where = self.visible_widgets
        if where is not self._planned:
            self._planned, self._plan = where, plan(where, self.size.height, self.size.width)
        rows: Rows = {}
        for seen in self._plan:
            box = seen.box
            met = [region for region in dirty if region.overlaps(box)]
            if met:
                top = max(box.y, min(region.y for region in met))
                bottom = min(box.bottom, max(region.bottom for region in met))
                _render(seen, top, bottom, rows)
        return rows


def _render(seen: _Seen, top: int, bottom: int, rows: Rows) -> None:
    """Render rows of a widget, as far as they are in front."""
    widget, region, box, spans = seen
    strips = widget.render_lines(Region(box.x - region.x, top - region.y, box.width, bottom - top))
    for row, strip in enumerate(strips, top):
        for first, end in spans[row - box.y]:
            whole = end - first == box.width == strip.cell_length
            part = strip if whole else strip.crop(first - box.x, end - box.x)
            if row in rows:
                rows[row][first] = part
            else:
                rows[row] = {first: part}


def plan(where: Where, height: int, width: int) -> list[_Seen]:
    """Find the visible part of each widget."""
    free = [[(0, width)] for _ in range(height)]
    plan = []
    for widget, (region, clip) in where.items():
        box = region.intersection(clip)
        spans = [_common(free[row], box) for row in range(box.y, box.bottom)]
        for row in range(box.y, box.bottom):
            free[row] = _left_free(free[row], box)
        if any(spans):
            plan.append(_Seen(widget, region, box, spans))
    return plan


def _common(free: Iterable[tuple[int, int]], box: Region) -> list[tuple[int, int]]:
    """Return the free cells of a row that a box takes."""
    both = ((max(first, box.x), min(end, box.right)) for first, end in free)
    return [(first, end) for first, end in both if first < end]


def _left_free(free: Iterable[tuple[int, int]], box: Region) -> list[tuple[int, int]]:
    """Return the free cells of a row that a box leaves."""
    parts = (part for first, end in free for part in ((first, min(end, box.x)), (max(first, box.right), end)))
    return [(first, end) for first, end in parts if first < end]
