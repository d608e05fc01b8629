"""The terminal's background, for a theme that fits: question, answer and environment."""

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tui.state.reader_state import ReaderState

QUESTION: Final = b"\x1b]11;?\x1b\\"
_ANSWER: Final = r"11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})(?:/[0-9a-fA-F]{1,4})?"
_WHOLE_ANSWER: Final = re.compile(_ANSWER)
_AMONG_INPUT: Final = re.compile(b"\x1b\\](" + _ANSWER.encode() + b")(?:\x07|\x1b\\\\)")
_UNASKED: Final = frozenset({"", "dumb", "linux"})
"""Terminals that would show the question."""


def is_asked(terminal: str) -> bool:
    """Whether a terminal, as TERM names it, is asked."""
    return terminal.lower() not in _UNASKED


def is_dark(answer: str) -> bool | None:
    """Return whether an answer to OSC 11 reports a dark background.

    None stands for any other text.
    """
    match = _WHOLE_ANSWER.fullmatch(answer)
    if match is None:
        return None
    red, green, blue = (int(part, 16) / (int("f" * len(part), 16)) for part in match.groups())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5


def dark_among(data: bytes) -> bool | None:
    """Return whether an answer among other input reports a dark background.

    None stands for no answer.
    """
    match = _AMONG_INPUT.search(data)
    return is_dark(match[1].decode()) if match else None


def dark_by_environment(environment: Mapping[str, str]) -> bool | None:
    """Return whether the background is dark by COLORFGBG, which some terminals set."""
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return int(background) not in {7, 15} if re.fullmatch("[0-9]{1,3}", background) else None


def remember_background(state: "ReaderState", *, dark: bool) -> None:
    """Keep the terminal's background for the next start.

    Its first frame then has the right theme.
    """
    name = _setting(os.environ)
    value = "dark" if dark else "light"
    if state.setting(name) != value:
        state.choose(name, value)


def remembered_dark(state: "ReaderState") -> bool | None:
    """Return whether this terminal's background was dark at its last answer."""
    return {"dark": True, "light": False}.get(state.setting(_setting(os.environ)))


def _setting(environment: Mapping[str, str]) -> str:
    """Return the name of the setting for terminals of this kind."""
    return "background " + " ".join(environment.get(name, "")[:40] for name in ("TERM", "TERM_PROGRAM", "COLORFGBG"))
