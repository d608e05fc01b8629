"""Running work that may run out of memory in a child process, so that somebody is left to say so.

The search engine ends its process where it gets no memory, and a system that has none left kills the largest one.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Final, NoReturn

from tui.cli.output import FINDINGS, complain, handled

_NO_MEMORY: Final = frozenset({signal.SIGABRT, signal.SIGKILL})
_SAID: Final = "ended by the system, as it is where there is not enough memory; allow the program more of it"


def guarded(work: Callable[[], int]) -> int:
    """Run a command's work in a child process and return its exit code; in this one where none can be had."""
    if sys.stdout is not sys.__stdout__ or threading.active_count() > 1:  # the output is kept in this process
        return work()
    try:
        child = os.fork()
    except OSError:
        return work()
    if not child:
        _run(work)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if -code in _NO_MEMORY:
        complain(_SAID)
        return FINDINGS
    return 128 - code if code < 0 else code


def _run(work: Callable[[], int]) -> NoReturn:
    """Run the work in the child; what the engine says of its own end goes nowhere, since the parent says it."""
    code = FINDINGS
    try:
        sys.stderr = os.fdopen(os.dup(2), "w", encoding="utf-8", errors="backslashreplace", buffering=1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        code = handled(work)
    finally:
        os._exit(code)
