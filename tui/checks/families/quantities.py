"""Rules on the numbers of claims beside the words of their sources."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from tui.briefing.fields import Quantity
from tui.briefing.statements import Claim
from tui.checks.author_prose import quoted_lists
from tui.checks.rule import Finding, Subject, rule
from tui.language.quantities import PARTS, SCALES, Stated, allow, stated

_LANGUAGE: Final = "en"
"""The language whose words of number are read."""
_MAY_BE_A_YEAR: Final = 1_000
_COUNT: Final = re.compile(r"(?<![\w.,-])(\d{1,3}) ([a-z]{4,})(?![\w-])")
"""A figure before the word for the things counted."""
_MULTIPLYING: Final = SCALES.keys() | PARTS.keys()
_COUNTED: Final = """\
[[claim]]
id = "sacks"
text = "The note counts the sacks."
cite = [{ source = "note", quote = "more than three million sacks" }]
quantity = { of = "sacks", min = NUMBER }
"""


@rule(
    "C016",
    "warning",
    title="a quantity is another number than its words and quotes state",
    why=(
        "Charts and comparisons take the number and not the words; one slip of a nought makes a dispute where none is (ICD"
        " 203, standard 1: data are described properly)."
    ),
    remedy="correct `min` and `max`, or quote the words that state the number",
    example=_COUNTED.replace("NUMBER", "300_000"),
    near_miss=_COUNTED.replace("NUMBER", "3_000_001"),
)
def another_number(subject: Subject) -> Iterator[Finding]:
    """Find quantities with crossed bounds, or with none that is written."""
    yield from _crossed(subject)
    lists = quoted_lists(subject)
    english = {name for name, words in lists.items() if words is not None and words.lang == _LANGUAGE}
    for index, claim in enumerate(subject.briefing.claim):
        quantity = claim.quantity
        if quantity is None or not english.issuperset([one.source for one in claim.cite]):
            continue
        bounds = [bound for bound in quantity.bounds if bound is not None]
        if any(_is_written(f"{bound:.10g}", bound >= _MAY_BE_A_YEAR, claim) for bound in bounds):
            continue
        numbers = _said(claim, quantity) if bounds else ()
        if not numbers:
            continue
        times = _times(quantity.unit) if quantity.unit else 1.0
        if not _fits(bounds, times, numbers) and not _fits(bounds, times, _reckoned(claim, numbers)):
            said = " and ".join(f"{one.low:,.10g}" for one in numbers)
            yield Finding(
                ("claim", index, "quantity"), f"the words of {claim.id!r} state {said}, its quantity does not"
            )


def _crossed(subject: Subject) -> Iterator[Finding]:
    for table in ("claim", "judgment"):
        for index, one in enumerate(getattr(subject.briefing, table)):
            low, high = one.quantity.bounds if one.quantity else (None, None)
            if low is not None and high is not None and low > high:
                message = f"the least number of {one.id!r}, {low:,.10g}, is above the greatest, {high:,.10g}"
                yield Finding((table, index, "quantity"), message, "exchange `min` and `max`")


def _is_written(figure: str, may_be_a_year: bool, claim: Claim) -> bool:
    """Whether a quote of a claim has a figure, as most have.

    One that may be a year counts anywhere; a smaller one only before a word that does not multiply it.
    """
    for one in claim.cite:
        if one.quote and figure in one.quote:
            if may_be_a_year:
                return True
            counts = _COUNT.findall(one.quote)
            if any(found == figure and behind.removesuffix("s") not in _MULTIPLYING for found, behind in counts):
                return True
    return False


def _said(claim: Claim, quantity: Quantity) -> tuple[Stated, ...]:
    """Return the numbers of a claim's words and quotes."""
    found = [*stated(quantity.words)] if quantity.words else []
    for one in claim.cite:
        found += stated(one.quote) if one.quote else ()
    return tuple(dict.fromkeys(found))


def _reckoned(claim: Claim, found: tuple[Stated, ...]) -> list[tuple[float, float]]:
    """Return the sums and differences of several numbers. The text's own numbers count too."""
    if len(found) == 1:
        return []
    reckoned: list[tuple[float, float]] = [*stated(claim.text)]
    for (low, high), (other_low, other_high) in combinations(found, 2):
        between = abs(low - other_low), abs(high - other_high)
        reckoned += ((low + other_low, high + other_high), (min(between), max(between)))
    return reckoned


def _times(unit: str) -> float:
    """Return the number by which a unit multiplies."""
    return next((SCALES[word] for part in unit.lower().split() if (word := part.removesuffix("s")) in SCALES), 1.0)


def _fits(bounds: list[float], times: float, numbers: Sequence[tuple[float, float]]) -> bool:
    scaled = [(low / times, high / times) for low, high in numbers] if times > 1 else ()
    return any(allow(numbers, bound) or allow(scaled, bound) for bound in bounds)
