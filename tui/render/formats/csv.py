"""The export to CSV (RFC 4180): figures, and the standing of claims."""

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tui.briefing import prose
from tui.evidence.figures import kinds_of
from tui.evidence.standing import Standings
from tui.library.volume import Volume

if TYPE_CHECKING:
    from tui.render.selection import Selection

Cell = str | int | float | None
_FIGURES: Final = (
    "address", "number", "thing", "unit", "group", "min", "max", "words", "by", "date", "rating", "text",
)  # fmt: skip
_STANDING: Final = (
    "address", "number", "text", "outlets_for", "origins_for", "outlets_against", "origins_against", "rating", "judgments",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""The first signs of a cell that a spreadsheet takes for a formula (OWASP, CSV injection)."""


def briefing(selection: "Selection", width: int) -> Iterator[str]:  # noqa: ARG001 (a row has no width)
    """Write the rows of a view, the names of the columns first."""
    volume = selection.volume
    rows = _standing(volume) if selection.pane == "evidence:matrix" else _figures(volume)
    yield _row(_STANDING if selection.pane == "evidence:matrix" else _FIGURES)
    yield from map(_row, rows)


def _row(cells: tuple[Cell, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([_guarded(cell) for cell in cells])
    return out.getvalue()


def _guarded(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs. Numbers stay numbers."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if not isinstance(cell, str):
        return cell
    text = " ".join(cell.split())
    return f"'{text}" if text.startswith(_FORMULA) else text


def _figures(volume: Volume) -> Iterator[tuple[Cell, ...]]:
    for kind in kinds_of(volume):
        for group in kind.groups:
            for figure in group.figures:
                entry, quantity = figure.entry, figure.quantity
                by = volume.name_of(entry.by) if entry.by else ""
                address = f"{volume.edition.id}#{entry.id}"
                ends = (quantity.min, quantity.max, quantity.words)
                text = prose.plain(entry.text)
                yield (
                    address, entry.number, kind.thing, kind.unit, group.name, *ends, by, entry.date, volume.rating(entry), text
                )  # fmt: skip


def _standing(volume: Volume) -> Iterator[tuple[Cell, ...]]:
    standings = volume.derived(Standings)
    for claim in standings.claims("given"):
        found = standings.of(claim)
        judgments = " ".join(f"{'+' if one.name == 'for' else '-'}{one.other.number}" for one in found.judgments)
        text = prose.plain(claim.text)
        yield (
            f"{volume.edition.id}#{claim.id}", claim.number, text, *found.pro, *found.con, found.rating, f"({judgments})" if judgments else ""
        )  # fmt: skip
