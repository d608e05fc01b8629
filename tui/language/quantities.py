"""The numbers that an English text states, in figures and in words."""

import re
from collections.abc import Iterator
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

_ONES: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL: Final = MappingProxyType(
    {word: value for value, word in enumerate(_ONES.split(), 1)}
    | {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}
)
SCALES: Final = MappingProxyType(
    {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
    | {"m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "k": 1e3}
)
"""The words that multiply the number before them."""
PARTS: Final = MappingProxyType({"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10})
"""The words that divide the number before them."""
_COUNT: Final = "|".join([*_SMALL, "an?", "half"])
_SCALE: Final = "|".join(SCALES)
_NUMBER: Final = re.compile(
    rf"(?<![\w.,])(?<![A-Za-z]-)(?:(?P<figure>\d[\d,]*(?:\.\d+)?)(?!\d|(?!(?:{_SCALE})\b)[^\W\d])(?P<times>(?:[\s-]*(?:{_SCALE})(?!\w))*)|(?P<word>{_COUNT})(?!\w)"
    rf"(?P<more>(?:(?:[\s-]+and)?[\s-]*(?:{_SCALE}|{'|'.join(_SMALL)})(?!\w))*))"
    rf"(?:[\s-]*(?P<part>{'|'.join(PARTS)})s?(?!\w))?",
    re.IGNORECASE,
)
_MANY: Final = re.compile(
    rf"(?<!\w)(?P<first>ten|dozen|hundred|thousand|million|billion)s(?:\sof\s(?P<scale>{_SCALE})s)?(?!\w)"
    r"|(?<!\w)(?:several|few|many)\s(?P<one>dozen|hundred|thousand|million|billion)(?!\w)",
    re.IGNORECASE,
)
_VAGUE: Final = ("tens", "dozen", "hundred", "thousand", "illion")
"""Parts of words without which there is no vague number."""
_ANY: Final = re.compile(
    rf"\d|\b(?:half|{'|'.join(_SMALL)}|an?\s(?:{_SCALE}|{'|'.join(PARTS)})|[a-z]+(?:dred|sand|llion|zen|en)s?)\b",
    re.IGNORECASE,
)
"""A sign of a number, sought before all else."""
_RANGE: Final = re.compile(r"\s*(?:to|or|and|-|–|—)\s*", re.IGNORECASE)
_HUNDRED: Final = 100.0
_YEAR: Final = re.compile(r"1[5-9]\d\d|20\d\d")
_MONTH: Final = "(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\\.?)"
_DAY_AFTER: Final = re.compile(rf"(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\b")
_DAY_BEFORE: Final = re.compile(rf"{_MONTH}\s\Z")
_LONGEST_MONTH: Final = 12
_PERCENT: Final = 100
_NEAR: Final = 1.0
"""“More than 65” may be 66."""


class Stated(NamedTuple):
    """A number of a text, as its least and its greatest value."""

    low: float
    high: float

    def allows(self, number: float) -> bool:
        """Whether a number is this one, rounded to its own last place."""
        number = abs(number)
        if self.low <= number <= self.high:
            return True
        decimals = 0 if number == int(number) else len(f"{number:.6f}".rstrip("0").partition(".")[2])
        room = _NEAR / 10.0**decimals
        return bool(self.low - room <= number <= self.high + room)


@lru_cache(maxsize=4096)
def stated(text: str) -> tuple[Stated, ...]:
    """Return the numbers of a text. Of a part, such as “one third”, it is the percentage."""
    return tuple(dict.fromkeys((*_counted(text), *_vague(text)))) if _ANY.search(text) else ()


def _counted(text: str) -> Iterator[Stated]:
    before: tuple[int, float] | None = None
    for match in _NUMBER.finditer(text):
        value, scale = _valued(match)
        if value is None or _is_date(text, match):
            continue
        if match["part"]:
            yield Stated(*2 * (_PERCENT * value / PARTS[match["part"].lower()],))
            continue
        # “Two or three million”: the scale is that of both.
        if scale > 1 and before and _RANGE.fullmatch(text, before[0], match.start()):
            yield Stated(before[1] * scale, before[1] * scale)
        yield Stated(value, value)
        before = (match.end(), value)


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Whether a figure is a year or a day of the month."""
    figure = match["figure"]
    is_year = bool(figure and _YEAR.fullmatch(figure)) and not match["times"]
    # “Flooded by December seven times”: a day after its month is a figure.
    return is_year or bool(
        _DAY_AFTER.match(text, match.end())
        or (figure and _DAY_BEFORE.search(text, max(0, match.start() - _LONGEST_MONTH), match.start()))
    )


def _valued(match: re.Match[str]) -> tuple[float | None, float]:
    """Return the value of a number phrase, and its last scale."""
    first = match["figure"] or match["word"].lower()
    if first == "half":
        return _PERCENT / 2, 1.0
    whole, part, scale = 0.0, float(first.replace(",", "")) if match["figure"] else float(_SMALL.get(first, 1)), 1.0
    rest = [
        word for word in re.split(r"[\s-]+", (match["times"] or match["more"] or "").lower()) if word and word != "and"
    ]
    if first in {"a", "an"} and not rest:
        return (1.0 if match["part"] else None), 1.0
    for word in rest:
        scale = SCALES.get(word, 1.0)
        if scale == 1.0:
            part += _SMALL[word]
        elif scale <= _HUNDRED:
            part *= scale
        else:
            whole, part = whole + part * scale, 0.0
    return whole + part, scale


def _vague(text: str) -> Iterator[Stated]:
    small = text.lower()
    for match in _MANY.finditer(text) if any(map(small.__contains__, _VAGUE)) else ():
        first = (match["first"] or match["one"]).lower()
        low = SCALES.get(first, 10.0)
        times = SCALES[match["scale"].lower()] if match["scale"] else 1.0
        yield Stated(
            low * times, (100 * low if first == "dozen" else 1_000 * low if low > _HUNDRED else 10 * low) * times
        )
