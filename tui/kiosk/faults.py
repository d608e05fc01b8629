"""What is told of a fault: where and of which kind, and never what the visitor typed."""

import traceback
from typing import Final

from tui.kiosk.policies.reasons import Reason

_MOST_FRAMES: Final = 30
"""The innermost ones; a recursion without an end has a thousand."""


def details_of(error: BaseException) -> str:
    """Write a traceback without the message and without local variables, which may hold the visitor's input."""
    where = "".join(traceback.format_tb(error.__traceback__, limit=-_MOST_FRAMES))
    return f"{where}{type(error).__name__}"


def apology(reference: str) -> str:
    """Write the line for the visitor."""
    return f"{Reason.FAULT.line} Please come again, and tell the operator {reference}."
