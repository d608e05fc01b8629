"""Private names of Textual for the terminal: tables of keys, and drivers."""

import re
from asyncio import AbstractEventLoop
from functools import lru_cache
from typing import Any, Final

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

_FUNCTIONAL: Final = re.compile(r"\x1b\[(\d*)[\d;:]*([~A-Z])")


@lru_cache(maxsize=1024)
def _extended(sequence: str) -> tuple[Key, ...] | None:
    keys = XTermParser._parse_extended_key.__wrapped__(XTermParser, sequence)
    return None if keys is None else tuple(keys)


class ParserTables(XTermParser):
    """Textual's tables of keys and the mouse, without Textual's parser.

    The parser trusts its input and waits by itself.
    """

    def __init__(self) -> None:
        """Put the mouse in the corner. The parser is not started: it would keep this object alive."""
        self.last_x = self.last_y = 0.0
        self.mouse_pixels = False
        self.terminal_size = self.terminal_pixel_size = None

    def _parse_extended_key(self, sequence: str) -> list[Key] | None:  # type: ignore[override]  # the base keeps a cache on the method
        """Use a cache outside of the object. Textual's would keep every object for ever."""
        keys = _extended(sequence)
        return None if keys is None else list(keys)

    def keys(self, sequence: str, *, alt: bool = False) -> list[Key]:
        """Return the keys of a valid sequence or character; else none."""
        match = _FUNCTIONAL.fullmatch(sequence)
        # Textual takes any number for the code of a character.
        if match and f"{match[1] or 1}{match[2]}" not in FUNCTIONAL_KEYS and sequence not in ANSI_SEQUENCES_KEYS:
            return []
        return [key for key in self._sequence_to_key_events(sequence, alt=alt) if key.key != "<ignore>"]

    def mouse(self, body: str) -> Message | None:
        """Return the event of a report in SGR coordinates."""
        return self.parse_mouse_code(f"\x1b[{body}")


def app_of(driver: Driver) -> App[Any]:
    """Return the app that a driver drives."""
    return driver._app


def loop_of(driver: Driver) -> AbstractEventLoop:
    """Return the event loop of a driver."""
    return driver._loop


class TextualDriver(LinuxDriver):
    """Textual's driver of a terminal, with its private steps as public methods."""

    def write_to(self, file: Any) -> None:
        """Write to a file from now on."""
        self._file = file

    @property
    def takes_mouse(self) -> bool:
        """Whether the app wants reports of the mouse."""
        return self._mouse

    def resume(self) -> None:
        """Take the screen again when the process goes on."""
        # A process that did not stop has the screen already.
        if self._must_signal_resume:
            super()._sigcont_application()

    def take_mouse(self) -> None:
        """Ask for reports of the mouse. Subclasses override this."""

    def terminal_size(self) -> tuple[int, int]:
        """Return columns and rows. Subclasses override this."""
        return super()._get_terminal_size()

    def run_input_thread(self) -> None:
        """Read until the end. Subclasses override this."""

    def _sigcont_application(self, *_: object) -> None:
        self.resume()

    def _enable_mouse_support(self) -> None:
        self.take_mouse()

    def _query_in_band_window_resize(self) -> None:
        """Ask for no sizes among the keys.

        The kernel reports sizes, and the request would bring mouse reports for every pixel.
        """

    def _get_terminal_size(self) -> tuple[int, int]:
        return self.terminal_size()

    def _run_input_thread(self) -> None:
        # A fault in it is reported by the hook for threads, as in every other thread.
        self.run_input_thread()
