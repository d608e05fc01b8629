"""Listed phrases, found in a text by their first words."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Final, NamedTuple, TypeVar

_WORD: Final = re.compile(r"[\w-]+")
_MANY_TOKENS: Final = 65_536
T = TypeVar("T")


class _Looks(dict[str, T]):
    """The matches in each distinct word."""

    def __init__(self, look: Callable[[str], T]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, word: str) -> T:
        if len(self) > _MANY_TOKENS:
            self.clear()
        return self.setdefault(word, self._look(word))


class _Token(NamedTuple):
    """The listed words in a stretch of text between two spaces."""

    lead: str | None
    """The first word in the token; None in an empty token, behind which the next word is still to come."""
    listed: tuple[tuple[str, int], ...]
    """The words in it that begin phrases, each with the offset of its end."""
    rest: str
    """The last of them, if its phrases go on with another word."""
    seconds: frozenset[str | None] | None = None
    """The leads of the next token, if the word of `rest` is alone; None else."""


_END: Final = _Token("", (), "")


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
        self._tokens = _Looks(self._token)

    def find(self, small: str) -> list[tuple[int, int]]:
        """Return the span of the longest phrase at each word. Spans may overlap."""
        words = small.split(" ")
        tokens = [*map(self._tokens.__getitem__, words), _END]
        hits = [
            index
            for index, token in enumerate(tokens)
            if token[1] and (token[3] is None or tokens[index + 1][0] in token[3])
        ]
        if not hits:
            return []
        starts = list(accumulate(map(len, words), initial=0))
        found: list[tuple[int, int]] = []
        for index in hits:
            _, listed, rest, _ = tokens[index]
            at = starts[index] + index
            for first, end in listed:
                if first is rest and _lead(tokens, index + 1) not in self._seconds[first]:
                    continue
                pattern = self._patterns[first] if first in self._patterns else self._compiled(first)
                if pattern is None:
                    found.append((at + end - len(first), at + end))
                elif match := pattern.match(small, at + end):
                    found.append((at + end - len(first), match.end()))
        return found

    def _token(self, token: str) -> _Token:
        words = [(match[0], match.end()) for match in _WORD.finditer(token)]
        listed = tuple((word, end) for word, end in words if word in self._rests)
        rest = listed[-1][0] if listed and listed[-1] == words[-1] and listed[-1][0] in self._seconds else ""
        lead = words[0][0] if words else "" if token else None
        seconds = self._seconds[rest] | {None} if rest and len(listed) == 1 else None
        return _Token(lead, listed, rest, seconds)

    def _compiled(self, first: str) -> re.Pattern[str] | None:
        """Return an expression for the rest of a word's phrases, or None."""
        rests = self._rests[first]
        pattern = None if rests == {""} else re.compile(rf"{alternation(rests)}(?![\w-])")
        self._patterns[first] = pattern
        return pattern


def _lead(tokens: Sequence[_Token], index: int) -> str:
    """Return the first lead from an index on."""
    while (lead := tokens[index][0]) is None:
        index += 1
    return lead


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

    def __init__(self, pattern: re.Pattern[str], others: Collection[str]) -> None:
        """Begin without any word.

        Args:
            pattern: never looks beyond one word.
            others: the words in small letters that are no match.
        """
        self._pattern = pattern
        self._others = others
        self._words = _Looks(self._look_at)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Return the span and the group of each match in a text."""
        words = text.split(" ")
        hits = [(index, found) for index, found in enumerate(map(self._words.__getitem__, words)) if found]
        starts = list(accumulate(map(len, words), initial=0)) if hits else []
        return [
            (starts[index] + index + start, starts[index] + index + end, group)
            for index, found in hits
            for start, end, group in found
        ]

    def _look_at(self, word: str) -> tuple[tuple[int, int, str], ...]:
        matches = (match for match in self._pattern.finditer(word) if match[0].lower() not in self._others)
        return tuple((*match.span(), match.lastgroup or "") for match in matches)
