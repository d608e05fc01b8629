"""Numbers in words and figures, with the range that they allow."""

import re
from typing import Final, NamedTuple

from tui.language.hedges import hedges
from tui.language.lexicon import Lexicon, folded, marks, of_kind

_FIGURE: Final = re.compile(
    r"(?<![\w.,-])[£$€¥]?(\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(\.\d{1,6})?(?![\w-])(?:\s+([^\W\d_]+))?"
)
_FIRST_YEAR: Final = 1000
_LAST_YEAR: Final = 2200
_SCALE: Final = re.compile(r"\s([^\W\d_]+)")
_FLOORS: Final = frozenset(
    {"at least", "more than", "over", "no fewer than", "no less than", "upwards of", "in excess of"}
)
_CEILINGS: Final = frozenset(
    {"up to", "at most", "as many as", "as much as", "no more than", "less than", "fewer than", "under"}
)


class Quantity(NamedTuple):
    """A number that a text states."""

    start: int
    end: int
    least: float | None
    """The least number that the words allow; None where only the most is said."""
    most: float | None
    """The most; None where only the least is said, as by “hundreds”."""


def quantities(text: str, lists: Lexicon) -> tuple[Quantity, ...]:
    """Find the numbers of a text, in order; a bare figure that looks like a year is left out."""
    bounds = {
        hedge.end: text[hedge.start : hedge.end].lower() for hedge in hedges(text, lists) if hedge.kind == "rough"
    }
    found = [*_figures(text, lists, bounds), *_number_words(text, lists, bounds)]
    return tuple(sorted(found))


def _figures(text: str, lists: Lexicon, bounds: dict[int, str]) -> list[Quantity]:
    found = []
    for match in _FIGURE.finditer(text):
        value = float(match[1].replace(",", "") + (match[2] or ""))
        factor = lists.scales.get(match[3].lower(), 0) if match[3] else 0
        if _FIRST_YEAR <= value <= _LAST_YEAR and "," not in match[1] and not factor and not match[2]:
            continue
        end = match.end() if factor else match.end(2) if match[2] else match.end(1)
        found.append(_bounded(match.start(), end, value * (factor or 1), bounds, text))
    return found


def _number_words(text: str, lists: Lexicon, bounds: dict[int, str]) -> list[Quantity]:
    found = []
    last = 0
    for mark, group in of_kind(marks(text, lists), "number"):
        if group != "least" or mark.start < last:
            continue
        word = text[mark.start : mark.end]
        value = lists.numbers[folded(word)]
        end = mark.end
        if scale := _SCALE.match(text, end):
            factor = lists.scales.get(scale[1].lower(), 0)
            value, end = (value * factor, scale.end()) if factor else (value, end)
        exact = not word.lower().removesuffix(" of").endswith("s") or value < 20
        last = end
        quantity = _bounded(mark.start, end, value, bounds, text)
        found.append(quantity if exact else quantity._replace(most=None))
    return found


def _bounded(start: int, end: int, value: float, bounds: dict[int, str], text: str) -> Quantity:
    near = text[max(0, start - 40) : start]
    before = start - len(near) + len(near.rstrip())
    bound = bounds.get(before, "")
    if bound in _FLOORS:
        return Quantity(start, end, value, None)
    return Quantity(start, end, None, value) if bound in _CEILINGS else Quantity(start, end, value, value)
