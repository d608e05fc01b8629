"""The panes of a briefing, in the order of their keys."""

from typing import Final, NamedTuple

from tui.briefing.kinds import PANES
from tui.library.volume import Volume


class EvidenceView(NamedTuple):
    """A view of the Evidence pane."""

    name: str
    title: str
    key: str
    """The key that opens it unless the reader chose another."""
    words: str
    """What it shows."""


EVIDENCE_VIEWS: Final = (
    EvidenceView("matrix", "Matrix", "M", "claims against sources: who supports, contradicts, mentions"),
    EvidenceView("conflicts", "Conflicts", "C", "each pair side by side, its figures and dates compared"),
    EvidenceView("provenance", "Provenance", "P", "the way down to the primary source, hop by hop"),
    EvidenceView("traceability", "Traceability", "R", "what each recommendation rests on, and whether it stands"),
    EvidenceView("spread", "Spread of views", "V", "who holds what, since when and from where"),
    EvidenceView("timeline", "Timeline", "T", "events, statements and publications; what was known on a day"),
    EvidenceView("assessment", "Assessments", "A", "likelihood as a range; confidence apart"),
    EvidenceView("coverage", "Coverage", "O", "which entries lack a checked quote, a second origin, a rating"),
)
"""The views of the Evidence pane; they stand here, and not beside their pages, so that their keys cost no import."""


def key_marker(key: str) -> str:
    """Write a key to stand before a view; one that reaches the words is parted from them."""
    return f"{key} " if len(key) > 2 else key


def view_of(page: str) -> str:
    """Name the view of the Evidence pane that a page shows; empty for its front page and for every other."""
    pane, _, view = page.partition("/")[0].partition(":")
    return view if pane == "evidence" else ""


def pane_count(volume: Volume, pane: str) -> int:
    """Count what a pane holds; the overview holds nothing of its own."""
    if pane == "sources":
        return len(volume.edition.sources)
    return len(volume.pane(pane)) if pane in PANES else 0
