"""The first frames of a start. Equal frames are painted once."""

import re
import time
from collections.abc import Callable
from typing import Final, Literal, Protocol

from rich.console import Console
from textual.geometry import Offset, Size

from tui.instant import EarlyScreen
from tui.reader.textual_internals import LayoutUpdate

_HELD: Final = 0.2
"""Seconds for which frames unlike the kept one are held back. Parts of a page may be mounted only then."""
_START: Final = 1.0
"""Seconds after the first frame in which frames may be equal."""
_LINK_ID: Final = re.compile(r"\x1b\]8;id=[^;]*;")
"""The begin of a link. Its number is another one at each start."""

Verdict = Literal["none", "waiting", "equal", "different"]


class Painted(Protocol):
    """An app that paints frames."""

    @property
    def console(self) -> Console:
        """Turns frames into text."""

    @property
    def size(self) -> Size:
        """The terminal's size."""

    @property
    def cursor_position(self) -> Offset:
        """The cell of the cursor."""

    def whole_frame(self) -> LayoutUpdate:
        """Return the whole screen."""

    def paint(self, frame: LayoutUpdate) -> None:
        """Show a frame."""

    def set_timer(self, _delay: float, _callback: Callable[[], None], /) -> object:
        """Call a function later."""


def frame_text(app: Painted, frame: LayoutUpdate) -> str:
    """Return the text of a whole frame and its cursor."""
    column, row = app.cursor_position
    return f"{frame.render_segments(app.console)}\x1b[{row + 1};{column + 1}H"


class FirstFrames:
    """Compares the first frames with the terminal's.

    A kept frame stays until an equal one comes. Input and another size end the wait. Textual paints the first frame several
    times, and only the first of equal ones passes.
    """

    def __init__(self, early: EarlyScreen | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with the terminal's frame.

        Args:
            early: the screen with a kept frame; None for an empty one.
            clock: returns seconds.
        """
        self._shown = _comparable(early.frame.decode("utf-8", "replace")) if early else ""
        self._size = early.size if early else (0, 0)
        self._clock = clock
        self._began: float | None = None
        self._ends_with_next = self._is_over = False
        self.verdict: Verdict = "waiting" if early else "none"
        """Whether the first frame was the kept one."""

    def end_with_next(self) -> None:
        """End with the next frame: the reader has acted."""
        self._ends_with_next = True

    def is_held(self, app: Painted, renderable: object) -> bool:
        """Whether Textual must not paint a frame. The terminal shows the frame, or must wait."""
        if self._is_over:
            return False
        if self._began is None:
            self._began = self._clock()
            if self.verdict == "waiting":
                _timer = app.set_timer(_HELD, lambda: self._stop_waiting(app))
        self._is_over = self._ends_with_next or self._clock() - self._began > _START
        whole = renderable if isinstance(renderable, LayoutUpdate) else app.whole_frame()
        text = _comparable(frame_text(app, whole))
        if self.verdict == "waiting":
            return self._is_held_for_kept(app, whole, text)
        before, self._shown = self._shown, text
        return text == before

    def _is_held_for_kept(self, app: Painted, whole: LayoutUpdate, text: str) -> bool:
        if text == self._shown:
            self.verdict = "equal"
        elif self._is_over or self._clock() - (self._began or 0) >= _HELD or tuple(app.size) != self._size:
            self._paint(app, whole)
        return True

    def _stop_waiting(self, app: Painted) -> None:
        if self.verdict == "waiting":
            self._paint(app, app.whole_frame())

    def _paint(self, app: Painted, whole: LayoutUpdate) -> None:
        self.verdict = "different"
        self._shown = ""
        app.paint(whole)


def _comparable(text: str) -> str:
    return _LINK_ID.sub("\x1b]8;;", text) if "\x1b]8;" in text else text
