"""The index at one commit, with its languages, totals and words."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.search.answers import Searched
from tui.search.fields import KINDS
from tui.search.index.forms import Vocabulary
from tui.search.index.ledger import Ledger, Record, state_of
from tui.search.index.schema import RECORD

if TYPE_CHECKING:
    from tantivy import Schema, Searcher

    from tui.library.catalogue import Catalogue


class View:
    """The index at one commit, unchanged by later writes. Derived values are computed once."""

    def __init__(self, searcher: "Searcher", schema: "Schema", version: str) -> None:
        """Use a searcher; `version` changes with every commit."""
        self.searcher = searcher
        self.schema = schema
        self.version = version
        self.ledger = Ledger(searcher, schema)
        self._withdrawn: tuple[object, tuple[Record, ...]] | None = None

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the briefings."""
        return self.ledger.languages() or ("en",)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the index."""
        return Vocabulary(self.searcher, self.languages)

    @cached_property
    def searched(self) -> Searched:
        """The totals of the index."""
        return Searched(*self.ledger.totals(), unread=self.ledger.broken())

    @cached_property
    def is_sound(self) -> bool:
        """Whether the dictionary's counts are exact, without deleted documents."""
        # With the deleted ones, each document is a record or of one kind.
        tags = (RECORD, *(f"kind={kind}" for kind in KINDS))
        return sum(self.searcher.doc_freq("tags", tag) for tag in tags) == self.searcher.num_docs

    def withdrawn(self, catalogue: "Catalogue") -> tuple[Record, ...]:
        """Return the records of briefings that the register shows no more."""
        revision = catalogue.revision
        if self._withdrawn is None or self._withdrawn[0] != revision:
            held = catalogue.held_stamp
            states = {state_of(path, at, texts) for path, at in catalogue.stamps().items() for texts in ("", held)}
            _, others = self.ledger.compare(states)
            gone = (record for record in others.values() if catalogue.id_of(Path(record.path)) != record.id)
            self._withdrawn = revision, tuple(gone)
        return self._withdrawn[1]

    def withdrawn_numbers(self, catalogue: "Catalogue") -> tuple[int, ...]:
        """Return the numbers of those briefings."""
        return tuple(record.number for record in self.withdrawn(catalogue))
