"""What a search gives: hits in their order, the exact number, and what was searched."""

from dataclasses import dataclass, field
from pathlib import Path

from tui.search.nodes import Most, Node


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found; what is shown of it is read from its briefing by `showing.show`."""

    briefing: str
    """The briefing's id."""
    path: Path
    """The briefing's file."""
    kind: str
    """One of `fields.KINDS`."""
    item: int
    """Its place among the briefing's fronts, entries, sources or entities, from 0; for a text, that of its source."""
    paragraph: int
    """For a text, the number of the paragraph; else -1."""
    score: float


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched, so that an empty answer says something."""

    briefings: int
    entries: int
    sources: int
    texts_not_held: int
    unread: tuple[str, ...] = ()
    """Ids of the briefings that could not be opened, and so were not searched."""
    complete: bool = True
    """Whether the index has everything; not so while it is being built."""
    waiting: int = 0
    """Briefings that are not indexed yet, as far as is known."""
    away: int = 0
    """Content folders that could not be read, or are not there."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a search."""

    hits: tuple[Hit, ...]
    total: int
    """How many there are in all, exactly."""
    searched: Searched
    suggestions: tuple[str, ...] = ()
    """Queries with the nearest spellings, where nothing was found."""
    fuzzy: bool = False
    """Whether the hits only resemble what was looked for, by spelling or by having most of the words.

    `total` is then 0, or counts the fronts of briefings that have all words of a question."""
    alike: int = 0
    """How many of those there are in all."""
    node: Node | None = None
    """What the hits answer: the query, or with `fuzzy` the nearest spellings; for the matcher that highlights."""
    languages: tuple[str, ...] = field(default=("en",))
    """The languages for the matcher that highlights."""

    @property
    def lacking(self) -> bool:
        """Whether the hits have most of the words and not all of them."""
        return self.fuzzy and isinstance(self.node, Most)

    @property
    def whole(self) -> int:
        """How many hits there are to show in all."""
        return self.alike if self.fuzzy else self.total
