"""What the author of a briefing is told when it is first shown: that something in it cannot read well."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.reader.screen import ReaderScreen


class Remarks:
    """Tells the remark on each edition once in a session; strangers, who can do nothing about it, never."""

    def __init__(self, screen: "ReaderScreen") -> None:
        """Have told nothing yet."""
        self._screen = screen
        self._told: set[tuple[str, str]] = set()

    def tell(self, briefing: str) -> None:
        """Tell the remark on a briefing that is shown."""
        screen = self._screen
        volume = screen.session.volume(briefing)
        if volume is None or not volume.edition.remark or not screen.app.allowances.machine:
            return
        edition = (briefing, volume.edition.digest)
        if edition not in self._told:
            self._told.add(edition)
            screen.say(f"For the author: {volume.edition.remark}; see briefing check.")
