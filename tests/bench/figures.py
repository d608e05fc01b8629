"""What a benchmark gives: rows with ratios and bars, and the table that they make."""

import importlib.metadata
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

_LIBRARIES = ("textual", "rich", "pydantic", "tomli", "tantivy", "asyncssh")


@dataclass(frozen=True, slots=True)
class Goal:
    """A bar that is a figure and no ratio."""

    value: float
    """Ours."""
    bar: float
    unit: str
    least: bool = False
    """Whether ours is to be at least the bar, and not at most."""

    @property
    def cells(self) -> tuple[str, str]:
        """The bar and what came of it, as they are printed."""
        written = f"{'≥' if self.least else '≤'} {self.bar:,g} {self.unit}"
        by = (self.bar - self.value if self.least else self.value - self.bar) / (self.bar or 1)
        return written, "met" if by <= 0 else f"missed by {by:.1%}"


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison."""

    measure: str
    ours: str
    beside: str
    """What it is compared with."""
    ratio: float | None = None
    """Ours by the other; None where there is nothing to compare."""
    most: float | None = None
    """The bar: the greatest ratio that meets it; None where there is no bar."""
    least: float = 0.0
    """The bar's lower end, where two figures are to be the same."""
    goal: Goal | None = None
    """The bar, where it is no ratio."""
    figure: float | None = None
    """Ours as a number, where there is no goal that has it; the smaller, the better."""

    @property
    def value(self) -> float | None:
        """Ours as a number, for comparing runs; None where the row has none."""
        return self.goal.value if self.goal else self.figure

    @property
    def more_is_better(self) -> bool:
        """Whether a greater number is the better one."""
        return bool(self.goal and self.goal.least)

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} ×"
        if self.goal:
            return (self.measure, self.ours, self.beside, ratio, *self.goal.cells)
        if self.most is None or self.ratio is None:
            return (self.measure, self.ours, self.beside, ratio, "", "")
        bar = f"{self.least:.2f}–{self.most:.2f} ×" if self.least else f"≤ {self.most:.2f} ×"
        if self.least <= self.ratio <= self.most:
            verdict = "met"
        elif self.ratio > self.most:
            verdict = f"missed by {self.ratio / self.most - 1:.1%}"
        else:
            verdict = f"below by {1 - self.ratio / self.least:.1%}"
        return (self.measure, self.ours, self.beside, ratio, bar, verdict)


def in_turns(runs: int) -> str:
    """Say how it was measured where nothing else is said."""
    return f"Medians of {runs} interleaved runs, ± half their interquartile range."


def table(rows: Sequence[Row], note: str) -> str:
    """Write the rows as a Markdown table, with how they came about, the machine and the date."""
    cells = [("measure", "ours", "beside it", "ratio", "bar", ""), *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in cells]
    lines.insert(1, f"|{'|'.join('-' * (width + 2) for width in widths)}|")
    return "\n".join([*lines, "", f"{note} {machine()}"])


def machine() -> str:
    """Say on what was measured, and when."""
    libraries = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES)
    return (
        f"Python {platform.python_version()}, {libraries}; {platform.system()} on {platform.machine()}, "
        f"{os.cpu_count()} CPUs; {datetime.now(UTC):%Y-%m-%d}."
    )


def milliseconds(seconds: Sequence[float]) -> str:
    """Write the median and the spread of some durations."""
    return (
        f"{statistics.median(seconds) * 1000:.{_places(seconds)}f} ± {spread(seconds) * 1000:.{_places(seconds)}f} ms"
    )


def _places(seconds: Sequence[float]) -> int:
    return 0 if statistics.median(seconds) >= 0.1 else 1


def spread(values: Sequence[float]) -> float:
    """Give half the interquartile range."""
    if len(values) < 2:
        return 0.0
    lower, _, upper = statistics.quantiles(values, n=4, method="inclusive")
    return (upper - lower) / 2


def ratio(ours: Sequence[float], beside: Sequence[float]) -> float:
    """Give the ratio of two medians."""
    return statistics.median(ours) / statistics.median(beside)


def percentile(values: Sequence[float], part: int) -> float:
    """Give a percentile."""
    return statistics.quantiles(values, n=100, method="inclusive")[part - 1]
