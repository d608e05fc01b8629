"""The word lists of a language, and the one pass over a text that finds all their words."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from tui.language.phrase_table import PhraseTable, alternation

_FOLDER: Final = Path(__file__).parent / "words"
_PRIMARY: Final = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z0-9-]*)?")
"""A BCP 47 tag by its primary subtag; nothing else becomes the name of a file."""
_SPACE: Final = re.compile(r"\s+")
_LOCAL: Final = ("scope", "determiner")
"""Kinds whose words stand in every sentence, such as “the”: marking each of them would cost more than all others."""
_ASKED_FOR: Final = frozenset({"starter", "topic", "modal", "body", "ruling"})
"""Kinds that a single word is asked for, and that no text is searched for; “the” may start a sentence, too."""
HOLDING: Final = "holding"
"""The kind that every word has besides that may hold a statement back, so that the others are passed over at once."""
_HOLDING: Final = frozenset({"hedge", "condition", "conjecture", "guarded", "held", "opening", "narrow", "inverted"})
_NEVER: Final = re.compile(r"(?!)")
_MANY_TEXTS: Final = 16_384
"""Texts whose words are remembered, since many rules read one text: those of a briefing of 5,000 entries fit."""


class Meaning(NamedTuple):
    """What a listed word stands for: its table in the TOML, such as ``hedge.possible``."""

    kind: str
    group: str


class Mark(NamedTuple):
    """A listed word in a text."""

    start: int
    end: int
    groups: Mapping[str, str]
    """The first group that the word has in each kind of list."""

    def group(self, kind: str) -> str | None:
        """Give the group that the word has in a kind of list, or None where it is in none of that kind."""
        return self.groups.get(kind)


@dataclass(frozen=True, eq=False, slots=True)
class Lexicon:
    """The word lists of one language. Two are the same only where they are one object."""

    lang: str
    table: PhraseTable
    """The phrases that texts are searched for."""
    meanings: Mapping[str, tuple[Meaning, ...]]
    """What each phrase stands for, by its folded form."""
    groups: Mapping[str, Mapping[str, str]]
    """The same as the first group of each kind, since every word of every text is asked for its kinds."""
    local: Mapping[str, re.Pattern[str]]
    """Patterns for the kinds of list that are looked at beside another word alone."""

    def group(self, word: str, kind: str) -> str | None:
        """Give the group that a single phrase has in a kind of list."""
        found = self.groups.get(word) or self.groups.get(folded(word))
        return found.get(kind) if found else None

    def words(self, kind: str, group: str) -> tuple[str, ...]:
        """Give the phrases of one list."""
        return tuple(word for word, found in self.meanings.items() if Meaning(kind, group) in found)


@cache
def lexicon(lang: str) -> Lexicon | None:
    """Give the word lists of a language, or None where there are none.

    Args:
        lang: a BCP 47 tag; its primary subtag counts, so that `en-GB` reads the lists of `en`.
    """
    tag = _PRIMARY.fullmatch(lang)
    path = _FOLDER / f"{tag[1].lower()}.toml" if tag else None
    if path is None or not path.is_file():
        return None
    import tomli

    return _compiled(tomli.loads(path.read_text("utf-8")))


def folded(word: str) -> str:
    """Fold a phrase as the lists have it: lower case, one space, a straight apostrophe."""
    return _SPACE.sub(" ", word.lower().replace("’", "'"))


@lru_cache(maxsize=_MANY_TEXTS)
def marks(text: str, lists: Lexicon) -> tuple[Mark, ...]:
    """Find every listed word of a text, the longest phrase at each place, in one pass.

    A phrase of the list `neutral` hides what lies within it; other phrases may overlap.
    """
    found: list[Mark] = []
    hidden = 0
    small = text.lower()
    if len(small) != len(text):  # “İ” becomes two characters, and all places behind it would move
        small = "".join(letter.lower()[0] for letter in text)
    for start, end in lists.table.find(small):
        if start < hidden:
            continue
        word = small[start:end]
        groups = lists.groups.get(word) or lists.groups[folded(word)]
        if "neutral" in groups:
            hidden = end
        elif not ("lower" in groups and text[start].isupper()):
            found.append(Mark(start, end, groups))
    return tuple(found)


def between(found: Sequence[Mark], start: int, end: int) -> Iterator[Mark]:
    """Give the marks that begin in a stretch, without a look at the others: a long text may have very many."""
    for index in range(bisect_left(found, (start,)), len(found)):
        if found[index].start >= end:
            return
        yield found[index]


def of_kind(found: Iterable[Mark], kind: str) -> Iterator[tuple[Mark, str]]:
    """Give the marks of one kind, each with its group."""
    for mark in found:
        if kind in mark.groups:
            yield mark, mark.groups[kind]


def _compiled(data: Mapping[str, Any]) -> Lexicon:
    meanings: dict[str, tuple[Meaning, ...]] = {}
    for kind, groups in data.items():
        if kind == "lang" or kind in _LOCAL:
            continue
        for group, table in groups.items():
            lists = {kind: table.get("words", ()), f"{kind}-noun": table.get("nouns", ())}
            for name, words in lists.items():
                for word in words:
                    meanings[folded(word)] = (*meanings.get(folded(word), ()), Meaning(name, group))
    meanings = {word: (*found, *_inherited(word, meanings)) for word, found in meanings.items()}
    marked = [word for word, found in meanings.items() if any(one.kind not in _ASKED_FOR for one in found)]
    return Lexicon(
        lang=data["lang"],
        table=PhraseTable(marked),
        meanings=meanings,
        local={kind: _whole_words(data.get(kind, {})) for kind in _LOCAL},
        groups={word: _groups(found) for word, found in meanings.items()},
    )


def _groups(found: Sequence[Meaning]) -> dict[str, str]:
    groups = {one.kind: one.group for one in reversed(found)}
    return groups if _HOLDING.isdisjoint(groups) else {**groups, HOLDING: "back"}


def _whole_words(groups: Mapping[str, Mapping[str, Any]]) -> re.Pattern[str]:
    words = [word for table in groups.values() for word in table["words"]]
    return re.compile(rf"(?<![\w-]){alternation(words)}(?![\w-])", re.IGNORECASE) if words else _NEVER


def _inherited(word: str, meanings: Mapping[str, tuple[Meaning, ...]]) -> Iterator[Meaning]:
    """Give what a phrase is besides, by the shorter ones that it begins with: “likely to” is still a “likely”."""
    kinds = {meaning.kind for meaning in meanings[word]} | {"neutral"}
    if "neutral" in {meaning.kind for meaning in meanings[word]}:
        return
    parts = word.split(" ")
    for length in range(len(parts) - 1, 0, -1):
        for meaning in meanings.get(" ".join(parts[:length]), ()):
            if meaning.kind not in kinds:
                kinds.add(meaning.kind)
                yield meaning
