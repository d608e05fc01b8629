"""The word lists of a language, and the search for listed words."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from tui.language.phrase_table import Mark, PhraseTable, alternation, folded

_FOLDER: Final = Path(__file__).parent / "words"
_PRIMARY: Final = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z0-9-]*)?")
"""A BCP 47 tag by its primary subtag; nothing else becomes the name of a file."""
_LOCAL: Final = ("scope", "determiner")
"""Kinds whose words stand in every sentence, such as “the”: marking each of them would cost more than all others."""
AGENT: Final = "agent"
"""The kind whose words are endings, by which other words are told."""
_ASKED_FOR: Final = frozenset({"starter", "topic", "modal", "body", "ruling", "thing", "voiced"})
"""Kinds that a single word is asked for. No text is searched for the words."""
HOLDING: Final = "holding"
"""The further kind of each word that may hedge, so that all other words are skipped at once."""
_HOLDING: Final = frozenset({"hedge", "condition", "conjecture", "guarded", "held", "opening", "narrow", "inverted"})
_NEVER: Final = re.compile(r"(?!)")
_MANY_TEXTS: Final = 16_384
"""Texts whose words are remembered, since many rules read one text: those of a briefing of 5,000 entries fit."""


@dataclass(frozen=True, eq=False, slots=True)
class Lexicon:
    """The word lists of one language. Two are the same only where they are one object."""

    lang: str
    table: PhraseTable
    """The phrases that texts are searched for."""
    groups: Mapping[str, Mapping[str, str]]
    """The group of each phrase in each kind of list, by the folded phrase."""
    local: Mapping[str, re.Pattern[str]]
    """Patterns for the kinds of list that are looked at beside another word alone."""
    endings: re.Pattern[str]
    """The pattern of words by their endings, by group."""

    def group(self, word: str, kind: str) -> str | None:
        """Return a phrase's group in a kind of list, or None."""
        found = self.groups.get(word) or self.groups.get(folded(word))
        return found.get(kind) if found else None


@cache
def lexicon(lang: str) -> Lexicon | None:
    """Return the word lists of a language, or None.

    Args:
        lang: a BCP 47 tag; its primary subtag counts, so that `en-GB` reads the lists of `en`.
    """
    data = word_lists(_FOLDER, lang)
    return _compiled(data) if data else None


def word_lists(folder: Path, lang: str) -> Mapping[str, Any]:
    """Return a folder's word lists for a BCP 47 tag, if any."""
    tag = _PRIMARY.fullmatch(lang)
    path = folder / f"{tag[1].lower()}.toml" if tag else None
    if path is None or not path.is_file():
        return {}
    import tomli

    return tomli.loads(path.read_text("utf-8"))


def in_small_letters(text: str) -> str:
    """Return a text in small letters, each character at the same offset."""
    small = text.lower()
    # “İ” becomes two characters, and all offsets behind it would move.
    return small if len(small) == len(text) else "".join(letter.lower()[0] for letter in text)


@lru_cache(maxsize=_MANY_TEXTS)
def marks(text: str, lists: Lexicon) -> tuple[Mark, ...]:
    """Find every listed word, the longest phrase at each offset.

    A phrase of the list `neutral` hides the phrases that begin within it; other phrases may overlap.
    """
    found: list[Mark] = []
    hidden = 0
    for mark in lists.table.find(in_small_letters(text)):
        start, end, groups = mark
        if AGENT in groups:
            if lists.endings.match(text, start):
                found.append(mark)
        elif start < hidden:
            continue
        elif "neutral" in groups:
            hidden = end
        elif not ("lower" in groups and text[start].isupper()):
            found.append(mark)
    return tuple(found)


def between(found: Sequence[Mark], start: int, end: int) -> Iterator[Mark]:
    """Yield the marks that begin in a stretch. Other marks are not read."""
    for index in range(bisect_left(found, (start,)), len(found)):
        if found[index].start >= end:
            return
        yield found[index]


def of_kind(found: Iterable[Mark], kind: str) -> Iterator[tuple[Mark, str]]:
    """Yield the marks of a kind, each with the group."""
    for mark in found:
        if kind in mark.groups:
            yield mark, mark.groups[kind]


def _compiled(data: Mapping[str, Any]) -> Lexicon:
    listed: dict[str, dict[str, str]] = {}
    for kind, tables in data.items():
        for group, table in tables.items() if kind not in {"lang", AGENT, *_LOCAL} else ():
            for name, words in ((kind, table.get("words", ())), (f"{kind}-noun", table.get("nouns", ()))):
                for word in words:
                    listed.setdefault(folded(word), {}).setdefault(name, group)
    groups = {word: _with_inherited(word, listed) for word in listed}
    things = frozenset(word for word, kinds in groups.items() if "thing" in kinds)
    endings = _with_endings(data.get(AGENT, {}))

    def agents(token: str) -> Sequence[Mark]:
        if endings.search(token) is None:  # most tokens have none
            return ()
        matches = (match for match in endings.finditer(token) if match[0] not in things)
        return [Mark(*match.span(), {AGENT: match.lastgroup or ""}) for match in matches]

    return Lexicon(
        lang=data["lang"],
        table=PhraseTable({word: kinds for word, kinds in groups.items() if not kinds.keys() <= _ASKED_FOR}, agents),
        groups=groups,
        local={kind: _whole_words(data.get(kind, {})) for kind in _LOCAL},
        endings=endings,
    )


def _with_inherited(word: str, listed: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the groups of a phrase, also those of shorter phrases inside."""
    groups = dict(listed[word])
    if " " in word and "neutral" not in groups:
        parts = word.split(" ")
        for length in range(len(parts) - 1, 0, -1):
            for kind, group in listed.get(" ".join(parts[:length]), {}).items():
                if kind != "neutral":
                    groups.setdefault(kind, group)
    if len(groups) > 1:
        groups = dict(reversed(groups.items()))  # the shorter phrase's sense is tried first
    return groups if _HOLDING.isdisjoint(groups) else {**groups, HOLDING: "back"}


def _whole_words(groups: Mapping[str, Mapping[str, Any]]) -> re.Pattern[str]:
    words = [word for table in groups.values() for word in table["words"]]
    return re.compile(rf"(?<![\w-]){alternation(words)}(?![\w-])", re.IGNORECASE) if words else _NEVER


def _with_endings(groups: Mapping[str, Mapping[str, Any]]) -> re.Pattern[str]:
    """Return the pattern of words by their endings, by group."""
    found = (rf"(?P<{name}>[A-Za-z]?[a-z]{{2,}}(?:{'|'.join(table['words'])}))" for name, table in groups.items())
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(found)})(?![\w’'-])") if groups else _NEVER
