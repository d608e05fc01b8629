"""The numbers that an English text states, in figures and in words."""

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

from tui.language.lexicon import in_small_letters
from tui.language.phrase_table import alternation

_ONES: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL: Final = MappingProxyType(
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
_SCALE: Final = alternation(SCALES)
_PART: Final = alternation(PARTS)
_MORE: Final = alternation([*SCALES, *SMALL])
_COUNT: Final = rf"{alternation([*SMALL, 'half'])}|an?(?=[\s-]+(?:and[\s-]+)?(?:{_MORE}|{_PART}))"
_NUMBER: Final = re.compile(
    rf"[^\w.,](?<![A-Za-z]-)(?:(?P<figure>\d[\d,]*(?:\.\d+)?)(?!\d|(?!{_SCALE}\b)[^\W\d])(?P<times>(?:[\s-]*{_SCALE}(?!\w))*)"
    rf"|(?P<word>{_COUNT})(?!\w)(?P<more>(?:[\s-]+(?:and[\s-]+)?{_MORE}(?!\w))*))(?:[\s-]*(?P<part>{_PART})s?(?!\w))?"
)
"""A number with the sign before it, so that each word is tried once and not each of its letters."""
_MANY: Final = re.compile(
    rf"(?<!\w)(?P<first>ten|dozen|hundred|thousand|million|billion)s(?:\sof\s(?P<scale>{_SCALE})s)?(?!\w)"
    r"|(?<!\w)(?:several|few|many)\s(?P<one>dozen|hundred|thousand|million|billion)(?!\w)"
)
_VAGUE: Final = ("tens", "dozen", "hundred", "thousand", "illion")
"""Parts of words without which there is no vague number."""
_FIGURE: Final = re.compile(r"\d")
_WORD: Final = re.compile(
    rf"\b(?:half|{alternation(SMALL)}|an?\s(?:{_SCALE}|{_PART})|[a-z]+(?:dred|sand|llion|zen|en)s?)\b"
)
"""A word of number, sought before all else where no figure is."""
_BETWEEN: Final = re.compile(r"[\s-]+")
_RANGE: Final = re.compile(r"\s*(?:to|or|and|-|–|—)\s*")
_HUNDRED: Final = 100.0
_YEAR: Final = re.compile(r"1[5-9]\d\d|20\d\d")
_MONTHS: Final = (
    "January February March April May June July August September October November December Jan Feb Aug Sep Sept Oct Nov Dec"
    " Jan. Feb. Aug. Sep. Sept. Oct. Nov. Dec."
)
_MONTH: Final = alternation(_MONTHS.split())
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


def allow(numbers: Iterable[tuple[float, float]], number: float) -> bool:
    """Whether some numbers allow another one, rounded to its last place."""
    number, room = abs(number), _NEAR
    if number != int(number):
        room /= 10.0 ** len(f"{number:.6f}".rstrip("0").partition(".")[2])
    for low, high in numbers:  # noqa: SIM110 - called thousands of times, and a generator takes three times as long
        if low - room <= number <= high + room:
            return True
    return False


def stated(text: str) -> tuple[Stated, ...]:
    """Return the numbers of a text. Of a part, such as “one third”, it is the percentage."""
    small = in_small_letters(text)
    if not (_FIGURE.search(small) or _WORD.search(small)):
        return ()
    found = _counted(f" {text}", f" {small}")
    if any(map(small.__contains__, _VAGUE)):
        found += _vague(small)
    return tuple(dict.fromkeys(found))


def _counted(text: str, small: str) -> list[Stated]:
    """Return the numbers that are counted. A space stands before the text."""
    found: list[Stated] = []
    before: tuple[int, float] | None = None
    made = tuple.__new__  # of a number, in half the time, since there are tens of thousands
    for match in _NUMBER.finditer(small):
        figure, times, word, more, part = match.groups()
        if _is_date(text, match, figure, times):
            continue
        value, scale = _valued(figure, word, times or more, part)
        if value is None:
            continue
        if part:
            found.append(Stated(*2 * (_PERCENT * value / PARTS[part],)))
            continue
        # “Two or three million”: the scale is that of both.
        if before and scale > 1 and _RANGE.fullmatch(small, before[0], match.start() + 1):
            found.append(Stated(before[1] * scale, before[1] * scale))
        found.append(made(Stated, (value, value)))
        before = (match.end(), value)
    return found


def _is_date(text: str, match: re.Match[str], figure: str | None, times: str | None) -> bool:
    """Whether a figure is a year or a day of the month."""
    if figure and not times and _YEAR.fullmatch(figure):
        return True
    start, end = match.span()
    # “Flooded by December seven times”: a day after its month is a figure.
    return bool(
        _DAY_AFTER.match(text, end)
        or (figure and _DAY_BEFORE.search(text, start - _LONGEST_MONTH if start > _LONGEST_MONTH else 0, start + 1))
    )


def _valued(figure: str | None, word: str | None, more: str | None, part: str | None) -> tuple[float | None, float]:
    """Return the value of a number phrase, and its last scale."""
    if word == "half":
        return _PERCENT / 2, 1.0
    whole, value, scale = 0.0, float(figure.replace(",", "")) if figure else float(SMALL.get(word or "", 1)), 1.0
    if not more:
        return (value if part or word not in {"a", "an"} else None), 1.0
    for step in _BETWEEN.split(more):
        if not step or step == "and":
            continue
        scale = SCALES.get(step, 1.0)
        if scale == 1.0:
            value += SMALL[step]
        elif scale <= _HUNDRED:
            value *= scale
        else:
            whole, value = whole + value * scale, 0.0
    return whole + value, scale


def _vague(small: str) -> Iterator[Stated]:
    for match in _MANY.finditer(small):
        first = match["first"] or match["one"]
        low = SCALES.get(first, 10.0)
        times = SCALES[match["scale"]] if match["scale"] else 1.0
        yield Stated(
            low * times, (100 * low if first == "dozen" else 1_000 * low if low > _HUNDRED else 10 * low) * times
        )
