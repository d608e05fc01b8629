"""A visitor's terminal with its size and colours, and its variables."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from tui.kiosk.terminal.cells import Depth
from tui.reader.terminal.kinds import has_screen

_WIDTHS: Final = (20, 400)
_HEIGHTS: Final = (6, 150)
_USUAL: Final = (80, 24)
_COLOURFUL: Final = ("xterm", "putty", "tmux", "screen", "alacritty", "foot", "wezterm")
"""Beginnings of the names of terminals with 256 colours.

So has every xterm for long, PuTTY among them, which calls itself that by default; and tmux and
screen bring down themselves what their own terminal has not."""
TAKEN: Final = frozenset({"LANG", "COLORTERM", "NO_COLOR"})
"""The variables that a visitor may send, beside LC_*."""
LONGEST_VALUE: Final = 64
MOST_VARIABLES: Final = 20


class Terminal(NamedTuple):
    """A terminal."""

    kind: str
    """As TERM names it; empty for none."""
    size: tuple[int, int]
    """Columns and rows, brought into bounds."""
    depth: Depth

    @property
    def has_screen(self) -> bool:
        """Whether the terminal can show a screen, or gets plain text."""
        return has_screen(self.kind)


def terminal(kind: str, size: tuple[int, int], variables: Mapping[str, str], *, mono: bool) -> Terminal:
    """Describe a terminal by its TERM, its size and its variables."""
    return Terminal(kind, bounded(*size), _depth(kind, variables, mono=mono))


def bounded(width: int, height: int) -> tuple[int, int]:
    """Bring a size into bounds. A side of 0 is one that is not known."""
    sides = zip((width, height), _USUAL, (_WIDTHS, _HEIGHTS), strict=True)
    bounded_sides = [max(least, min(side or usual, most)) for side, usual, (least, most) in sides]
    return bounded_sides[0], bounded_sides[1]


def _depth(kind: str, variables: Mapping[str, str], *, mono: bool) -> Depth:
    """Return the colours of a terminal. One of 16 becomes monochrome.

    Their shades are anybody's guess, and of our eight colours three become the same grey: weight and lines tell more.
    """
    if mono or variables.get("NO_COLOR"):
        return "none"
    if variables.get("COLORTERM", "").lower() in {"truecolor", "24bit"} or kind.endswith("-direct"):
        return "true"
    has_256 = "256color" in kind or (kind.startswith(_COLOURFUL) and not kind.endswith(("-16color", "-mono", "-m")))
    return "256" if has_256 else "none"


def is_taken(name: str, value: str) -> bool:
    """Return whether a variable may be kept."""
    return (name in TAKEN or name.startswith("LC_")) and len(name) <= LONGEST_VALUE and len(value) <= LONGEST_VALUE
