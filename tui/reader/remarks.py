"""Remarks on editions that cannot be read well, for their authors."""

from tui.library.volume import Volume
from tui.reader.layout_screen import LayoutScreen


class Remarks:
    """Shows the author the remark of each edition, once in a session."""

    def __init__(self) -> None:
        """Begin a session."""
        self._shown: set[tuple[str, str]] = set()

    def show(self, screen: LayoutScreen, volume: Volume) -> None:
        """Show an edition's remark, where there is one. Strangers could do nothing about it."""
        edition = (volume.edition.id, volume.edition.digest)
        if volume.edition.remark and screen.app.allowances.machine and edition not in self._shown:
            self._shown.add(edition)
            screen.say(f"For the author: {volume.edition.remark}; see briefing check.")
