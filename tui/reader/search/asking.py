"""Asking the index: queries, facets, what is shown of a hit, and the pages of the answers that were given lately."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from tui.library.catalogue import Catalogue
from tui.library.queries import Queries
from tui.library.search.answers import Answer, Hit
from tui.library.search.matcher import Matcher
from tui.library.search.query import Parsed
from tui.library.search.showing import Shelf, Shown
from tui.library.state import State
from tui.reader.search.facet_row import Counts
from tui.reader.search.filters import filters_of, without
from tui.reader.search.own_pages import start_page
from tui.reader.search.results import name_of, results_page
from tui.render.page import Page

if TYPE_CHECKING:
    from tui.library.search.index import SearchIndex

_AHEAD: Final = 20
"""How many of them are read before they are shown; a screen has no more."""
_KEPT: Final = 50
"""Answers that are kept, for Back and for a letter that is taken back."""
ReadItems = Iterable[tuple[str, str, str]]


class Outcome(NamedTuple):
    """What came of a query."""

    parsed: Parsed
    answer: Answer
    hits: tuple[Hit, ...]
    """In the order of the page: those of a briefing together, batch by batch."""
    counts: Counts
    """The facets; empty until they are counted."""

    @property
    def whole(self) -> int:
        """How many hits there are to show in all."""
        return self.answer.whole


class Indexed(Protocol):
    """Has the index of a library, for one reader or for many."""

    @property
    def updates_index(self) -> bool:
        """Whether whoever asks is to bring the index up to date."""

    @property
    def index(self) -> "SearchIndex":
        """The index; made when it is first wanted."""

    @property
    def patience(self) -> float:
        """Seconds for which a query waits for another letter, where others share the process."""

    @property
    def turns(self) -> "threading.Semaphore":
        """What lets in so many queries at once."""

    def answered(self, total: int) -> None:
        """Hear that a query was answered, with so many hits."""


class Asker:
    """Asks one library's index for one reader. The index is made when it is first asked."""

    def __init__(self, catalogue: Catalogue, state: State, indexed: Indexed) -> None:
        """Prepare; nothing is opened yet."""
        self.queries = Queries(state)
        self._catalogue = catalogue
        self._indexed = indexed
        self._used = False
        self._seen = ""
        self._shelf = Shelf(catalogue)
        # The shelf serves the thread that asks and the screen.
        self._guard = threading.Lock()
        self._shown: dict[str, Shown | None] = {}
        self._kept: OrderedDict[str, Outcome] = OrderedDict()
        self._pages: dict[str, Page] = {}

    @property
    def is_used(self) -> bool:
        """Whether anything was ever asked."""
        return self._used

    @property
    def patience(self) -> float:
        """Seconds for which a query waits for another letter."""
        return self._indexed.patience

    @property
    def turns(self) -> threading.Semaphore:
        """What lets in so many queries at once, of all readers of the library."""
        return self._indexed.turns

    @property
    def index(self) -> "SearchIndex":
        """The index."""
        self._used = True
        return self._indexed.index

    def adopt(self, state: State) -> None:
        """Ask for another reader."""
        self.queries = Queries(state)

    # In a thread

    def update(
        self,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
        only: Iterable[Path] | None = None,
    ) -> bool:
        """Bring the index up to date, or those briefings' files alone; tell whether it changed."""
        index = self.index
        if self._indexed.updates_index:
            return index.update(self._catalogue, progress, cancelled, only)
        view = index.view()
        before, self._seen = self._seen, view.version if view else ""
        return before != self._seen

    def ask(self, parsed: Parsed, read: ReadItems, before: Outcome | None = None) -> Outcome:
        """Ask; with an outcome before it, for the next hits of the same query."""
        from tui.library.search.grouping import BATCH, grouped
        from tui.library.search.searching import search

        had = before.hits if before else ()
        answer = search(self.index, self._catalogue, parsed, read, limit=BATCH, offset=len(had))
        fresh = grouped(answer.hits)
        for hit in fresh[:_AHEAD]:
            self.shown(hit)
        return Outcome(parsed, answer, (*had, *fresh), before.counts if before else {})

    def count(self, outcome: Outcome, read: ReadItems) -> Outcome:
        """Count the facets; a field that is filtered by is counted as if it were not."""
        from tui.library.search.facets import facets
        from tui.library.search.query import parse

        read = tuple(read)
        counts = facets(self.index, outcome.parsed, read)
        for name in {field.name for field in filters_of(outcome.parsed)}:
            wider = parse(without(outcome.parsed, name), typing=True)
            if wider.node is not None:
                counts[name] = facets(self.index, wider, read).get(name, counts.get(name, []))
        return outcome._replace(counts={name: values for name, values in counts.items() if values})

    def shown(self, hit: Hit) -> Shown | None:
        """Read what is shown of a hit."""
        name = name_of(hit)
        if name not in self._shown:
            with self._guard:
                self._shown[name] = self._shelf.show(hit)
        return self._shown[name]

    # On the screen

    def values(self, name: str) -> tuple[str, ...]:
        """Give the values that a field has in this library, for completion."""
        from tui.library.search.facets import listed

        return listed(self.index, name)

    def keep(self, outcome: Outcome) -> None:
        """Keep an outcome and forget its page, if it had another."""
        text = outcome.parsed.text
        if text not in self._kept:
            self._indexed.answered(outcome.answer.total)
        self._kept[text] = outcome
        self._kept.move_to_end(text)
        self._pages.pop(text, None)
        while len(self._kept) > _KEPT:
            self._pages.pop(self._kept.popitem(last=False)[0], None)

    def kept(self, text: str) -> Outcome | None:
        """Give the outcome of a query, if it is kept."""
        return self._kept.get(text)

    def forget(self) -> None:
        """Forget all outcomes, since the library is another now."""
        self._kept.clear()
        self._pages.clear()
        self._shown.clear()
        with self._guard:
            self._shelf.forget()

    def page(self, text: str) -> Page:
        """Give the page of a query: its hits, or the page where a search begins."""
        outcome = self._kept.get(text)
        if outcome is None:
            return start_page(self.queries.saved(), self.queries.recent())
        if text not in self._pages:
            numbers = dict(outcome.counts.get("in", ()))
            matcher = Matcher(outcome.answer.node, outcome.answer.languages)
            self._pages[text] = results_page(
                outcome.answer, outcome.hits, self.shown, matcher, lambda name: numbers.get(name, 0)
            )
        return self._pages[text]
