"""The scale of an axis of numbers.

It is linear, and behind a break logarithmic.
"""

import itertools
import math
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

_STEPS: Final = (1.0, 2.0, 5.0, 10.0)
_PARTS: Final = 5
"""The number of steps for which a scale is rounded."""
_WIDE: Final = 20
"""A scale breaks where the greatest number is so many times the end of the linear part."""
_CLOSE: Final = 4
"""A scale need not begin at 0 where the greatest number is so many times the distance of the ends."""
_GAP: Final = 2
"""The least ratio of the numbers on both sides of a break."""


class Scale(NamedTuple):
    """A scale from `low` to `near`, and behind a break to `far`."""

    low: float
    near: float
    """The end of the linear part."""
    far: float
    """The end of the scale; `near` where there is no break."""
    step: float
    """The distance of two round numbers of the linear part."""

    @property
    def is_broken(self) -> bool:
        """Whether a logarithmic part follows the linear one."""
        return self.far > self.near

    def linear_share(self, value: float) -> float:
        """Return a number's share of the linear part, 0 to 1."""
        return max(0.0, min(1.0, (value - self.low) / (self.near - self.low)))

    def far_share(self, value: float) -> float:
        """Return a number's share of the logarithmic part, 0 to 1."""
        return max(0.0, min(1.0, math.log(value / self.near) / math.log(self.far / self.near)))

    def decades(self) -> Iterator[float]:
        """Yield the powers of ten behind the break."""
        if not self.is_broken:
            return
        power = math.floor(math.log10(self.near)) + 1
        while (value := 10.0**power) <= self.far:
            yield value
            power += 1


def scale_of(values: Collection[float]) -> Scale:
    """Return the scale that shows all values.

    It begins at 0, unless there are negative values, or values far from 0 that lie close together. It breaks behind at
    least half of the values, at the first gap to twice the value, if the greatest is several times as large.
    """
    ordered = sorted(set(values)) or [0.0]
    low, high = ordered[0], ordered[-1]
    least = 1.0 if all(value == int(value) for value in ordered) else 0.0
    if low < 0 or 0 < high - low < high / _CLOSE:
        step = max(least, _round_step((high - low) / _PARTS))
        begin = math.floor(low / step) * step
        top = max(_above(high, step), begin + step)
        return Scale(begin, top, top, step)
    near = next(
        (
            one
            for place, (one, other) in enumerate(itertools.pairwise(ordered), 1)
            if place * 2 >= len(ordered) and 0 < one * _GAP <= other and one * _WIDE <= high
        ),
        high,
    )
    step = max(least, _round_step(near / _PARTS))
    end = _above(near, step)
    far = 10.0 ** math.ceil(math.log10(high)) if near < high else end
    return Scale(0.0, end, max(end, far), step)


def _round_step(span: float) -> float:
    """Round a step up to 1, 2 or 5 and zeros."""
    if span <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(span))
    return next(step * power for step in _STEPS if step * power >= span * (1 - 1e-9))


def _above(value: float, step: float) -> float:
    """Return the multiple of a step from a value on. It is never 0."""
    return math.ceil(value / step - 1e-9) * step or step
