"""Listed phrases, found in a text by their first words."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[\w-]+")
_MANY_TOKENS: Final = 65_536


class _Token(NamedTuple):
    """The listed words in a stretch of text between two spaces."""

    lead: str | None
    """The first word in the token; None in an empty token, behind which the next word is still to come."""
    listed: tuple[tuple[str, int], ...]
    """The words in it that begin phrases, each with the offset of its end."""
    rest: str
    """The last of them, if its phrases go on with another word."""


class PhraseTable:
    """Phrases by their first words.

    One expression of thousands of phrases takes longer to compile than most texts take to search. Here an expression is
    compiled for each first word that has longer phrases, when a text first has that word; and since few words make up
    most texts, each token is looked at once.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        """Sort phrases by their first words.

        Args:
            phrases: in small letters, each beginning with a letter or digit; a space stands for any white space.
        """
        self._rests: dict[str, set[str]] = {}
        for phrase in phrases:
            first = _WORD.match(phrase)
            if first:
                self._rests.setdefault(first[0], set()).add(phrase[first.end() :])
        self._seconds = {
            first: frozenset(match[0] for rest in rests if (match := _WORD.search(rest)))
            for first, rests in self._rests.items()
            if "" not in rests
        }
        self._patterns: dict[str, re.Pattern[str] | None] = {}
        self._tokens: dict[str, _Token] = {}

    def find(self, small: str) -> list[tuple[int, int]]:
        """Return the span of the longest phrase at each word. Spans may overlap."""
        words = small.split(" ")
        known = self._tokens
        tokens = [known.get(word) or self._token(word) for word in words]
        hits = [index for index, token in enumerate(tokens) if token[1]]
        if not hits:
            return []
        starts = list(accumulate(map(len, words), initial=0))
        found: list[tuple[int, int]] = []
        for index in hits:
            _, listed, rest = tokens[index]
            at = starts[index] + index
            for first, end in listed:
                if first is rest:
                    second = index + 1
                    while second < len(tokens) and tokens[second][0] is None:
                        second += 1
                    if second == len(tokens) or tokens[second][0] not in self._seconds[first]:
                        continue
                found += self._at(small, first, at + end)
        return found

    def _token(self, token: str) -> _Token:
        words = [(match[0], match.end()) for match in _WORD.finditer(token)]
        listed = tuple((word, end) for word, end in words if word in self._rests)
        rest = listed[-1][0] if listed and listed[-1] == words[-1] and listed[-1][0] in self._seconds else ""
        lead = words[0][0] if words else "" if token else None
        if len(self._tokens) > _MANY_TOKENS:
            self._tokens.clear()
        return self._tokens.setdefault(token, _Token(lead, listed, rest))

    def _at(self, small: str, first: str, end: int) -> tuple[tuple[int, int], ...]:
        """Return the longest phrase whose first word ends at an offset."""
        pattern = self._patterns[first] if first in self._patterns else self._compiled(first)
        if pattern is None:
            return ((end - len(first), end),)
        match = pattern.match(small, end)
        return ((end - len(first), match.end()),) if match else ()

    def _compiled(self, first: str) -> re.Pattern[str] | None:
        """Return an expression for the rest of a word's phrases, or None."""
        rests = self._rests[first]
        pattern = None if rests == {""} else re.compile(rf"{alternation(rests)}(?![\w-])")
        self._patterns[first] = pattern
        return pattern


def alternation(phrases: Iterable[str]) -> str:
    """Return an expression that shares beginnings and prefers the longest phrase."""
    listed = sorted(set(phrases))
    return _branches(listed) if listed else ""


def _branches(phrases: list[str]) -> str:
    first, last = phrases[0], phrases[-1]
    shared = next((at for at, both in enumerate(zip(first, last, strict=False)) if both[0] != both[1]), len(first))
    beginning = "".join(map(_escaped, first[:shared]))
    rest = [phrase[shared:] for phrase in phrases]
    ends = not rest[0]
    parts = [_branches(list(group)) for _, group in groupby(rest[ends:], key=itemgetter(0))]
    if not parts:
        return beginning
    letters = "".join(part for part in parts if len(part) == 1)
    if len(letters) > 1:  # a class is compiled and tried faster than as many branches
        parts = [*(part for part in parts if len(part) > 1), f"[{letters}]"]
    joined = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{beginning}{joined}{'?' if ends else ''}"


@cache
def _escaped(character: str) -> str:
    if character == " ":
        return r"\s+"
    return "['’]" if character == "'" else re.escape(character)


class WordPattern:
    """A pattern of single words, which looks at each word once."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        """Take a pattern that never looks beyond one word."""
        self._pattern = pattern
        self._words: dict[str, tuple[tuple[int, int, str], ...]] = {}

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Return the span and the group of each match in a text."""
        found: list[tuple[int, int, str]] = []
        at = 0
        for word in text.split(" "):
            matches = self._words.get(word)
            if matches is None:
                matches = self._look_at(word)
            if matches:
                found += [(at + start, at + end, group) for start, end, group in matches]
            at += len(word) + 1
        return found

    def _look_at(self, word: str) -> tuple[tuple[int, int, str], ...]:
        if len(self._words) > _MANY_TOKENS:
            self._words.clear()
        matches = ((*match.span(), match.lastgroup or "") for match in self._pattern.finditer(word))
        return self._words.setdefault(word, tuple(matches))
