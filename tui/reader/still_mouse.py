"""Textual's driver of a terminal, without reports of moves of the mouse."""

from typing import Final

from textual.drivers.linux_driver import LinuxDriver

_MOUSE_TAKEN: Final = "\x1b[?1000h\x1b[?1006h"


class StillMouseDriver(LinuxDriver):
    """Asks the terminal for buttons and the wheel alone."""

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            self.write(_MOUSE_TAKEN)
            self.flush()
