"""An app's limits on a machine that is not its reader's."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, Final, TextIO

from textual import events

from tui.reader.base_app import BaseApp
from tui.session.permissions import Allowances

_HARMLESS: Final = frozenset({"focus_next", "focus_previous", "help_quit"})
"""Textual's own actions that are allowed on somebody else's machine too."""
_LOOK_EVERY: Final = 1.0
# Buttons and wheel, in SGR coordinates; as Textual's driver asks for them.
_MOUSE_ON: Final = "\x1b[?1000h\x1b[?1006h"
_MOTION_ON: Final = "\x1b[?1003h"
_MOUSE_OFF: Final = "\x1b[?1000l\x1b[?1003l\x1b[?1006l"


class GuardedApp(BaseApp[None]):
    """An app that keeps to its allowances and records its reader's presence."""

    def __init__(self, theme: str, allowances: Allowances) -> None:
        """Create the app.

        Args:
            theme: the name of the theme.
            allowances: what the reader may do.
        """
        super().__init__(theme)
        self.allowances = allowances
        self._present_at = monotonic()

    # Presence

    def watch_presence(self, gone: Callable[[], None]) -> None:
        """Call a function after the allowed idle time, if there is one."""

        def look() -> None:
            if monotonic() - self._present_at > self.allowances.idle:
                gone()

        if self.allowances.idle:
            self.set_interval(_LOOK_EVERY, look)

    def note_presence(self) -> None:
        """Record the reader's presence."""
        self._present_at = monotonic()

    async def on_event(self, event: events.Event) -> None:
        """Record the reader's presence."""
        if isinstance(event, events.InputEvent):
            self.note_presence()
        await super().on_event(event)

    # Actions that touch the machine

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse Textual's own actions that touch the machine."""
        return super().check_action(action, parameters) if self.allowances.machine or action in _HARMLESS else False

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open no browser where the machine is not the reader's."""
        if self.allowances.machine:
            super().open_url(url, new_tab=new_tab)

    def deliver_binary(self, path_or_file: str | Path | BinaryIO, **options: Any) -> str | None:
        """Write no file where the machine is not the reader's."""
        return super().deliver_binary(path_or_file, **options) if self.allowances.machine else None

    def deliver_text(self, path_or_file: str | Path | TextIO, **options: Any) -> str | None:
        """Write no file where the machine is not the reader's."""
        return super().deliver_text(path_or_file, **options) if self.allowances.machine else None

    # The terminal

    def repaint(self) -> None:
        """Paint the whole screen again."""
        self.first_frames = None
        self.refresh(layout=True)

    def on_driver_signal_resume(self) -> None:
        """Paint everything again after a stop. The process may resume in another terminal."""
        self.repaint()

    def let_mouse(self, *, select: bool) -> None:
        """Leave the mouse to the terminal for selecting, or take it back."""
        if driver := self.current_driver:
            driver.write(_MOUSE_OFF if select else f"{_MOUSE_ON}{_MOTION_ON if self.allowances.motion else ''}")
            driver.flush()
