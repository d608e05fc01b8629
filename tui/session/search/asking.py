"""Asking for one reader: what is being asked, and the pages of the answers that were given lately."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from tui.render.page import Page
from tui.search.answers import Answer, Hit
from tui.search.excerpts import Shown
from tui.search.matcher import Matcher
from tui.search.query import Parsed
from tui.session.search.engine import NO_SHOWN, Progress, Question
from tui.session.search.facet_row import Counts
from tui.session.search.own_pages import start_page
from tui.session.search.results import name_of, results_page
from tui.state.queries import Queries
from tui.state.store import State

if TYPE_CHECKING:
    from tui.session.search.engine import Engine

_KEPT: Final = 50
"""Answers that are kept, for Back and for a letter that is taken back."""
_KEPT_HITS: Final = 500
"""Hits of all answers that are kept, at 3 KB each with what is shown of them; the newest answer is kept whole."""
ReadItems = Iterable[tuple[str, str, str]]


class Outcome(NamedTuple):
    """What came of a query."""

    parsed: Parsed
    answer: Answer
    hits: tuple[Hit, ...]
    """In the order of the page: those of a briefing together, batch by batch."""
    counts: Counts
    """The facets; empty until they are counted."""
    shown: Mapping[str, Shown | None] = NO_SHOWN
    """What is shown of the hits, as far as it came with them, by the names of their blocks."""

    @property
    def whole(self) -> int:
        """How many hits there are to show in all."""
        return self.answer.whole


class Searchable(Protocol):
    """A library that can be searched, by one reader or by many."""

    @property
    def engine(self) -> "Engine":
        """What answers; made when it is first wanted."""

    def answered(self, total: int) -> None:
        """Hear that a query was answered, with so many hits."""


class Asker:
    """Asks one library's engine for one reader. The index is opened when it is first asked."""

    def __init__(self, state: State, library: Searchable) -> None:
        """Prepare; nothing is opened yet."""
        self.queries = Queries(state)
        self._library = library
        self._used = False
        self._open = ""
        self._seen = ""
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
        return self._library.engine.patience

    @property
    def trouble(self) -> str:
        """One line to say of the index; empty where all is well."""
        return self._library.engine.trouble

    def adopt(self, state: State) -> None:
        """Ask for another reader."""
        self.queries = Queries(state)

    def begin(self, briefing: str) -> None:
        """Ask from a briefing that is open, or from the library; what was ordered for another is asked anew."""
        if briefing != self._open:
            self._open = briefing
            self._kept.clear()
            self._pages.clear()

    # What takes a while

    async def update(self, progress: Progress, only: Iterable[Path] | None = None) -> bool:
        """Bring the index up to date, or those briefings' files alone; tell whether it changed."""
        self._used = True
        engine = self._library.engine
        changed = await engine.update(progress, only)
        before, self._seen = self._seen, engine.version
        return changed or before != self._seen

    async def ask(self, parsed: Parsed, read: ReadItems, before: Outcome | None = None) -> Outcome:
        """Ask; with an outcome before it, for the next hits of the same query.

        Raises:
            UnansweredError: there is no answer.
        """
        self._used = True
        had = before.hits if before else ()
        found = await self._library.engine.ask(self, Question(parsed, tuple(read), len(had), self._open))
        shown = {**before.shown, **found.shown} if before else found.shown
        counts = before.counts if before else found.counts
        return Outcome(parsed, found.answer, (*had, *found.hits), counts, shown)

    async def count(self, outcome: Outcome, read: ReadItems) -> Outcome:
        """Count the facets.

        Raises:
            UnansweredError: there is no answer.
        """
        counts = await self._library.engine.count(self, Question(outcome.parsed, tuple(read)))
        return outcome._replace(counts=counts)

    # On the screen

    def shown(self, outcome: Outcome, hit: Hit) -> Shown | None:
        """Give what is shown of a hit; what did not come with it is read now."""
        name = name_of(hit)
        if name in outcome.shown:
            return outcome.shown[name]
        if name not in self._shown:
            self._shown[name] = self._library.engine.show(hit)
        return self._shown[name]

    def values(self, name: str) -> Sequence[str]:
        """Give the values that a field has in this library, for completion."""
        return self._library.engine.values(name)

    def keep(self, outcome: Outcome) -> None:
        """Keep an outcome and forget its page, if it had another."""
        text = outcome.parsed.text
        if text not in self._kept:
            self._library.answered(outcome.answer.total)
        self._kept[text] = outcome
        self._kept.move_to_end(text)
        self._pages.pop(text, None)
        hits = sum(len(kept.hits) for kept in self._kept.values())
        while len(self._kept) > 1 and (len(self._kept) > _KEPT or hits > _KEPT_HITS):
            oldest, forgotten = self._kept.popitem(last=False)
            hits -= len(forgotten.hits)
            self._pages.pop(oldest, None)

    def kept(self, text: str) -> Outcome | None:
        """Give the outcome of a query, if it is kept."""
        return self._kept.get(text)

    def forget(self) -> None:
        """Forget all outcomes, since the library is another now."""
        self._kept.clear()
        self._pages.clear()
        self._shown.clear()
        self._library.engine.forget()

    def page(self, text: str) -> Page:
        """Give the page of a query: its hits, or the page where a search begins."""
        outcome = self._kept.get(text)
        if outcome is None:
            return start_page(self.queries.saved(), self.queries.recent())
        if text not in self._pages:
            numbers = dict(outcome.counts.get("in", ()))
            matcher = Matcher(outcome.answer.node, outcome.answer.languages)
            self._pages[text] = results_page(
                outcome.answer, outcome.hits, partial(self.shown, outcome), matcher, lambda name: numbers.get(name, 0)
            )
        return self._pages[text]
