"""Which words of the index a typed word stands for: its forms in the library's languages, and what begins with it."""

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.language.stems import SHORTEST, Stemmer
from tui.search.index.schema import SHORT

if TYPE_CHECKING:
    from tantivy import Searcher

_SCORED: Final = 16
"""Words that a beginning stands for which are ranked each by its own rarity; the others count, and rank below."""


_LONGER: Final = 6
"""Letters by which another form may be longer."""


class Forms(NamedTuple):
    """The words of the index that count as one that was typed."""

    scored: tuple[str, ...]
    """The typed word itself, then its forms, then the most frequent words that begin with it."""
    others: tuple[str, ...]
    """The rest of those that begin with it."""
    alike: tuple[str, ...]
    """Its forms that do not begin with it."""


class Vocabulary:
    """The words of the index as one searcher sees them. What was worked out is kept as long as the searcher is."""

    def __init__(self, searcher: "Searcher", languages: tuple[str, ...]) -> None:
        """Look into a searcher's words."""
        self._searcher = searcher
        self._stemmer = Stemmer(languages)
        self.forms = lru_cache(maxsize=512)(self._forms)

    def _forms(self, word: str, field: str, *, prefix: bool) -> Forms:
        # Of those that begin with a letter or two there are too many to be listed, and other means to count them.
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
        """Find the forms of a word; `longer` is what begins with it, where that has been listed already."""
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
