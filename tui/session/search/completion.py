"""Help with typing a query: completion, and recall of earlier queries."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from tui.search.fields import complete
from tui.search.service import Values

COMPLETING: Final = ("tab", "shift+tab")
"""The keys that go through the candidates."""


class Completion(NamedTuple):
    """The candidates at the cursor, and the chosen candidate."""

    before: str
    """The query before the completed word."""
    behind: str
    """The query behind the cursor."""
    candidates: tuple[str, ...]
    at: int = -1
    """The index of the candidate in the query; -1 before the first."""
    is_whole: bool = True
    """Whether all values of the library are among the candidates."""

    @property
    def text(self) -> str:
        """The query with the candidate."""
        return self.before + self.candidates[self.at] + self.behind

    @property
    def cursor(self) -> int:
        """The offset of the cursor behind the candidate."""
        return len(self.before) + len(self.candidates[self.at])

    def turned(self, step: int) -> "Completion":
        """Go to the next or previous candidate, and round at the end."""
        at = self.at + step if self.at >= 0 or step > 0 else -1
        return self._replace(at=at % len(self.candidates))


def completion(text: str, cursor: int, vocabulary: Callable[[str], Values]) -> Completion | None:
    """Return the candidates at the cursor.

    None where no field or value fits, and none is still to come.
    """
    asked: list[Values] = []

    def known(name: str) -> Sequence[str]:
        asked.append(vocabulary(name))
        return asked[-1].known

    start, candidates = complete(text, cursor, known)
    fitting = tuple(candidate for candidate in candidates if candidate != text[start:cursor])
    is_whole = all(values.is_whole for values in asked)
    return Completion(text[:start], text[cursor:], fitting, is_whole=is_whole) if fitting or not is_whole else None


class TypingAid:
    """Completes a query, and recalls earlier queries like a shell."""

    def __init__(self, vocabulary: Callable[[str], Values], recent: Callable[[], Sequence[str]]) -> None:
        """Use the values of fields, and the recent queries, newest first."""
        self._vocabulary = vocabulary
        self._recent = recent
        self._completion: Completion | None = None
        self._typed = ""
        self._recalled: tuple[str, ...] = ()
        self._at = -1

    def typed(self, text: str) -> None:
        """Start again from a typed query."""
        self._completion = None
        self._typed, self._recalled, self._at = text, (), -1

    def answer(self, key: str, text: str, cursor: int) -> tuple[str, int] | None:
        """Return the query and the cursor after a key. None where the key changes nothing.

        Args:
            key: tab, shift+tab, up or down.
            text: the query.
            cursor: the offset of the cursor.
        """
        if key in COMPLETING:
            found = self._completion or completion(text, cursor, self._vocabulary)
            if found is None or not found.candidates:
                return None
            self._completion = found.turned(1 if key == "tab" else -1)
            return self._completion.text, self._completion.cursor
        self._completion = None
        recalled = self._older() if key == "up" else self._newer()
        return None if recalled is None else (recalled, len(recalled))

    def candidates(self, text: str, cursor: int) -> Completion | None:
        """Return the candidates for a value, or for a longer beginning."""
        word = text[:cursor].rpartition(" ")[2].lstrip("-(")
        if ":" not in word and len(word) <= 2:
            return None
        return self._completion or completion(text, cursor, self._vocabulary)

    def _older(self) -> str | None:
        if self._at < 0:
            self._recalled = tuple(query for query in self._recent() if query != self._typed)
        if self._at + 1 >= len(self._recalled):
            return None
        self._at += 1
        return self._recalled[self._at]

    def _newer(self) -> str | None:
        if self._at < 0:
            return None
        self._at -= 1
        return self._recalled[self._at] if self._at >= 0 else self._typed
