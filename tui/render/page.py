"""Pages of blocks of paragraphs of spans, without width or colour."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Final, Literal, NamedTuple

Role = Literal[
    "text", "strong", "emphasis", "code", "title", "heading", "number", "meta", "muted", "quote", "passage", "note",
    "link", "conflict", "rating", "warning", "new", "rule", "bar", "remark",
]  # fmt: skip
"""The roles of text. A theme gives each a style, other formats a notation."""

MEASURE: Final = 80
"""The widest text column in cells: about 66 to 75 characters a line read best (Bringhurst 2.1.2), and numbers hang."""

INDENT: Final = 5
"""Cells before the text of an entry; its number hangs in them."""

GAP: Final = 3
"""Cells between two columns."""
_NARROW: Final = 24
"""The fewest cells of a right column beside a left one that has a least width."""
_HALVED: Final = 72
"""From how many cells two equal columns stand side by side; each then has more than thirty."""


class Span(NamedTuple):
    """A stretch of text with one role."""

    text: str
    role: Role = "text"
    target: str = ""
    """The target of the link; empty for none.

    The targets: ``#id`` in this briefing, ``note:N`` to the block's Nth footnote, ``page:NAME``, ``briefing:ID``,
    ``command:NAME`` or an address of the web."""
    whole: str | None = None
    """The words of a linear page: uncut, or empty for a bar. None for the same text."""


Plot = Callable[[int], tuple[Span, ...]]
"""Draws a plot for the cells of its block's lines."""


class Fold(NamedTuple):
    """The items of a paragraph that shows as many as fit."""

    ends: tuple[int, ...]
    """The offset behind each item."""
    target: str
    """The target that has all items."""
    lines: int = 1
    """The most lines of the paragraph; the first item is shown whole."""
    more: str = "and {:,} more"
    """The words behind the last item that fits, with the number of the others."""
    beyond: int = 0
    """The number of items that are not in the text."""


class Para(NamedTuple):
    """A paragraph, or a line of its own."""

    spans: tuple[Span, ...]
    marker: Span | None = None
    """The text that hangs in the indent before the first line, such as a number."""
    indent: int = 0
    """Columns before every line."""
    hang: int = 0
    """The columns between the marker and the text; 0 for as many as the marker needs."""
    space: int = 0
    """Empty lines before it."""
    keep: bool = False
    """Whether a long line is cut and not wrapped, as in a table."""
    plot: "Plot | None" = None
    """Draws a bar or another plot before the text, for the cells of the block. The text says the same."""
    further: int = 0
    """Columns before every line but the first, beside those of all lines."""
    fold: Fold | None = None
    """The items of a line that is kept: it ends behind one of them, and is not cut."""

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)

    def target_before(self, offset: int) -> str:
        """Return the target of the first adjacent link before an offset."""
        found, at, is_apart = "", 0, True
        for span in self.spans:
            if at > offset:
                break
            if span.target:
                found, is_apart = span.target if is_apart else found, False
            else:
                is_apart = is_apart or any(map(str.isalnum, span.text))
            at += len(span.text)
        return found


Widths = Callable[[int], tuple[int, ...]]
"""Divides the cells of a block among its columns; into none where they stand below one another."""


def halves(whole: int) -> tuple[int, ...]:
    """Divide a block into two equal columns."""
    return shares(whole, 2, _HALVED)


def shares(whole: int, number: int, least: int) -> tuple[int, ...]:
    """Divide a block of at least some cells into equal columns."""
    each = (whole - GAP * (number - 1)) // number
    return (*(each,) * (number - 1), whole - (each + GAP) * (number - 1)) if whole >= least else ()


def half_or(least: int) -> Widths:
    """Return a division in two with the fewest cells of the left."""

    def widths(whole: int) -> tuple[int, ...]:
        left = max(least, (whole - GAP) // 2)
        return (left, whole - left - GAP) if whole >= left + GAP + _NARROW else ()

    return widths


class Columns(NamedTuple):
    """The paragraphs of a block that stand side by side."""

    starts: tuple[int, ...]
    """The first paragraph of each column; those before them stand above all."""
    end: int
    """The first one below all."""
    widths: Widths = halves
    order: tuple[int, ...] = ()
    """The columns from left to right; empty for their own order."""
    gap: int = GAP
    """Cells between two columns."""


class Block(NamedTuple):
    """A unit of movement: an entry, a source, a paragraph."""

    id: str
    """The id of an entry, or a name within the page."""
    paras: tuple[Para, ...]
    target: str = ""
    """The target of Enter; empty for none."""
    space: int = 1
    """Empty lines before it."""
    columns: Columns | None = None
    """The paragraphs that may stand side by side."""
    counts: bool = True
    """Whether the block counts as an entry, and is no heading."""
    written: Callable[[], tuple[Para, ...]] | None = None
    """Sets the paragraphs of a linear page, where they are others."""

    @property
    def text(self) -> str:
        """The words alone, a line for each paragraph."""
        return "\n".join(para.text for para in self.paras)


Fit = Callable[[int, int], "Page"]
"""Makes a page for the columns and rows of a window."""
_SIZES: Final = 16
"""The sizes of windows for which a page is kept."""


class Page:
    """A sequence of blocks, each built when it is wanted."""

    grid = False
    """Whether the blocks are rows of a table with cells."""

    def __init__(
        self,
        title: str,
        ids: Sequence[str],
        build: Callable[[int], Block],
        *,
        cursor: bool = True,
        measure: int = MEASURE,
        besides: Collection[str] = (),
        compact: bool = False,
        fit: "Fit | None" = None,
        begins_whole: bool = False,
    ) -> None:
        """Make a page.

        Args:
            title: the title.
            ids: the names of its blocks.
            build: gives the block at an index.
            cursor: whether one of its blocks is current; not so on a page that is read as one.
            measure: the widest text column in cells.
            besides: the names of blocks that are no entries, such as headings.
            compact: whether each block is one line that stands for an entry.
            fit: makes the page that fits a window, of a page that depends on the window's size.
            begins_whole: whether a window opens at the first row of a block, and never at its end.
        """
        self.compact = compact
        self.begins_whole = begins_whole
        self._fit = fit
        self._fitted: dict[tuple[int, int], Page] = {}
        self._besides = besides
        self.measure = measure
        self.cursor = cursor
        self.title = title
        self.ids = ids
        self._build = build

    def __len__(self) -> int:
        """Count the blocks."""
        return len(self.ids)

    def block(self, index: int) -> Block:
        """Build the block at an index, counted from 0."""
        return self._build(index)

    def fitted(self, width: int, rows: int) -> "Page":
        """Return the page for a window. No rows stand for a page that is not folded."""
        if self._fit is None or width < 1:
            return self
        size = (width, max(0, rows))
        if size not in self._fitted:
            if len(self._fitted) >= _SIZES:
                self._fitted.clear()
            self._fitted[size] = self._fit(*size)
        return self._fitted[size]

    def counter(self, index: int) -> tuple[int, int]:
        """Return the number of an entry, and of all; 0 for headings."""
        others = self._other_places
        before = bisect_left(others, index)
        is_other = others[before : before + 1] == [index]
        return (0 if is_other else index + 1 - before), len(self.ids) - len(others)

    @cached_property
    def _other_places(self) -> list[int]:
        return sorted(at for name in self._besides if (at := self.index_of(name)) is not None)

    def index_of(self, name: str) -> int | None:
        """Return the index of a block; None for an unknown name."""
        try:
            return self.ids.index(name)
        except ValueError:
            return None


def fixed(title: str, blocks: Sequence[Block], *, cursor: bool = True) -> Page:
    """Make a page of blocks that are there already."""
    besides = [block.id for block in blocks if not block.counts]
    return Page(title, [block.id for block in blocks], lambda index: blocks[index], cursor=cursor, besides=besides)


def headed(title: str, top: Block, ids: Sequence[str], build: Callable[[int], Block]) -> Page:
    """Make a page of entries below a block that is none. `build` takes an index in `ids`."""
    return Page(title, [top.id, *ids], lambda index: build(index - 1) if index else top, besides=(top.id,))


def empty(title: str, words: str, role: Role = "meta") -> Page:
    """Make a page that says why it has no entries."""
    return fixed(title, [Block("nothing", (line(words, role),))])


def line(text: str, role: Role = "text", *, indent: int = 0, space: int = 0, target: str = "") -> Para:
    """Make a paragraph of one span."""
    return Para((Span(text, role, target),), indent=indent, space=space)


def heading_block(name: str, text: str, indent: int = 0) -> Block:
    """Set a heading between blocks."""
    return Block(name, (line(text, "heading", indent=indent),), counts=False)


def list_block(name: str, title: str, rows: list[tuple[str, str]], indent: int = 0) -> Block:
    """Set a heading with links below."""
    paras = [line(title, "heading", indent=indent)]
    paras += [Para((Span(text, "link", target),), indent=indent + 2) for target, text in rows]
    return Block(name, tuple(paras), rows[0][0], counts=False)


def apart(text: str, role: Role = "meta") -> Span:
    """Return words behind a gap, on a linear page behind a comma."""
    return Span(f"  {text}", role, whole=f", {text}")


def linear(block: Block) -> Block:
    """Return a block uncut, without columns, bars and plots."""
    paras = map(_linear, block.written() if block.written else block.paras)
    return block._replace(paras=tuple(filter(None, paras)), columns=None, written=None)


def _linear(para: Para) -> Para | None:
    if not para.keep and not para.plot and all(span.text and span.whole is None for span in para.spans):
        return para
    spans = (span if span.whole is None else span._replace(text=span.whole) for span in para.spans)
    further = 0 if para.plot else para.further  # the lines stood beside the plot
    found = para._replace(spans=tuple(span for span in spans if span.text), keep=False, plot=None, further=further)
    return None if (para.plot or para.text) and not found.text else found
