"""One reader's search: requests, and the last outcomes with their pages."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from tui.library.catalogue import Result
from tui.library.lru_cache import LruCache
from tui.render.page import Page
from tui.search.answers import Answer, Hit, Shown, Total
from tui.search.matcher import Matcher
from tui.search.query import Parsed
from tui.search.service import NO_SHOWN, Counts, Progress, SearchRequest, SearchService, Values
from tui.search.translation import ReadItem
from tui.session.search.pages import results_page, start_page
from tui.state.queries import Queries
from tui.state.reader_state import ReaderState

_KEPT: Final = 50
"""Kept outcomes, for Back and for a deleted letter."""
_KEPT_HITS: Final = 500
"""Hits of all kept outcomes, at 3 KB each; the newest outcome is kept whole."""


class Outcome(NamedTuple):
    """A query with its hits so far."""

    parsed: Parsed
    answer: Answer
    hits: tuple[Hit, ...]
    """The hits in the order of the page, grouped by briefing in each batch."""
    counts: Counts
    """The facets; empty until they are counted."""
    shown: Mapping[str, Shown | None] = NO_SHOWN
    """The hits that came with their texts, by name."""
    gone: int = 0
    """The number of hits that were left out, since their briefing has them no longer."""


class Searchable(Protocol):
    """A library with a search service."""

    @property
    def search_service(self) -> SearchService:
        """The search service, created at first use."""

    def result(self, name: str) -> Result | None:
        """Return the result of an open briefing; None for a closed one."""

    answered: Callable[[Total], None]
    """Records an answered query with its number of hits."""


def is_gone(library: Searchable, shown: Shown) -> bool:
    """Whether a shown hit is gone from its open briefing."""
    result = library.result(shown.hit.briefing)
    volume = result.volume if result else None
    if volume is None or not shown.id:
        return False
    return all(shown.id not in known for known in (volume.entries, volume.sources, volume.entities))


class SearchSession:
    """Searches one library for one reader; the first request opens the index."""

    def __init__(self, state: ReaderState, library: Searchable) -> None:
        """Prepare a session; nothing is opened yet."""
        self.queries = Queries(state)
        self.is_used = False
        """Whether the reader has searched."""
        self._library = library
        self._opened = ""
        self._version = ""
        self._shown: dict[str, Shown | None] = {}
        self._kept: LruCache[str, Outcome] = LruCache(_KEPT, lambda kept: len(kept.hits), _KEPT_HITS)
        self._pages: dict[str, Page] = {}

    @property
    def service(self) -> SearchService:
        """The library's search service."""
        return self._library.search_service

    def begin(self, briefing: str) -> None:
        """Start a search from an open briefing or the library. Rankings for another briefing are dropped."""
        if briefing != self._opened:
            self._opened = briefing
            self._kept.clear()
            self._pages.clear()

    async def update(self, progress: Progress, only: Iterable[Path] | None = None) -> bool:
        """Update the index for all or some briefings' files. Return whether it changed."""
        self.is_used = True
        changed = await self.service.update(progress, only)
        before, self._version = self._version, self.service.version
        return changed or before != self._version

    async def ask(self, parsed: Parsed, read: Iterable[ReadItem], before: Outcome | None = None) -> Outcome:
        """Search. An earlier outcome of the query is continued with the next hits.

        Raises:
            UnansweredError: the query cannot be answered.
        """
        self.is_used = True
        had, gone = (before.hits, before.gone) if before else ((), 0)
        found = await self.service.ask(self, SearchRequest(parsed.text, tuple(read), len(had) + gone, self._opened))
        shown = {**before.shown, **found.shown} if before else found.shown
        counts = before.counts if before else found.counts
        return self._present(Outcome(parsed, found.answer.fewer(gone), (*had, *found.hits), counts, shown, gone))

    def _present(self, outcome: Outcome) -> Outcome:
        """Leave out the hits that an open briefing has no longer. The index learns of it later."""
        gone = {name for name, shown in outcome.shown.items() if shown and is_gone(self._library, shown)}
        hits = tuple(hit for hit in outcome.hits if hit.name not in gone)
        fewer = len(outcome.hits) - len(hits)
        if not fewer:
            return outcome
        return outcome._replace(answer=outcome.answer.fewer(fewer), hits=hits, gone=outcome.gone + fewer)

    async def count(self, outcome: Outcome, read: Iterable[ReadItem]) -> Outcome:
        """Count the facets.

        Raises:
            UnansweredError: the query cannot be answered.
        """
        counts = await self.service.count(self, SearchRequest(outcome.parsed.text, tuple(read)))
        return outcome._replace(counts=counts)

    def shown(self, outcome: Outcome, hit: Hit) -> Shown | None:
        """Return a hit with its texts. None where its briefing has changed or is gone."""
        if hit.name in outcome.shown:
            return outcome.shown[hit.name]
        if hit.name not in self._shown:
            self._shown[hit.name] = self.service.show(hit)
        return self._shown[hit.name]

    def values(self, name: str) -> Values:
        """Return the values of a field in the library, for completion."""
        return self.service.values(name)

    def keep(self, outcome: Outcome) -> None:
        """Keep an outcome. An earlier one of the query is replaced with its page."""
        text = outcome.parsed.text
        if text not in self._kept:
            self._library.answered(outcome.answer.total)
        for changed in (text, *self._kept.put(text, outcome)):
            self._pages.pop(changed, None)

    def kept(self, text: str) -> Outcome | None:
        """Return the kept outcome of a query, without hits that are gone."""
        outcome = self._kept.get(text)
        present = self._present(outcome) if outcome else None
        if present and present is not outcome:
            self._kept.put(text, present)
            self._pages.pop(text, None)
        return present

    def forget(self) -> None:
        """Drop all outcomes after a change of the library."""
        self._kept.clear()
        self._pages.clear()
        self._shown.clear()
        self.service.forget()

    def page(self, text: str) -> Page:
        """Return the page of a query's hits, or the first page."""
        outcome = self.kept(text)
        if outcome is None:
            return start_page(self.queries.saved(), self.queries.recent())
        if text not in self._pages:
            numbers = dict(outcome.counts.get("in", ()))
            matcher = Matcher(outcome.answer.node, outcome.answer.languages)
            show = partial(self.shown, outcome)
            self._pages[text] = results_page(
                outcome.answer, outcome.hits, show, matcher, lambda name: numbers.get(name, 0)
            )
        return self._pages[text]
