"""Table headers with a slip, such as a lost bracket."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.briefing.entry import RELATIONS
from tui.briefing.kinds import TABLES
from tui.briefing.nearest import nearest

_BRACKETS: Final = {"briefing": 1, **dict.fromkeys((*TABLES, "revision"), 2)}
"""The number of brackets on each side of a table's name."""
_INNER: Final = {
    **dict.fromkeys(("quantity", "assess", "outcome", "observed"), 1),
    **dict.fromkeys(("cite", *RELATIONS, "for", "against", "alternatives", "previous", "positions", "evidence"), 2),
    **dict.fromkeys(("outcomes", "moves"), 2),
}
_LINE: Final = re.compile(
    r"^[ \t]*(?P<header>(?P<opens>\[*)[ \t]*(?P<name>[\w-]+(?:[ \t]*\.[ \t]*[\w-]+)*)[ \t]*(?P<closes>\]*))"
    r"[ \t]*(?:#[^\n]*)?$",
    re.MULTILINE,
)
_LONG_QUOTES: Final = re.compile(r'"""|\'\'\'')
_TABLE: Final = re.compile(rf"^[ \t]*\[\[?[ \t]*(?:{'|'.join(_BRACKETS)})[ \t]*\]", re.MULTILINE)


class Slip(NamedTuple):
    """A header that is not as the format has it."""

    start: int
    """The offset of its first character in the text."""
    end: int
    place: int
    """The offset of the slip itself."""
    message: str
    meant: str
    """The header as it was meant."""


def slips(text: str) -> list[Slip]:
    """Find the headers with a slip; lines within long strings are none."""
    return [slip for line in _LINE.finditer(text) if (slip := _slip(line)) and not _is_quoted(text, line.start())]


def repaired(text: str, found: list[Slip]) -> str:
    """Correct the headers of a text. Every line keeps its number."""
    for slip in reversed(found):
        text = f"{text[: slip.start]}{slip.meant}{text[slip.end :]}"
    return text


def without(text: str, found: list[Slip]) -> str:
    """Blank the tables with such headers, and their inner tables."""
    for slip in found:
        behind = _TABLE.search(text, slip.end)
        end = behind.start() if behind else len(text)
        blank = re.sub(r"[^\n]", " ", text[slip.start : end])
        text = f"{text[: slip.start]}{blank}{text[end:]}"
    return text


def _slip(line: re.Match[str]) -> Slip | None:
    header, opens, closes = line["header"], len(line["opens"]), len(line["closes"])
    if not opens and not closes:
        return None
    top, *inner = re.split(r"[ \t]*\.[ \t]*", line["name"])
    known = top if top in _BRACKETS else nearest(top.lower(), _BRACKETS) if opens else None
    if known is None:
        return None
    wanted = _wanted(known, inner) or max(opens, closes)
    if top == known and opens == closes == wanted:
        return None
    name = ".".join([known, *inner])
    meant = f"{'[' * wanted}{name}{']' * wanted}"
    at_end = closes != wanted and opens == wanted
    place = line.end("header") if at_end else line.start("header")
    return Slip(
        line.start("header"), line.end("header"), place, _message(header, top == known, opens, closes, wanted), meant
    )


def _wanted(table: str, inner: list[str]) -> int | None:
    """Return the number of brackets of a header; None outside the format."""
    if not inner:
        return _BRACKETS[table]
    return _INNER.get(inner[0]) if len(inner) == 1 else None


def _message(header: str, is_known: bool, opens: int, closes: int, wanted: int) -> str:
    if opens != closes:
        return f"the header {header} {'lacks a bracket' if opens + closes < 2 * wanted else 'has a bracket too many'}"
    if not is_known:
        return f"{header} is no table of the format"
    if opens < wanted:
        return f"{header} here is a single table"
    return f"{header} here is one of several tables"


def _is_quoted(text: str, offset: int) -> bool:
    """Whether an offset is within a multi-line string, judged by quotes alone."""
    inside = ""
    for quotes in _quotes(text, offset):
        inside = "" if inside == quotes else inside or quotes
    return bool(inside)


def _quotes(text: str, end: int) -> Iterator[str]:
    return (match[0] for match in _LONG_QUOTES.finditer(text, 0, end))
