"""Ranges of numbers or days, compared."""

from typing import Literal, NamedTuple

Fit = Literal["same", "apart", "contains", "within", "overlap"]


class Range(NamedTuple):
    """The numbers or days between two included ends. An open end is None."""

    low: float | None
    high: float | None


def fit(one: Range, other: Range) -> Fit:
    """Classify a range against another, as seen from the first."""
    if one == other:
        return "same"
    shared = common(one, other)
    if shared is None:
        return "apart"
    return "contains" if shared == other else "within" if shared == one else "overlap"


def common(one: Range, other: Range) -> Range | None:
    """Return the intersection of two ranges; None where it is empty."""
    lows = [low for low in (one.low, other.low) if low is not None]
    highs = [high for high in (one.high, other.high) if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    return None if low is not None and high is not None and low > high else Range(low, high)
