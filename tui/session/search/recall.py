"""Going back through the queries that were asked, as a shell goes through its commands."""

from collections.abc import Sequence


class Recall:
    """Which of the recent queries stands in the box."""

    def __init__(self) -> None:
        """Begin at what is being typed."""
        self._queries: tuple[str, ...] = ()
        self._at = -1
        self._typed = ""

    def begin(self, typed: str) -> None:
        """Begin anew from what is being typed."""
        self._queries, self._at, self._typed = (), -1, typed

    def older(self, recent: Sequence[str]) -> str | None:
        """Give the next older query; None where there is none."""
        if self._at < 0:
            self._queries = tuple(query for query in recent if query != self._typed)
        if self._at + 1 >= len(self._queries):
            return None
        self._at += 1
        return self._queries[self._at]

    def newer(self) -> str | None:
        """Give the next newer query, behind the newest what was typed; None where one stands there already."""
        if self._at < 0:
            return None
        self._at -= 1
        return self._queries[self._at] if self._at >= 0 else self._typed
