"""The parts of a huge block, each laid out by itself."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from rich.cells import cell_len

from tui.render.layout import Line, lay_out
from tui.render.page import Block, Para, Span

WHOLE: Final = 16_384
"""Characters up to which a block is one part: the longest paragraph that somebody writes by hand has fewer."""
PART: Final = 8_192
"""Characters of a part, about a hundred lines."""
_REACH: Final = 512
"""Characters before the end of a part in which a blank is looked for; the longest words have fewer."""
_MARKS: Final = 64
"""Characters without cells, such as accents, that stay with the letter before them."""
_PARA: Final = 64
"""The weight of a paragraph beside its characters: an empty one takes a line too."""
_KEPT_ON_ONE_LINE: Final = 2_048
"""Characters of a paragraph that is cut rather than wrapped; no terminal is so wide."""


class Part(NamedTuple):
    """A stretch of a block that is laid out by itself."""

    block: Block
    """The block with the paragraphs, or the piece of one, that the part has."""
    para: int = 0
    """The number in the whole block of its first paragraph."""
    start: int = 0
    """The offset in that paragraph at which the part begins."""

    def lines(self, width: int) -> list[Line]:
        """Return the lines of the part, in the numbers of the block."""
        lines = lay_out(self.block, width)
        if not (self.para or self.start):
            return lines
        return [self._moved(line) for line in lines]

    def _moved(self, line: Line) -> Line:
        if line.para < 0:
            return line
        shift = self.start if line.para == 0 else 0
        return line._replace(para=line.para + self.para, start=line.start + shift, end=line.end + shift)

    def words(self, line: Line) -> str:
        """Return the text of a line, with soft hyphens."""
        para = line.para - self.para
        shift = self.start if para == 0 else 0
        return self.block.paras[para].text[line.start - shift : line.end - shift]


class _Piece(NamedTuple):
    para: int
    start: int
    end: int


class Parts(Sequence[Part]):
    """The parts of a block, each made when it is asked for."""

    def __init__(self, block: Block) -> None:
        """Divide a block in steps of a part's length."""
        self._block = block
        self._starts: dict[int, list[int]] = {}
        self._parts = list(_grouped(self._pieces()))

    def __len__(self) -> int:
        """Count the parts."""
        return len(self._parts)

    def __getitem__(self, number: int) -> Part:  # type: ignore[override]  # slices are not used
        """Make a part."""
        pieces = self._parts[number]
        paras = tuple(map(self._para, pieces))
        space = self._block.space if number == 0 else 0
        return Part(self._block._replace(paras=paras, space=space, columns=None), pieces[0].para, pieces[0].start)

    def index_of(self, para: int, offset: int) -> int:
        """Find the part that has a character of a paragraph."""
        firsts = [pieces[0][:2] for pieces in self._parts]
        return max(0, bisect_right(firsts, (para, offset)) - 1)

    def _pieces(self) -> Iterator[_Piece]:
        for number, para in enumerate(self._block.paras):
            length = sum(len(span.text) for span in para.spans)
            if para.keep:
                yield _Piece(number, 0, min(length, _KEPT_ON_ONE_LINE))
            else:
                yield from self._cut(number, length)

    def _cut(self, number: int, length: int) -> Iterator[_Piece]:
        """Cut a paragraph into pieces, at blanks if it has any."""
        at = 0
        while length - at > PART + PART // 2:
            near = at + PART
            behind = self._blank(number, near - _REACH, near) + 1
            if not behind:
                ahead = self._text(number, near, near + _MARKS)
                behind = near + next((index for index, mark in enumerate(ahead) if cell_len(mark)), 0)
            yield _Piece(number, at, behind)
            at = behind
        yield _Piece(number, at, length)

    def _blank(self, number: int, start: int, end: int) -> int:
        """Return the offset of the last blank of a range, or -1."""
        starts = self._starts_of(number)
        index = bisect_right(starts, start) - 1
        at, spans = starts[index], self._block.paras[number].spans
        if end <= starts[index + 1]:
            found = spans[index].text.rfind(" ", start - at, end - at)
            return found + at if found >= 0 else -1
        found = self._text(number, start, end).rfind(" ")
        return found + start if found >= 0 else -1

    def _para(self, piece: _Piece) -> Para:
        para = self._block.paras[piece.para]
        spans = tuple(self._spans(piece))
        if piece.start:
            return Para(spans, indent=para.indent, keep=para.keep)
        return para._replace(spans=spans)

    def _text(self, number: int, start: int, end: int) -> str:
        return "".join(span.text for span in self._spans(_Piece(number, start, end)))

    def _spans(self, piece: _Piece) -> Iterator[Span]:
        """Yield the spans of a piece; earlier spans are not read."""
        spans, starts = self._block.paras[piece.para].spans, self._starts_of(piece.para)
        for index in range(max(0, bisect_right(starts, piece.start) - 1), len(spans)):
            at = starts[index]
            if at >= piece.end:
                return
            if text := spans[index].text[max(0, piece.start - at) : piece.end - at]:
                yield spans[index]._replace(text=text)

    def _starts_of(self, number: int) -> list[int]:
        """Return the offsets of the spans of a paragraph, and its length."""
        starts = self._starts.get(number)
        if starts is None:
            spans = self._block.paras[number].spans
            starts = self._starts[number] = list(accumulate((len(span.text) for span in spans), initial=0))
        return starts


def parts_of(block: Block) -> Sequence[Part]:
    """Return the parts of a block, mostly a single one."""
    heft = sum(_PARA + len(span.text) for para in block.paras for span in para.spans)
    return (Part(block),) if heft <= WHOLE else Parts(block)


def _grouped(pieces: Iterator[_Piece]) -> Iterator[list[_Piece]]:
    """Gather pieces until they make a part."""
    group: list[_Piece] = []
    heft = 0
    for piece in pieces:
        weight = piece.end - piece.start + _PARA
        if group and heft + weight > PART + PART // 2 + _PARA:
            yield group
            group, heft = [], 0
        group.append(piece)
        heft += weight
    yield group
