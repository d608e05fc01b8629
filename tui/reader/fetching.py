"""Pages that take long to make. Where other readers would wait, a thread prepares them."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from textual import events
from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from tui.library.records import Source
from tui.library.volume import Volume
from tui.session.shared import SharedContent
from tui.state.records import Location

_MOST_KEYS: Final = 40


class Fetching:
    """Fetches pages for one screen. The newest request counts; earlier ones are dropped."""

    def __init__(
        self,
        screen: Screen[Any],
        shared: SharedContent,
        location: Callable[[], Location],
        say_progress: Callable[[str], None],
        take_key: Callable[[events.Key], None],
    ) -> None:
        """Fetch nothing yet.

        Args:
            screen: the screen that the pages are for.
            shared: the content that sessions share.
            location: returns the screen's location.
            say_progress: shows how far the work is, or nothing.
            take_key: handles a key that was kept.
        """
        self._screen, self._shared, self._location, self._say = screen, shared, location, say_progress
        self._take_key = take_key
        self._work: Worker[None] | None = None
        self._fetched: Location | None = None
        self._keys: list[events.Key] = []
        self._afterwards: Callable[[], None] | None = None

    def holds(self, event: events.Key) -> bool:
        """Queue a key while a page is fetched; return whether one is. Esc cancels the page."""
        if self._work is None:
            return False
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self._give_up()
            self._go_on()
        elif len(self._keys) < _MOST_KEYS:
            self._keys.append(event)
        return True

    def when_at_hand(self, location: Location, action: Callable[[], None]) -> None:
        """Call a function once a location's page is at hand.

        It is called at once, or after a thread has prepared the page.
        """
        shared = self._shared
        # A page prepared just now is taken as it is: asking again would not bring a missing briefing.
        if location == self._fetched or shared.is_at_hand(location):
            # Showing the same page again, as after an edit, cancels no request.
            if self._work is not None and location[:2] != self._location()[:2]:
                self._give_up()
                self._afterwards = None
            action()
            return

        def take(prepare: Callable[[], None]) -> None:
            prepare()
            self._fetched = location
            action()
            self._fetched = None

        self.when_done(lambda: partial(take, partial(shared.take, shared.prepare(location))))

    def when_free(self, action: Callable[[], None], *, waits: bool) -> None:
        """Call a function now, or once no page is fetched any more.

        Of several that wait, the last one is called.

        Args:
            action: what to call.
            waits: whether it has to wait, because it would fetch a page itself.
        """
        if waits and self._work is not None:
            self._afterwards = action
        else:
            action()

    def when_read(self, volume: Volume, source: Source, action: Callable[[], None]) -> None:
        """Call a function once a source text is at hand."""
        if not self._shared.is_shared or volume.is_at_hand(source):
            action()
            return

        def read() -> Callable[[], None]:
            volume.text_of(source)
            return action

        self.when_done(read)

    def when_done(self, make: Callable[[], Callable[[], None]]) -> None:
        """Call a function in a thread, then its result on the screen.

        A newer request cancels the second call.
        """
        screen = self._screen

        # No worker of Textual's in the thread: the thread would keep it alive, with all that the reader had open.
        async def work() -> None:
            me = get_current_worker()
            screen.call_later(self._take, me, await asyncio.to_thread(make))

        self._say("Opening …")
        self._work = screen.run_worker(work(), exclusive=True, group="fetch")

    def _take(self, work: Worker[None], action: Callable[[], None]) -> None:
        if work is self._work:
            self._work = None
            self._say("")
            action()
            keys, self._keys = self._keys, []
            for event in keys:
                self._take_key(event)
            self._go_on()

    def _give_up(self) -> None:
        self._work = None
        self._keys.clear()
        self._say("")

    def _go_on(self) -> None:
        if self._work is None and (action := self._afterwards):
            self._afterwards = None
            action()
