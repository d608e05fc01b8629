"""The engine of a terminal of one's own: it searches in threads of the reader's process."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, TypeVar

from tui.library.catalogue import Catalogue
from tui.search.answers import Hit
from tui.search.excerpts import Shown
from tui.session.search.engine import Found, Progress, Question, UnansweredError, Written
from tui.session.search.facet_row import Counts
from tui.session.search.library_search import LibrarySearch
from tui.session.search.results import name_of

_AHEAD: Final = 20
"""How many hits are read before they are shown; a screen has no more."""
_AT_ONCE: Final = 2
"""Queries that run at once: the newest need not wait for an older one that nobody wants any more."""
_Result = TypeVar("_Result")


class OwnEngine:
    """Answers in threads."""

    patience = 0.0
    version = ""

    def __init__(self, catalogue: Catalogue) -> None:
        """Search nothing yet."""
        self._search = LibrarySearch(catalogue)
        self._turns = threading.BoundedSemaphore(_AT_ONCE)

    @property
    def trouble(self) -> str:
        """One line to say of the index."""
        return self._search.index.trouble

    @property
    def is_complete(self) -> bool:
        """Whether the index has everything."""
        return self._search.index.complete

    async def ask(self, who: object, question: Question) -> Found:
        """Ask, and read what is shown of the first hits."""

        def work() -> Found:
            found = self._search.ask(question)
            return found._replace(shown={name_of(hit): self._search.show(hit) for hit in found.hits[:_AHEAD]})

        return await self._in_turn(work)

    async def count(self, who: object, question: Question) -> Counts:
        """Count the facets."""
        return await self._in_turn(lambda: self._search.count(question))

    async def write(self, query: str, written_as: str, limit: int, offset: int, most: int) -> Written:
        """Answer in writing."""
        return await self._in_turn(lambda: self._search.write(query, written_as, limit, offset, most))

    async def update(self, progress: Progress, only: Iterable[Path] | None) -> bool:
        """Bring the index up to date."""
        gone = threading.Event()
        try:
            return await asyncio.to_thread(self._search.update, progress, gone.is_set, only)
        finally:
            gone.set()

    async def refresh(self) -> None:
        """Bring the index up to date, since the library has changed."""
        await self.update(lambda _done, _all: None, None)

    def values(self, name: str) -> Sequence[str]:
        """Give the values of a field."""
        return self._search.values(name)

    def show(self, hit: Hit) -> Shown | None:
        """Read what is shown of a hit."""
        return self._search.show(hit)

    def forget(self) -> None:
        """Forget what was read."""
        self._search.forget()

    async def _in_turn(self, work: Callable[[], _Result]) -> _Result:
        """Work in a thread; what nobody waits for any more when its turn comes is not done."""
        gone = threading.Event()

        def turn() -> _Result:
            with self._turns:
                if gone.is_set():
                    raise UnansweredError
                return work()

        try:
            return await asyncio.to_thread(turn)
        finally:
            gone.set()
