"""The records of a reader's state, and the protocol of stores."""

from collections.abc import Hashable, Sequence
from typing import Final, NamedTuple, Protocol, TypeVar


def kind_of(page: str) -> str:
    """Return the kind of a page, without id, options or filter."""
    return page.partition("/")[0].partition(":")[0]


class Location(NamedTuple):
    """A position that a reader can return to."""

    briefing: str = ""
    """The briefing's id; empty for pages that belong to none, such as the library."""
    page: str = "library"
    """The page, such as `claims`, `entry:hundreds` or `text:seed`."""
    block: str = ""
    """The current block's id; empty for the first."""
    top: str = ""
    """The id of the block at the top of the screen; empty where it does not matter."""
    row: int = 0
    """The index of that block's topmost row on the screen."""

    @property
    def kind(self) -> str:
        """The kind of the page."""
        return kind_of(self.page)

    @property
    def key(self) -> str:
        """The briefing: a state has one location for each."""
        return self.briefing


class Mark(NamedTuple):
    """A location that the reader marked."""

    letter: str
    """A small letter counts within its briefing, a capital everywhere; `*` is a bookmark without a letter."""
    location: Location
    words: str
    """The first words of the marked block."""
    at: float = 0.0
    """Seconds since the epoch."""

    @property
    def scope(self) -> str:
        """The scope of the letter: a briefing or one of its blocks. Empty stands for everywhere."""
        if self.letter == "*":
            return f"{self.location.briefing}#{self.location.block}"
        return "" if self.letter.isupper() else self.location.briefing

    @property
    def key(self) -> str:
        """The letter and its scope."""
        return f"{self.letter}:{self.scope}"


class Visit(NamedTuple):
    """The last visit to a briefing."""

    briefing: str
    digest: str
    """The revision that was read."""
    at: float
    """Seconds since the epoch."""

    @property
    def key(self) -> str:
        """The briefing."""
        return self.briefing


class Reading(NamedTuple):
    """An entry, source or entity that was read, and its revision then."""

    briefing: str
    item: str
    digest: str

    @property
    def key(self) -> tuple[str, str]:
        """The briefing and the item."""
        return self.briefing, self.item


class Setting(NamedTuple):
    """A choice of the reader's, such as the theme."""

    name: str
    value: str

    @property
    def key(self) -> str:
        """The setting's name."""
        return self.name


class Query(NamedTuple):
    """A query that the reader ran, or saved."""

    words: str
    is_saved: bool
    at: float
    """Seconds since the epoch."""

    @property
    def key(self) -> tuple[str, bool]:
        """The words; a query can be both recent and saved."""
        return self.words, self.is_saved


Record = Location | Mark | Visit | Reading | Setting | Query
KINDS: Final[tuple[type[Record], ...]] = (Location, Mark, Visit, Reading, Setting, Query)
Kind = TypeVar("Kind", bound=Record)


class Change(NamedTuple):
    """A record that replaces the one with its key, or a removal."""

    record: Record
    is_removal: bool = False

    @property
    def briefing(self) -> str:
        """The briefing whose pages alone show the record; empty where others may."""
        record = self.record
        if isinstance(record, Mark):
            return record.scope and record.location.briefing
        return record.briefing if isinstance(record, Location | Reading | Visit) else ""

    @property
    def key(self) -> tuple[type[Record], Hashable]:
        """The record's kind and key. Only the last change of a key counts."""
        return type(self.record), self.record.key


class StoreError(Exception):
    """A store cannot be opened, read or written. The message is one line for the reader."""

    def __init__(self, message: str, kind: str = "") -> None:
        """Create the error.

        Args:
            message: one line for the reader.
            kind: the store's own word for the error, without content or file names, for logs.
        """
        super().__init__(message)
        self.kind = kind


class Store(Protocol):
    """Keeps the records of one reader."""

    trouble: str
    """One line for the reader where the records cannot be kept; empty where they can."""

    @property
    def is_kept(self) -> bool:
        """Whether the records outlast the program."""

    @property
    def revision(self) -> int:
        """A number that changes when another program has written to the store."""

    @property
    def made(self) -> int:
        """The store's first second, counted since the epoch; 0 if unknown."""

    def load(self, kind: type[Kind]) -> Sequence[Kind]:
        """Return all records of a kind.

        Raises:
            StoreError: they cannot be read.
        """

    def write(self, changes: Sequence[Change]) -> None:
        """Write changes: all of them or, killed meanwhile, none.

        Raises:
            StoreError: they cannot be written; the store is as before.
        """

    def close(self) -> None:
        """Release the store."""
