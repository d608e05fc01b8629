"""Work in a child process. A cold start compiles while Textual is imported."""

import contextlib
import fcntl
import os
import threading
from collections.abc import Callable
from typing import Final

_PIPE_BYTES: Final = 1024 * 1024
"""The greatest size of a user's pipe on Linux, so that the child need not wait for this process."""
_SET_PIPE_SIZE: Final = getattr(fcntl, "F_SETPIPE_SZ", None)


class ChildProcess:
    """Work under way in a child process; its result is a text."""

    def __init__(self, work: Callable[[], str]) -> None:
        """Start the work in a fork. With other threads, or without resources, nothing starts."""
        self._child = 0
        self._pipe = -1
        if threading.active_count() > 1:
            return
        try:
            self._pipe, writing = os.pipe()
        except OSError:
            return
        try:
            if _SET_PIPE_SIZE is not None:
                with contextlib.suppress(OSError):
                    fcntl.fcntl(writing, _SET_PIPE_SIZE, _PIPE_BYTES)
            self._child = os.fork()
        except OSError:
            os.close(self._pipe)
            os.close(writing)
            return
        if not self._child:
            _do(work, writing)
        os.close(writing)

    def take(self) -> str | None:
        """Wait for the result; None where there is none."""
        if not self._child:
            return None
        with os.fdopen(self._pipe, encoding="utf-8") as pipe:
            text = pipe.read()
        _, status = os.waitpid(self._child, 0)
        self._child = 0
        return text if status == 0 else None


def _do(work: Callable[[], str], writing: int) -> None:
    """Run the work in the child and exit. No clean-up of the parent may run."""
    code = 1
    try:
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            pipe.write(work())
        code = 0
    finally:
        os._exit(code)
