"""Updates of the library: changed files are reloaded, and removed briefings closed."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Final

from textual.worker import get_current_worker

from tui.reader.guarded_app import GuardedApp
from tui.reader.own_pages import OwnPages
from tui.reader.screen import ReaderScreen
from tui.session.reloading import Watch
from tui.session.session import Session
from tui.state.records import Location

_EVERY: Final = 0.25
"""Seconds between two looks at the open briefing’s files, a tenth of a millisecond each."""
_LISTING: Final = frozenset({"bookmarks", "library"})
"""The pages of no briefing that list entries or briefings."""


class Updates:
    """Updates one app: in a terminal by itself, else on request."""

    def __init__(self, app: GuardedApp, session: Session, own_pages: OwnPages) -> None:
        """Watch nothing yet."""
        self._app, self._session, self._own_pages = app, session, own_pages
        self._is_refreshing = self._is_reloading = False
        self.watch = Watch(session.shared, tells_breaks=app.allowances.machine)

    def begin(self) -> None:
        """Begin to watch the files and refresh the library, where allowed."""
        if self._app.allowances.watches_files:
            self._app.set_interval(_EVERY, self.look_at_files)
            self._app.call_after_refresh(self.refresh_library)

    @property
    def _reader(self) -> ReaderScreen:
        return ReaderScreen.of(self._app)

    def look_at_files(self) -> None:
        """Load the open briefing anew where its files have changed."""
        if self.watch.is_paused or self._is_reloading:
            return
        location = self._reader.location if self._app.screen_stack else Location()
        if self.watch.has_changed(location.briefing):
            self._is_reloading = True
            self._app.run_worker(partial(self._reload, location.briefing), thread=True, group="reload")
        elif not self._is_refreshing and self.watch.is_due([location.briefing]):
            self.refresh_library()

    def _reload(self, briefing: str) -> None:
        try:
            reloaded = self.watch.reload(briefing)
            if not get_current_worker().is_cancelled:
                self._app.call_from_thread(self._show_reloaded, briefing, reloaded)
        finally:
            self._is_reloading = False

    def _show_reloaded(self, briefing: str, said: str | None) -> None:
        if said is not None:
            self.show_changed(briefing, said, broken=self.watch.take(briefing))
        else:  # the file holds another briefing by now
            self.refresh_library()

    def show_changed(self, briefing: str, said: str, *, broken: bool) -> None:
        """Show that the open briefing was reloaded; the reader's location is kept.

        The reload of another briefing shows nothing.

        Args:
            briefing: its id.
            said: what to say of it; empty where nothing that is shown changed.
            broken: whether it cannot be opened any more, so that the last good edition stays.
        """
        screen = self._reader
        self._session.forget_pages("")
        if screen.location.page in _LISTING:
            screen.show_anew(tells=False)
        if screen.location.briefing == briefing:
            screen.show_anew(tells=False)
            if screen.chooser and screen.chooser.offer:
                text = screen.chooser.text
                screen.chooser.offer.again()
                screen.chooser.type(text)
            if said and (not broken or self._app.allowances.machine):  # strangers can do nothing about it
                screen.say(said, warns=broken)
        if result := self._session.shared.result(briefing):
            screen.searches.library_changed(result.path)

    def show_gone(self, gone: Collection[str]) -> None:
        """Remove briefings that are gone, and lead their reader to the library."""
        if gone:
            self._own_pages.clear()
        if gone and self._reader.forget(gone):
            while len(self._app.screen_stack) > 1:
                _ = self._app.pop_screen()  # it is closed in its own time
            self.watch.is_paused = False

    def refresh_library(self) -> None:
        """Refresh the library from the content folders, and show the changes."""
        if self._app.allowances.watches_files:
            self._app.run_worker(self._refresh, thread=True, exclusive=True, group="library")

    def _refresh(self) -> None:
        self._is_refreshing = True
        try:
            self._refresh_library()
        finally:
            self._is_refreshing = False

    def _refresh_library(self) -> None:
        worker = get_current_worker()

        def progress(done: int, number: int) -> bool:
            if done % 50 == 0 and not worker.is_cancelled:
                self._app.call_from_thread(self._reader.say_progress, f"Reading the library: {done:,} of {number:,}")
            return not worker.is_cancelled

        is_first = self._session.catalogue.pending is None
        changed = self.watch.refresh(progress)
        if not worker.is_cancelled:
            self._app.call_from_thread(self._show_refreshed, changed or is_first)

    def _show_refreshed(self, changed: bool) -> None:
        closed = self._session.shared.close_gone()
        self.show_gone(closed.gone)
        self.show_replaced(self.watch.tell_replaced(closed.replaced))
        if changed:
            self.show_library()
        self._tell_cache()

    def show_replaced(self, replaced: Mapping[str, str]) -> None:
        """Show the file to which the reader's id leads now.

        Args:
            replaced: the ids, each with what to say of it.
        """
        screen = self._reader
        said = replaced.get(screen.location.briefing)
        if said is not None:
            screen.show_anew(tells=not said)
            if said:
                screen.say(said)

    def _tell_cache(self) -> None:
        """Show faults of the cache and the text folders, once.

        Only readers on their own machine can do something about it.
        """
        if self._app.allowances.machine:
            catalogue = self._session.catalogue
            for said in filter(None, (catalogue.cache.news(), *catalogue.texts.news())):
                self._reader.say(said, warns=True)

    def show_library(self) -> None:
        """Show that the library has changed."""
        screen = self._reader
        screen.say_progress("")
        self._session.forget_pages("")
        if screen.location.page in _LISTING:
            screen.show_anew()
            screen.tell()
        screen.searches.library_changed()
