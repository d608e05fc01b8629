"""The lists of a briefing as one reader wants them: in full or on one line an entry."""

from collections.abc import Callable
from typing import Final

from tui.render.page import Page
from tui.session.shared import SharedContent
from tui.state.reader_state import ReaderState
from tui.state.records import Location

_SETTING: Final = "entries"
_COMPACT: Final = "compact"


class Lists:
    """The panes of entries and of sources, for one reader."""

    def __init__(self, shared: SharedContent, state: Callable[[], ReaderState]) -> None:
        """Prepare the lists of a reader, whose state may come late."""
        self._shared, self._state = shared, state

    @property
    def is_compact(self) -> bool:
        """Whether each entry has one line."""
        return self._state().setting(_SETTING) == _COMPACT

    def turn(self) -> bool:
        """Switch between lines and whole entries, and keep the choice. Return whether lines are shown."""
        self._state().choose(_SETTING, "" if self.is_compact else _COMPACT)
        return self.is_compact

    def page(self, location: Location) -> Page | None:
        """Return a page as the reader wants it; None for an unknown page."""
        return self._shared.page(location, compact=self.is_compact)

    def in_full(self, location: Location) -> Page | None:
        """Return a page with whole entries, such as for copying."""
        return self._shared.page(location)
