"""Lays blocks out as strips for Textual, and caches them.

A block is laid out once for a width and a theme.
"""

import weakref
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.briefing.characters import cleaned
from tui.library.lru_cache import LruCache
from tui.reader.themes import Theme
from tui.render.layout import Line
from tui.render.page import Block, Page, Span
from tui.render.parts import Part, Parts, parts_of

Kept = TypeVar("Kept")
_KEPT: Final = 3000
"""The number of blocks, or parts of huge ones, that stay laid out; about 2 KB each."""
_KEPT_LINES: Final = 30_000
"""The most lines of all of them; about 1 KB each."""
_PARTED: Final = "parts"
"""The form under which a huge block is kept with its parts."""
_KEPT_ROWS: Final = 2000
"""The number of painted rows, and pages of footnotes, that are kept; about 3 KB each."""


Whole = frozenset[int]


class Piece(NamedTuple):
    """A part of a link on one line."""

    row: int
    start: int
    """The first cell."""
    end: int
    """The cell behind the last."""


class LaidLink(NamedTuple):
    """A link, which may run over several lines."""

    target: str
    pieces: tuple[Piece, ...]


class Laid(NamedTuple):
    """A block laid out, or a part of a huge one."""

    block: Block
    """The whole block."""
    lines: list[Line]
    strips: list[Strip]
    links: list[LaidLink]
    part: Part
    parts: Sequence[Part]
    """All parts of the block."""

    def part_of(self, para: int, offset: int) -> int:
        """Find the part of the block with a character of a paragraph."""
        return self.parts.index_of(para, offset) if isinstance(self.parts, Parts) else 0

    def row_of(self, para: int, offset: int) -> int:
        """Find the line with a character of a paragraph; else the first."""
        on_line = (
            number
            for number, row in enumerate(self.lines)
            for line in row.parts
            if line.para == para and line.start <= offset < max(line.end, line.start + 1)
        )
        return next(on_line, 0)

    def link_at(self, row: int, cell: int) -> LaidLink | None:
        """Return the link under a cell."""
        for link in self.links:
            if any(piece.row == row and piece.start <= cell < piece.end for piece in link.pieces):
                return link
        return None


class Typesetter:
    """Lays blocks out and caches them, for all readers of the pages."""

    def __init__(self) -> None:
        """Begin with an empty cache."""
        self._laid: LruCache[tuple[int, int, Hashable, str], Any] = LruCache(_KEPT, _lines_of, _KEPT_LINES, 0.5)
        # The pages whose blocks are cached, by identity. The references are weak: a page may be one reader's alone, and
        # would keep alive all that belongs to that reader.
        self._pages: dict[int, weakref.ref[Page]] = {}
        self._gone: list[int] = []
        # Each value holds the object that it was made of, so that no other object can have the same identity meanwhile.
        self._made: LruCache[tuple[int, Hashable], tuple[object, Any]] = LruCache(_KEPT_ROWS, share=0.75)

    def lay(
        self, page: Page, place: int, width: int, theme: Theme, part: int = 0, *, whole: Whole = frozenset()
    ) -> Laid:
        """Lay out a block, or a part of a huge block, once.

        Args:
            page: the page.
            place: the index of the block.
            width: cells of a line.
            theme: the theme.
            part: the part of the block.
            whole: the paragraphs that are wrapped although they are cut as a rule.
        """
        form = (width, part, whole) if part or whole else width
        return self.keep(
            page, place, form, theme, lambda: self._made_anew(page, place, width, theme, part, whole=whole)
        )

    def forget(self) -> None:
        """Clear the cache, as of a huge text that nobody reads now."""
        self._laid.clear()
        self._made.clear()

    def _made_anew(self, page: Page, place: int, width: int, theme: Theme, part: int, *, whole: Whole) -> Laid:
        if whole:
            block = page.block(place)
            paras = (para._replace(keep=para.keep and at not in whole) for at, para in enumerate(block.paras))
            block = block._replace(paras=tuple(paras))
            parts = parts_of(block)
        elif part:
            first = self.lay(page, place, width, theme)
            block, parts = first.block, first.parts
        else:
            block, parts = self._parted(page, place)
        return _lay(block, parts, min(part, len(parts) - 1), width, theme)

    def _parted(self, page: Page, place: int) -> tuple[Block, Sequence[Part]]:
        """Build a block, and divide it into parts.

        A huge block is cached for every width, since the division takes its time.
        """
        key = (id(page), place, _PARTED, "")
        if key in self._laid:
            parted: tuple[Block, Sequence[Part]] = self._laid[key]
            return parted
        block = page.block(place)
        parts = parts_of(block)
        if len(parts) > 1:
            self._laid.put(key, (block, parts))
        return block, parts

    def keep(self, page: Page, place: int, form: Hashable, theme: Theme, make: Callable[[], Kept]) -> Kept:
        """Return a form of a block from the cache, or make it.

        A form that was not used for long leaves the cache.
        """
        if self._gone:  # before another page takes the identity of a page that is gone
            self._forget_gone()
        name = id(page)
        key = (name, place, form, theme.name)
        laid: Kept | None = self._laid.use(key)
        if laid is None:
            laid = make()
            forgotten = self._laid.put(key, laid)
            if name not in self._pages:
                gone = self._gone
                self._pages[name] = weakref.ref(page, lambda _page: gone.append(name))
            if forgotten:
                used = {key[0] for key in self._laid}
                self._pages = {name: page for name, page in self._pages.items() if name in used}
        return laid

    def once(self, made_of: object, form: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return a form of an object from the cache, or make it.

        Such a form is a painted row. It is the same object frame after frame, for every reader, so that forms of it in turn
        are made once.
        """
        key = (id(made_of), form)
        kept = self._made.use(key)
        if kept is None:
            kept = (made_of, make())
            self._made.put(key, kept)
        made: Kept = kept[1]
        return made

    def _forget_gone(self) -> None:
        gone = {self._gone.pop() for _ in range(len(self._gone))}
        for key in [key for key in self._laid if key[0] in gone]:
            self._laid.drop(key)
        for name in gone:
            self._pages.pop(name, None)


def _lines_of(kept: object) -> int:
    return len(kept.lines) if isinstance(kept, Laid) else 0


def _lay(block: Block, parts: Sequence[Part], number: int, width: int, theme: Theme) -> Laid:
    part = parts[number]
    lines = part.lines(width)
    strips = []
    links: list[tuple[str, list[Piece]]] = []
    for row, line in enumerate(lines):
        segments = []
        cell = 0
        for span in line.spans:
            # The loader has refused characters that control a terminal; they are filtered here all the same.
            text = cleaned(span.text).replace("\n", " ")
            cells = cell_len(text)
            segments.append(Segment(text, _style(theme, span)))
            if span.target and text.strip():
                _add_link(links, span.target, Piece(row, cell, cell + cells))
            cell += cells
        strips.append(Strip(segments, cell).adjust_cell_length(width, theme.base))
    return Laid(block, lines, strips, [LaidLink(target, tuple(pieces)) for target, pieces in links], part, parts)


def _style(theme: Theme, span: Span) -> Style:
    """Return a span's style. A web address is also a link of the terminal's.

    Such a link opens on the reader's own machine.
    """
    style = theme.style(span.role)
    return style + Style(link=cleaned(span.target)) if span.target.startswith(("http://", "https://")) else style


def _add_link(links: list[tuple[str, list[Piece]]], target: str, piece: Piece) -> None:
    """Add a part of a link.

    A part that goes on from the line above joins the link there.
    """
    if links and links[-1][0] == target:
        last = links[-1][1][-1]
        if last.row == piece.row - 1 or (last.row == piece.row and last.end == piece.start):
            links[-1][1].append(piece)
            return
    links.append((target, [piece]))
