"""Pages as plain text: linear, stable, and good to be read aloud."""

from collections.abc import Iterable, Iterator

from tui.briefing.characters import cleaned
from tui.render.layout import lay_out
from tui.render.page import Block, Page, line


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
        for row in lay_out(block, width):
            yield cleaned("".join(span.text for span in row.spans).replace("\u00a0", " ").rstrip())
