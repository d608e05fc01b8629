"""The records of an answer: hits, totals and the searched part."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from tui.language.tokens import words_of
from tui.search.matcher import Matcher
from tui.search.nodes import Most, Node


class UnansweredError(Exception):
    """A query without an answer. The message is one line for the reader."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage; `HitReader` reads its texts."""

    briefing: str
    """The briefing's id."""
    path: Path
    """The briefing's file."""
    kind: str
    """A kind of `fields.KINDS`."""
    index: int
    """The index among the briefing's fronts, entries, sources or entities; for a text, the source's."""
    paragraph: int
    """The number of a text's paragraph; -1 for other kinds."""
    score: float

    @property
    def name(self) -> str:
        """The name of the hit's block, equal in all answers."""
        return f"{self.path}:{self.kind}:{self.index}:{self.paragraph}"


class Shown(NamedTuple):
    """The texts and the location of a hit."""

    hit: Hit
    briefing: str
    """The briefing's title."""
    id: str
    """The id of the entry, source or entity; for a text, the source's; empty for a front page."""
    number: str
    """The mark before the item on its page, such as C1, 3 or ¶5; empty for an entity."""
    heading: str
    """The title, name or label; may be empty."""
    texts: tuple[str, ...]
    """All searched texts, the main text first."""
    rating: str
    """A rating such as B2; may be empty."""
    page: str
    """The name of the page, such as `claims` or `text:seed`."""
    block: str
    """The block of that page."""

    @property
    def address(self) -> str:
        """The address for `briefing open`."""
        return f"{self.hit.briefing}#{self.id}" if self.id else self.hit.briefing

    def best(self, matcher: Matcher) -> str:
        """Return the first text with the most different matches. An address only without a better text."""

        def different(text: str) -> float:
            found = len({words_of(text[start:end]) for start, end in matcher.spans(text)})
            return found - 0.5 * text.startswith(("http://", "https://"))

        return max(self.texts, key=different)


@dataclass(frozen=True, slots=True)
class Searched:
    """The searched part of the library."""

    briefings: int
    entries: int
    sources: int
    texts_not_held: int
    unread: tuple[str, ...] = ()
    """The ids of briefings that could not be opened."""
    waiting: int = 0
    """The number of briefings that are known and not indexed yet."""
    outdated: int = 0
    """The number of briefings that were indexed before their last change."""
    listed: bool = True
    """Whether the content folders were read to the end."""
    failed: bool = False
    """Whether the index could not be built, so that nothing will be added."""
    away: int = 0
    """The number of content folders that are missing or cannot be read."""

    @property
    def is_growing(self) -> bool:
        """Whether more will be found when the index is complete."""
        return bool(self.waiting or self.outdated or not self.listed)

    @property
    def complete(self) -> bool:
        """Whether all that the library shows was searched."""
        return not (self.is_growing or self.away or self.failed or self.unread)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was searched, although there may be something."""
        return not self.complete and not self.briefings


@dataclass(frozen=True, slots=True)
class Total:
    """A number of hits, which means nothing without the searched part.

    It has no text, so that `render.hits` alone says it, with what was not searched.
    """

    number: int
    """The exact number of all hits in the searched part."""
    searched: Searched

    def __bool__(self) -> bool:
        return self.number > 0

    def __str__(self) -> str:
        raise TypeError(self.__doc__)

    @property
    def is_absence(self) -> bool:
        """Whether there is nothing to find, rather than nothing searched yet."""
        return not self.number and not self.searched.is_growing


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query."""

    hits: tuple[Hit, ...]
    total: Total
    suggestions: tuple[str, ...] = ()
    """Queries with the nearest spellings, where nothing was found."""
    fuzzy: bool = False
    """Whether the hits only resemble the query, by spelling, by other words or by having half of the words.

    `total` is then none, or the number of front pages with all words of a question."""
    unmet: tuple[str, ...] = ()
    """One line for each field whose value nothing has, where nothing was found for that."""
    alike: int = 0
    """The number of all hits that resemble the query."""
    node: Node | None = None
    """The answered query, or with `fuzzy` its nearest spellings; for highlights."""
    languages: tuple[str, ...] = field(default=("en",))
    """The languages for highlights."""

    @property
    def searched(self) -> Searched:
        """The searched part of the library."""
        return self.total.searched

    def fewer(self, number: int) -> "Answer":
        """Return the answer with fewer hits in its count."""
        if not number:
            return self
        if self.fuzzy:
            return replace(self, alike=max(0, self.alike - number))
        return replace(self, total=replace(self.total, number=max(0, self.total.number - number)))

    @property
    def lacking(self) -> bool:
        """Whether the hits have other words or fewer words than the query."""
        return self.fuzzy and isinstance(self.node, Most)

    @property
    def whole(self) -> int:
        """The number of hits that can be shown."""
        return self.alike if self.fuzzy else self.total.number
