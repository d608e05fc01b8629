"""Words that mean nearly the same, by language."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from tui.language.lexicon import word_lists
from tui.language.stems import Stemmer
from tui.language.tokens import words_of

FOLDER: Final = Path(__file__).parent / "words" / "synonyms"
"""The lists, one for each language."""


class Synonyms:
    """The synonyms of some languages, for any form of a word."""

    def __init__(self, languages: Iterable[str]) -> None:
        """Load the lists of some BCP 47 tags, and of English."""
        self._stemmer = Stemmer(["en"])
        self._groups: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for tag in dict.fromkeys(("en", *languages)):
            for written in word_lists(FOLDER, tag).get("groups", ()):
                group = tuple(map(words_of, written.split(",")))
                for term in group:
                    self._groups[self._key(term)] |= dict.fromkeys(group)

    def of(self, word: str) -> tuple[str, ...]:
        """Return the synonyms of a word: folded words and phrases."""
        key = self._key(words_of(word))
        return tuple(term for term in self._groups.get(key, ()) if self._key(term) != key)

    def _key(self, words: str) -> str:
        return words if " " in words else self._stemmer.stems(words)[0]


@cache
def synonyms(languages: tuple[str, ...]) -> Synonyms:
    """Return the synonyms of some languages, loaded once."""
    return Synonyms(languages)
