"""Joins the lines of pages to paragraphs. So a quote may cross a line or a page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, NamedTuple

from tui.authoring.extraction.parted_words import Vocabulary
from tui.authoring.extraction.pdf import LINE_HYPHEN, Line
from tui.authoring.extraction.running_heads import pitch_of, without_running
from tui.briefing.characters import FORBIDDEN
from tui.briefing.page_breaks import PAGE

_GAP: Final = 1.35
"""The distance of two lines, in usual distances, beyond which a paragraph ends."""
_HANGING: Final = 0.3
"""The tolerance of a justified column's right margin, in heights of the line."""
_FEW: Final = 5
"""The fewest lines that show the right margin of a column."""
_OTHER_SIZE: Final = 0.12
_INDENT: Final = 0.6
"""The least indent of a paragraph, in heights of the line."""
_SMALL: Final = 0.92
_SENTENCE_END: Final = re.compile(r"[.!?:…][\"'”’»)\]⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_BULLET: Final = re.compile(r"[•‣▪◦●○∙]\s+\S")
_ITEM: Final = re.compile(r"(?:[•‣▪◦●○∙·*–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)])\s+\S")
_NOTE: Final = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]|\[?\d{1,3}[\].)]?\s|[*†‡§]")
_HYPHENS: Final = ("-", LINE_HYPHEN, "\u00ad", "\x02")
_PARTED: Final = re.compile(rf"(?<=\w)[-\u00ad\x02{LINE_HYPHEN}]$")
_DASHED: Final = re.compile(r"(?<=\w)[–—/]$")
_SOFT_HYPHEN: Final = "\u00ad"
_OTHER_BLANKS: Final = r"\t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_SPACES: Final = re.compile(rf" *[{_OTHER_BLANKS}][ {_OTHER_BLANKS}]*|  +")
"""Any blanks but a single plain one. A match for each plain blank would take the memory of ten texts."""
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x85\u2028]")


class _Placed(NamedTuple):
    """A line with its page and the layout of its column."""

    line: Line
    page: int
    margin: float
    """The right margin of the line's column."""
    justified: bool
    """Whether the column's lines all end at the margin."""
    indented: bool
    """Whether the line begins farther in than the next line of its column."""


def text_of_pages(pages: list[list[Line]]) -> str:
    """Join the lines of some pages to paragraphs.

    A blank line separates paragraphs, and `PAGE` marks the beginning of a page. Running heads and page numbers are left
    out. Notes at the foot of a page follow the paragraph that they interrupt.
    """
    pages = without_running(pages)
    words = Vocabulary(
        line.text[:-1].rpartition(" ")[0] if _PARTED.search(line.text) else line.text for page in pages for line in page
    )
    return _Text(pitch_of(pages), words).of(pages)


def tidied(text: str) -> tuple[str, int]:
    """Normalise a text for holding.

    The result has Unix line ends, plain single spaces, no soft hyphens and no forbidden characters.

    Returns:
        The text, and the number of forbidden characters that were left out.
    """
    dropped = 0
    pages = []
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n").replace(_SOFT_HYPHEN, "")
    for page in text.split(PAGE):
        plain, here = FORBIDDEN.subn("", _SPACES.sub(" ", page))
        pages.append("\n".join(line.strip(" ") for line in plain.split("\n")))
        dropped += here
    whole = _BLANK_LINES.sub("\n\n", PAGE.join(pages))
    return whole.strip(" \n") + "\n", dropped


class _Text:
    """A text that grows line by line."""

    def __init__(self, pitch: float, words: Vocabulary) -> None:
        self._pitch = pitch
        self._words = words
        self._paragraphs: list[str] = []
        self._pieces: list[str] = []
        """The pieces of the open paragraph."""
        self._last: _Placed | None = None
        self._notes: list[_Placed] = []
        self._turned = 0
        """The number of pages that have begun since the last line."""

    def of(self, pages: list[list[Line]]) -> str:
        """Return the text of some pages."""
        body = _usual_height(pages)
        whole = _columns(chain.from_iterable(pages))
        for number, page in enumerate(pages):
            self._turned += number > 0
            text, notes = _notes_apart(page, body, self._pitch)
            for placed in _placed(text, number, whole):
                self._take(placed)
            self._notes += _placed(notes, number, whole)
        self._end()
        return "\n\n".join(self._paragraphs)

    def _take(self, placed: _Placed) -> None:
        last = self._last
        between = _between(last, placed, self._pitch) if last else "\n\n"
        if self._pieces and _ITEM.match(placed.line.text) and _ITEM.match(self._pieces[0].lstrip(PAGE)):
            between = "\n\n"
        if between == "\n\n":
            self._end()
        self._append(placed.line.text, between)
        self._last = placed

    def _append(self, words: str, between: str) -> None:
        turned, self._turned = PAGE * self._turned, 0
        before = self._pieces[-1] if self._pieces else ""
        if not before:
            self._pieces.append(turned + words)
        elif _PARTED.search(before):
            joined = self._words.joined(before[:-1], words)
            self._pieces[-1] = _turned_behind(joined, len(before) - 1, turned)
        elif _DASHED.search(before) and words[0].isalnum():
            self._pieces[-1] = _turned_behind(before + words, len(before), turned)
        else:
            self._pieces.append((turned or between) + words)

    def _close(self) -> None:
        if self._pieces:
            self._paragraphs.append("".join(self._pieces).replace(LINE_HYPHEN, "-"))
        self._pieces = []

    def _end(self) -> None:
        self._close()
        notes, self._notes = self._notes, []
        for note in notes:
            self._note(note)
        self._close()
        self._last = None

    def _note(self, placed: _Placed) -> None:
        """Add a line of a note.

        A page break that is due goes before the text that follows, not before the note.
        """
        turned, self._turned = self._turned, 0
        if _NOTE.match(placed.line.text):
            self._close()
        self._append(placed.line.text, " ")
        self._turned = turned


def _turned_behind(text: str, at: int, turned: str) -> str:
    """Insert a page break after the word that crosses it."""
    if not turned:
        return text
    blank = text.find(" ", at)
    return f"{text[:blank]}{turned}{text[blank + 1 :]}" if blank >= 0 else f"{text}{turned}"


def _between(last: _Placed, placed: _Placed, pitch: float) -> str:
    """Return the separator of two lines: blank line, line break or blank."""
    above, below = last.line, placed.line
    step = above.bottom - below.bottom
    ended = bool(_SENTENCE_END.search(above.text))
    if last.page != placed.page or step < -0.5 * below.height:  # a page or a column began
        parted = ended and (placed.indented or _was_broken(last, below) or bool(_ITEM.match(below.text)))
        return "\n\n" if parted or _is_other_size(above, below) else " "
    if abs(step) <= 0.5 * below.height:
        return " "
    broken = _was_broken(last, below)
    begins = placed.indented or bool(_ITEM.match(below.text))
    apart = step > _GAP * pitch * below.height or _is_other_size(above, below)
    if apart or _BULLET.match(below.text) or (begins and (ended or broken)) or (broken and ended):
        return "\n\n"
    return "\n" if broken else " "


def _is_other_size(above: Line, below: Line) -> bool:
    return abs(above.height - below.height) > _OTHER_SIZE * max(above.height, below.height)


def _was_broken(last: _Placed, below: Line) -> bool:
    """Whether a line was broken on purpose.

    The first word of the next line would have fitted on such a line.
    """
    above = last.line
    if above.text.endswith(_HYPHENS):
        return False
    if last.justified:
        return above.right < last.margin - _HANGING * above.height
    width = (below.right - below.left) / max(1, len(below.text))
    word = below.text.split(" ", 1)[0]
    return above.right + (len(word) + 2.5) * width < last.margin


def _usual_height(pages: list[list[Line]]) -> float:
    heights: Counter[float] = Counter()
    for page in pages:
        for line in page:
            heights[round(line.height, 1)] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 0.0


def _notes_apart(page: list[Line], body: float, pitch: float) -> tuple[list[Line], list[Line]]:
    """Separate the notes at the foot of a page from its text.

    Notes are small lines below all others, and the first one begins with a mark.
    """
    small = [line for line in page if line.height < _SMALL * body]
    others = [line for line in page if line.height >= _SMALL * body]
    floor = min((line.bottom for line in others), default=0.0)
    notes = [line for line in small if line.bottom < floor - 0.5 * pitch * line.height]
    if not others or not notes or not _NOTE.match(notes[0].text):
        return page, []
    kept = {id(line) for line in notes}
    return [line for line in page if id(line) not in kept], notes


class _Column(NamedTuple):
    """The right margin of a column."""

    margin: float
    justified: bool
    """Whether nearly all lines end at the margin."""


def _columns(lines: Iterable[Line], fewest: int = 1) -> dict[int, _Column]:
    """Return the columns of some lines, by their left edges."""
    rights: dict[int, list[float]] = defaultdict(list)
    heights: dict[int, float] = {}
    for line in lines:
        for near in (-1, 0, 1):
            rights[_column(line) + near].append(line.right)
            heights[_column(line) + near] = line.height
    return {at: _ending(found, heights[at]) for at, found in rights.items() if len(found) >= fewest}


def _ending(rights: list[float], height: float) -> _Column:
    """Determine the right margin of a column.

    The widest lines do not count, since they may be headings over two columns.
    """
    margin = sorted(rights)[-1 - len(rights) // 10]
    at_margin = sum(abs(right - margin) < _HANGING * height for right in rights)
    return _Column(margin, at_margin > max(_FEW - 1, len(rights) // 2))


def _placed(lines: list[Line], page: int, whole: dict[int, _Column]) -> Iterator[_Placed]:
    here = _columns(lines, _FEW)
    for index, line in enumerate(lines):
        column = here.get(_column(line), whole[_column(line)])
        following = lines[index + 1] if index + 1 < len(lines) else None
        indented = _is_indented(line, lines[index - 1] if index else None, following)
        yield _Placed(line, page, *column, indented)


def _column(line: Line) -> int:
    return round(line.left / (2 * max(line.height, 1.0)))


def _is_indented(line: Line, before: Line | None, following: Line | None) -> bool:
    """Whether a line begins farther in than its neighbour.

    The neighbour is the next line where that is close, or else the line before.
    """
    other = following if following and 0 < line.bottom - following.bottom < 3 * line.height else before
    return other is not None and _INDENT * line.height < line.left - other.left < 5 * line.height
