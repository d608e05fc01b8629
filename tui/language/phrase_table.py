"""Listed phrases, found in a text by their first words."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Final, NamedTuple, TypeVar

T = TypeVar("T")
_SPACE: Final = re.compile(r"\s+")
_LETTER: Final = r"[^\W_⁰¹²³⁴-⁹]"
"""A sign of a word; emphasis (_may_) and footnote marks (may¹) are none."""
_WORD: Final = re.compile(rf"(?:{_LETTER}|-)+")
_MANY_TOKENS: Final = 65_536
_FEW: Final = 3
"""Hits whose places are reckoned one by one."""
_FIGURES: Final = "0123456789.,:;%()"
"""The signs of a number, of which a text may have thousands, and which begins hardly ever a phrase."""
_END: Final = "\0"
"""A token without a word, behind the last one of a text."""
Groups = Mapping[str, str]
"""The group of a phrase in each kind of list."""


class Mark(NamedTuple):
    """A listed word in a text."""

    start: int
    end: int
    groups: Groups
    """The first group that the word has in each kind of list."""

    def group(self, kind: str) -> str | None:
        """Return the word's group in a kind of list, or None."""
        return self.groups.get(kind)


class _Looks(dict[str, T]):
    """The matches in each distinct word."""

    def __init__(self, look: Callable[[str], T]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, word: str) -> T:
        if len(self) > _MANY_TOKENS:
            self.clear()
        return self.setdefault(word, self._look(word))


class _Word(NamedTuple):
    """A word that begins phrases."""

    start: int
    end: int
    first: str
    groups: Groups | None
    """The groups of the word alone, if it is listed."""
    seconds: Collection[str] | None
    """The words with which longer phrases go on in the next token; None if they go on in this one."""


class _Token(NamedTuple):
    """The words that begin phrases, in a text between two spaces."""

    words: tuple[_Word, ...]
    nexts: Collection[str | None] | None
    """The first words of the next token with which there can be a phrase, and None for an unknown word.

    None if the next token does not decide."""


class PhraseTable:
    """Phrases by their first words.

    One expression of thousands of phrases takes longer to compile than most texts take to search. Here an expression is
    compiled for each first word that has longer phrases, when a text first has such a phrase's first two words; and since
    few words make up most texts, each token is looked at once.
    """

    def __init__(self, phrases: Mapping[str, Groups], others: Callable[[str], Sequence[Mark]] = lambda _: ()) -> None:
        """Sort phrases by their first words.

        Args:
            phrases: in small letters, each with a letter or digit at both ends; a space stands for any white space.
            others: returns further words of a token, which has letters.
        """
        self._phrases = phrases
        self._others = others
        self._rests: dict[str, set[str]] = {}
        for phrase in phrases:
            if first := _WORD.match(phrase):
                self._rests.setdefault(first[0], set()).add(phrase[first.end() :])
        self._seconds = _Looks(self._second_words)
        self._numbered = any(map(str.isdigit, self._rests))
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._tokens = _Looks(self._token)
        self._leads = _Looks(_lead)

    def find(self, small: str) -> list[Mark]:
        """Return the longest phrase at each word, and the further words. Marks may overlap."""
        words = small.split(" ")
        tokens = map(self._tokens.__getitem__, words)
        words.append(_END)
        leads = self._leads
        hits = [
            (index, token[0])
            for index, token in enumerate(tokens)
            if token and (token[1] is None or leads[words[index + 1]] in token[1])
        ]
        if not hits:
            return []
        starts = list(accumulate(map(len, words), initial=0)) if len(hits) > _FEW else None
        found: list[Mark] = []
        made = tuple.__new__  # of a mark, in half the time, since there are tens of thousands
        for index, listed in hits:
            at = (starts[index] if starts else sum(map(len, words[:index]))) + index
            for start, end, first, groups, seconds in listed:
                if seconds is None or (
                    seconds and (leads[words[index + 1]] or self._lead(words, index + 1)) in seconds
                ):
                    pattern = self._patterns.get(first) or self._compiled(first)
                    if match := pattern.match(small, at + end):
                        phrase = small[at + start : match.end()]
                        known = self._phrases.get(phrase) or self._phrases[folded(phrase)]
                        found.append(made(Mark, (at + start, match.end(), known)))
                elif groups is not None:
                    found.append(made(Mark, (at + start, at + end, groups)))
        return found

    def _token(self, token: str) -> _Token | None:
        if not token.strip(_FIGURES) and not self._numbered:
            return None
        others = self._others(token)
        if not others and self._rests.keys().isdisjoint(_WORD.findall(token)):
            return None
        listed = [*self._beginning(token), *(_Word(start, end, "", groups, ()) for start, end, groups in others)]
        waits = all(word.groups is None and word.seconds is not None for word in listed)
        nexts = frozenset((None, *(second for word in listed for second in word.seconds or ()))) if waits else None
        return _Token(tuple(sorted(listed, key=itemgetter(0))), nexts)

    def _beginning(self, token: str) -> Iterator[_Word]:
        """Yield the words in a token that begin phrases."""
        last = max(match.start() for match in _WORD.finditer(token))
        for match in _WORD.finditer(token):
            if match[0] in self._rests:
                seconds = self._seconds[match[0]]
                goes_on = seconds if match.start() == last or not seconds else None
                yield _Word(*match.span(), match[0], self._phrases.get(match[0]), goes_on)

    def _second_words(self, first: str) -> frozenset[str]:
        """Return the second words of a word's phrases."""
        return frozenset(match[0] for rest in self._rests[first] if (match := _WORD.search(rest)))

    def _lead(self, words: list[str], index: int) -> str:
        """Return the first word from an index on. Tokens between two spaces are skipped."""
        while (lead := self._leads[words[index]]) is None:
            index += 1
        return lead

    def _compiled(self, first: str) -> re.Pattern[str]:
        """Return an expression for the rest of a word's phrases."""
        pattern = self._patterns[first] = re.compile(rf"{alternation(self._rests[first])}(?!{_LETTER}|-)")
        return pattern


def _lead(token: str) -> str | None:
    """Return the first word in a token. None between two spaces, where another token follows."""
    if token.isascii() and token.isalnum():  # as most are
        return token
    match = _WORD.search(token)
    return match[0] if match else "" if token else None


def folded(word: str) -> str:
    """Fold a phrase: small letters, single spaces, straight apostrophes."""
    return _SPACE.sub(" ", word.lower().replace("’", "'"))


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
