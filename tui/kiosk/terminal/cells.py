"""Strips as cells of a terminal, each with text and style."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
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
_OFF: Final = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29"}
"""The code that ends each attribute."""
_SEEN_ON_BLANKS: Final = frozenset("479")
_MANY_BLANKS: Final = re.compile(" {12,}")
"""As many as erasing and moving take bytes."""
_NEIGHBOURS: Final = 64
"""Inks after which the codes of another are kept."""
# Characters that surely take one cell and need no measuring: Latin, Greek, Cyrillic, punctuation, lines.
_NARROW: Final = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u0481\u2010-\u2027\u2030-\u205e\u2190-\u2193\u2500-\u259f]*"
)


class CellStyle:
    """The style of a cell, as codes of SGR. Equal styles are one object."""

    __slots__ = ("_after", "attributes", "background", "foreground", "link", "on_blank")

    def __init__(self, attributes: frozenset[str], foreground: str, background: str, link: str) -> None:
        """Make a style.

        Args:
            attributes: bold and the like.
            foreground: code of the colour of the text; empty for the terminal's own.
            background: code of the background; likewise.
            link: the address to which a click leads; empty for none.
        """
        self.attributes = attributes
        self.foreground = foreground
        self.background = background
        self.link = link
        seen = attributes & _SEEN_ON_BLANKS
        self.on_blank = (background, seen, f"{foreground}{link}" if seen or link else "")
        """What of this can be seen on a blank."""
        self._after: dict[CellStyle | None, str] = {}

    def after(self, before: "CellStyle | None") -> str:
        """Return the codes from another style, None being unknown."""
        text = self._after.get(before)
        if text is None:
            if len(self._after) >= _NEIGHBOURS:
                self._after.clear()
            text = self._after[before] = self._changes(before)
        return text

    def _changes(self, before: "CellStyle | None") -> str:
        whole = ";".join(filter(None, ["0", *sorted(self.attributes), self.foreground, self.background]))
        if before is None:
            written = whole
        else:
            off = {_OFF[code] for code in before.attributes - self.attributes}
            # Bold and dim end together.
            kept = self.attributes & before.attributes - ({"1", "2"} if "22" in off else frozenset())
            codes = [
                *sorted(off),
                *sorted(self.attributes - kept),
                "" if self.foreground == before.foreground else self.foreground or "39",
                "" if self.background == before.background else self.background or "49",
            ]
            written = min(";".join(filter(None, codes)), whole, key=len)
        text = f"\x1b[{written}m" if written else ""
        if self.link != (before.link if before else ""):
            text += f"\x1b]8;;{self.link}\x1b\\"
        return text


class Run(NamedTuple):
    """Cells of one style that follow each other."""

    start: int
    end: int
    """The cell behind the last."""
    style: CellStyle


class Cells:
    """A stretch of a row."""

    __slots__ = ("runs", "texts")

    def __init__(self, texts: Sequence[str], runs: tuple[Run, ...]) -> None:
        """Take the text of each cell, and the styles.

        Args:
            texts: what stands in each cell; nothing in one that belongs to a wide character before it.
            runs: the styles, from the first cell on.
        """
        self.texts = texts
        self.runs = runs

    def written(
        self, first: int, end: int, cell_style: CellStyle | None, *, erases: bool = False
    ) -> tuple[str, CellStyle | None]:
        """Write some cells, each in its style. Give also the style that the terminal has then.

        Args:
            first: the first cell.
            end: the cell behind the last.
            cell_style: the style that the terminal has before; None where that is not known.
            erases: whether the terminal erases cells in the present background.
        """
        parts: list[str] = []
        for run_start, run_end, run_style in self.runs:
            if run_end <= first:
                continue
            if run_start >= end:
                break
            texts = self.texts[max(first, run_start) : min(end, run_end)]
            if run_style is not cell_style:
                # Blanks keep the style where the difference is invisible on them.
                if cell_style is not None and texts[0] == " " and run_style.on_blank == cell_style.on_blank:
                    # By cells, since a character on a blank has this style.
                    blanks = len(list(takewhile(" ".__eq__, texts)))
                    parts.append(_blanks(" " * blanks, cell_style, erases=erases))
                    texts = texts[blanks:]
                if texts:
                    parts.append(run_style.after(cell_style))
                    cell_style = run_style
            parts.append(_blanks("".join(texts), cell_style, erases=erases))
        return "".join(parts), cell_style


def blank(width: int, cell_style: CellStyle) -> Cells:
    """Return cells that were erased in the background of a style."""
    return _erased(width, cell_style.background)


@lru_cache(maxsize=1024)
def _erased(width: int, background: str) -> Cells:
    """Return the only object of erased cells. So its changes are found again."""
    return Cells(" " * width, (Run(0, width, _the_style(frozenset(), "", background, "")),))


def _blanks(text: str, cell_style: CellStyle | None, *, erases: bool) -> str:
    """Erase runs of blanks, and move over them. It looks the same."""
    if not erases or cell_style is None or cell_style.on_blank != (cell_style.background, frozenset(), ""):
        return text
    return _MANY_BLANKS.sub(lambda blanks: f"\x1b[{len(blanks[0])}X\x1b[{len(blanks[0])}C", text)


def cells_of(strip: Strip, depth: Depth) -> Cells:
    """Return the cells of a strip, without control characters."""
    texts: list[str] = []
    runs: list[Run] = []
    end, is_narrow = 0, True
    for text, style, control in strip:
        if control or not text:
            continue
        # A control character has no width, so nothing moves where it is left out.
        safe = text if text.isprintable() else cleaned(text).replace("\n", "")
        if _NARROW.fullmatch(safe):
            end += len(safe)
            texts.append(safe)
        else:
            parts = list(_wide(safe))
            is_narrow = False
            end += len(parts)
            texts += parts
        cell_style = PLAIN if style is None else style_of(style, depth)
        if runs and runs[-1].style is cell_style:
            runs[-1] = Run(runs[-1].start, end, cell_style)
        elif end > (start := runs[-1].end if runs else 0):
            runs.append(Run(start, end, cell_style))
    return Cells("".join(texts) if is_narrow else _spread(texts), tuple(runs))


def _spread(texts: list[str]) -> tuple[str, ...]:
    """Return a text for each cell, from texts of several narrow cells."""
    return tuple(cell for text in texts for cell in (text if _NARROW.fullmatch(text) and len(text) > 1 else (text,)))


def _wide(text: str) -> Iterator[str]:
    """Yield the cells of a text with wide or combining characters."""
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
def style_of(style: Style, depth: Depth) -> CellStyle:
    """Return the style's codes. Rich caches those of one terminal alone."""
    attributes = frozenset(code for name, code in _ATTRIBUTES if getattr(style, name))
    foreground, background = (
        _code(colour, depth, is_foreground=is_foreground)
        for colour, is_foreground in ((style.color, True), (style.bgcolor, False))
    )
    link = style.link or ""
    return _the_style(attributes, foreground, background, link if _may_be_link(link) else "")


@lru_cache(maxsize=4096)
def _the_style(attributes: frozenset[str], foreground: str, background: str, link: str) -> CellStyle:
    """Return the only object of these codes."""
    return CellStyle(attributes, foreground, background, link)


PLAIN: Final = _the_style(frozenset(), "", "", "")
"""The terminal's own style."""


def _code(colour: Color | None, depth: Depth, *, is_foreground: bool) -> str:
    system = _SYSTEMS.get(depth)
    if colour is None or colour.is_default or system is None:
        return ""
    return ";".join(colour.downgrade(system).get_ansi_codes(foreground=is_foreground))


def _may_be_link(address: str) -> bool:
    """Return whether an address may become a link (OSC 8)."""
    return address.startswith(("http://", "https://")) and address.isascii() and not FORBIDDEN.search(address)
