"""The base of the project's apps, with faults and the terminal's cursor."""

import asyncio
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from rich.console import RenderableType
from textual.geometry import Offset
from textual.worker import WorkerFailed

from tui.reader.first_frames import FirstFrames
from tui.reader.textual_internals import SizedScreen, TextualApp
from tui.reader.theme_switch import ThemeSwitch
from tui.reader.themes import Theme

Returned = TypeVar("Returned")
_FAULTS_KEPT: Final = 5
"""The number of faults that are kept of those that ended no app."""


class BaseApp(TextualApp[Returned]):
    """An app that keeps its fault and leads the terminal's cursor.

    A fault is reported at the end, and never on the screen. Screen readers and Braille lines follow the cursor.
    """

    ALLOW_SELECT = False
    fault = ""
    """The traceback of the fault that ended the app; empty if none did."""
    borne: tuple[str, ...] = ()
    """The tracebacks of the last faults in screens that were being closed; they end no app."""
    first_frames: FirstFrames | None = None
    """The frames of the start in a terminal; None where there is none, or the start is over."""
    log_borne: Callable[[str], None] = staticmethod(lambda _details: None)
    """Logs the traceback of such a fault."""

    def __init__(self, theme: str) -> None:
        """Create the app in the theme of a name."""
        # With NO_COLOR in the environment Textual would turn colours to greys, but removes native colours altogether.
        super().__init__(ansi_color=True if theme == "mono" else None)
        self.themes = ThemeSwitch(self, theme, self.restyle)
        self.animation_level = "none"

    def restyle(self, theme: Theme) -> None:
        """Paint the screen in another theme. Apps with a choice of themes override this."""

    def ends_with(self, error: Exception) -> bool:
        """Keep a fault, and return whether the app ends.

        A fault from a screen that was being closed ends no app.
        """
        cause = error.error if isinstance(error, WorkerFailed) else error
        details = self.describe(cause)
        if self.is_closing:
            self.borne = (*self.borne, details)[-_FAULTS_KEPT:]
            self.log_borne(details)
            return False
        self.fault = self.fault or details
        return True

    def describe(self, error: BaseException) -> str:
        """Return the text that is kept of a fault."""
        return "".join(traceback.format_exception(error))

    def end_with(self, error: BaseException) -> None:
        """End because of a fault in a thread."""
        self.fault = self.fault or self.describe(error)
        self.exit(return_code=1)

    def place_cursor(self) -> Offset:
        """Return the cursor's cell for the next frame.

        In a field the cursor stands where text is typed.
        """
        screen = self.screen
        if (typed := getattr(screen.focused, "cursor_screen_offset", None)) is not None:
            self.cursor_position = typed
        elif isinstance(screen, SizedScreen):
            self.cursor_position = screen.standing
        return self.cursor_position

    def show_frame(self, renderable: RenderableType | None) -> bool:
        """Place the cursor for a frame. Return whether the terminal needs no frame of Textual's."""
        if self.screen_stack:
            self.place_cursor()
            if self.first_frames and self.may_paint and renderable is not None:
                return self.first_frames.is_held(self, renderable)
        return False


@contextmanager
def faults_of_threads(app: BaseApp[Returned]) -> Iterator[None]:
    """End the app of this loop when a thread has a fault."""
    loop, usual = asyncio.get_running_loop(), threading.excepthook

    def end(fault: threading.ExceptHookArgs) -> None:
        if fault.exc_value is not None and not loop.is_closed():
            loop.call_soon_threadsafe(app.end_with, fault.exc_value)

    threading.excepthook = end
    try:
        yield
    finally:
        threading.excepthook = usual
