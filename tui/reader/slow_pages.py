"""Showing what takes long to make: where others would wait for it, it is made in a thread, and shown when it is there."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events
from textual.worker import Worker, get_current_worker

from tui.library.records import Source
from tui.library.volume import Volume
from tui.state.store import Location

if TYPE_CHECKING:
    from tui.reader.screen import ReaderScreen

_MOST_KEYS: Final = 40


class Fetching:
    """Fetches for one screen: the newest wish counts, and what was wished for before is dropped."""

    def __init__(self, screen: "ReaderScreen") -> None:
        """Fetch nothing yet."""
        self._screen = screen
        self._work: Worker[None] | None = None
        self._fetched: Location | None = None
        self._keys: list[events.Key] = []

    def holds(self, event: events.Key) -> bool:
        """Keep a key for the page that is on its way, where one is; Esc gives the page up instead."""
        if self._work is None:
            return False
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self._work = None
            self._keys.clear()
            self._screen.say("")
        elif len(self._keys) < _MOST_KEYS:
            self._keys.append(event)
        return True

    def when_at_hand(self, location: Location, action: Callable[[], None]) -> None:
        """Do something once the page of a place can be made at once: now, or when it was prepared."""
        shared = self._screen.session.shared
        # What was prepared just now is taken as it is: a briefing that is not there will not come by asking again.
        if location == self._fetched or shared.is_at_hand(location):
            if location[:2] != self._screen.location[:2]:  # the same page anew, as behind an edit, is no other wish
                self._work = None
            action()
            return

        def take(prepare: Callable[[], None]) -> None:
            prepare()
            self._fetched = location
            action()
            self._fetched = None

        self._begin(lambda: partial(take, partial(shared.take, shared.prepare(location))))

    def when_read(self, volume: Volume, source: Source, action: Callable[[], None]) -> None:
        """Do something once a held text can be had at once."""
        if not self._screen.session.shared.is_shared or volume.is_at_hand(source):
            action()
            return

        def read() -> Callable[[], None]:
            volume.text_of(source)
            return action

        self._begin(read)

    def _begin(self, make: Callable[[], Callable[[], None]]) -> None:
        """Make something in a thread; what that gives back is done on the screen, unless another wish has come."""
        screen = self._screen

        # No worker of Textual's in the thread: the thread would keep it, and with it all that the reader had open.
        async def work() -> None:
            me = get_current_worker()
            screen.call_later(self._take, me, await asyncio.to_thread(make))

        screen.say("Opening …", passing=True)
        self._work = screen.run_worker(work(), exclusive=True, group="fetch")

    def _take(self, work: Worker[None], action: Callable[[], None]) -> None:
        if work is self._work:
            self._work = None
            self._screen.say("")
            action()
            keys, self._keys = self._keys, []
            for event in keys:
                self._screen.on_key(event)
