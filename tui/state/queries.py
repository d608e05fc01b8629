"""The reader's own queries: those asked lately, and those saved."""

from typing import Final

from tui.state.store import State

_RECENT: Final = 100
"""How many queries that were not saved are kept."""


class Queries:
    """Queries in the reader's state."""

    def __init__(self, state: State) -> None:
        """Keep them in a state."""
        self._state = state

    def recent(self) -> list[str]:
        """Give the queries that were asked, the latest first."""
        return self._words("SELECT words FROM query WHERE NOT saved ORDER BY at DESC, words")

    def saved(self) -> list[str]:
        """Give the queries that were saved, the latest first."""
        return self._words("SELECT words FROM query WHERE saved ORDER BY at DESC, words")

    def asked(self, words: str) -> None:
        """Note that a query was asked; it becomes the latest, and the oldest of very many goes."""
        state = self._state
        state.later("INSERT OR REPLACE INTO query VALUES (?, 0, ?)", (words, state.clock()))
        state.later(
            "DELETE FROM query WHERE NOT saved AND words NOT IN "
            "(SELECT words FROM query WHERE NOT saved ORDER BY at DESC LIMIT ?)",
            (_RECENT,),
        )

    def toggle_saved(self, words: str) -> bool:
        """Save a query, or forget that it was saved; tell whether it is saved now."""
        state = self._state
        if words in self.saved():
            state.later("DELETE FROM query WHERE saved AND words = ?", (words,))
            return False
        state.later("INSERT OR REPLACE INTO query VALUES (?, 1, ?)", (words, state.clock()))
        return True

    def _words(self, query: str) -> list[str]:
        return [str(words) for (words,) in self._state.rows(query, ())]
