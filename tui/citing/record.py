"""The bibliographic record between a briefing's sources and the formats.

Its variables are those of CSL 1.0.2, called as in the TOML: with `_` for `-`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from tui.briefing.source import CSL
from tui.citing.names import Name

NAMES: Final = ("author", "editor", "translator")
"""The variables that are lists of names."""
DATES: Final = ("issued", "accessed")
"""The variables that are dates (EDTF)."""
TEXTS: Final = ("title", "container", "publisher", "url", "lang", *(key for key in CSL if key not in NAMES))
"""The variables that are text."""
_EMPTY: Final[Mapping[str, tuple[Name, ...]]] = MappingProxyType({})
_NO_TEXTS: Final[Mapping[str, str]] = MappingProxyType({})


class Record(NamedTuple):
    """A work, as a bibliography lists it."""

    id: str
    """The citation key."""
    type: str
    """The item type of CSL."""
    names: Mapping[str, tuple[Name, ...]] = _EMPTY
    """The people and bodies of each variable of `NAMES` that is set."""
    dates: Mapping[str, str] = _NO_TEXTS
    """The dates (EDTF) of each variable of `DATES` that is set."""
    texts: Mapping[str, str] = _NO_TEXTS
    """The values of each variable of `TEXTS` that is set."""
    notes: tuple[str, ...] = ()
    """Further remarks on the work, a paragraph each."""


class Problem(NamedTuple):
    """A line of a bibliography that could not be read."""

    line: int
    """From 1."""
    column: int
    """From 1."""
    message: str
    """The fault and its consequence."""


class Bibliography(NamedTuple):
    """The content of a bibliography's file."""

    records: tuple[Record, ...]
    lines: tuple[int, ...]
    """The line at which each record begins."""
    problems: tuple[Problem, ...]
    """All that could not be read, in the order of the file."""
