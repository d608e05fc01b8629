"""The panes of a briefing, in the order of their keys."""

from tui.briefing.kinds import PANES
from tui.library.volume import Volume


def pane_count(volume: Volume, pane: str) -> int:
    """Count the entries or sources of a pane; the overview has none of its own."""
    if pane == "sources":
        return len(volume.edition.sources)
    return len(volume.pane(pane)) if pane in PANES else 0
