"""Painting the matrix: its visible rows, and the fixed head and foot."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.briefing.characters import cleaned
from tui.evidence.matrix import Cell
from tui.library.volume import brief
from tui.reader.themes import Theme
from tui.reader.widgets import painting
from tui.reader.widgets.grid_frame import Frame
from tui.reader.widgets.typesetter import Typesetter
from tui.render import signs
from tui.render.breaking import shortened
from tui.render.evidence.cells import cell_words, column_words
from tui.render.evidence.matrix import GLYPHS, SILENT, Grid
from tui.render.page import Span
from tui.session.find.matches import Match

FOOT_WITH_WORDS: Final = 2
"""Rows of the foot from which it has words of the current claim."""


class GridPainter(NamedTuple):
    """Paints a matrix as it stands at a moment."""

    grid: Grid
    parts: Frame
    theme: Theme
    typesetter: Typesetter
    place: int
    """The current claim."""
    at: int
    """The current column; -1 where the claim itself is current."""
    first: int
    """The first visible column."""
    cell: Cell | None
    """The current cell."""
    found: Match | None = None
    """The match in the list of the current claim, if it is the current one."""

    def row(self, place: int, glyph: str) -> Strip:
        """Paint a claim, with a glyph beside it: unread, changed, or nothing."""
        grid, theme, parts = self.grid, self.theme, self.parts
        form = ("cells", self.first, parts)
        strip = self.typesetter.keep(grid, place, form, theme, lambda: self.cells(place))
        current = place == self.place
        gutter = painting.gutter_segments(theme, parts.gutter, current=current, glyph=glyph)
        strip = Strip([*gutter, *strip], parts.width)
        if current:
            start = parts.gutter if self.at < 0 else parts.left + (self.at - self.first) * parts.cell
            end = start + (parts.label - 1 if self.at < 0 else parts.cell)
            strip = painting.restyled(strip, start + (self.at >= 0), end, theme.focused)
        return strip

    def cells(self, place: int) -> Strip:
        """Set a row without its gutter: number, words, and the visible glyphs."""
        grid, parts, theme = self.grid, self.parts, self.theme
        claim = grid.claims[place]
        number = shortened(f"{claim.number} ", parts.label).ljust(min(5, parts.label))
        room = parts.label - len(number) - 1
        words = shortened(cleaned(brief(claim, room)), room) if room > 1 else ""
        segments = [Segment(number, theme.style("number")), Segment(set_cell_size(words, max(0, room + 1)), theme.base)]
        for stances in grid.marks(place)[self.first : self.first + parts.columns]:
            pieces = [GLYPHS[stance] for stance in stances] or [SILENT]
            segments.append(Segment(" " * (parts.cell - len(pieces)), theme.base))
            segments += [Segment(glyph, theme.style(role)) for glyph, role in pieces]
        strip = Strip(Segment.simplify(segments))
        return strip.adjust_cell_length(parts.width - parts.gutter, theme.base)

    def head(self) -> list[Strip]:
        """Paint the head: order, current column's name, numbers, and ratings."""
        grid, parts, theme = self.grid, self.parts, self.theme
        numbers = self._across([head.number for head in grid.heads], theme.style("note"))
        lines = [numbers]
        if parts.above > 1:
            lines.insert(0, self._callout())
        if parts.above > 2:
            lines.insert(0, self.line([Segment(grid.summary, theme.style("meta"))]))
            lines.append(self._across([head.below for head in grid.heads], theme.style("meta")))
        return lines[: parts.above]

    def _across(self, texts: list[str], style: Style) -> Strip:
        """Paint a text over each visible column, and mark the current column's."""
        parts, theme = self.parts, self.theme
        segments = [Segment(" " * (parts.label - 2), theme.base)]
        segments.append(Segment(f"{signs.BEYOND_LEFT.symbol} " if self.first else "  ", theme.base + theme.faint))
        for at, text in enumerate(texts[self.first : self.first + parts.columns], self.first):
            segments.append(Segment(" " * max(0, parts.cell - cell_len(text)), theme.base))
            segments.append(Segment(text, style + theme.focused if at == self.at else style))
        if self.first + parts.columns < len(texts):
            segments.append(Segment(signs.BEYOND_RIGHT.symbol, theme.base + theme.faint))
        return self.line(segments)

    def _callout(self) -> Strip:
        """Paint the current column's name above it, to the side with room."""
        grid, parts, theme = self.grid, self.parts, self.theme
        if self.at < 0:
            return self.line(())
        words = cleaned(column_words(grid.columns[self.at]))
        end = parts.label + (self.at - self.first + 1) * parts.cell
        room = parts.width - parts.gutter - 1
        if end - 1 + cell_len(words) + 2 <= room:
            text = f"{' ' * (end - 1)}{signs.COLUMN.symbol} {words}"
        else:
            words = shortened(words, end - 2)
            text = f"{' ' * (end - 2 - cell_len(words))}{words} {signs.COLUMN.symbol}"
        return self.line([Segment(text, theme.style("strong"))])

    def foot(self) -> list[Strip]:
        """Paint the foot: the claim's weights, the current cell, and the legend."""
        grid, parts, theme = self.grid, self.parts, self.theme
        if not len(grid):
            return [self.line(())] * parts.below
        claim, cell = grid.claims[self.place], self.cell
        weights = [
            [Span(f"{claim.number}  ", "number"), *grid.weights(claim, briefly=brief)] for brief in (False, True)
        ]
        said = f"{cell.column.label}: {cell_words(cell)}" if cell else brief(claim, 2 * parts.width)
        both = (Span(*GLYPHS["supports"]), Span(*GLYPHS["contradicts"]), Span(" both   ", "meta"))
        legends = [_legend("   ", *both), _legend(" ")]
        words = self.found_line(self.found) if self.found else self.line([Segment(cleaned(said), theme.base)])
        lines = [self._fitting(weights), words, self._fitting(legends)]
        return [self.line(())] * (parts.below > len(lines)) + lines[: parts.below]

    def found_line(self, match: Match) -> Strip:
        """Paint a match among the words around it.

        The table itself has no room for the words.
        """
        theme = self.theme
        text = self.grid.block(match.block).paras[match.para].text
        lead = min(match.start, max(0, self.parts.width - self.parts.gutter) // 4)
        start = match.start - lead
        pieces = [
            (text[start : match.start], theme.base),
            (text[match.start : match.end], theme.base + theme.found_here),
            (text[match.end : match.end + self.parts.width], theme.base),
        ]
        if start:
            pieces.insert(0, ("… ", theme.base))
        return self.line([Segment(cleaned(words), style) for words, style in pieces])

    def _fitting(self, forms: list[list[Span]]) -> Strip:
        """Paint the first form that fits, or else the last one."""
        room = self.parts.width - self.parts.gutter
        spans = next((form for form in forms if sum(cell_len(span.text) for span in form) <= room), forms[-1])
        return self.line([Segment(cleaned(span.text), self.theme.style(span.role)) for span in spans])

    def line(self, segments: Iterable[Segment]) -> Strip:
        """Set a line behind the gutter, cut at the right edge."""
        parts = self.parts
        strip = Strip([Segment(" " * parts.gutter, self.theme.base), *segments])
        if strip.cell_length > parts.width:
            cut = Strip([*strip.crop(0, max(0, parts.width - 1)), Segment("…", self.theme.style("muted"))])
            return cut.adjust_cell_length(parts.width, self.theme.base)
        return strip.adjust_cell_length(parts.width, self.theme.base)


def _legend(gap: str, *behind: Span) -> list[Span]:
    """Explain the glyphs of the cells."""
    told = [span for stance, glyph in GLYPHS.items() for span in (Span(*glyph), Span(f" {stance}{gap}", "meta"))]
    return [*told, *behind, Span(*SILENT), Span(" silent", "meta")]
