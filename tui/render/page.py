"""What a page is made of, before anything is known of its width or colours."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Final, Literal, NamedTuple

Role = Literal[
    "text", "strong", "emphasis", "code", "title", "heading", "number", "meta", "muted", "quote", "passage", "note",
    "link", "conflict", "rating", "warning", "new", "rule", "bar",
]  # fmt: skip
"""What a stretch of text is; themes give each a look, plain text and Markdown a notation."""


MEASURE: Final = 80
"""The widest text column in cells: about 66 to 75 characters a line read best (Bringhurst 2.1.2), and numbers hang."""

GAP: Final = 3
"""Cells between two columns."""


class Span(NamedTuple):
    """A stretch of text with one role."""

    text: str
    role: Role = "text"
    target: str = ""
    """Where it leads: ``#id`` in this briefing, ``note:N`` to the block's Nth footnote, ``page:NAME``, ``briefing:ID``,
    ``command:NAME`` or an address of the web; empty where nowhere."""
    whole: str | None = None
    """What is written in its place where a page is read from top to bottom and not looked at: the words uncut, or nothing
    for a bar; None where it is the same."""


Plot = Callable[[int], tuple[Span, ...]]
"""Draws a plot for the cells of its block's lines."""


class Para(NamedTuple):
    """A paragraph, or a line of its own."""

    spans: tuple[Span, ...]
    marker: Span | None = None
    """What hangs before the first line, such as a number; it stands in the indent."""
    indent: int = 0
    """Columns before every line."""
    hang: int = 0
    """How many columns before the text the marker begins; 0 for as many as it needs."""
    space: int = 0
    """Empty lines before it."""
    keep: bool = False
    """Whether it is cut rather than wrapped where it is too long: a rule, a line of a table."""
    plot: "Plot | None" = None
    """Draws what stands before its text, such as a bar, for as many cells as the whole block has. It says nothing that
    the text does not say too: nobody searches or copies it."""
    further: int = 0
    """Columns before every line but the first, beside those of all lines."""

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)


class Columns(NamedTuple):
    """Which paragraphs of a block stand beside one another where there is room, and under one another where not."""

    left: int
    """The first paragraph of the left column; those before it stand above both."""
    right: int
    """The first one of the right column."""
    end: int
    """The first one below both."""
    width: int = 0
    """The fewest cells of the left column; it has half of what there is where that is more."""

    def room(self, whole: int) -> int:
        """Give the cells of the left column, of so many cells in all."""
        return max(self.width, (whole - GAP) // 2)


class Block(NamedTuple):
    """What moves as one on a page: an entry, a source, a paragraph of a held text."""

    id: str
    """What it shows: an entry's id, or a name within its page."""
    paras: tuple[Para, ...]
    target: str = ""
    """Where Enter leads; empty where nowhere."""
    space: int = 1
    """Empty lines before it."""
    columns: Columns | None = None
    """Which of its paragraphs may stand side by side."""
    counts: bool = True
    """Whether it is one of the entries that are counted, and not a heading."""

    @property
    def text(self) -> str:
        """The words alone, a line for each paragraph."""
        return "\n".join(para.text for para in self.paras)


class Page:
    """Blocks under one another, each built when it is wanted, so that a page of 20,000 costs what is looked at."""

    grid = False
    """Whether its blocks are rows of a table, with cells to go through."""

    def __init__(
        self,
        title: str,
        ids: Sequence[str],
        build: Callable[[int], Block],
        *,
        cursor: bool = True,
        measure: int = MEASURE,
        besides: Collection[str] = (),
    ) -> None:
        """Make a page.

        Args:
            title: what it is called.
            ids: the names of its blocks.
            build: gives the block at a place.
            cursor: whether one of its blocks is current; not so on a page that is read as one.
            measure: the widest text column in cells.
            besides: the names of blocks that are no entries, such as headings.
        """
        self._besides = besides
        self.measure = measure
        self.cursor = cursor
        self.title = title
        self.ids = ids
        self._build = build

    def __len__(self) -> int:
        """Count the blocks."""
        return len(self.ids)

    def block(self, place: int) -> Block:
        """Build the block at a place, counted from 0."""
        return self._build(place)

    def counter(self, place: int) -> tuple[int, int]:
        """Count the entries down to a block, and all of them; 0 down to one that is none."""
        others = self._other_places
        before = bisect_left(others, place)
        is_other = others[before : before + 1] == [place]
        return (0 if is_other else place + 1 - before), len(self.ids) - len(others)

    @cached_property
    def _other_places(self) -> list[int]:
        return sorted(at for name in self._besides if (at := self.place_of(name)) is not None)

    def place_of(self, name: str) -> int | None:
        """Find the place of a block."""
        try:
            return self.ids.index(name)
        except ValueError:
            return None


def fixed(title: str, blocks: Sequence[Block], *, cursor: bool = True) -> Page:
    """Make a page of blocks that are there already."""
    besides = [block.id for block in blocks if not block.counts]
    return Page(title, [block.id for block in blocks], lambda place: blocks[place], cursor=cursor, besides=besides)


def headed(title: str, top: Block, ids: Sequence[str], build: Callable[[int], Block]) -> Page:
    """Make a page of entries with a block above them that is none; `build` gives an entry by its place in `ids`."""
    return Page(title, [top.id, *ids], lambda place: build(place - 1) if place else top, besides=(top.id,))


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
    """Set a heading with links below it, each a target and its words."""
    paras = [line(title, "heading", indent=indent)]
    paras += [Para((Span(text, "link", target),), indent=indent + 2) for target, text in rows]
    return Block(name, tuple(paras), rows[0][0], counts=False)


def linear(block: Block) -> Block:
    """Return a block uncut, without columns, bars and plots."""
    return block._replace(paras=tuple(filter(None, map(_linear, block.paras))), columns=None)


def _linear(para: Para) -> Para | None:
    spans = (span if span.whole is None else span._replace(text=span.whole) for span in para.spans)
    found = para._replace(spans=tuple(span for span in spans if span.text), keep=False, plot=None)
    return None if para.plot and not found.text else found
