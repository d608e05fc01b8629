"""Breaking text into lines, counted in terminal cells."""

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from rich.cells import cell_len, set_cell_size

# A line may break at a space, behind a hyphen, a dash, a slash or a space of no width within a word, and before or behind a Han or Kana
# character. Hangul breaks at spaces. A no-break space breaks a line only where the line has no other one. A range of
# numbers, and a number with its percent sign, stay whole.
_CJK: Final = "\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
_BREAK: Final = r"(?:[-–—\u200b](?<!\d[-–—](?=\d))|(?<!:/)/)(?=\w)"
"""The points at which a word may break, but not a range of numbers."""
_PERCENT: Final = r"(?<=\d) (?=%)"
"""The space before a percent sign, which breaks no line."""
_SIGNS: Final = r"–—\u200b/\-"
"""The signs behind which a word may break."""
_WESTERN: Final = re.compile(rf" +|[^ ](?:[^ {_SIGNS}]+|(?!{_BREAK})[{_SIGNS}]|{_PERCENT})*(?:{_BREAK})?")
_FIRST_CJK: Final = "\u2e80"
SOFT_HYPHEN: Final = "\u00ad"
_AT_NEED: Final = " \u00a0-–—"
"""The signs behind which a line breaks that has no other place."""


@cache
def _eastern() -> re.Pattern[str]:
    """Return the pattern of chunks for text with Han or Kana."""
    marks = "\u3001\u3002\uff0c\uff01\uff1f\u300d\u300f\u0300-\u036f\u3099\u309a\ufe00-\ufe0f"
    word = rf"[^ {_CJK}](?:[^ {_SIGNS}{_CJK}]+|(?!{_BREAK})[{_SIGNS}]|{_PERCENT})*(?:{_BREAK})?"
    return re.compile(rf" +|[{_CJK}][{marks}]*|{word}")


def breaks(text: str, width: int, first_loss: int = 0) -> list[tuple[int, int]]:
    """Return the offsets of the lines of a text.

    Args:
        text: the text.
        width: cells of a line.
        first_loss: cells that the first line has less.
    """
    room = max(1, width)
    ranges: list[tuple[int, int]] = []
    start = end = 0
    used = min(first_loss, room - 1)
    chunks = _WESTERN if text.isascii() or max(text) < _FIRST_CJK else _eastern()
    for match in chunks.finditer(text):
        cells = cells_of(match[0])
        if match[0][0] == " ":
            used += cells if end > start else 0
            continue
        if used + cells > room:
            if end > start:
                ranges.append((start, end))
                used = 0
            start = match.start()
            pieces, cells = _split(text, match.start(), match.end(), room, room - used)
            if pieces:  # a word longer than a line
                ranges.extend([(start, pieces[0]), *itertools.pairwise(pieces)])
                start, used = pieces[-1], 0
        elif end == start:
            start = match.start()
        used += cells
        end = match.end()
    if end > start or not ranges:
        ranges.append((start, end))
    return ranges


def _split(text: str, start: int, end: int, room: int, first_room: int) -> tuple[list[int], int]:
    """Return the offsets that break a long word, and the last cells.

    No character is measured more than three times, however long the word is.
    """
    offsets: list[int] = []
    at, here = start, first_room
    while True:
        # A line has no more characters than cells, save those of no cells: characters far behind are not read.
        near = min(end, at + _ahead(here))
        cells = cells_of(text[at:near])
        if cells <= here:
            if near == end:
                return offsets, cells
            near = end  # a run of characters without cells
        behind = fitting(text, at, near, here)
        if behind < end and (last := max(text.rfind(sign, at + 1, behind) for sign in _AT_NEED)) > 0:
            behind = last + 1  # better there than within a word or a number
        if behind >= end:
            return offsets, cells_of(text[at:end])
        offsets.append(behind)
        at, here = behind, room


def _ahead(room: int) -> int:
    """Return the number of characters that surely fill some cells."""
    return 2 * room + 16


def fitting(text: str, start: int, end: int, room: int) -> int:
    """Return the offset up to which characters fit; one always does."""
    used = 0
    for at in range(start, end):
        cells = cells_of(text[at])
        # The emoji style makes the character before it wide, as in a red heart.
        used += cells + (text[at + 1 : at + 2] == "\ufe0f" and cells == 1)
        if used > room and at > start and cells:
            return at
    return end


def unparted(text: str, ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield lines without a dot at the end that separates facts."""
    for start, end in ranges:
        words = text[start:end].rstrip(" \u00a0")
        if words.endswith((" ·", "\u00a0·")):
            yield start, start + len(words[:-1].rstrip(" \u00a0"))
        elif words != "·":
            yield start, end


def cut_at(text: str, width: int) -> int:
    """Return the offset at which a text and an ellipsis fit."""
    if cells_of(text) <= width:
        return len(text)
    at = fitting(text, 0, len(text), width - 1)
    word = text.rfind(" ", 0, at + 1)
    return word if word > at // 2 else at


def shortened(text: str, width: int) -> str:
    """Return a text in `width` cells at most, with an ellipsis."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…" if width > 0 else ""


def cells_of(text: str) -> int:
    """Count the cells of a text; a soft hyphen has none."""
    return len(text) if text.isascii() else cell_len(text.replace(SOFT_HYPHEN, ""))
