"""Saving the reader's state soon after it has changed."""

from collections.abc import Callable
from functools import partial
from typing import Final

from tui.reader.layout_screen import LayoutScreen
from tui.session.session import Session

_AFTER: Final = 0.5
"""Seconds from a change of the state to its writing. A kill can lose so much, but no key waits for a disk."""
_REST: Final = 5.0
"""Seconds after the start, and after each writing, until the reader rests."""


class Saver:
    """Saves the state of one session."""

    def __init__(self, session: Session, call_after: Callable[[float, Callable[[], None]], object]) -> None:
        """Create a saver with nothing to save.

        Args:
            session: the session.
            call_after: calls a function after some seconds.
        """
        self._session, self._call_after = session, call_after
        self.is_due = False
        self._writings = 0
        self.on_rest: Callable[[], None] | None = None
        """Is called once the reader rests; None where nothing is to be done then."""
        self._told = session.state.trouble
        """The trouble that was shown last; a kiosk's store may report it later than the write."""

    def save_soon(self, screen: LayoutScreen) -> None:
        """Write the state soon, with all changes until then at once.

        A state that is not kept need not be written.
        """
        if not self.is_due and self._session.state.is_kept:
            self.is_due = True
            self._call_after(_AFTER, lambda: self._save(screen))

    def _save(self, screen: LayoutScreen) -> None:
        self.is_due = False
        if not screen.is_running:  # the app is closing, and has saved
            return
        state = self._session.state
        if screen.location.briefing:
            state.remember(screen.here)
        state.flush()
        self.rest_soon()
        if state.trouble != self._told:
            self._told = state.trouble
            screen.say(state.trouble, warns=True)

    def rest_soon(self) -> None:
        """Call `on_rest` after a while without another writing."""
        self._writings += 1
        if self.on_rest:
            self._call_after(_REST, partial(self._rest, self.on_rest, self._writings))

    def _rest(self, then: Callable[[], None], writings: int) -> None:
        if writings == self._writings and not self.is_due:
            then()
