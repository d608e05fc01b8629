"""Running queries and the index's update beside the screen; what comes of them goes up as messages."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from textual.message import Message
from textual.widget import Widget

from tui.search.answers import UnansweredError
from tui.search.query import Parsed
from tui.search.translation import ReadItem
from tui.session.search.search_session import Outcome, SearchSession

_TELL_EVERY: Final = 0.2
"""Seconds between two messages of how far the index is."""


@dataclass
class Answered(Message):
    """A query was answered; its facets are counted or not yet."""

    outcome: Outcome


@dataclass
class Failed(Message):
    """A query was not answered, for a reason in one line."""

    text: str
    reason: str


@dataclass
class Indexing(Message):
    """The index goes on, or is finished."""

    done: int
    whole: int
    finished: bool = False
    changed: bool = False


class Runner:
    """Runs what one widget asks for."""

    def __init__(self, owner: Widget, asker: SearchSession) -> None:
        """Run for a widget; the messages go to it."""
        self._owner = owner
        self._asker = asker
        self._due: frozenset[Path] | None = frozenset()
        """The files of the briefings that are still to be looked at by an update; None stands for all of them."""

    def ask(self, parsed: Parsed, read: Iterable[ReadItem], before: Outcome | None = None) -> None:
        """Ask; what was asked before is abandoned."""
        self._run(partial(self._ask, parsed, read, before), "search")

    def update(self, only: Iterable[Path] | None = None) -> None:
        """Bring the index up to date; an update that is under way goes on with what it has not done.

        Args:
            only: look at these briefings' files alone, since nothing else can have changed.
        """
        self._due = None if only is None or self._due is None else self._due.union(only)
        self._run(partial(self._update, self._due), "index")

    def _run(self, work: Callable[[], Awaitable[None]], group: str) -> None:
        self._owner.run_worker(work, exclusive=True, group=group)

    async def _ask(self, parsed: Parsed, read: Iterable[ReadItem], before: Outcome | None) -> None:
        if self._asker.service.delay and before is None:
            await asyncio.sleep(self._asker.service.delay)
        try:
            outcome = await self._asker.ask(parsed, read, before)
            self._owner.post_message(Answered(outcome))
            if outcome.answer.total and before is None and not outcome.counts:
                self._owner.post_message(Answered(await self._asker.count(outcome, read)))
        except UnansweredError as reason:
            self._owner.post_message(Failed(parsed.text, str(reason)))

    async def _update(self, only: frozenset[Path] | None) -> None:
        told = 0.0
        gone = False

        def progress(done: int, whole: int) -> None:
            nonlocal told
            now = time.monotonic()
            if now - told >= _TELL_EVERY and not gone:
                told = now
                self._owner.post_message(Indexing(done, whole))

        try:
            changed = await self._asker.update(progress, only)
        finally:
            gone = True
        self._due = frozenset()
        self._owner.post_message(Indexing(0, 0, finished=True, changed=changed))
