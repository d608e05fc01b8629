"""Pages as text, uncut and with their signs, for tests of what a page says."""

from collections.abc import Iterable, Iterator

from tui.render.formats.text import part_text
from tui.render.page import Block, Page, line, linear
from tui.render.parts import parts_of


def page_text(page: Page, width: int) -> Iterator[str]:
    """Write a page line by line, below its title."""
    yield from blocks_text([Block("title", (line(page.title),))], width)
    yield ""
    yield from blocks_text((page.block(index) for index in range(len(page))), width)


def blocks_text(blocks: Iterable[Block], width: int) -> Iterator[str]:
    """Write blocks line by line."""
    for index, block in enumerate(blocks):
        if index:
            yield from [""] * block.space
        for part in parts_of(linear(block)):
            yield from part_text(part, width)
