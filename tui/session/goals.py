"""The goals of a reader, found by letters of a name.

The names are indexed by their words, so that 20,000 of them answer within a key.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice
from typing import Final, NamedTuple

from tui.language.tokens import words_of
from tui.state.records import Location

MOST: Final = 60
"""The most goals of an answer; a screen has no more rows."""
_LOOSE: Final = 3_000
"""The most goals among which letters that only follow one another are looked for; that takes longest."""
_CANDIDATES: Final = 4_000
"""The most names with one of several words that are tried for the others."""
_FEWEST: Final = 3
"""The fewest letters that may stand apart."""
_APART: Final = 3
"""Letters of a name for each typed letter, within which letters that stand apart still count."""
_LOOSEST: Final = 5
"""The rank of letters that stand apart."""


class Goal(NamedTuple):
    """One thing to go to."""

    words: str
    about: str
    """The sort of thing, with its key if it has one."""
    leads: Location | str
    """The location, or the target of a link."""
    names: tuple[str, ...] = ()
    """The further names by which it is found."""
    keys: tuple[str, ...] = ()
    """The ids by which it is found, below the goals of that name."""


class Goals:
    """A set of goals that is searched at each key."""

    def __init__(self, goals: Iterable[Goal]) -> None:
        """Index the names of goals, the most important first."""
        self._goals = tuple(goals)
        self._keys = _Places()
        self._names = _Places()
        self._words = _Places()
        self._folded: list[str] = []
        """The names of each goal, with a space before each word."""
        for index, goal in enumerate(self._goals):
            for key in goal.keys:
                self._keys.add(words_of(key), index)
            own = dict.fromkeys(map(words_of, (goal.words, *goal.names)))
            for name in own:
                self._names.add(name, index)
            names = own | dict.fromkeys(map(words_of, goal.keys))
            self._folded.append(" " + " ".join(names))
            for word in set(self._folded[-1].split()):
                self._words.add(word, index)
        self._keys.order()
        self._names.order()
        self._words.order()

    def __len__(self) -> int:
        """Count the goals."""
        return len(self._goals)

    @property
    def all(self) -> Sequence[Goal]:
        """All goals, in their order."""
        return self._goals

    def best(self, text: str) -> list[tuple[int, Goal]]:
        """Return the best goals for a text with their ranks. 0 is best."""
        words = words_of(text).split()
        found: dict[int, int] = {}
        for rank, index in self._ranked(words) if words else ():
            found.setdefault(index, rank)
            if len(found) >= MOST:
                break
        return [(rank, self._goals[index]) for index, rank in sorted(found.items(), key=lambda one: one[::-1])]

    def _ranked(self, words: list[str]) -> Iterator[tuple[int, int]]:
        """Yield ranks and indices, the best first."""
        whole, here = " ".join(words), self._words
        yield from ((0, index) for index in self._names.get(whole, ()))
        yield from ((1, index) for index in self._keys.get(whole, ()))
        yield from ((2, index) for index in chain(self._names.beginning(whole), self._keys.beginning(whole)))
        longest = max(words, key=len)
        for rank, before, places in ((3, " ", here.beginning(longest)), (4, "", here.containing(longest))):
            others = [before + word for word in words if word is not longest]
            near = islice(places, _CANDIDATES) if others else places
            yield from ((rank, index) for index in near if all(one in self._folded[index] for one in others))
        letters = "".join(words)
        if len(letters) >= _FEWEST and len(self) <= _LOOSE:
            loose = (places for name, places in self._names.items() if _is_near(name, letters))
            yield from ((_LOOSEST, index) for index in chain.from_iterable(loose))


class _Places(defaultdict[str, list[int]]):
    """The indices of goals by their words."""

    def __init__(self) -> None:
        super().__init__(list)
        self.order()

    def add(self, said: str, index: int) -> None:
        self[said].append(index)

    def order(self) -> None:
        """Sort the added texts, and join them on lines."""
        self._sorted = sorted(self)
        self._text = "\n".join(self._sorted)
        self._starts = list(accumulate((len(said) + 1 for said in self._sorted[:-1]), initial=0)) if self else []

    def beginning(self, letters: str) -> Iterator[int]:
        """Yield the indices for all that begins with some letters."""
        ordered = self._sorted
        for at in range(bisect_left(ordered, letters), len(ordered)):
            if not ordered[at].startswith(letters):
                return
            yield from self[ordered[at]]

    def containing(self, letters: str) -> Iterator[int]:
        """Yield the indices for all that contains some letters."""
        text, starts = self._text, self._starts
        at = text.find(letters)
        while at >= 0:
            number = bisect_right(starts, at)
            yield from self[self._sorted[number - 1]]
            at = text.find(letters, starts[number]) if number < len(starts) else -1


def _is_near(name: str, letters: str) -> bool:
    name = f" {name}"
    at = first = name.find(f" {letters[0]}") + 1  # the first letter begins a word
    if not first:
        return False
    for letter in letters[1:]:
        if at < 0:
            return False
        at = name.find(letter, at + 1)
    return at >= 0 and at - first < _APART * len(letters)
