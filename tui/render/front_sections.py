"""The sections of the front page.

A section has rows that fold from their end, or is one line.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from tui.render.aloud import spoken
from tui.render.breaking import cells_of
from tui.render.layout import lay_out
from tui.render.page import GAP, INDENT, Block, Columns, Fold, Para, Span, line

LABEL: Final = 12
"""Cells of the names of sections."""
CHARTED: Final = 96
"""The fewest cells of a page on which a chart stands beside its words."""
WHOLE: Final = 46
"""Cells in which each short name stands on one line."""
MOST: Final = 100
"""The most rows of a section. No window shows as many, and no reader at a glance."""
_ITEMS: Final = 12
"""The most items of a line."""
_BESIDE: Final = 60
"""The fewest cells of a line with a fact at its right."""
_ROOMY: Final = 22
"""The fewest rows of a page with empty rows between its sections, even where a section folds."""
FRONT: Final = "front:"
"""Sets the names of sections apart from the ids of entries."""
UNFOLDED: Final = 0
"""Stands for the rows of a window that shows everything."""


class Size(NamedTuple):
    """The window of the page."""

    width: int
    rows: int
    """The rows for the page, or `UNFOLDED`."""

    @property
    def is_compact(self) -> bool:
        """Whether there is room for the first sections alone."""
        return self.width < 56 or 0 < self.rows < 16

    @property
    def spaces(self) -> tuple[int, ...]:
        """The empty rows between sections, as they are tried."""
        return (0,) if self.is_compact else (1, 0) if 0 < self.rows < _ROOMY else (1,)


class Section(NamedTuple):
    """A section of rows, which may fold to a line."""

    head: Block
    rows: tuple[Block, ...]
    target: str
    """The target that has all rows."""
    line: Block | None = None
    """The same on one line; None for a section that is never so short."""
    beyond: int = 0
    """The number of rows that are not here."""
    indent: int = INDENT
    """Cells before the words of a row, behind its number."""

    def blocks(self, shown: int) -> tuple[Block, ...]:
        """Return the heading and the first rows, and count the others."""
        left = len(self.rows) - shown + self.beyond
        more = (_more(self, left),) if left else ()
        return (self.head, *self.rows[:shown], *more)

    def heights(self, width: int, room: int) -> list[int]:
        """Return the height for each number of rows shown.

        Heights beyond the room are left out.
        """
        used = height([self.head], width)
        found = []
        for row in self.rows:
            found.append(used + 1)
            if used > room:
                return found
            used += height([row], width)
        return [*found, used + bool(self.beyond)]


class Item(NamedTuple):
    """An item of a line."""

    text: str
    target: str
    number: str = ""
    """The number before it."""
    fact: str = ""
    """A fact behind it."""
    fuller: tuple[str, ...] = ()
    """Longer facts in its place where there is room, the longest first."""


def height(blocks: Iterable[Block], width: int) -> int:
    """Count the rows of blocks, with the empty ones before them."""
    return sum(block.space + _rows(block, width) for block in blocks)


def _rows(block: Block, width: int) -> int:
    """Count the rows of a block. One that clearly fits on a row is not laid out."""
    columns, paras = block.columns, block.paras
    widths = columns.widths(width) if columns else (width,)
    if len(paras) == len(widths) and not any(para.fold for para in paras):
        ordered = [paras[place] for place in columns.order] if columns and columns.order else paras
        if all(para.indent + cells_of(para.text) <= cells for para, cells in zip(ordered, widths, strict=True)):
            return 1
    return len(lay_out(block, width))


def line_block(
    name: str,
    label: str,
    items: Sequence[Item],
    target: str,
    *,
    width: int,
    fact: str = "",
    lines: int = 1,
    written: "Written",
) -> Block:
    """Set a section on one line, with as many items as fit.

    Fuller facts take what room is left, and none of an item.

    Args:
        name: the name of the block.
        label: the name of the section.
        items: the items, of which the first is shown whole.
        target: the target that has all items.
        width: the cells of the page.
        fact: a fact for the right end of the line.
        lines: the lines that fuller facts may take.
        written: sets the paragraphs of a linear page.
    """
    paras = [_filled(items, label, target, width, lines)]
    columns = None
    if fact:
        is_beside, cells = width >= _BESIDE, cells_of(fact)
        paras.append(line(fact, "meta", indent=0 if is_beside else LABEL))
        columns = Columns((0, 1), 2, lambda whole: (whole - GAP - cells, cells)) if is_beside else None
    return Block(f"{FRONT}{name}", tuple(paras), target, 0, columns, counts=False, written=written)


def _filled(items: Sequence[Item], label: str, target: str, width: int, lines: int) -> Para:
    """Set items on a line. Of their fuller facts, those stand that push no item out."""
    said = list(items[:_ITEMS])
    para = _items_para(said, label, target, 1, len(items) - len(said))
    if any(item.fuller for item in said):
        least = _shown(para, width)
        for place in range(least):
            for fact in said[place].fuller:
                tried = [*said[:place], said[place]._replace(fact=fact), *said[place + 1 :]]
                fuller = _items_para(tried, label, target, lines, len(items) - len(said))
                if _shown(fuller, width) >= least:
                    said, para = tried, fuller
                    break
    return para


def _shown(para: Para, width: int) -> int:
    """Count the items of a paragraph. One of too many lines shows none."""
    laid = lay_out(Block("", (para,), counts=False), width)
    ends, _, most, *_ = para.fold or Fold((), "")
    return bisect_right(ends, max(row.end for row in laid)) if len(laid) <= most else 0


def _items_para(items: Sequence[Item], label: str, target: str, lines: int, beyond: int) -> Para:
    spans: list[Span] = []
    ends: list[int] = []
    for item in items:
        spans += [Span(" " * GAP)] * bool(spans)
        spans += [Span(f"{item.number} ", "number", item.target)] * bool(item.number)
        spans.append(Span(item.text, "text", item.target))
        spans += [Span(f" {item.fact}", "meta", item.target)] * bool(item.fact)
        ends.append(sum(len(span.text) for span in spans))
    fold = Fold(tuple(ends), target, lines, beyond=beyond)
    return Para(tuple(spans), Span(label, "heading"), LABEL, LABEL, keep=True, fold=fold)


def written_items(title: str, items: Callable[[], Iterable[Item]], fact: str = "") -> "Written":
    """Return the items of a section as paragraphs below its title."""

    def paras() -> tuple[Para, ...]:
        said = f"{title}: {fact}" if fact else title
        return (line(spoken(said), "heading"), *(_written(item) for item in items()))

    return paras


def head_block(
    name: str, label: str, target: str, title: str, *behind: Para, caution: str = "", columns: Columns | None = None
) -> Block:
    """Set the heading of a section of rows. Its title is for linear pages."""
    said = [Span(" " * max(1, LABEL - len(label))), Span(caution, "meta")] if caution else []
    paras = (Para((Span(label, "heading"), *said)), *behind)

    def written() -> tuple[Para, ...]:
        return (line(spoken(f"{title}: {caution}" if caution else title), "heading"),)

    return Block(f"{FRONT}{name}", paras, target, 0, columns, counts=False, written=written)


def _written(item: Item) -> Para:
    number = Span(item.number, "number", item.target) if item.number else None
    return Para((Span(item.text, "text", item.target),), number, INDENT, INDENT)


def _more(section: Section, number: int) -> Block:
    said = line(f"and {number:,} more", "link", indent=section.indent, target=section.target)
    return Block(f"{section.head.id}:more", (said,), section.target, space=0, counts=False)


Written = Callable[[], tuple[Para, ...]]
"""Sets the paragraphs of a linear page."""
