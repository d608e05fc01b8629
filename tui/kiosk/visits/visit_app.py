"""The reader of a visitor, beside others in one process."""

import asyncio
import sys
from collections.abc import Callable
from functools import partial
from typing import Final

from rich.console import RenderableType
from textual.screen import UPDATE_PERIOD

from tui.kiosk.operations.faults import details_of
from tui.kiosk.terminal.cell_cache import CellCache
from tui.kiosk.terminal.driver import MOUSE_LEFT, MOUSE_TAKEN, LineDriver
from tui.kiosk.terminal.painter import Painter
from tui.kiosk.terminal.row_compositor import RowCompositor
from tui.kiosk.terminal.terminals import Terminal
from tui.reader.app import BriefingApp
from tui.reader.launch import make_keymap
from tui.reader.screen import ReaderScreen
from tui.reader.textual_internals import ClockedScreen, CompositorUpdate
from tui.reader.themes import Theme
from tui.session.config import Config
from tui.session.permissions import REMOTE_KIOSK
from tui.session.session import Session
from tui.session.shared import SharedContent
from tui.state.reader_state import ReaderState
from tui.state.records import Location
from tui.state.stores import open_state


class VisitScreen(ClockedScreen, ReaderScreen, inherit_bindings=False):
    """The screen of one visit."""

    def __init__(self, session: Session, start: Location, theme: Theme) -> None:
        """Show a location."""
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


_TOGETHER: Final = ("\x1b[?2026h", "\x1b[?2026l")
"""The beginning and the end of a frame that the terminal shows at once."""


class AppLine:
    """The line of one app, connected while there is a visitor."""

    def __init__(self) -> None:
        self.size = (80, 24)
        self.send: Callable[[str], None] = _nowhere
        self.has_frame = False
        """Whether a frame was sent, or is being sent."""
        self.holds: Callable[[], bool] = lambda: False
        """Returns whether the visitor takes nothing at present, so that painting is of no use."""

    def cut(self) -> None:
        """Disconnect the visitor."""
        self.send = _nowhere
        self.holds = lambda: True


def _nowhere(_text: str) -> None:
    """Drop output."""


class VisitApp(BriefingApp):
    """One visitor's reader."""

    def __init__(
        self,
        shared: SharedContent,
        theme: str,
        cells: CellCache,
        log_borne: Callable[[str], None] = lambda _details: None,
    ) -> None:
        """Make a reader for a visitor yet to come.

        Args:
            shared: the content.
            theme: the name of the theme.
            cells: the cells of rows, for all readers of the process.
            log_borne: takes faults that do not end the reader.
        """
        self.log_borne = log_borne
        self.line = AppLine()
        self._cells = cells
        self.shown = Painter("none", cells)
        self.started = asyncio.Event()
        """Set once the first frame could be painted."""
        self._missed = False
        self._began = Location()
        self._start: Callable[[], Location] = Location
        self._theme: Callable[[], str] = lambda: theme
        keymap = make_keymap(Config(), REMOTE_KIOSK)

        super().__init__(shared, open_state(None), Location(), keymap, theme, allowances=REMOTE_KIOSK)
        self.driver_class = partial(LineDriver, line=self.line)  # type: ignore[assignment]  # it is called, no more
        self.leave_output_alone(sys.stdout, sys.stderr)

    async def on_ready(self) -> None:
        """Report the start."""
        self.started.set()

    def get_default_screen(self) -> VisitScreen:
        """Return the screen of a visit."""
        return VisitScreen(self.session, self.start_location, self.themes.current)

    @property
    def driver(self) -> LineDriver:
        """The driver of the visitor's line."""
        driver = self.current_driver
        if not isinstance(driver, LineDriver):
            raise TypeError(driver)
        return driver

    @property
    def is_dead(self) -> bool:
        """Whether the reader handles no message any more."""
        return not (self.is_running and self.screen_stack and self.reader.is_running)

    # A visit

    def receive(self, state: ReaderState, start: Callable[[], Location], theme: str, terminal: Terminal) -> None:
        """Begin a visit on the connected line.

        Args:
            state: the visitor's state.
            start: chooses the location to open, once the session has that state.
            theme: the theme of who has chosen none.
            terminal: the visitor's terminal.
        """

        def began() -> Location:
            self._began = start()
            return self._began

        def chosen() -> str:
            return "mono" if terminal.depth == "none" else self.session.state.setting("theme") or theme

        self._start, self._theme = start, chosen
        self.shown = Painter(terminal.depth, self._cells)
        self.line.has_frame = False
        self.line.size = terminal.size
        self.driver.enter()
        self.within(self._begin, state, began)
        self.driver.resize()
        self.within(self.refresh)

    def _begin(self, state: ReaderState, start: Callable[[], Location]) -> None:
        self.session.adopt(state)
        self.welcome(state, start, self._theme())

    def show_state(self, *, is_late: bool) -> None:
        """Show the visitor's state, which has changed.

        Args:
            is_late: whether the visit should have begun with it. Who has done nothing since goes where it leads.
        """
        self.session.adopt(self.session.state)
        # Keys that wait already may move the reader first.
        self.within(self._go_to_start if is_late else self.reader.show_anew)

    def _go_to_start(self) -> None:
        start, before = self._start(), self._began
        if self.session.state.keeps_place or start == before:
            self.reader.show_anew()
            return
        self._began = start
        self.themes.wear(self._theme())
        self.reader.begin(start, forgets=False)

    def resize(self, size: tuple[int, int]) -> None:
        """Apply another size of the window, whose contents are unknown then."""
        self.line.size = size
        self.shown.forget()
        self.driver.resize()

    def catch_up(self) -> None:
        """Paint the frames that were skipped while the visitor took nothing."""
        if self._missed:
            self._missed = False
            self.within(self.refresh)

    def say(self, message: str, *, warns: bool = False) -> None:
        """Show a message in the status line."""
        self.within(self.reader.say, message, warns=warns)

    def leave(self) -> None:
        """Save everything and leave."""
        self.within(super().leave)

    # Other than in a terminal of one's own

    def repaint(self) -> None:
        """Paint the whole screen again."""
        self.shown.forget()
        super().repaint()

    def let_mouse(self, *, select: bool) -> None:
        """Release the mouse to the terminal, or take it back."""
        if self.current_driver is not None:
            self.current_driver.write(MOUSE_LEFT if select else MOUSE_TAKEN)

    def show_frame(self, renderable: RenderableType | None) -> bool:
        """Send the changes of a frame, unless the visitor takes nothing."""
        driver = self.current_driver
        if not isinstance(renderable, CompositorUpdate) or driver is None or not self.may_paint:
            return True
        if self.line.holds():
            self._missed = True
            return True
        # A terminal that answered as it was asked is younger than those that cannot scroll a region or erase cells.
        text = self.shown.paint(renderable, is_able=self.shows_at_once)
        if text:
            self.line.has_frame = True
            begin, end = _TOGETHER if self.shows_at_once else ("", "")
            column, row = self.place_cursor()
            driver.write(f"{begin}{text}\x1b[{row + 1};{column + 1}H{end}")
            driver.flush()
        return True

    def describe(self, error: BaseException) -> str:
        """Return the place and the kind of a fault. A message may hold the visitor's input."""
        return details_of(error)
