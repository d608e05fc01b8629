"""What stands behind a cell of the matrix: its quotes, briefly beside the page, or one of them in full."""

from tui.evidence.matrix import Cell
from tui.library.volume import Volume
from tui.render import signs
from tui.render.briefly import brief_span
from tui.render.evidence.grid import cell_words, column_words, ground_para
from tui.render.notes import INDENT, footnote_block, sidenote
from tui.render.page import Block, Page, Para, Span, fixed, line


def cell_page(volume: Volume, cell: Cell) -> Page:
    """Set a cell with all its quotes briefly."""
    claim = Para((brief_span(cell.claim, 200),), Span(cell.claim.number, "note", f"#{cell.claim.id}"), INDENT, INDENT)
    source = cell.column.sources[0]
    target = "" if cell.column.origin else f"#{source.id}"
    number = Span(signs.ORIGIN.symbol if cell.column.origin else str(source.number), "note", target)
    column = Para((Span(column_words(cell.column), "strong"),), number, INDENT, INDENT)
    words = cell_words(cell)
    said = line(f"{words[:1].upper()}{words[1:]}.", "meta", indent=INDENT)
    blocks = [Block("cell", (claim, column, said), f"#{cell.claim.id}")]
    for place, ground in enumerate(cell.grounds, 1):
        block = sidenote(volume, ground.note, place)
        blocks.append(block._replace(paras=(ground_para(cell, ground, INDENT), *block.paras)))
    return fixed("Cell", blocks)


def cell_note_page(volume: Volume, cell: Cell, opened: int) -> Page:
    """Set one footnote of a cell in full, with its passage; `opened` counts from 1."""
    ground = cell.grounds[opened - 1]
    block = footnote_block(volume, ground.note, opened)
    way = ground_para(cell, ground, INDENT)
    of = f"  {opened} of {len(cell.grounds)}" if len(cell.grounds) > 1 else ""
    return fixed("Footnote", [block._replace(paras=(way._replace(spans=(*way.spans, Span(of, "meta"))), *block.paras))])
