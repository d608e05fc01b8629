"""A cell of the matrix: its words, its quotes and its footnotes."""

from typing import Final

from tui.briefing import edtf
from tui.evidence.matrix import STANCES, Cell, Column, Ground
from tui.library.volume import Volume
from tui.render import signs, words
from tui.render.dates import stands_in
from tui.render.evidence.matrix import GLYPHS
from tui.render.links import brief_span, number_link
from tui.render.notes import INDENT, footnote_block, sidenote
from tui.render.page import Block, Page, Para, Span, fixed, line

_ABOUT: Final = {
    ("supports", False): "supports",
    ("conflicts", True): "conflicts with",
    ("attacks", False): "attacks",
    ("undercuts", False): "undercuts",
    ("rests_on", False): "rests on",
    ("about", False): "is about",
    ("positions", False): "holds another answer than",
}
"""The words of a relation to the claim."""


def cell_page(volume: Volume, cell: Cell) -> Page:
    """Set a cell with all its quotes in brief."""
    claim = Para((brief_span(cell.claim, 200),), Span(cell.claim.number, "note", f"#{cell.claim.id}"), INDENT, INDENT)
    source = cell.column.sources[0]
    target = "" if cell.column.origin else f"#{source.id}"
    number = Span(signs.ORIGIN.symbol if cell.column.origin else str(source.number), "note", target)
    column = Para((Span(column_words(cell.column), "strong"),), number, INDENT, INDENT)
    summary = cell_words(cell)
    said = line(f"{summary[:1].upper()}{summary[1:]}.", "meta", indent=INDENT)
    blocks = [Block("cell", (claim, column, said), f"#{cell.claim.id}")]
    for index, ground in enumerate(cell.grounds, 1):
        block = sidenote(volume, ground.note, index)
        blocks.append(block._replace(paras=(_ground_para(cell, ground, INDENT), *block.paras)))
    return fixed("Cell", blocks)


def cell_note_page(volume: Volume, cell: Cell, opened: int) -> Page:
    """Set a footnote of a cell in full. `opened` counts from 1."""
    ground = cell.grounds[opened - 1]
    block = footnote_block(volume, ground.note, opened)
    way = _ground_para(cell, ground, INDENT)
    of = f"  {opened} of {len(cell.grounds)}" if len(cell.grounds) > 1 else ""
    return fixed("Footnote", [block._replace(paras=(way._replace(spans=(*way.spans, Span(of, "meta"))), *block.paras))])


def column_words(column: Column) -> str:
    """Return the words for a column."""
    if column.origin:
        return f"{column.label}: {words.count(len(column.sources), 'outlet')}"
    source = column.sources[0]
    parts = [source.label, source.reliability, words.SEEN_BRIEFLY[source.seen]]
    if source.issued and not stands_in(source.issued, source.label):
        parts.insert(1, edtf.in_words(source.issued))
    return " · ".join(parts)


def cell_words(cell: Cell) -> str:
    """Write the stances of a cell: «supports C1 and through V3»."""
    if not cell.grounds:
        return f"silent on {cell.claim.number}"
    said = []
    for stance in STANCES:
        through = {ground.entry.number: ground for ground in cell.grounds if ground.stance == stance}
        if through:
            own = cell.claim.number in through
            others = ", ".join(number for number in through if number != cell.claim.number)
            said.append(f"{stance} {cell.claim.number}" + (f" {'and ' * own}through {others}" if others else ""))
    return "; ".join(said)


def _ground_para(cell: Cell, ground: Ground, indent: int) -> Para:
    """Set the path of a footnote into a cell."""
    glyph, role = GLYPHS[ground.stance]
    if ground.relation == "cites":
        said = [Span("cited by "), number_link(ground.entry), Span(" itself")]
    else:
        number = number_link(ground.entry)
        known = _ABOUT.get((ground.relation, ground.outgoing))
        way = f", which {known} {cell.claim.number}" if known else f", on which {cell.claim.number} rests"
        said = [Span("cited by "), number, Span(way)]
    return Para((Span(f"{ground.stance}: ", role), *said), Span(glyph, role), indent)
