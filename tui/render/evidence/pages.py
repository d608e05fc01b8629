"""The page of a name of the Evidence pane."""

from collections.abc import Callable
from typing import Final

from tui.library.volume import Volume
from tui.render.evidence.assessment import assessment_page
from tui.render.evidence.choice import Choice, choice_of
from tui.render.evidence.conflicts import conflicts_page
from tui.render.evidence.coverage import coverage_page
from tui.render.evidence.front import front_page
from tui.render.evidence.grid import Grid, listed_page
from tui.render.evidence.provenance import provenance_page
from tui.render.evidence.spread import spread_page
from tui.render.evidence.timeline import timeline_page
from tui.render.evidence.traceability import traceability_page
from tui.render.page import Page


def _matrix(volume: Volume, choice: Choice) -> Page:
    grid = Grid(volume, choice)
    return listed_page(grid) if choice.listed or not len(grid) else grid


_MAKERS: Final[dict[str, Callable[[Volume, Choice], Page]]] = {
    "": front_page,
    "matrix": _matrix,
    "conflicts": conflicts_page,
    "provenance": provenance_page,
    "traceability": traceability_page,
    "spread": spread_page,
    "timeline": timeline_page,
    "assessment": assessment_page,
    "coverage": coverage_page,
}


def evidence_page(volume: Volume, name: str) -> Page | None:
    """Set the page of a name such as `evidence:timeline/as-of=2025-04-10`; None where there is no such view."""
    choice = choice_of(name)
    return _MAKERS[choice.view](volume, choice) if choice else None
