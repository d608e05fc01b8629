"""What two entries that conflict say in figures and dates, set side by side and named; never resolved."""

from typing import Final, Literal, NamedTuple

from tui.evidence.spans import Fit, Range, common, fit, span
from tui.library.records import Entry, Quantity

Verdict = Literal["same", "apart", "contains", "within", "overlap", "one-sided", "no-figure", "unit"]
_NONE: Final = Range(None, None)


class Compared(NamedTuple):
    """One thing in which two entries can be compared."""

    aspect: Literal["quantity", "date"]
    verdict: Verdict
    """How the one's range lies to the other's; or why they can't be compared: one side says nothing, one gives no figure
    or no bound, or the units differ."""
    shared: Range | None = None
    """Which values both allow; dates as ordinals. None where none, or where they can't be compared."""
    same_thing: bool = True
    """Whether both say in the same words what they count."""


def compare(one: Entry, other: Entry) -> tuple[Compared, ...]:
    """Compare two entries in all that at least one of them states: a quantity, a date."""
    found = []
    if one.quantity or other.quantity:
        found.append(_quantities(one.quantity, other.quantity))
    if one.date or other.date:
        found.append(_dates(one.date, other.date))
    return tuple(found)


def _quantities(one: Quantity | None, other: Quantity | None) -> Compared:
    if one is None or other is None:
        return Compared("quantity", "one-sided")
    same_thing = one.of.casefold() == other.of.casefold()
    ranges = Range(one.min, one.max), Range(other.min, other.max)
    if _NONE in ranges:
        return Compared("quantity", "no-figure", same_thing=same_thing)
    # A unit that is left out is a plain count of what is counted.
    if one.unit and other.unit and one.unit.casefold() != other.unit.casefold():
        return Compared("quantity", "unit", same_thing=same_thing)
    return _ranges("quantity", *ranges)._replace(same_thing=same_thing)


def _dates(one: str, other: str) -> Compared:
    first, second = span(one), span(other)
    if first is None or second is None:
        return Compared("date", "one-sided")
    return _ranges("date", first.range, second.range)


def _ranges(aspect: Literal["quantity", "date"], one: Range, other: Range) -> Compared:
    verdict: Fit = fit(one, other)
    return Compared(aspect, verdict, common(one, other))
