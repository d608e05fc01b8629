"""The spellings of a word, such as KN-23 and KN23."""

import re
from typing import Final

from tui.language.tokens import words_of

_PREFIX_WORDS: Final = """
anti co counter cyber de e ex extra inter intra mid multi non over post pre pro pseudo quasi re self semi sub super
trans ultra un under vice
"""
_PREFIXES: Final = frozenset(_PREFIX_WORDS.split())
"""Prefixes that English writes with a hyphen or without."""
_SHORTEST_REST: Final = 4
_LONGEST_PREFIX: Final = max(map(len, _PREFIXES))
_ARABIC: Final = re.compile("[\u0621-\u064a]+$")
_ARTICLES: Final = tuple(f"{joins}{article}" for article in ("ال", "بال", "كال", "لل") for joins in ("", "و", "ف"))
"""The article, alone and behind with, like and for, each also behind and and so."""
_SHORTEST_NOUN: Final = 3
"""Letters of a word behind its article; a shorter word begins with these letters by itself."""
_ACRONYM: Final = re.compile(r"[A-Z]{2,5}", re.ASCII)
_DESIGNATION: Final = re.compile(r"([a-z]{1,4})([0-9]{1,4})([a-z]?)", re.ASCII)


def variants(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the sequences of words for a typed word, its own first."""
    own = tuple(words_of(text).split())
    if not own:
        return ()
    found = [own]
    joined = "".join(own)
    if len(own) > 1 and joined.isascii():
        found.append((joined,))
    if _ACRONYM.fullmatch(text):
        found.append(tuple(text.lower()))
    if len(own) == 1 and _ARABIC.match(own[0]):
        found += [(form,) for form in _with_article(own[0])]
    if match := _DESIGNATION.fullmatch(joined):
        found.append((match[1], match[2] + match[3]))
    return tuple(dict.fromkeys((*found, *(splits(own[0]) if len(own) == 1 else ()))))


def _with_article(word: str) -> tuple[str, ...]:
    """Return an Arabic word without and with each form of the article."""
    article = next((one for one in _ARTICLES if word.startswith(one) and len(word) - len(one) >= _SHORTEST_NOUN), "")
    bare = word.removeprefix(article)
    return (bare, *(f"{one}{bare}" for one in _ARTICLES))


def splits(word: str) -> tuple[tuple[str, ...], ...]:
    """Return a folded word's parts before and behind a hyphen, if prefixed."""
    ends = range(1, min(_LONGEST_PREFIX, len(word) - _SHORTEST_REST) + 1)
    return tuple((word[:end], word[end:]) for end in ends if word[:end] in _PREFIXES)
