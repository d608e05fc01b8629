"""Breaking paragraphs into lines of a given width, counted in terminal cells."""

import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from rich.cells import cell_len, set_cell_size

from tui.render.page import GAP, Block, Columns, Para, Span

# A line may break at a space, behind a hyphen, a dash, a slash or a space of no width within a word, and before or behind a Han or Kana
# character. Hangul breaks at spaces. A no-break space breaks a line only where the line has no other one.
_CJK: Final = "\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
_WESTERN: Final = re.compile(r" +|[^ ]+?(?:(?:[-–—\u200b]|(?<!:/)/)(?=\w)|(?= )|$)")
_FIRST_CJK: Final = "\u2e80"
_SOFT_HYPHEN: Final = "\u00ad"
_NO_BREAK: Final = "\u00a0"
_WIDEST: Final = 2
"""The cells of the widest character; a line that has fewer holds nothing for sure."""
NARROWEST: Final = 8
"""However narrow the terminal, a text column has so many cells."""


class Line(NamedTuple):
    """One line of a block."""

    spans: tuple[Span, ...]
    para: int
    """The paragraph of the block; -1 for an empty line between two."""
    start: int
    """Offset in the paragraph's text of its first character."""
    end: int
    """Offset behind its last character."""
    offset: int
    """Cells before its text: the indent."""
    beside: "Line | None" = None
    """The line in the next column. Its spans are in this line too, its offset counts from the left edge."""

    @property
    def parts(self) -> "tuple[Line, ...]":
        """The line, and those beside it."""
        return (self, *self.beside.parts) if self.beside else (self,)


_EMPTY: Final = Line((), -1, 0, 0, 0)


def lay_out(block: Block, width: int) -> list[Line]:
    """Break a block into lines of at most `width` cells."""
    columns = block.columns
    widths = columns.widths(width) if columns else ()
    if columns is None or not widths:
        return _stacked(block, 0, len(block.paras), width, width)
    above = _stacked(block, 0, columns.starts[0], width, width)
    below = _stacked(block, columns.end, len(block.paras), width, width)
    return [*above, *_side_by_side(block, columns, widths, width), *below]


def _stacked(block: Block, start: int, end: int, width: int, whole: int) -> list[Line]:
    """Set paragraphs below one another, in a block of `whole` cells."""
    lines: list[Line] = []
    for index, para in enumerate(block.paras[start:end], start):
        lines.extend([_EMPTY] * para.space)
        lines.extend(_para_lines(para, index, width, whole))
    return lines


def _side_by_side(block: Block, columns: Columns, widths: tuple[int, ...], whole: int) -> Iterator[Line]:
    """Set runs of paragraphs beside one another."""
    ends = (*columns.starts[1:], columns.end)
    runs = [
        _stacked(block, start, end, width, whole)
        for start, end, width in zip(columns.starts, ends, widths, strict=True)
    ]
    shifts = [0, *itertools.accumulate(width + GAP for width in widths[:-1])]
    for row in itertools.zip_longest(*runs):
        yield _joined([(line, shift) for line, shift in zip(row, shifts, strict=True) if line is not None])


def _joined(row: list[tuple[Line, int]]) -> Line:
    """Join the lines of several columns, each with its first cell."""
    joined: Line | None = None
    begin = 0
    for line, shift in reversed(row):  # each line has the spans of those right of it
        spans = line.spans
        if joined is not None:
            spans = (*spans, Span(" " * (begin - shift - sum(cell_len(span.text) for span in spans))), *joined.spans)
        joined, begin = line._replace(spans=spans, offset=line.offset + shift, beside=joined), shift
    if joined is None:
        return _EMPTY
    return joined._replace(spans=(Span(" " * begin), *joined.spans)) if begin else joined


def _para_lines(para: Para, index: int, width: int, whole: int) -> list[Line]:
    indent = min(para.indent, max(0, width - NARROWEST))
    first, offset = _lead(para, indent, width, whole)
    indent = min(indent + para.further, max(indent, width - NARROWEST))
    text = _without_half_a_bar(para, width - offset) if para.keep else para.text
    lines: list[Line] = []
    if width - offset < _WIDEST:  # no room beside the marker: the text begins below it
        lines.append(Line(tuple(first[:2]), index, 0, 0, offset))
        first, offset = [], indent
    ranges = [(0, _cut(text, width - offset))] if para.keep else _breaks(text, width - indent, offset - indent)
    if "·" in text:
        ranges = list(_unparted(text, ranges)) or ranges
    slices = _slices(para.spans, ranges)
    for (start, end), spans in zip(ranges, slices, strict=True):
        lead = first or ([Span(" " * offset)] if offset else [])
        cut = (Span("…", "muted"),) if para.keep and end < len(text) else ()
        lines.append(Line((*lead, *spans, *cut), index, start, end, offset))
        first, offset = [], indent
    return lines


def _without_half_a_bar(para: Para, room: int) -> str:
    """Return the text of a line, without a bar that is cut."""
    text = para.text
    if not para.spans or para.spans[-1].whole != "" or cells_of(text) <= room:
        return text
    told = "".join(span.text for span in itertools.takewhile(lambda span: span.whole != "", para.spans))
    return told.rstrip(" ")


def _lead(para: Para, indent: int, width: int, whole: int) -> tuple[list[Span], int]:
    """Return the marker or plot of a first line, and its cells."""
    if para.plot:
        drawn = [Span(" " * indent), *para.plot(whole)]
        cells = sum(cell_len(span.text) for span in drawn)
        return (drawn, cells) if cells <= width else ([], indent)  # half a plot would say something else
    return _marker_spans(para.marker, para.hang, indent, width) if para.marker else ([], indent)


def _marker_spans(marker: Span, hang: int, indent: int, width: int) -> tuple[list[Span], int]:
    """Return the marker of a first line, and the text's offset."""
    before = max(0, indent - (hang or cell_len(marker.text) + 1))
    shown = marker.text[: _fitting(marker.text, 0, len(marker.text), width - before)]
    behind = before + cell_len(shown)
    # A marker that is longer than its place pushes the first line to the right.
    offset = max(indent, behind + 1)
    return [Span(" " * before), marker._replace(text=shown), Span(" " * (offset - behind))], offset


@cache
def _eastern() -> re.Pattern[str]:
    """Return the pattern of chunks for text with Han or Kana."""
    marks = "\u3001\u3002\uff0c\uff01\uff1f\u300d\u300f\u0300-\u036f\u3099\u309a\ufe00-\ufe0f"
    return re.compile(rf" +|[{_CJK}][{marks}]*|[^ {_CJK}]+?(?:(?:[-–—\u200b]|(?<!:/)/)(?=\w)|(?=[ {_CJK}])|$)")


def _breaks(text: str, width: int, first_loss: int = 0) -> list[tuple[int, int]]:
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
        behind = _fitting(text, at, near, here)
        if behind < end and (space := text.rfind(_NO_BREAK, at + 1, behind)) > 0:
            behind = space + 1  # better there than within a word or a number
        if behind >= end:
            return offsets, cells_of(text[at:end])
        offsets.append(behind)
        at, here = behind, room


def _ahead(room: int) -> int:
    """Return the number of characters that surely fill some cells."""
    return 2 * room + 16


def _fitting(text: str, start: int, end: int, room: int) -> int:
    """Return the offset up to which characters fit; one always does."""
    used = 0
    for at in range(start, end):
        cells = cells_of(text[at])
        # The emoji style makes the character before it wide, as in a red heart.
        used += cells + (text[at + 1 : at + 2] == "\ufe0f" and cells == 1)
        if used > room and at > start and cells:
            return at
    return end


def _unparted(text: str, ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield lines without a dot at the end that separates facts."""
    for start, end in ranges:
        words = text[start:end].rstrip(" \u00a0")
        if words.endswith((" ·", "\u00a0·")):
            yield start, start + len(words[:-1].rstrip(" \u00a0"))
        elif words != "·":
            yield start, end


def _cut(text: str, width: int) -> int:
    """Return the offset at which a text and an ellipsis fit."""
    if cells_of(text) <= width:
        return len(text)
    at = _fitting(text, 0, len(text), width - 1)
    word = text.rfind(" ", 0, at + 1)
    return word if word > at // 2 else at


def shortened(text: str, width: int) -> str:
    """Return a text in `width` cells at most, with an ellipsis."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…" if width > 0 else ""


def cells_of(text: str) -> int:
    """Count the cells of a text; a soft hyphen has none."""
    return len(text) if text.isascii() else cell_len(text.replace(_SOFT_HYPHEN, ""))


def _slices(spans: tuple[Span, ...], ranges: list[tuple[int, int]]) -> Iterator[list[Span]]:
    """Cut ranges, each behind the one before, out of spans."""
    rest = iter(spans)
    span, at = next(rest, None), 0
    for start, end in ranges:
        found = []
        while span is not None and at < end:
            behind = at + len(span.text)
            if behind > start:
                part = span.text[max(0, start - at) : end - at]
                found.append(Span(part.replace(_SOFT_HYPHEN, ""), span.role, span.target))
            if behind > end:
                break
            span, at = next(rest, None), behind
        yield found
