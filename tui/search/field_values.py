"""The values of query fields, and messages about unknown ones."""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from tui.briefing import edtf
from tui.briefing.nearest import nearest
from tui.briefing.scales import ALIKE
from tui.language.tokens import words_of
from tui.search.fields import FIELDS, FieldSpec, plain

_COMPARISONS: Final[Mapping[str, Callable[[int, int], bool]]] = {
    ">=": operator.ge, "≥": operator.ge, "<=": operator.le, "≤": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_LISTED: Final = 9
"""Values that a message lists."""


class ValueProblem(ValueError):  # noqa: N818 (a problem is what the rest of the program calls it)
    """A value that a field cannot have; the message is one line."""


def values_of(name: str, written: str, *, prefix: bool = False) -> tuple[str, ...]:
    """Return the values that a written value stands for.

    Args:
        name: the field.
        written: the text behind the colon, without quotation marks.
        prefix: whether the beginning of a value is enough, since the reader still types.

    Returns:
        One value or several, or the two ends of a range of dates.

    Raises:
        ValueProblem: the field has no such value.
    """
    field = FIELDS[name]
    if field.match == "date":
        return _dates(written, prefix=prefix)
    if not field.values:
        if not words_of(written):
            raise ValueProblem(f"{name}: needs a word after it, such as {field.example}")
        return (written,)
    sign = comparison(written)
    if sign and field.ranks:
        return _compared(field, sign, written[len(sign) :], prefix=prefix)
    low, dots, high = written.partition("..")
    if dots and field.ranged:
        return _range(field, low, high, prefix=prefix)
    return _matching(field, written, prefix=prefix)


def comparison(written: str) -> str:
    """Return the sign of comparison at the beginning of a value. Empty without one."""
    return next((sign for sign in _COMPARISONS if written.startswith(sign)), "")


def _compared(field: FieldSpec, sign: str, written: str, *, prefix: bool) -> tuple[str, ...]:
    """Return the values on one side of another, by their ranks."""
    rank, holds = dict(zip(field.values, field.ranks, strict=True)), _COMPARISONS[sign]
    fitting = _matching(field, written, prefix=prefix)
    bound = (max if holds(0, 1) else min)(rank[value] for value in fitting)
    found = tuple(value for value in field.values if holds(rank[value], bound))
    if not found:
        raise ValueProblem(f"{field.name}: nothing is {sign} {fitting[0]}; {_choice(field.values)}")
    return found


def _matching(field: FieldSpec, written: str, *, prefix: bool) -> tuple[str, ...]:
    wanted = plain(written)
    begun = tuple(value for value in field.values if plain(value).startswith(wanted))
    found = tuple(value for value in begun if plain(value) == wanted) or (begun if prefix else ())
    if not found:
        raise ValueProblem(f"{field.name}: has no value {written[:40]!r}; {_hint(field, wanted, begun)}")
    return found


def _hint(field: FieldSpec, wanted: str, begun: Sequence[str]) -> str:
    if wanted and begun:
        letter = f"; reliability:{begun[0][0]} is the letter alone"
        return f"there are {', '.join(begun)}{letter if field.name == 'rating' and len(wanted) == 1 else ''}"
    known = map(plain, field.values)
    near = nearest(wanted, known, ALIKE) if field.name == "likelihood" else nearest(wanted, known)
    meant = next((value for value in field.values if plain(value) == near), "")
    return f"did you mean {meant}?" if meant else _choice(field.values)


def _choice(values: Sequence[str]) -> str:
    more = f" and {len(values) - _LISTED} more" if len(values) > _LISTED else ""
    return f"there are {', '.join(values[:_LISTED])}{more}"


def nothing_has(name: str, written: str, values: Sequence[str]) -> tuple[str, str]:
    """Explain that nothing has a value of a field.

    Args:
        name: the field.
        written: the value, as it stands in the query.
        values: the values that there are.

    Returns:
        One line, and the nearest value. That is empty where none is near.
    """
    said = f"{name}: nothing here has {written[:40]!r}"
    if not values:
        return said + (", nor any other value" if FIELDS[name].is_facet else ""), ""
    if FIELDS[name].values:
        return f"{said}; {_choice(values)}", ""
    parts = {word: value for value in reversed(values) for word in (*words_of(value).split(), plain(value))}
    meant = parts.get(nearest(plain(written), parts) or "", "")
    if meant:
        return f"{said}; did you mean {meant}?", meant
    return f"{said}; {_choice(values)}" if FIELDS[name].is_facet else said, ""


def _range(field: FieldSpec, low: str, high: str, *, prefix: bool) -> tuple[str, ...]:
    rank = dict(zip(field.values, field.ranks or range(len(field.values)), strict=True))
    if field.name == "rating" and low and high:
        low, high = sorted((low, high))
    # A letter stands for its ratings: A..B is A1..B6.
    first = _matching(field, low, prefix=field.name == "rating")[0] if low else field.values[0]
    last = (
        field.values[-1]
        if not high or (prefix and high == ".")
        else _matching(field, high, prefix=prefix or field.name == "rating")[-1]
    )
    lowest, highest = sorted((rank[first], rank[last]))
    values = tuple(value for value in field.values if lowest <= rank[value] <= highest)
    if field.name != "rating":
        return values
    figures = sorted((first[1], last[1]))
    return tuple(value for value in values if figures[0] <= value[1] <= figures[1])


def _dates(written: str, *, prefix: bool) -> tuple[str, ...]:
    for text in _date_attempts(written) if prefix else (written,):
        low, dots, high = text.partition("..")
        if "/" in text:
            low, dots, high = text.partition("/")
            low, high = low.strip("."), high.strip(".")
        ends = (low, high if dots else low)
        if any(ends) and all(_is_date(end) for end in ends if end):
            return ends
    raise ValueProblem("date: needs a date or a range, such as 2025, 2025-04 or 2025-04..2025-06")


def _date_attempts(written: str) -> Iterator[str]:
    """Yield a half-typed date, and its beginnings; 2025-0 still means 2025."""
    for length in range(len(written), max(3, len(written) - 9), -1):
        yield written[:length]


def _is_date(text: str) -> bool:
    try:
        edtf.parse(text)
    except ValueError:
        return False
    return True
