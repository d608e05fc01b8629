"""Stems of words, in each language of the library."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tantivy import TextAnalyzer

_LANGUAGES: Final = {
    "ar": "arabic", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish", "fr": "french", "de": "german",
    "el": "greek", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nn": "norwegian", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "es": "spanish", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
}  # fmt: skip
"""BCP 47 primary tags and the names of their Snowball stemmers."""
SHORTEST: Final = 3
"""Letters of the shortest word that has other forms; below, words are too alike."""


class Stemmer:
    """Compares folded words by stems."""

    def __init__(self, languages: Iterable[str]) -> None:
        """Load the stemmers of some BCP 47 tags, where available."""
        names = {_LANGUAGES.get(tag.partition("-")[0].lower(), "") for tag in languages}
        self.names = tuple(sorted(names - {""}))
        """The names of the stemmers, in the order of the stems."""
        self._analyzers = tuple(map(_analyzer, self.names))

    def stems(self, word: str) -> tuple[str, ...]:
        """Return a word's stem in each language."""
        if len(word) < SHORTEST or not word.isalpha():
            return (word,) * len(self._analyzers)
        return tuple((analyzer.analyze(word) or [word])[0] for analyzer in self._analyzers)

    def alike(self, word: str, stems: tuple[str, ...]) -> bool:
        """Whether a word has any of some stems, language by language."""
        return any(mine == theirs for mine, theirs in zip(self.stems(word), stems, strict=True))

    def forms(self, word: str, candidates: Sequence[str]) -> frozenset[str]:
        """Return the folded words that are forms of a word."""
        known = [candidate for candidate in candidates if len(candidate) >= SHORTEST and candidate.isalpha()]
        found: set[str] = set()
        for analyzer, stem in zip(self._analyzers, self.stems(word), strict=True):
            stems = analyzer.analyze(" ".join(known))
            found |= {candidate for candidate, other in zip(known, stems, strict=True) if other == stem}
        return frozenset(found)

    def beginnings(self, word: str) -> frozenset[str]:
        """Return the beginnings that a word shares with the stems."""
        return frozenset(word[: _shared(word, stem)] for stem in self.stems(word)) - {""}


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@cache
def _analyzer(language: str) -> "TextAnalyzer":
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer(language)).build()
