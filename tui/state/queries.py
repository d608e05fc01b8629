"""The reader's own queries: recent and saved ones."""

from typing import Final

from tui.state.reader_state import ReaderState
from tui.state.records import Query

_RECENT: Final = 100
"""The number of recent queries that are kept."""


class Queries:
    """The queries in a reader's state."""

    def __init__(self, state: ReaderState) -> None:
        """Keep the queries in a state."""
        self.state = state

    def recent(self) -> list[str]:
        """Return the queries that were run, the latest first."""
        return self._words(is_saved=False)

    def saved(self) -> list[str]:
        """Return the queries that were saved, the latest first."""
        return self._words(is_saved=True)

    def asked(self, words: str) -> None:
        """Add a query to the recent ones. The oldest of more than a hundred goes."""
        self.state.put(Query(words, is_saved=False, at=self.state.clock()))
        for old in self._sorted(is_saved=False)[_RECENT:]:
            self.state.remove(old)

    def toggle_saved(self, words: str) -> bool:
        """Save a query, or remove it. Return whether it is saved now."""
        query = Query(words, is_saved=True, at=self.state.clock())
        is_saved = words in self.saved()
        (self.state.remove if is_saved else self.state.put)(query)
        return not is_saved

    def _words(self, *, is_saved: bool) -> list[str]:
        return [query.words for query in self._sorted(is_saved=is_saved)]

    def _sorted(self, *, is_saved: bool) -> list[Query]:
        queries = [query for query in self.state.records(Query) if query.is_saved == is_saved]
        return sorted(queries, key=lambda query: (-query.at, query.words))
