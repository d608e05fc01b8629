"""What Textual's workers leave in the threads that ran them."""

from contextvars import ContextVar
from typing import Any

from textual.worker import active_worker


def let_go() -> None:
    """Let this thread, which waits for other work, forget the worker that it ran: all that its reader had open hangs on it."""
    running: ContextVar[Any] = active_worker
    running.set(None)
