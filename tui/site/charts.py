"""Bars on an axis as SVG. The words beside each bar say the same."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from tui.evidence.number_scale import Scale
from tui.evidence.periods import Period
from tui.library.records import Quantity
from tui.render.evidence.number_axis import short_number
from tui.site.elements import Element, element

_LINEAR: Final = 0.62
"""The share of the linear part of a broken axis, as on the screen."""
_BREAK: Final = 0.04
_MARGIN: Final = 2.0
"""Percent of an axis before its beginning and behind its end."""
_APART: Final = 9.0
"""Percent of an axis between two labels."""
_NEAR: Final = 0.75
"""The share from which a label may touch one that ends at the end of a short axis."""
_YEARS: Final = 8
"""The most labels of an axis of years."""
_END: Final = 0.97
"""The share behind which a label ends at its mark."""
_BAR: Final = {"class": "bar", "aria-hidden": "true", "focusable": "false"}


class Range(NamedTuple):
    """A stretch of an axis, in shares from 0 to 1."""

    low: float
    high: float
    is_open_below: bool = False
    is_open_above: bool = False
    is_about: bool = False


def number_range(scale: Scale, quantity: Quantity, *, is_about: bool) -> Range | None:
    """Return the stretch of a quantity; None without a number."""
    low, high = quantity.min, quantity.max
    if low is None and high is None:
        return None
    return Range(
        0.0 if low is None else share_of(scale, low),
        1.0 if high is None else share_of(scale, high),
        low is None,
        high is None,
        is_about,
    )


def share_of(scale: Scale, value: float) -> float:
    """Return the place of a number on its axis."""
    if not scale.is_broken:
        return scale.linear_share(value)
    if value <= scale.near:
        return scale.linear_share(value) * _LINEAR
    return _LINEAR + _BREAK + scale.far_share(value) * (1 - _LINEAR - _BREAK)


def ticks(shares: Iterable[float]) -> Iterator[Element]:
    """Yield the ticks of an axis."""
    return (_line("tick", at, at, "2", "18") for at in shares)


def ticks_of(axis: str) -> Element:
    """Return the ticks that the labels of an axis define."""
    return element("use", {"href": f"#{axis}"})


def bar(stretch: Range | None, *behind: Element) -> Element:
    """Draw a stretch of an axis as a point or a line."""
    parts = [*behind]
    if stretch is not None:
        low, high = stretch.low, stretch.high
        if low == high:
            attributes = {"class": "about" if stretch.is_about else "point", "cx": _at(low), "cy": "10", "r": "4"}
            parts.append(element("circle", attributes))
        else:
            parts.append(_line("range", low, high, "10", "10"))
            parts.append(_end(low, is_open=stretch.is_open_below, arrow="◂", kind="arrow below"))
            parts.append(_end(high, is_open=stretch.is_open_above, arrow="▸", kind="arrow"))
    return element("svg", {**_BAR, "height": "20", "width": "100%"}, *parts)


def _end(at: float, *, is_open: bool, arrow: str, kind: str) -> Element:
    if is_open:
        return element("text", {"class": kind, "x": _at(at), "y": "14"}, arrow)
    return _line("end", at, at, "5", "15")


def labels(marks: Sequence[tuple[float, str]], axis: str) -> Element:
    """Draw the labels of an axis. Bars use its ticks by its name."""
    drawn = element("defs", {}, element("g", {"id": axis}, *ticks(at for at, _ in marks)))
    words = (element("text", {"x": _at(at), "y": "14", "class": f"label{_place(at)}"}, said) for at, said in marks)
    return element("svg", {**_BAR, "class": "bar labels", "height": "20", "width": "100%"}, drawn, *words)


def _place(at: float) -> str:
    return " last" if at > _END else " near" if at > _NEAR else ""


def number_marks(scale: Scale) -> list[tuple[float, str]]:
    """Return the labels of an axis of numbers, with their shares."""
    values = [scale.low]
    while values[-1] + scale.step <= scale.near * (1 + 1e-9):
        values.append(values[-1] + scale.step)
    behind = [*scale.decades()]
    values += behind if not behind or behind[-1] == scale.far else [*behind, scale.far]
    marks: list[tuple[float, str]] = []
    for value in values:
        at = share_of(scale, value)
        if not marks or (at - marks[-1][0]) * 100 >= _APART:
            marks.append((at, short_number(value)))
    return marks


def _line(kind: str, low: float, high: float, above: str, below: str) -> Element:
    return element("line", {"class": kind, "x1": _at(low), "x2": _at(high), "y1": above, "y2": below})


def _at(share: float) -> str:
    return f"{_MARGIN + share * (100 - 2 * _MARGIN):.1f}%"


def days(begin: int, end: int, when: Period) -> Range:
    """Return the stretch of a period on an axis of days."""
    low, high = (begin if when.first is None else when.first), (end if when.last is None else when.last)
    is_early = when.first is None or when.first < begin
    first, last = (min(1.0, max(0.0, (day - begin) / (end - begin))) for day in (low, high))
    return Range(first, last, is_early and high != low, when.last is None, when.unsure)


def year_marks(begin: int, end: int) -> list[tuple[float, str]]:
    """Return the labels of an axis of days: years, or its ends."""
    first, last = date.fromordinal(begin), date.fromordinal(end)
    step = max(1, -(-(last.year - first.year) // _YEARS))
    years = range(first.year + 1, last.year + 1, step)
    if not years:
        return [(0.0, first.isoformat()), (0.8, last.isoformat())]
    return [((date(year, 1, 1).toordinal() - begin) / (end - begin), str(year)) for year in years]
