"""The index at one commit, with its languages, totals and words."""

from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.language.stems import SHORTEST, Stemmer
from tui.search.answers import Searched
from tui.search.fields import TAGS
from tui.search.index.ledger import Ledger, Record, state_of
from tui.search.index.schema import RECORD, SHORT

if TYPE_CHECKING:
    from tantivy import Schema, Searcher

    from tui.library.catalogue import Catalogue

_SCORED: Final = 16
"""Words with a typed beginning that are ranked by their own rarity; the others rank below."""

_LONGER: Final = 6
"""Letters by which another form may be longer than the typed word."""


class Forms(NamedTuple):
    """The words of the index that count as a typed word."""

    scored: tuple[str, ...]
    """The typed word, then its forms, then the most frequent words that begin with the typed word."""
    others: tuple[str, ...]
    """The other words that begin with the typed word."""
    alike: tuple[str, ...]
    """The forms that do not begin with the typed word."""


class Vocabulary:
    """The words of the index in one searcher; looked-up forms are kept."""

    def __init__(self, searcher: "Searcher", languages: tuple[str, ...]) -> None:
        """Use a searcher's dictionary."""
        self._searcher = searcher
        self._stemmer = Stemmer(languages)
        self.forms = lru_cache(maxsize=512)(self._forms)

    def _forms(self, word: str, field: str, *, prefix: bool) -> Forms:
        # Words that begin with a letter or two are too many to list, and are counted by the field `begins`.
        listed = prefix and (len(word) > SHORT or field != "words")
        longer = self._searcher.terms_with_prefix(field, word) if listed else []  # the most frequent first
        alike = tuple(form for form in self._alike(word, field, longer) if form != word)
        if not prefix:
            return Forms((word, *alike), (), alike)
        known = {word, *alike}
        ranked = [term for term, _ in longer if term not in known]
        apart = tuple(form for form in alike if not form.startswith(word))
        return Forms((word, *alike, *ranked[:_SCORED]), tuple(ranked[_SCORED:]), apart)

    def _alike(self, word: str, field: str, longer: list[tuple[str, int]]) -> list[str]:
        """Return the forms of a word. `longer` has its known continuations."""
        if len(word) < SHORTEST or not word.isalpha():
            return []
        found: dict[str, int] = {}
        for beginning in self._stemmer.beginnings(word):
            if len(beginning) < SHORTEST - 1:
                continue
            # Another form is never much longer: this saves asking the stemmer about most of the words.
            beginners = longer if longer and beginning == word else self._searcher.terms_with_prefix(field, beginning)
            terms = [pair for pair in beginners if len(pair[0]) <= len(word) + _LONGER]
            alike = self._stemmer.forms(word, [term for term, _ in terms])
            found |= {term: documents for term, documents in terms if term in alike}
        return sorted(found, key=lambda term: (-found[term], term))


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
        tags = (RECORD, *(f"kind={tag}" for tag in TAGS.values()))
        return sum(self.searcher.doc_freq("tags", tag) for tag in tags) == self.searcher.num_docs

    def standing(self, catalogue: "Catalogue") -> Standing:
        """Compare the index with the register."""
        revision = catalogue.revision, catalogue.held_stamp
        if self._standing is None or self._standing[0] != revision:
            held = revision[1]
            states = {
                path: (state_of(path, at, ""), state_of(path, at, held)) for path, at in catalogue.stamps().items()
            }
            there, others = self.ledger.compare(set(chain.from_iterable(states.values())))
            lacking = [path for path, either in states.items() if there.isdisjoint(either)]
            gone = (record for record in others.values() if not _lists(catalogue, record))
            outdated = sum(path in others for path in lacking)
            self._standing = revision, Standing(tuple(gone), len(lacking) - outdated, outdated)
        return self._standing[1]

    def withdrawn_numbers(self, catalogue: "Catalogue") -> tuple[int, ...]:
        """Return the numbers of the briefings that the register shows no more."""
        return tuple(record.number for record in self.standing(catalogue).withdrawn)
