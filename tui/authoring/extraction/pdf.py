"""The lines of a PDF with their positions, from PDFium."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from ctypes import byref, c_double
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.authoring.extraction.columns import SAMPLE, Gap, gutter_of, in_columns, is_wide
from tui.authoring.extraction.scripts import above

if TYPE_CHECKING:
    import pypdfium2

LINE_HYPHEN: Final = "\ufffe"
"""PDFium's character for a hyphen at the end of a line; no line break follows it."""
_LINES: Final = re.compile(rf"[^\r\n{LINE_HYPHEN}]+{LINE_HYPHEN}?")
_DIGITS: Final = re.compile(r"(?<=\S)[0-9]+|[0-9]{1,3}(?=[^\W\d])|^[0-9]{1,3}", re.ASCII)
"""Digits that could be raised, since they are attached to the characters before or after them."""
_SHAPES: Final = str.maketrans(
    {"‐": "-", "‑": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00a0": " "}
)
"""A typesetter's ligatures and special hyphens, with the plain characters that they stand for."""
_RAISED: Final = 0.15
"""The least distance above the base line, in heights of a line, of a digit that counts as raised."""


_BLANK: Final = 0.12
_NEAR: Final = 0.6
"""The widest gap between two parts of one line, in heights of the line."""


class Line(NamedTuple):
    """A line of a page."""

    text: str
    left: float
    right: float
    bottom: float
    height: float
    """The height of the font's box, which is proportional to the font size."""


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def lines_of(page: "pypdfium2.PdfPage") -> list[Line]:
    """Return the lines of a page in the order of the file."""
    words = page.get_textpage()
    try:
        return list(_whole(_Reader(words).lines()))
    finally:
        words.close()
        page.close()


def _whole(lines: Iterator[Line]) -> Iterator[Line]:
    """Combine parts of one line that PDFium takes for several.

    The mark of a note is such a part.
    """
    whole = next(lines, None)
    for line in lines:
        if whole is None or not _goes_on(whole, line):
            if whole:
                yield whole
            whole = line
            continue
        is_above = line.text.isdigit() and line.bottom > whole.bottom + _RAISED * whole.height
        text = above(line.text, before=whole.text[-1], note=False) if is_above else line.text
        blank = " " if line.left - whole.right > _BLANK * whole.height else ""
        whole = whole._replace(text=f"{whole.text}{blank}{text}", right=line.right)
    if whole:
        yield whole


def _goes_on(line: Line, following: Line) -> bool:
    beside = -_BLANK < (following.left - line.right) / (line.height or 1.0) < _NEAR
    return beside and abs(following.bottom - line.bottom) < 0.5 * line.height and not line.text.endswith(LINE_HYPHEN)


class _Reader:
    def __init__(self, words: "pypdfium2.PdfTextPage") -> None:
        import pypdfium2.raw as pdfium

        self._words = words
        self._text = words.get_text_range(errors="replace")
        self._pdfium = pdfium
        self._found = pdfium.FS_RECTF()

    def lines(self) -> Iterator[Line]:
        """Yield the lines. Where they run across two columns, one column follows the other."""
        spans = list(self._spans())
        sampled = spans[:: max(1, len(spans) // SAMPLE)]
        gutter = gutter_of([self._gaps(*span) for span in sampled])
        whole = (self._line(*span) for span in spans)
        if gutter is None:
            yield from whole
        else:
            halves = [self._line(*half) for span in spans for half in self._halves(*span, gutter)]
            yield from in_columns(halves, gutter) or whole

    def _spans(self) -> Iterator[tuple[int, int]]:
        for match in _LINES.finditer(self._text):
            start, end = match.span()
            while start < end and self._text[start].isspace():
                start += 1
            while end > start and self._text[end - 1].isspace():
                end -= 1
            if start < end:
                yield start, end

    def _gaps(self, start: int, end: int) -> list[Gap]:
        """Return the spaces of a line that may be a gutter."""
        height = self._box((start + end) // 2).height or self._box(start).height
        spaces = (at for at in range(start + 1, end - 1) if self._text[at] == " ")
        gaps = (Gap(self._box(at - 1).right, self._box(at + 1).left) for at in spaces)
        return [gap for gap in gaps if is_wide(gap, height)]

    def _halves(self, start: int, end: int, gutter: float) -> Iterator[tuple[int, int]]:
        """Yield a line, or its parts before and behind a gutter."""
        behind = bisect_left(range(start, end), gutter, key=lambda at: self._box(at).left) + start
        while start < behind < end and self._text[behind].isspace():
            behind += 1
        before = behind
        while before > start and self._text[before - 1].isspace():
            before -= 1
        if start < before < behind < end:
            gap = Gap(self._box(before - 1).right, self._box(behind).left)
            if gap.left < gutter < gap.right and is_wide(gap, self._box(behind).height):
                yield from ((start, before), (behind, end))
                return
        yield start, end

    def _line(self, start: int, end: int) -> Line:
        first, last = self._box(start), self._box(end - 1)
        # The ends of a line may be the mark of a note, and a character that PDFium inserted has no box.
        middle = (start + end) // 2
        boxes = {at: self._box(at) for at in {start, middle, max(start, middle - 1)}}
        usual = max(boxes, key=lambda at: boxes[at].height)
        base = boxes[usual]
        text = self._parted(start, end, self._line_at(usual), base.height).translate(_SHAPES)
        return Line(text, first.left, max(first.right, last.right), base.bottom, base.height)

    def _parted(self, start: int, end: int, line: float, height: float) -> str:
        """Return the text of a line, with raised digits as superscripts."""
        text = self._text[start:end]
        parts: list[str] = []
        done = 0
        for match in _DIGITS.finditer(text):
            raised = [self._is_raised(start + at, line, height) for at in range(*match.span())]
            if not any(raised):
                continue
            first = match.start() + raised.index(True)
            before = text[first - 1 : first]
            parts += (text[done:first], above(text[first : match.end()], before=before, note=False))
            done = match.end()
        return "".join((*parts, text[done:]))

    def _is_raised(self, at: int, line: float, height: float) -> bool:
        """Whether the ink of a digit begins above the base line.

        The digit may be set higher, or be a superscript character of its font.
        """
        pdfium, low, rest = self._pdfium, c_double(), c_double()
        pdfium.FPDFText_GetCharBox(self._words, self._index(at), byref(rest), byref(rest), byref(low), byref(rest))
        return low.value > line + _RAISED * height

    def _line_at(self, at: int) -> float:
        left, line = c_double(), c_double()
        self._pdfium.FPDFText_GetCharOrigin(self._words, self._index(at), byref(left), byref(line))
        return line.value

    def _index(self, at: int) -> int:
        return int(self._pdfium.FPDFText_GetCharIndexFromTextIndex(self._words, at))

    def _box(self, at: int) -> _Box:
        self._pdfium.FPDFText_GetLooseCharBox(self._words, self._index(at), byref(self._found))
        found = self._found
        return _Box(found.left, found.bottom, found.right, found.top)
