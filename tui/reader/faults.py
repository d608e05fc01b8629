"""Faults: what ends an app is kept for its last words, whichever thread it happens in, and a closing screen ends none."""

import asyncio
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from textual._context import active_message_pump
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import WorkerFailed, active_worker

from tui.reader.cursor import StandingApp

Returned = TypeVar("Returned")
Done = TypeVar("Done")
_BORNE: Final = 5
"""How many faults are kept that did not end an app."""


class FaultyApp(StandingApp[Returned]):
    """An app that keeps its fault, and shows nothing of it on the screen."""

    fault = ""
    """The traceback of the fault that ended it; empty if none did."""
    borne: tuple[str, ...] = ()
    """The tracebacks of the last faults that did not, in a screen that was being closed."""
    tell_borne: Callable[[str], None] = staticmethod(lambda _details: None)
    """Is told of each, for a log."""

    def _handle_exception(self, error: Exception) -> None:
        """End with a fault, unless what failed was going away anyway."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if _is_closing(self):
            details = self.describe(cause)
            self.borne = (*self.borne, details)[-_BORNE:]
            self.tell_borne(details)
            return
        self.fault = self.fault or self.describe(cause)
        super()._handle_exception(error)

    def within(self, do: Callable[..., Done], *arguments: Any, **options: Any) -> Done:
        """Call something as the app does it. Called from outside, a timer of Textual's would not find its app and die."""
        with self._context():
            return do(*arguments, **options)

    def panic(self, *_renderables: object) -> None:
        """Leave the terminal as it was; what went wrong is for a log, and not for the screen."""
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def describe(self, error: BaseException) -> str:
        """Return what is kept of a fault."""
        return "".join(traceback.format_exception(error))

    def end_by(self, error: BaseException) -> None:
        """End with the fault of a thread."""
        self.fault = self.fault or self.describe(error)
        self.exit(return_code=1)


def _is_closing(app: App[Any]) -> bool:
    """Whether what is at work belongs to a screen that is being closed, or to an app that is."""
    if app._exit or app._closing or (app._is_mounted and not app.screen_stack):  # noqa: SLF001 - told nowhere else
        return True
    worker = active_worker.get(None)
    pump = worker.node if worker else active_message_pump.get(None)
    if not isinstance(pump, DOMNode) or pump is app:
        return False
    nodes = [node for node in pump.ancestors_with_self if node is not app]
    screens = [node for node in nodes if isinstance(node, Screen)]
    gone = any(node._closing or node._closed or node._pruning or not node.is_attached for node in nodes)  # noqa: SLF001
    return gone or any(screen not in app.screen_stack for screen in screens)


@contextmanager
def threads_tell(app: FaultyApp[Returned]) -> Iterator[None]:
    """Let a fault in any thread end the app, while it runs in the loop of this one."""
    loop, usual = asyncio.get_running_loop(), threading.excepthook

    def fell(fault: threading.ExceptHookArgs) -> None:
        if fault.exc_value is not None and not loop.is_closed():
            loop.call_soon_threadsafe(app.end_by, fault.exc_value)

    threading.excepthook = fell
    try:
        yield
    finally:
        threading.excepthook = usual
