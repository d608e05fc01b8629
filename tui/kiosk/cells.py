"""Strips as cells of a terminal: what stands in each, and how it is inked."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.style import Style
from textual.strip import Strip

from tui.briefing.characters import FORBIDDEN, cleaned

Depth = Literal["none", "256", "true"]
_SYSTEMS: Final = {"256": ColorSystem.EIGHT_BIT, "true": ColorSystem.TRUECOLOR}
_ATTRIBUTES: Final = (
    ("bold", "1"), ("dim", "2"), ("italic", "3"), ("underline", "4"), ("blink", "5"), ("reverse", "7"), ("strike", "9"),
)  # fmt: skip
_KEPT: Final = 2000
"""How many stretches of rows are kept taken apart; about 2 KB each."""
_SEEN_ON_BLANKS: Final = frozenset("479")
# What surely takes one cell each, so that nothing needs to be measured: Latin, Greek, Cyrillic, punctuation, lines.
_NARROW: Final = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u0481\u2010-\u2027\u2030-\u205e\u2190-\u2193\u2500-\u259f]*"
)


class Ink(NamedTuple):
    """How a cell is inked, as codes of SGR."""

    attributes: frozenset[str]
    ink: str
    """Code of the colour of the text; empty for the terminal's own."""
    paper: str
    """Code of the background; likewise."""
    link: str
    """The address to which a click leads; empty for none."""
    on_blank: tuple[str, frozenset[str], str]
    """What of this can be seen on a blank."""

    def after(self, before: "Ink | None") -> str:
        """Give what changes the terminal to this ink from another; None for one that is not known."""
        if before is None or not before.attributes <= self.attributes:
            codes = ["0", *sorted(self.attributes), self.ink, self.paper]
        else:
            codes = [
                *sorted(self.attributes - before.attributes),
                "" if self.ink == before.ink else self.ink or "39",
                "" if self.paper == before.paper else self.paper or "49",
            ]
        written = ";".join(filter(None, codes))
        text = f"\x1b[{written}m" if written else ""
        if self.link != (before.link if before else ""):
            text += f"\x1b]8;;{self.link}\x1b\\"
        return text


PLAIN: Final = Ink(frozenset(), "", "", "", ("", frozenset(), ""))
"""The terminal's own ink."""


class Cells:
    """A stretch of a row."""

    __slots__ = ("_inks", "runs", "texts")

    def __init__(self, texts: Sequence[str], runs: tuple[tuple[int, Ink], ...]) -> None:
        """Take what stands in each cell, and which ink how many cells have.

        Args:
            texts: what stands in each cell; nothing in one that belongs to a wide character before it.
            runs: how many cells have which ink, from the first on.
        """
        self.texts = texts
        self.runs = runs
        self._inks: tuple[Ink, ...] = ()

    def __eq__(self, other: object) -> bool:
        """Tell whether a terminal shows the same of both."""
        return self is other or (isinstance(other, Cells) and (self.texts, self.runs) == (other.texts, other.runs))

    __hash__ = None  # type: ignore[assignment]

    def inks(self) -> tuple[Ink, ...]:
        """Give the ink of each cell."""
        if not self._inks:
            self._inks = tuple(ink for number, ink in self.runs for _ in range(number))
        return self._inks


class KeptCells:
    """Cells of strips that come again: visitors share the rows of pages, and most rows of a frame were in the last one."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        # With the strip, so that no other one can have its identity meanwhile.
        self._kept: dict[tuple[int, Depth], tuple[Strip, Cells]] = {}

    def of(self, strip: Strip, depth: Depth) -> Cells:
        """Take a strip apart, or give what came of it before."""
        key = (id(strip), depth)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = (strip, cells_of(strip, depth))
            if len(self._kept) > _KEPT:
                for oldest in list(itertools.islice(self._kept, _KEPT // 4)):
                    del self._kept[oldest]
        return kept[1]


def cells_of(strip: Strip, depth: Depth) -> Cells:
    """Take a strip apart; a control character in it, which the loader should have refused, is dropped."""
    texts: list[str] = []
    runs: list[tuple[int, Ink]] = []
    is_narrow = True
    for text, style, control in strip:
        if control or not text:
            continue
        # A control character has no width, so that nothing moves where it is left out.
        safe = text if text.isprintable() else cleaned(text).replace("\n", "")
        if _NARROW.fullmatch(safe):
            number = len(safe)
            texts.append(safe)
        else:
            parts = list(_wide(safe))
            number, is_narrow = len(parts), False
            texts += parts
        ink = PLAIN if style is None else ink_of(style, depth)
        if runs and runs[-1][1] == ink:
            runs[-1] = (runs[-1][0] + number, ink)
        elif number:
            runs.append((number, ink))
    return Cells("".join(texts) if is_narrow else _spread(texts), tuple(runs))


def _spread(texts: list[str]) -> tuple[str, ...]:
    """Give every cell a place of its own, where a text may be of narrow ones alone or one cell of another kind."""
    return tuple(cell for text in texts for cell in (text if _NARROW.fullmatch(text) and len(text) > 1 else (text,)))


def _wide(text: str) -> Iterator[str]:
    """Give the cells of a text with characters that take none or two; all in the first where they belong together."""
    widths = [cell_len(character) for character in text]
    whole = cell_len(text)
    if sum(widths) != whole:  # a sequence that is one picture
        yield text
        yield from [""] * (whole - 1)
        return
    cells: list[str] = []
    for character, width in zip(text, widths, strict=True):
        if width == 0 and cells:
            lead = next(place for place in range(len(cells) - 1, -1, -1) if cells[place] or place == 0)
            cells[lead] += character
        elif width:
            cells += [character, *[""] * (width - 1)]
    yield from cells


@lru_cache(maxsize=4096)
def ink_of(style: Style, depth: Depth) -> Ink:
    """Give the ink of a style. Rich keeps the codes of the first terminal it wrote a style for, and cannot serve two."""
    attributes = frozenset(code for name, code in _ATTRIBUTES if getattr(style, name))
    ink, paper = (
        _code(colour, depth, is_ink=is_ink) for colour, is_ink in ((style.color, True), (style.bgcolor, False))
    )
    seen = attributes & _SEEN_ON_BLANKS
    link = style.link or ""
    if not _may_be_link(link):
        link = ""
    return Ink(attributes, ink, paper, link, (paper, seen, f"{ink}{link}" if seen or link else ""))


def _code(colour: Color | None, depth: Depth, *, is_ink: bool) -> str:
    system = _SYSTEMS.get(depth)
    if colour is None or colour.is_default or system is None:
        return ""
    return ";".join(colour.downgrade(system).get_ansi_codes(foreground=is_ink))


def _may_be_link(address: str) -> bool:
    """Tell an address that may be made a link of the terminal's (OSC 8): of http and https alone."""
    return address.startswith(("http://", "https://")) and address.isascii() and not FORBIDDEN.search(address)
