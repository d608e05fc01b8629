"""The words of the index, and the forms of a typed word."""

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.language.stems import SHORTEST, Stemmer
from tui.search.index.schema import SHORT

if TYPE_CHECKING:
    from tantivy import Searcher

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
