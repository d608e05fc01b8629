"""Stems: which words are forms of one word, in each language that the library is written in."""

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
    """Tells whether two folded words are forms of one."""

    def __init__(self, languages: Iterable[str]) -> None:
        """Know the languages of these BCP 47 tags; one without a stemmer has no other forms."""
        names = {_LANGUAGES.get(tag.partition("-")[0].lower(), "") for tag in languages}
        self._analyzers = tuple(_analyzer(name) for name in sorted(names) if name)

    def stems(self, word: str) -> tuple[str, ...]:
        """Give a word's stem in each language."""
        if len(word) < SHORTEST or not word.isalpha():
            return (word,) * len(self._analyzers)
        return tuple((analyzer.analyze(word) or [word])[0] for analyzer in self._analyzers)

    def alike(self, word: str, stems: tuple[str, ...]) -> bool:
        """Tell whether a word has one of these stems, each in its own language."""
        return any(mine == theirs for mine, theirs in zip(self.stems(word), stems, strict=True))

    def forms(self, word: str, candidates: Sequence[str]) -> frozenset[str]:
        """Give those of many folded words that are forms of one, faster than by asking for each."""
        known = [candidate for candidate in candidates if len(candidate) >= SHORTEST and candidate.isalpha()]
        found: set[str] = set()
        for analyzer, stem in zip(self._analyzers, self.stems(word), strict=True):
            stems = analyzer.analyze(" ".join(known))
            found |= {candidate for candidate, other in zip(known, stems, strict=True) if other == stem}
        return frozenset(found)

    def beginnings(self, word: str) -> frozenset[str]:
        """Give what a form of a word begins with: as much as the word and its stem share."""
        return frozenset(word[: _shared(word, stem)] for stem in self.stems(word)) - {""}


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@cache
def _analyzer(language: str) -> "TextAnalyzer":
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.stemmer(language)).build()
