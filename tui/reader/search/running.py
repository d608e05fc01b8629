"""Running queries and the index's update off the screen's thread; what comes of them goes up as messages."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from tui.library.search.query import Parsed
from tui.reader.search.asking import Asker, Outcome, ReadItems

_TELL_EVERY: Final = 0.2
"""Seconds between two messages of how far the index is."""


@dataclass
class Answered(Message):
    """A query was answered; its facets are counted or not yet."""

    outcome: Outcome


@dataclass
class Failed(Message):
    """A query could not be run."""

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

    def __init__(self, owner: Widget, asker: Asker) -> None:
        """Run for a widget; the messages go to it."""
        self._owner = owner
        self._asker = asker
        self._guard = threading.Lock()
        self._due: frozenset[Path] | None = frozenset()
        """The files of the briefings that are still to be looked at by an update; None stands for all of them."""

    def ask(self, parsed: Parsed, read: ReadItems, before: Outcome | None = None) -> None:
        """Ask; what was asked before is abandoned."""
        self._run(partial(self._ask, parsed, read, before), "search")

    def update(self, only: Iterable[Path] | None = None) -> None:
        """Bring the index up to date; an update that is under way goes on with what it has not done.

        Args:
            only: look at these briefings' files alone, since nothing else can have changed.
        """
        with self._guard:
            self._due = None if only is None or self._due is None else self._due.union(only)
            self._run(partial(self._update, self._due), "index")

    def _run(self, work: Callable[[], None], group: str) -> None:
        self._owner.run_worker(work, thread=True, exclusive=True, group=group)

    def _ask(self, parsed: Parsed, read: ReadItems, before: Outcome | None) -> None:
        worker = get_current_worker()

        def wanted() -> bool:
            return not worker.is_cancelled

        if self._asker.patience and before is None:
            time.sleep(self._asker.patience)
        if not wanted():
            return
        with self._asker.turns:
            if not wanted():
                return
            try:
                outcome = self._asker.ask(parsed, read, before)
                if wanted():
                    self._owner.post_message(Answered(outcome))
                if outcome.answer.total and before is None and wanted():
                    self._owner.post_message(Answered(self._asker.count(outcome, read)))
            except ValueError as error:  # so tantivy tells of what it cannot do
                self._owner.post_message(Failed(parsed.text, str(error).partition("\n")[0]))

    def _update(self, only: frozenset[Path] | None) -> None:
        worker = get_current_worker()
        told = 0.0

        def progress(done: int, whole: int) -> None:
            nonlocal told
            now = time.monotonic()
            if now - told >= _TELL_EVERY and not worker.is_cancelled:
                told = now
                self._owner.post_message(Indexing(done, whole))

        changed = self._asker.update(progress, lambda: worker.is_cancelled, only)
        with self._guard:
            if worker.is_cancelled:
                return
            self._due = frozenset()
        self._owner.post_message(Indexing(0, 0, finished=True, changed=changed))
