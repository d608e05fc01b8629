"""Completing fields and values in the box, one candidate after another and round again."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tui.search.fields import complete


class Completion(NamedTuple):
    """What may stand at the cursor."""

    before: str
    """The query up to where the completed word begins."""
    behind: str
    """The query behind the cursor."""
    candidates: tuple[str, ...]
    at: int = -1
    """Which candidate stands in the box; -1 before the first one does."""

    @property
    def text(self) -> str:
        """The query with the candidate in it."""
        return self.before + self.candidates[self.at] + self.behind

    @property
    def cursor(self) -> int:
        """Where the cursor stands then."""
        return len(self.before) + len(self.candidates[self.at])

    def turned(self, step: int) -> "Completion":
        """Go to the next or previous candidate, round again at the end."""
        at = self.at + step if self.at >= 0 or step > 0 else -1
        return self._replace(at=at % len(self.candidates))


def completion(text: str, cursor: int, vocabulary: Callable[[str], Sequence[str]]) -> Completion | None:
    """Give what may stand at the cursor; None where nothing is known to fit."""
    start, candidates = complete(text, cursor, vocabulary)
    fitting = tuple(candidate for candidate in candidates if candidate != text[start:cursor])
    return Completion(text[:start], text[cursor:], fitting) if fitting else None


def is_worth_telling(text: str, cursor: int) -> bool:
    """Tell whether candidates are told unasked: for a value, or once a field's name is half typed."""
    word = text[:cursor].rpartition(" ")[2].lstrip("-(")
    return ":" in word or len(word) > 2
