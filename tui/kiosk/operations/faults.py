"""Reports of faults by place and kind, without the visitor's input."""

import signal
import traceback
from typing import Final

_MOST_FRAMES: Final = 30
"""The innermost ones; a recursion without an end has a thousand."""


def details_of(error: BaseException) -> str:
    """Format a traceback without the message and local variables."""
    where = "".join(traceback.format_tb(error.__traceback__, limit=-_MOST_FRAMES))
    return f"{where}{type(error).__name__}"


STARVED: Final = "out of memory"
"""The end of a process that the kernel killed for want of memory."""


def how_ended(code: int | None, *, starved: bool = False) -> str:
    """Describe the end of a process by its code.

    Args:
        code: the code.
        starved: whether the kernel has ended a process for want of memory while this one lived.
    """
    if starved and code == -signal.SIGKILL:
        return STARVED
    if code is None:
        return "does not end"
    if code >= 0:
        return f"code {code}"
    named = {known.value: known.name for known in signal.Signals}  # real-time signals have no names of their own
    return f"signal {named.get(-code, -code)}"
