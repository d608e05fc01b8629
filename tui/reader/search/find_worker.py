"""The work of finding words, in a thread."""

from collections.abc import Callable
from functools import partial

from textual.worker import Worker, get_current_worker

from tui.reader.page_screen import PageScreen
from tui.reader.textual_internals import forget_worker
from tui.search.query import Parsed
from tui.session.find.finder import NO_FIELDS, Finder, Scope
from tui.session.find.finding import Finding
from tui.session.find.matches import Matches
from tui.session.find.scopes import BriefingScope, LibraryScope
from tui.session.session import Session
from tui.session.shared import languages_of
from tui.state.records import Location


class FindWorker:
    """Finds the words of a finding. The newest words count."""

    def __init__(self, screen: PageScreen, finding: Finding) -> None:
        """Prepare for a screen."""
        self._screen = screen
        self._finding = finding
        self._work: Worker[None] | None = None
        """The running work; None when it is done."""
        self._then: list[Callable[[], None]] = []
        """Called when the work is done."""
        self._briefing = ""
        """The briefing in which the words were found last."""

    def start(self, then: Callable[[], None]) -> None:
        """Start the work for the words; earlier work is abandoned."""
        screen, finding = self._screen, self._finding
        self._then, self._briefing = [then], screen.location.briefing
        scope = _scope_of(screen.session, screen.location)
        work = partial(self._find, self._finder, scope, finding.parsed, finding.languages)
        self._work = screen.run_worker(work, thread=True, exclusive=True, group="find")

    def cancel(self) -> None:
        """Abandon the work."""
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def when_done(self, action: Callable[[], None]) -> None:
        """Run an action as soon as the matches are there."""
        if self._work is None:
            action()
        else:
            self._then.append(action)

    def when_found_here(self, action: Callable[[], None]) -> None:
        """Run an action with the matches of the present pages."""
        if self._work is None and self._finding.finder is not self._finder:
            self.start(action)
        else:
            self.when_done(action)

    @property
    def is_outdated(self) -> bool:
        """Whether the matches on the screen are of a former edition."""
        screen, finding = self._screen, self._finding
        is_shown = bool(finding.matches) or screen.find_bar.is_typing
        if not finding.words or finding.finder is None or not is_shown or self._work is not None:
            return False
        is_here = self._briefing == screen.location.briefing and screen.location.page in finding.finder.names
        return is_here and finding.finder is not self._finder

    @property
    def _finder(self) -> Finder:
        return self._screen.session.finder(self._screen.location)

    def _find(self, finder: Finder, scope: Scope, parsed: Parsed, languages: tuple[str, ...]) -> None:
        work = get_current_worker()
        try:
            found = finder.find(parsed, languages, lambda: work.is_cancelled, scope)
            self._screen.call_later(self._take, work, finder, found)
        finally:
            forget_worker()

    def _take(self, work: Worker[None], finder: Finder, found: Matches) -> None:
        """Accept matches, unless other words were typed meanwhile."""
        if work is not self._work:
            return
        self._work = None
        self._finding.take(finder, found)
        then, self._then = self._then, []
        for action in then:
            action()


def _scope_of(session: Session, location: Location) -> Scope:
    """Return the scope of a query in a location's pages."""
    if volume := session.volume(location.briefing):
        return BriefingScope(volume, session.state.read_digests(volume.edition.id), languages_of(volume))
    return LibraryScope(session.catalogue.titles) if location.page == "library" else NO_FIELDS
