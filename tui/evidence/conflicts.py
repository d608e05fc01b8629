"""The figures and dates of two entries that conflict, compared. No comparison says which entry is right."""

from typing import Final, Literal, NamedTuple

from tui.briefing.units import one_unit
from tui.evidence.periods import period
from tui.evidence.ranges import Fit, Range, common, fit
from tui.library.records import Entry, Quantity

Verdict = Literal[Fit, "one-sided", "no-figure", "unit"]


_UNBOUNDED: Final = Range(None, None)


class Compared(NamedTuple):
    """One aspect of two entries, compared."""

    aspect: Literal["quantity", "date"]
    verdict: Verdict
    """The relation of the first range to the second, or the reason why the two cannot be compared.

    The reasons: one side states nothing, one gives neither figure nor bound, or the units differ."""
    shared: Range | None = None
    """The values that both ranges allow, days as ordinals; None where there are none, or nothing was compared."""
    same_thing: bool = True
    """Whether both entries name the counted thing in the same words."""


def compare(one: Entry, other: Entry) -> tuple[Compared, ...]:
    """Compare two entries in their quantities and their dates."""
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
    if _UNBOUNDED in ranges:
        return Compared("quantity", "no-figure", same_thing=same_thing)
    # A quantity without a unit is a plain count.
    if one.unit and other.unit and one_unit(one.unit) != one_unit(other.unit):
        return Compared("quantity", "unit", same_thing=same_thing)
    return Compared("quantity", fit(*ranges), common(*ranges), same_thing)


def _dates(one: str, other: str) -> Compared:
    first, second = period(one), period(other)
    if first is None or second is None:
        return Compared("date", "one-sided")
    ranges = Range(first.first, first.last), Range(second.first, second.last)
    return Compared("date", fit(*ranges), common(*ranges))
