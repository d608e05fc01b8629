"""The numbers of lists, which a browser adds to a web page."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROMAN: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BULLET: Final = "-"


def markers(items: "Element") -> "dict[Element, str]":
    """Return the marker of each list item: its number or a dash.

    The numbers follow the list's own counting: its start, its direction and its kind of numerals.
    """
    members = [one for one in items if one.tag == "li"]
    if items.tag != "ol":
        return dict.fromkeys(members, _BULLET)
    step = -1 if items.get("reversed") is not None else 1
    number = _told(items.get("start"), len(members) if step < 0 else 1)
    found = {}
    for item in members:
        number = _told(item.get("value"), number)
        found[item] = f"{_as(items.get('type', '1'), number)}."
        number += step
    return found


def _told(value: str | None, default: int) -> int:
    try:
        return int(value) if value else default
    except ValueError:
        return default


def _as(kind: str, number: int) -> str:
    if number < 1:
        return str(number)
    if kind in {"i", "I"} and number < 4000:
        small = _roman(number)
    elif kind in {"a", "A"}:
        small = _letters(number)
    else:
        return str(number)
    return small.upper() if kind.isupper() else small


def _roman(number: int) -> str:
    parts = []
    for value, letters in (*_ROMAN, *_ROMAN_SMALL):
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
