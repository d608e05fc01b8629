"""The problems of a file, each with its place and its remedy."""

from functools import lru_cache
from typing import NamedTuple

from tui.briefing.characters import escaped


class Problem(NamedTuple):
    """One thing that is wrong with a file."""

    path: str
    """The file, as it was named to the loader."""
    line: int
    """Counted from 1; 0 where the whole file is meant."""
    column: int
    """Counted from 1 in characters; 0 where the whole file is meant."""
    key: str
    """The key path, such as ``claim[3].cite[1].quote``; empty where no key is meant."""
    message: str
    """The fault itself."""
    remedy: str
    """The correct text, or the action to take."""
    rule: str = ""
    """The rule of `briefing check` that says the same; empty where none does."""

    def __str__(self) -> str:
        """Return the problem on one line: place, key, fault, remedy."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        key = f" {self.key}:" if self.key else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return escaped(f"{place}:{key} {self.message}{remedy}")


KeyPath = tuple[str | int, ...]


@lru_cache(maxsize=256)
def _key(name: str) -> str:
    return escaped(name if len(name) <= 60 else f"{name[:60]}…")


def key_text(path: KeyPath) -> str:
    """Write a key path for people. Tables of an array are counted from 1."""
    text = ""
    for part in path[:12]:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            name = _key(part)
            text += f".{name}" if text else name
    return f"{text}…" if len(path) > 12 else text


class Fault(NamedTuple):
    """A problem with its key path, not yet with its place."""

    path: KeyPath
    message: str
    remedy: str
    rule: str = ""
    """The rule of `briefing check` that says the same; empty where none does."""
    also: tuple[KeyPath, ...] = ()
    """Further places of the same fault."""
    missing: str = ""
    """The id that is named and not there; empty where the fault is another."""
    offset: int = -1
    """The character of the string that is meant; -1 where it is the whole value."""
