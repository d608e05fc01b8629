"""Pages as plain text: linear, stable, and good to be read aloud."""

from collections.abc import Iterable, Iterator

from tui.briefing.characters import cleaned
from tui.render.linear import linear
from tui.render.page import Block, Page, line
from tui.render.parts import Part, parts_of


def page_text(page: Page, width: int, *, title: bool = True) -> Iterator[str]:
    """Give a page line by line."""
    if title:
        yield from blocks_text([Block("title", (line(page.title),))], width)
        yield ""
    yield from blocks_text((page.block(place) for place in range(len(page))), width)


def blocks_text(blocks: Iterable[Block], width: int) -> Iterator[str]:
    """Give blocks line by line."""
    for place, block in enumerate(blocks):
        if place:
            yield from [""] * block.space
        for part in parts_of(linear(block)):
            yield from part_text(part, width)


def part_text(part: Part, width: int) -> Iterator[str]:
    """Give a part of a block line by line."""
    for row in part.lines(width):
        yield cleaned("".join(span.text for span in row.spans).replace("\u00a0", " ").rstrip())
