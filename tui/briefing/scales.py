"""The published scales of likelihood, confidence, reliability and credibility, as data."""

import re
from typing import Final, Literal, NamedTuple

ScaleName = Literal["icd203", "phia"]
Confidence = Literal["low", "moderate", "high"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]


class Likelihood(NamedTuple):
    """One step of a likelihood scale."""

    words: tuple[str, ...]
    """The words that mean this step; synonyms belong to different rows of the yardstick."""
    low: int
    """The lower end of the step, in percent."""
    high: int
    """The upper end of the step, in percent."""


LIKELIHOODS: Final[dict[str, tuple[Likelihood, ...]]] = {
    # US Intelligence Community Directive 203 (2015), section D.6.e.(2)(a).
    "icd203": (
        Likelihood(("almost no chance", "remote"), 1, 5),
        Likelihood(("very unlikely", "highly improbable"), 5, 20),
        Likelihood(("unlikely", "improbable"), 20, 45),
        Likelihood(("roughly even chance", "roughly even odds"), 45, 55),
        Likelihood(("likely", "probable"), 55, 80),
        Likelihood(("very likely", "highly probable"), 80, 95),
        Likelihood(("almost certain", "nearly certain"), 95, 99),
    ),
    # UK Professional Head of Intelligence Assessment, probability yardstick. The gaps between its steps are its own.
    "phia": (
        Likelihood(("remote chance",), 0, 5),
        Likelihood(("highly unlikely",), 10, 20),
        Likelihood(("unlikely",), 25, 35),
        Likelihood(("realistic possibility",), 40, 50),
        Likelihood(("likely", "probable"), 55, 75),
        Likelihood(("highly likely",), 80, 90),
        Likelihood(("almost certain",), 95, 100),
    ),
}
SCALE_NAMES: Final[dict[str, str]] = {"icd203": "ICD 203", "phia": "PHIA yardstick"}

# STANAG 2511 (the Admiralty code): the letter rates the source, the figure rates the piece of information.
RELIABILITY: Final[dict[str, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY: Final[dict[int, str]] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
EVEN: Final = 50
"""An even chance, in percent."""
ALIKE: Final = 0.8
"""The likeness of a misspelt likelihood: with less, “quite likely” is taken for “unlikely”."""
WORDS_OF_NUMBER: Final[dict[str, tuple[int, int]]] = {
    "dozen": (24, 99),
    "hundred": (200, 999),
    "thousand": (2_000, 9_999),
}
"""The least and the greatest number that a word of number means, unless its source says otherwise."""
_OF_NUMBER: Final = re.compile(
    r"(?<!of )\b(?:(dozen|hundred|thousand)s|(?:several|a few|many) (dozen|hundred|thousand))\b"
    r"(?! (?:of )?(?:(?:dozen|hundred|thousand)s?|[mb]illions?)\b)"
)
"""A word of number that stands alone: “hundreds of thousands” is another number."""


def likelihood_words(scale: str) -> tuple[str, ...]:
    """Return the likelihood words of a scale, the least likely first."""
    return tuple(word for step in LIKELIHOODS[scale] for word in step.words)


def likelihood_range(scale: str, word: str) -> tuple[int, int] | None:
    """Return a likelihood word's range in percent; None off the scale."""
    for step in LIKELIHOODS[scale]:
        if word in step.words:
            return step.low, step.high
    return None


def numbers_of(words: str) -> tuple[int, int] | None:
    """Return the range of a word of number; None without exactly one."""
    found = _OF_NUMBER.findall(words.lower())
    return WORDS_OF_NUMBER[found[0][0] or found[0][1]] if len(found) == 1 else None
