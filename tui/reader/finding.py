"""Finding words in pages: folded, across the breaks of lines, counted, one after another and round again."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tui.library.folding import Folded, fold, fold_query
from tui.render.page import Page


class Match(NamedTuple):
    """Where the words stand."""

    page: str
    """The name of the page."""
    place: int
    """The place of the block in the page."""
    para: int
    """The paragraph of the block."""
    start: int
    """Offset in the paragraph's text."""
    end: int


class Finder:
    """Looks for words in some pages; their folded texts are kept for the next words."""

    def __init__(self, pages: Sequence[tuple[str, Page]]) -> None:
        """Look in these pages, in this order, each with its name."""
        self.pages = tuple(pages)
        self._folded: list[tuple[str, int, int, Folded]] | None = None

    def find(self, words: str, cancelled: Callable[[], bool] = lambda: False) -> tuple[Match, ...]:
        """Give every match in reading order; nothing where the words are empty or the search is cancelled."""
        query = fold_query(words)
        if not query:
            return ()
        found: list[Match] = []
        for page, place, para, folded in self._texts():
            if cancelled():
                return ()
            at = folded.text.find(query)
            while at >= 0:
                found.append(Match(page, place, para, *folded.original(at, at + len(query))))
                at = folded.text.find(query, at + len(query))
        return tuple(found)

    def _texts(self) -> Iterator[tuple[str, int, int, Folded]]:
        if self._folded is not None:
            yield from self._folded
            return
        texts = []
        for name, page in self.pages:
            for place in range(len(page)):
                for number, para in enumerate(page.block(place).paras):
                    text = (name, place, number, fold(para.text))
                    texts.append(text)
                    yield text
        self._folded = texts


def next_match(matches: Sequence[Match], after: tuple[int, int, int, int], order: Sequence[str], step: int) -> int:
    """Give the index of the first match behind (or, for a step of -1, before) a position, going round at the end.

    Args:
        matches: in reading order.
        after: page's place in `order`, block, paragraph and offset.
        order: the names of the pages in reading order.
        step: 1 or -1.
    """
    rank = {name: number for number, name in enumerate(order)}
    positions = [(rank[match.page], match.place, match.para, match.start) for match in matches]
    if step > 0:
        return next((index for index, position in enumerate(positions) if position > after), 0)
    return next((index for index in range(len(positions) - 1, -1, -1) if positions[index] < after), len(positions) - 1)
