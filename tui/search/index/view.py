"""The index at one commit, with its languages, totals and words."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.search.index.ledger import Ledger, Record
from tui.search.index.schema import RECORD

if TYPE_CHECKING:
    from tantivy import Schema, Searcher

    from tui.library.catalogue import Catalogue
    from tui.search.answers import Searched
    from tui.search.index.vocabulary import Vocabulary


class Standing(NamedTuple):
    """The difference between an index and the library."""

    withdrawn: tuple[Record, ...]
    """The records of briefings that the register shows no more."""
    waiting: int
    """The number of briefings that are not indexed."""
    outdated: int
    """The number of briefings that were indexed before their last change."""


def _lists(catalogue: "Catalogue", record: Record) -> bool:
    """Whether lists show the briefing of a record, under the same id."""
    path = Path(record.path)
    return bool(catalogue.stamp_of(path)) and catalogue.id_of(path) == record.id


class View:
    """The index at one commit, unchanged by later writes. Derived values are computed once."""

    def __init__(self, searcher: "Searcher", schema: "Schema", version: str) -> None:
        """Use a searcher; `version` changes with every commit."""
        self.searcher = searcher
        self.schema = schema
        self.version = version
        self.ledger = Ledger(searcher, schema)
        self._standing: tuple[object, Standing] | None = None

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the briefings."""
        return self.ledger.languages() or ("en",)

    @cached_property
    def vocabulary(self) -> "Vocabulary":
        """The words of the index."""
        from tui.search.index.vocabulary import Vocabulary  # opening an index asks for no word

        return Vocabulary(self.searcher, self.languages)

    @cached_property
    def searched(self) -> "Searched":
        """The totals of the index."""
        from tui.search.answers import Searched

        return Searched(*self.ledger.totals(), unread=self.ledger.broken())

    @cached_property
    def is_sound(self) -> bool:
        """Whether the dictionary's counts are exact, without deleted documents."""
        from tui.search.fields import TAGS

        # With the deleted ones, each document is a record or of one kind.
        tags = (RECORD, *(f"kind={tag}" for tag in TAGS.values()))
        return sum(self.searcher.doc_freq("tags", tag) for tag in tags) == self.searcher.num_docs

    def standing(self, catalogue: "Catalogue") -> Standing:
        """Compare the index with the register."""
        revision = catalogue.revision, catalogue.held_stamp
        if self._standing is None or self._standing[0] != revision:
            lacking, others = self.ledger.compare(catalogue.stamps(in_order=False), revision[1])
            gone = (record for record in others.values() if not _lists(catalogue, record))
            outdated = sum(path in others for path in lacking)
            self._standing = revision, Standing(tuple(gone), len(lacking) - outdated, outdated)
        return self._standing[1]

    def withdrawn_numbers(self, catalogue: "Catalogue") -> tuple[int, ...]:
        """Return the numbers of the briefings that the register shows no more."""
        return tuple(record.number for record in self.standing(catalogue).withdrawn)
