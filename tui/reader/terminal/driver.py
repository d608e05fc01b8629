"""The driver of the reader's own terminal.

It is Textual's, with our input, our output, and an end that wakes the thread of the input.
"""

import os
import select
import signal
from threading import Event
from typing import Any, Final

from textual import events
from textual.message import Message

from tui.reader.first_frames import FirstFrames
from tui.reader.terminal.input import BackgroundTold, Input
from tui.reader.terminal.own import OwnTerminal
from tui.reader.textual_internals.terminal import TextualDriver, app_of
from tui.session.keymap import Keymap

_LONGEST_PASTE: Final = 10_000
_OTHER_SCREEN: Final = "\x1b[?1049h"
_WIDEST: Final = 1000
_HIGHEST: Final = 500


class _WakingEvent(Event):
    """An event whose setting also ends a wait for input."""

    def __init__(self, wake: int) -> None:
        """Create an event that writes to a pipe when set."""
        super().__init__()
        self._wake = wake

    def set(self) -> None:
        """Set the event, and end the wait for input."""
        super().set()
        os.write(self._wake, b"x")


class TerminalDriver(TextualDriver):
    """Drives one app in this process's terminal."""

    def __init__(
        self, app: Any, *, terminal: OwnTerminal, frames: FirstFrames, motion: bool, keymap: Keymap, **options: Any
    ) -> None:
        """Drive an app.

        Args:
            app: the app.
            terminal: the terminal, already taken.
            frames: the first frames, which the reader's input ends.
            motion: whether to ask for each move of the mouse.
            keymap: the reader's keys.
            options: as Textual passes them.
        """
        super().__init__(app, **options)
        self._terminal = terminal
        self._frames = frames
        self._motion = motion
        self._keymap = keymap
        self.write_to(terminal.output)
        self._waking = self._wake = -1
        self._takes_over = False

    # Taking the screen and giving it back

    def start_application_mode(self) -> None:
        """Take the screen. The modes restored later are those before the terminal was taken."""
        before = self._terminal.attributes
        self._takes_over = self._terminal.is_full_screen
        self._close_waking()
        self._waking, self._wake = os.pipe()
        self.exit_event = _WakingEvent(self._wake)
        self._terminal.is_full_screen = True
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual leaves it untyped
        if before is not None:
            self.attrs_before = before
        self._terminal.attributes = self.attrs_before

    def write(self, data: str) -> None:
        """Write to the terminal. Another screen, which some terminals clear, is asked for once."""
        if self._takes_over and data == _OTHER_SCREEN:
            self._takes_over = False
        else:
            super().write(data)

    def close(self) -> None:
        """Stop writing. The screen was given back before."""
        super().close()
        self._close_waking()
        self._terminal.is_full_screen = False
        self._terminal.attributes = None

    def _close_waking(self) -> None:
        for descriptor in {self._waking, self._wake} - {-1}:
            os.close(descriptor)
        self._waking = self._wake = -1

    def take_mouse(self) -> None:
        """Ask for buttons and the wheel in SGR coordinates alone. Older reports are ambiguous."""
        if self.takes_mouse:
            self.write("\x1b[?1000h\x1b[?1003h\x1b[?1006h" if self._motion else "\x1b[?1000h\x1b[?1006h")

    def terminal_size(self) -> tuple[int, int]:
        """Return the terminal's size, never that of the environment or another output."""
        try:
            width, height = os.get_terminal_size(self.fileno)
        except OSError:
            width, height = 0, 0
        return min(width or 80, _WIDEST), min(height or 24, _HIGHEST)

    # Input

    def run_input_thread(self) -> None:
        """Read until the end, and process the events."""
        wanted = (events.AppFocus, events.AppBlur, BackgroundTold)
        reader = Input(_LONGEST_PASTE, wanted, bound=lambda key: bool(self._keymap.command(key, None)))
        self._hand_on(reader.feed(self._terminal.hand_over()))
        while not self.exit_event.is_set():
            ready = select.select([self.fileno, self._waking], [], [], reader.seconds or None)[0]
            if self.fileno in ready and not self._read(reader):
                os.kill(os.getpid(), signal.SIGHUP)  # the kernel sends it too, but not to every process
                return
            self._hand_on(reader.tick())

    def _read(self, reader: Input) -> bool:
        """Read once; return whether the terminal is still there."""
        try:
            data = os.read(self.fileno, 4096)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self._hand_on(reader.feed(data))
        return bool(data)

    def _hand_on(self, found: Any) -> None:
        for event in found:
            self.process_message(event)

    def process_message(self, message: Message) -> None:
        """Process an event within the screen; of repeated answers only the first."""
        if isinstance(message, BackgroundTold):
            if self._terminal.dark == message.dark:
                return
            self._terminal.dark = message.dark
        if isinstance(message, events.MouseEvent):
            width, height = app_of(self).size
            if not (0 <= message.x < width and 0 <= message.y < height):
                return
        if isinstance(message, events.InputEvent):
            self._frames.end_with_next()
        super().process_message(message)
