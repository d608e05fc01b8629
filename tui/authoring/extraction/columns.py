"""Two columns of a page, written in its file line by line."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, Protocol, TypeVar

SAMPLE: Final = 12
"""Lines of a page in which a gutter is looked for, before all are."""
_WIDE: Final = 0.9
"""The least width of a gutter, in heights of the line; justified words stand closer."""
_FEWEST: Final = 5
"""The fewest lines that run across both columns."""
_LONG: Final = 18
"""The fewest characters of a line of prose, on average; the cells of a table have fewer."""


class Gap(NamedTuple):
    """A wide space within a line."""

    left: float
    right: float


class Sided(Protocol):
    """Something with a left and a right edge."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def left(self) -> float:
        """The left edge."""

    @property
    def right(self) -> float:
        """The right edge."""


Placed = TypeVar("Placed", bound=Sided)


def is_wide(gap: Gap, height: float) -> bool:
    """Whether a space is as wide as a gutter."""
    return gap.right - gap.left > _WIDE * height


def gutter_of(lines: Sequence[Iterable[Gap]]) -> float | None:
    """Return the middle of a gutter that most lines have. None without a gutter."""
    gaps = [gap for line in lines for gap in line]
    middles = [(gap.left + gap.right) / 2 for gap in gaps]
    shared = [(sum(gap.left < at < gap.right for gap in gaps), at) for at in middles]
    most, at = max(shared, default=(0, 0.0))
    return at if most > 1 and 2 * most >= len(lines) else None


def in_columns(lines: Sequence[Placed], gutter: float) -> list[Placed] | None:
    """Return lines column by column. A line across both columns separates the lines above and below.

    None stands for lines that are no prose in two columns.
    """
    sides: tuple[list[Placed], list[Placed]] = ([], [])
    ordered: list[Placed] = []
    counts, letters = [0, 0], [0, 0]
    for line in lines:
        side = 0 if line.right <= gutter else 1 if line.left >= gutter else None
        if side is None:
            ordered += [*sides[0], *sides[1], line]
            sides[0].clear()
            sides[1].clear()
        else:
            sides[side].append(line)
            counts[side] += 1
            letters[side] += len(line.text)
    is_prose = all(number >= _FEWEST and of >= _LONG * number for number, of in zip(counts, letters, strict=True))
    return [*ordered, *sides[0], *sides[1]] if is_prose else None
