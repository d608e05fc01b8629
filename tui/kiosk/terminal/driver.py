"""Textual's driver over a visitor's line, which sends once a frame."""

from typing import Any, Final, Protocol

from textual import events
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from tui.reader.textual_internals.terminal import app_of, loop_of

_ENTER: Final = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[?2026$p"
"""The other screen, no cursor, no wrapping, pastes marked; and the question whether frames can be shown at once."""
MOUSE_TAKEN: Final = "\x1b[?1000h\x1b[?1006h"
"""Buttons and wheel, in SGR coordinates; not every motion, which would flood the line."""
MOUSE_LEFT: Final = "\x1b[?1000l\x1b[?1006l"
LEAVE: Final = f"{MOUSE_LEFT}\x1b[?2004l\x1b[?7h\x1b[m\x1b[?1049l\x1b[?25h"


class Line(Protocol):
    """The line of a driver."""

    size: tuple[int, int]

    def send(self, text: str) -> None:
        """Send text to the visitor."""


class LineDriver(Driver):
    """Drives one app over one line."""

    def __init__(self, app: Any, *, line: Line, **options: Any) -> None:
        """Drive an app.

        Args:
            app: the app.
            line: where its output goes.
            options: as Textual gives them.
        """
        super().__init__(app, **options)
        self._line = line
        self._gathered: list[str] = []
        self._is_due = False

    def write(self, data: str) -> None:
        """Gather output. At the latest, the end of this turn sends it."""
        self._gathered.append(data)
        if not self._is_due:
            self._is_due = True
            loop_of(self).call_soon(self._send_due)

    def _send_due(self) -> None:
        self._is_due = False
        self.flush()

    def flush(self) -> None:
        """Send the gathered output."""
        if self._gathered:
            text = "".join(self._gathered)
            self._gathered.clear()
            self._line.send(text)

    def start_application_mode(self) -> None:
        """Take the visitor's screen."""
        self.enter()
        self.resize()

    def enter(self) -> None:
        """Take the screen of the terminal that is at the line now."""
        self.write(_ENTER)
        self.write(MOUSE_TAKEN)
        self.flush()

    def resize(self) -> None:
        """Post the size of the line to the app."""
        size = Size(*self._line.size)
        self.send_message(events.Resize(size, size))

    def send_message(self, message: Message) -> None:
        """Post a message to the app, on the same loop."""
        app_of(self).post_message(message)

    def disable_input(self) -> None:
        """Ignore the call, since the input belongs to the visit."""

    def stop_application_mode(self) -> None:
        """Restore the visitor's screen."""
        self.write(LEAVE)
        self.flush()

    def close(self) -> None:
        """Ignore the call, since the line belongs to the visit."""
