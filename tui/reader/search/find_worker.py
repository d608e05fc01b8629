"""The search of a briefing's pages in a thread."""

from collections.abc import Callable
from functools import partial

from textual.worker import Worker, get_current_worker

from tui.reader.page_screen import PageScreen
from tui.reader.textual_internals import forget_worker
from tui.search.query import Parsed
from tui.session.find.finder import Finder
from tui.session.find.finding import Finding
from tui.session.find.matches import Matches


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

    @property
    def is_running(self) -> bool:
        """Whether the matches are still to come."""
        return self._work is not None

    def start(self, then: Callable[[], None]) -> None:
        """Start the work for the words; earlier work is abandoned."""
        screen, finding = self._screen, self._finding
        self._then = [then]
        work = partial(self._find, screen.session.finder(screen.location), finding.parsed, finding.languages)
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

    def _find(self, finder: Finder, parsed: Parsed, languages: tuple[str, ...]) -> None:
        work = get_current_worker()
        try:
            found = finder.find(parsed, languages, lambda: work.is_cancelled)
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
