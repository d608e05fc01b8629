"""The panes of a briefing, in the order of their keys."""

from typing import Final

from tui.library.volume import PANES, Volume
from tui.render import words

BRIEFING_PANES: Final = tuple(words.PANE_TITLES)
"""The panes in the order of their keys."""


def pane_count(volume: Volume, pane: str) -> int:
    """Count what a pane holds; the overview holds nothing of its own."""
    if pane == "sources":
        return len(volume.edition.sources)
    return len(volume.pane(pane)) if pane in PANES else 0
