"""The reader's screen for a visit, composed of rows."""

import asyncio

from textual.screen import UPDATE_PERIOD

from tui.kiosk.terminal.row_compositor import RowCompositor
from tui.reader.screen import ReaderScreen
from tui.reader.textual_internals import ClockedScreen
from tui.reader.themes import Theme
from tui.session.session import Session
from tui.state.records import Location


class VisitScreen(ClockedScreen, ReaderScreen, inherit_bindings=False):
    """The screen of one visit."""

    def __init__(self, session: Session, start: Location, theme: Theme) -> None:
        """Show a place."""
        super().__init__(session, start, theme)
        self.compose_with(RowCompositor())
        self.clock = FrameClock(self)


class FrameClock:
    """Lets a screen paint at Textual's rate, without idle wake-ups."""

    def __init__(self, screen: VisitScreen) -> None:
        """Stop the clock."""
        self._screen = screen
        self._due: asyncio.TimerHandle | None = None
        self._last = 0.0

    def resume(self) -> None:
        """Paint now, or as soon as it is time for another frame. The screen calls it where it has nothing else to do."""
        if self._due is not None:
            return
        loop = asyncio.get_running_loop()
        due = self._last + UPDATE_PERIOD
        if loop.time() >= due:
            self._last = loop.time()
            self._screen.paint()
        else:
            self._due = loop.call_at(due, self._now)

    def pause(self) -> None:
        """Stop the clock."""
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _now(self) -> None:
        """Request a repaint among the screen's messages, which handle faults."""
        self._due = None
        self._last = asyncio.get_running_loop().time()
        self._screen.call_next(self._screen.paint)
