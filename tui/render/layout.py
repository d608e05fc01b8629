"""Breaking paragraphs into lines of a given width, counted in terminal cells."""

import itertools
from collections.abc import Iterator
from typing import Final, NamedTuple

from rich.cells import cell_len

from tui.render.breaking import SOFT_HYPHEN, breaks, cells_of, cut_at, fitting, unparted
from tui.render.page import GAP, Block, Columns, Para, Span

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
    bounds = list(itertools.pairwise((*columns.starts, columns.end)))
    places = columns.order or range(len(bounds))
    runs = [_stacked(block, *bounds[place], width, whole) for place, width in zip(places, widths, strict=True)]
    shifts = [0, *itertools.accumulate(width + columns.gap for width in widths[:-1])]
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
    text, more = _kept(para, width - indent, offset - indent) if para.keep else (para.text, "")
    lines: list[Line] = []
    if width - offset < _WIDEST:  # no room beside the marker: the text begins below it
        lines.append(Line(tuple(first if para.plot else first[:2]), index, 0, 0, offset))
        first, offset = [], indent
        if not text:
            return lines
    is_cut = para.keep and para.fold is None
    ranges = [(0, cut_at(text, width - offset))] if is_cut else breaks(text, width - indent, offset - indent)
    if "·" in text:
        ranges = list(unparted(text, ranges)) or ranges
    slices = _slices(para.spans, ranges)
    for (start, end), spans in zip(ranges, slices, strict=True):
        lead = first or ([Span(" " * offset)] if offset else [])
        cut = (Span("…", "muted"),) if is_cut and end < len(text) else ()
        lines.append(Line((*lead, *spans, *cut), index, start, end, offset))
        first, offset = [], indent
    if more and para.fold:
        _add_more(lines, Span(more, "link", para.fold.target), width, indent)
    return lines


def _kept(para: Para, room: int, first_loss: int) -> tuple[str, str]:
    """Return the text of a line, and words for its other items."""
    if para.fold is None:
        return _without_half_a_bar(para, room - first_loss), ""
    text, (ends, _, most, words, beyond) = para.text, para.fold
    for shown in range(len(ends), 0, -1):
        if shown > 1 and ends[shown - 1] > most * room:
            continue
        others = len(ends) - shown + beyond
        more = words.format(others) if others else ""
        *_, (last, end) = ranges = breaks(text[: ends[shown - 1]], room, first_loss)
        left = room - cells_of(text[last:end]) - (first_loss if len(ranges) == 1 else 0)
        if shown == 1 or (len(ranges) <= most and (not more or left > cells_of(more) + GAP)):
            return text[:end], more
    return text, ""


def _add_more(lines: list[Line], more: Span, width: int, indent: int) -> None:
    """Add words for further items to the last line, or below."""
    last = lines[-1]
    gap = GAP if len(more.text) > 1 else 1
    if sum(cells_of(span.text) for span in last.spans) + gap + cells_of(more.text) <= width:
        lines[-1] = last._replace(spans=(*last.spans, Span(" " * gap), more))
        return
    indent = min(indent, max(0, width - cells_of(more.text)))
    for start, end in breaks(more.text, width):
        said = more._replace(text=more.text[start:end])
        lines.append(Line((Span(" " * indent), said), last.para, last.end, last.end, indent))


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
    shown = marker.text[: fitting(marker.text, 0, len(marker.text), width - before)]
    behind = before + cell_len(shown)
    # A marker that is longer than its place pushes the first line to the right.
    offset = max(indent, behind + 1)
    return [Span(" " * before), marker._replace(text=shown), Span(" " * (offset - behind))], offset


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
                found.append(Span(part.replace(SOFT_HYPHEN, ""), span.role, span.target))
            if behind > end:
                break
            span, at = next(rest, None), behind
        yield found
