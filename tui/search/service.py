"""The search service: requests, answers and the protocol."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

from tui.search.answers import Answer, Hit, Shown, Total
from tui.search.translation import ReadItem

Progress = Callable[[int, int], None]
"""Called with the numbers of done and of all briefings."""
Counts = Mapping[str, Sequence[tuple[str, int]]]
"""The facets: for each field its values with the numbers of hits."""
NO_COUNTS: Final[Counts] = MappingProxyType({})
NO_SHOWN: Final[Mapping[str, Shown | None]] = MappingProxyType({})


class SearchRequest(NamedTuple):
    """A request for one batch of hits, or for the facets."""

    text: str
    """The query; its last word may be half typed."""
    read: tuple[ReadItem, ...] = ()
    """The items that the reader has read; used by the field `is` alone."""
    offset: int = 0
    """The number of best hits to leave out."""
    opened: str = ""
    """The id of the reader's open briefing, whose hits come first."""


class Found(NamedTuple):
    """One batch of hits."""

    answer: Answer
    hits: tuple[Hit, ...]
    """The hits in the order of the page, grouped by briefing."""
    shown: Mapping[str, Shown | None] = NO_SHOWN
    """The hits that are read already, by their names."""
    counts: Counts = NO_COUNTS
    """The facets; empty until they are counted."""


class Values(NamedTuple):
    """The values of a field, for completion."""

    known: Sequence[str] = ()
    is_whole: bool = True
    """Whether no value of the library is missing."""


class WriteRequest(NamedTuple):
    """A request for an answer as text or JSON."""

    query: str
    """A query without mistakes; its last word may be half typed."""
    format: str
    """text or json."""
    limit: int
    offset: int = 0
    """The number of best hits to leave out."""
    most: int = 0
    """About the largest number of characters; 0 for no limit."""
    read: tuple[ReadItem, ...] = ()
    """The items that the reader has read."""


class Written(NamedTuple):
    """An answer as text or JSON."""

    total: Total
    lines: tuple[str, ...]


class SearchService(Protocol):
    """Answers queries over one library for one or many readers. For the thread of the event loop."""

    @property
    def delay(self) -> float:
        """Seconds to wait for another letter before a query is sent."""

    @property
    def version(self) -> str:
        """A text that changes with the index, but not by `update`."""

    @property
    def trouble(self) -> str:
        """One line on the index for the reader; empty without trouble."""

    async def ask(self, reader: object, request: SearchRequest) -> Found:
        """Return a batch of hits; cancellation abandons the request.

        Args:
            reader: the sender; only the newest request of each reader waits.
            request: the query.

        Raises:
            UnansweredError: the query cannot be answered.
        """

    async def count(self, reader: object, request: SearchRequest) -> Counts:
        """Count the facets, with the arguments and errors of `ask`."""

    async def write(self, request: WriteRequest) -> Written:
        """Return an answer as text or JSON.

        Raises:
            UnansweredError: the query cannot be answered.
        """

    async def update(self, progress: Progress, only: Iterable[Path] | None) -> bool:
        """Update the index for all or some briefings' files. Return whether it changed."""

    async def refresh(self) -> None:
        """Update the index after a change of the library."""

    def values(self, name: str) -> Values:
        """Return the values of a field in the library, for completion."""

    def show(self, hit: Hit) -> Shown | None:
        """Read a hit that came without its texts. None where its briefing has changed or is gone."""

    def forget(self) -> None:
        """Close the briefings that were read, since they may have changed."""
