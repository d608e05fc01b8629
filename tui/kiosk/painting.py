"""From the frames of the app to the bytes of a terminal: only what changed, in its colours, and nothing that acts."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Literal

from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from tui.briefing.characters import FORBIDDEN, cleaned

Depth = Literal["none", "256", "true"]
_SYSTEMS: Final = {"256": ColorSystem.EIGHT_BIT, "true": ColorSystem.TRUECOLOR}
_ATTRIBUTES: Final = (
    ("bold", "1"), ("dim", "2"), ("italic", "3"), ("underline", "4"), ("blink", "5"), ("reverse", "7"), ("strike", "9"),
)  # fmt: skip
_RESET: Final = "\x1b[m"


class Screen:
    """What one visitor's terminal shows, and what must be sent for it to show something else."""

    def __init__(self, depth: Depth) -> None:
        """Know nothing of what it shows."""
        self.depth: Depth = depth
        self._rows: dict[int, dict[int, Strip]] = {}

    def forget(self) -> None:
        """Take everything for unknown, so that the next frame is sent whole."""
        self._rows.clear()

    def paint(self, update: CompositorUpdate) -> str:
        """Give what changes the terminal to a frame; nothing where it shows that already."""
        written: list[str] = []
        for row, parts in _rows_of(update):
            shown = self._rows.setdefault(row, {})
            self._drop_overlapped(shown, parts)
            expected = -1
            for start, strip in parts.items():
                if shown.get(start) != strip:
                    if start != expected:
                        written.append(f"\x1b[{row + 1};{start + 1}H")
                    written.append(text_of(strip, self.depth))
                    expected = start + strip.cell_length
                    shown[start] = strip
        return "".join(written)

    @staticmethod
    def _drop_overlapped(shown: dict[int, Strip], parts: dict[int, Strip]) -> None:
        """Forget parts of a row that are cut otherwise now, as a layer over them does."""
        if all(start in shown and shown[start].cell_length == strip.cell_length for start, strip in parts.items()):
            return
        for start, strip in list(shown.items()):
            end = start + strip.cell_length
            if any(other < end and start < other + one.cell_length for other, one in parts.items()):
                del shown[start]


def _rows_of(update: CompositorUpdate) -> Iterator[tuple[int, dict[int, Strip]]]:
    """Give each row that a frame tells of, with its parts by their first cells."""
    if isinstance(update, ChopsUpdate):
        for row, first, last in update.spans:
            parts = zip(update.chop_ends[row], update.chops[row].items(), strict=False)
            yield row, {start: strip for end, (start, strip) in parts if strip and start < last and end > first}
    elif isinstance(update, LayoutUpdate):
        for row, strips in enumerate(update.strips, update.region.y):
            yield row, dict(_placed(strips, update.region.x))


def _placed(strips: Iterable[Strip], start: int) -> Iterator[tuple[int, Strip]]:
    for strip in strips:
        yield start, strip
        start += strip.cell_length


def text_of(strip: Strip, depth: Depth) -> str:
    """Write a strip; a control character in it, which the loader should have refused, is dropped."""
    written = []
    for text, style, control in strip:
        if control:
            continue
        # A control character has no width, so that nothing moves where it is left out.
        safe = cleaned(text) if FORBIDDEN.search(text) else text
        if style is None:
            written.append(safe)
            continue
        codes = sgr(style, depth)
        piece = f"\x1b[{codes}m{safe}{_RESET}" if codes else safe
        written.append(_linked(piece, style.link) if style.link else piece)
    return "".join(written)


@lru_cache(maxsize=4096)
def sgr(style: Style, depth: Depth) -> str:
    """Give the codes of a style. Rich keeps those of the first terminal that it wrote a style for, and cannot serve two."""
    codes = [code for name, code in _ATTRIBUTES if getattr(style, name)]
    system = _SYSTEMS.get(depth)
    if system is not None:
        for colour, is_ink in ((style.color, True), (style.bgcolor, False)):
            if colour is not None:
                codes += colour.downgrade(system).get_ansi_codes(foreground=is_ink)
    return ";".join(codes)


def _linked(text: str, address: str) -> str:
    """Make a text a link of the terminal's (OSC 8), to http and https alone."""
    if not address.startswith(("http://", "https://")) or FORBIDDEN.search(address) or not address.isascii():
        return text
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"
