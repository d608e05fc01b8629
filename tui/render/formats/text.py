"""The export to plain text, which is linear and stable."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from tui.briefing.characters import cleaned, escaped
from tui.library.summaries import Summary
from tui.render.aloud import aloud
from tui.render.library import library_block
from tui.render.page import Block, Page, line
from tui.render.parts import Part, parts_of

if TYPE_CHECKING:
    from tui.render.hits import SearchResult
    from tui.render.selection import Selection


def library(rows: Sequence[Summary], width: int) -> Iterator[str]:
    """Write the list of the library."""
    for number, row in enumerate(rows):
        if number:
            yield ""
        yield row.id
        # With its own digest as the last one read, a row is neither new nor changed: that is the reader's own matter.
        yield from blocks_text([library_block(row, {row.id: row.digest})], width)
    if not rows:
        yield "No briefings."


def briefing(selection: "Selection", width: int) -> Iterator[str]:
    """Write the pages of a selection."""
    for number, page in enumerate(selection.pages()):
        if number:
            yield ""
        yield from page_text(page, width)


def answer(result: "SearchResult", width: int) -> Iterator[str]:
    """Write an answer, its hits grouped by briefing."""
    from tui.render.hits import absence_words, hit_block, resembling_words, searched_words
    from tui.search.matcher import Matcher

    found = result.answer
    matcher = Matcher(found.node, found.languages)
    yield searched_words(found.total)
    yield from map(escaped, found.unmet)
    if found.suggestions:
        yield f"Did you mean: {' · '.join(map(escaped, found.suggestions))}"
    if found.fuzzy:
        had = "No claim or view has all words" if found.total else "Not found as written"
        yield f"{absence_words(found.total, had)} {resembling_words(found)}:"
    for _, group in groupby(filter(None, map(result.show, found.hits)), lambda shown: shown.hit.path):
        for index, shown in enumerate(group):
            if index == 0:
                yield from ("", f"{shown.briefing} ({shown.hit.briefing})")
            yield from ("", *blocks_text([hit_block(shown, matcher)], width))
    if (left := result.left) and found.hits:
        yield ""
        yield f"{left:,} more; see --limit and --offset"
    elif result.offset >= found.whole > 0:
        yield f"none behind the first {found.whole:,}; see --offset"


def page_text(page: Page, width: int, told: Callable[[Block], Block] = aloud) -> Iterator[str]:
    """Write a page line by line, below its title."""
    yield from blocks_text([Block("title", (line(page.title),))], width, told)
    yield ""
    yield from blocks_text((page.block(index) for index in range(len(page))), width, told)


def blocks_text(blocks: Iterable[Block], width: int, told: Callable[[Block], Block] = aloud) -> Iterator[str]:
    """Write blocks line by line, each as `told` turns it."""
    for index, block in enumerate(blocks):
        if index:
            yield from [""] * block.space
        for part in parts_of(told(block)):
            yield from part_text(part, width)


def part_text(part: Part, width: int) -> Iterator[str]:
    """Write a part of a block line by line."""
    for row in part.lines(width):
        yield cleaned("".join(span.text for span in row.spans).replace("\u00a0", " ").rstrip())
