"""What the reader needs of whatever answers queries: in its own process, or in another beside many readers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

from tui.search.answers import Answer, Hit
from tui.search.excerpts import Shown
from tui.search.query import Parsed
from tui.search.translation import ReadItem
from tui.session.search.facet_row import Counts

Progress = Callable[[int, int], None]
NO_COUNTS: Final[Counts] = MappingProxyType({})
NO_SHOWN: Final[Mapping[str, Shown | None]] = MappingProxyType({})


class UnansweredError(Exception):
    """A query that could not be answered; the message is one line for the reader."""


class Question(NamedTuple):
    """What is asked."""

    parsed: Parsed
    read: tuple[ReadItem, ...] = ()
    """What the reader has read; only the field `is` asks for it."""
    had: int = 0
    """How many of the best hits the reader has already."""
    first: str = ""
    """The id of the briefing that the reader has open, whose hits come first."""


class Found(NamedTuple):
    """The hits of a question, so many at once as are ranked together."""

    answer: Answer
    hits: tuple[Hit, ...]
    """In the order of the page: those of a briefing together."""
    shown: Mapping[str, Shown | None] = NO_SHOWN
    """What is shown of them, as far as it was read, by the names of their blocks."""
    counts: Counts = NO_COUNTS
    """The facets, where they were counted at once."""


class Engine(Protocol):
    """Answers queries over one library, for one reader or for many. All of it is for the loop's thread."""

    @property
    def patience(self) -> float:
        """Seconds for which a query waits for another letter."""

    @property
    def version(self) -> str:
        """A text that changes when the index has changed without an update by a reader."""

    @property
    def trouble(self) -> str:
        """One line to say of the index; empty where all is well."""

    @property
    def is_complete(self) -> bool:
        """Whether the index has everything."""

    async def ask(self, who: object, question: Question) -> Found:
        """Ask; to cancel it is to abandon the question.

        Args:
            who: the reader; of each one question waits at most, the newest.
            question: what is asked.

        Raises:
            UnansweredError: there is no answer.
        """

    async def count(self, who: object, question: Question) -> Counts:
        """Count the facets of what is found; likewise."""

    async def update(self, progress: Progress, only: Iterable[Path] | None) -> bool:
        """Bring the index up to date for a reader, or those briefings' files alone; tell whether it changed."""

    async def refresh(self) -> None:
        """Hear that the library has changed, whoever reads."""

    async def write(self, query: str, written_as: str, limit: int, offset: int, most: int) -> "Written":
        """Answer a query that is right in writing.

        Args:
            query: the query.
            written_as: text or json.
            limit: how many hits.
            offset: how many of the best to leave out.
            most: about how many characters at most.

        Raises:
            UnansweredError: there is no answer.
        """

    def values(self, name: str) -> Sequence[str]:
        """Give the values that a field has in the library, for completion."""

    def show(self, hit: Hit) -> Shown | None:
        """Read what is shown of a hit of which it was not told; None where it cannot be read."""

    def forget(self) -> None:
        """Forget what was read of briefings, since they may have changed."""


class Written(NamedTuple):
    """An answer in writing."""

    total: int
    """How many hits there are."""
    lines: tuple[str, ...]
