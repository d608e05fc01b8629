"""Requests of a search pane: queries, and updates of the index."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from textual.widget import Widget

from tui.render.progress import bar
from tui.search.answers import UnansweredError
from tui.search.query import Parsed
from tui.search.translation import ReadItem
from tui.session.search.search_session import Outcome
from tui.session.session import Session

_PROGRESS_SECONDS: Final = 0.2
"""Between two messages on the progress of the index."""


class SearchRequests:
    """Sends requests, each kind in a worker of its own."""

    def __init__(
        self,
        widget: Widget,
        session: Session,
        answered: Callable[[Outcome], None],
        failed: Callable[[str, str], None],
        indexing: Callable[..., None],
    ) -> None:
        """Prepare to send.

        Args:
            widget: runs the workers.
            session: the reader's session.
            answered: takes an outcome, and once more with the counts.
            failed: takes a query without an answer, and the reason.
            indexing: takes the progress or the end of an update.
        """
        self._widget = widget
        self._session = session
        self._answered, self._failed, self._indexing = answered, failed, indexing
        self._due: frozenset[Path] | None = frozenset()
        """The briefings' files that an update has still to check; None for all."""

    def update(self, only: Iterable[Path] | None = None) -> None:
        """Update the index; a running update goes on with its rest.

        Args:
            only: the briefings' files to check, where nothing else can have changed.
        """
        self._due = None if only is None or self._due is None else self._due.union(only)
        self._run(partial(self._update, self._due), "index")

    def ask(self, parsed: Parsed, before: Outcome | None = None) -> None:
        """Send a query, or fetch the next hits of an outcome."""
        if not self._session.search.is_used:
            self.update()
        read = self._session.state.read_items() if "is" in parsed.fields else ()
        self._run(partial(self._request, parsed, read, before), "search")

    def _run(self, work: Callable[[], Awaitable[None]], group: str) -> None:
        self._widget.run_worker(work, exclusive=True, group=group)

    async def _update(self, only: frozenset[Path] | None) -> None:
        shown, is_over = 0.0, False

        def progress(done: int, whole: int) -> None:
            nonlocal shown
            now = time.monotonic()
            if now - shown >= _PROGRESS_SECONDS and not is_over:
                shown = now
                said = f"Indexing {bar(done, whole, 12)} {done:,} of {whole:,}"
                self._widget.call_later(self._indexing, said, passing=True)

        try:
            has_changed = await self._session.search.update(progress, only)
        finally:
            is_over = True
        self._due = frozenset()
        self._widget.call_later(self._indexing, self._session.search.service.trouble, has_changed=has_changed)

    async def _request(self, parsed: Parsed, read: Iterable[ReadItem], before: Outcome | None) -> None:
        search = self._session.search
        if search.service.delay and before is None:
            await asyncio.sleep(search.service.delay)
        try:
            outcome = await search.ask(parsed, read, before)
            self._widget.call_later(self._answered, outcome)
            if outcome.answer.total and before is None and not outcome.counts:
                self._widget.call_later(self._answered, await search.count(outcome, read))
        except UnansweredError as reason:
            self._widget.call_later(self._failed, parsed.text, str(reason))
