"""The order in which hits are shown, on the screen and by the command alike: by briefing, batch after batch."""

from collections.abc import Iterable
from dataclasses import replace

from tui.library.catalogue import Catalogue
from tui.search.answers import Answer, Hit
from tui.search.index.library_index import SearchIndex
from tui.search.query import Parsed
from tui.search.run import search
from tui.search.translation import ReadItem

BATCH = 50
"""Hits that are ranked and grouped together: those that come later move none that are shown already."""


def grouped(hits: Iterable[Hit], first: str = "") -> tuple[Hit, ...]:
    """Put the hits of a briefing together; one that is named comes first, then that with the best hit."""
    hits = sorted(hits, key=lambda hit: hit.briefing != first) if first else hits
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(str(hit.path), []).append(hit)
    return tuple(hit for group in groups.values() for hit in group)


def search_grouped(
    index: SearchIndex, catalogue: Catalogue, parsed: Parsed, read: Iterable[ReadItem] = (), *, limit: int, offset: int
) -> Answer:
    """Search, and give the hits from `offset` on in the order in which they are shown; see `search`."""
    first = offset // BATCH * BATCH
    read = tuple(read)
    answer = search(index, catalogue, parsed, read, limit=BATCH, offset=first)
    hits = list(grouped(answer.hits))
    while len(hits) + first < min(offset + limit, answer.whole):
        more = search(index, catalogue, parsed, read, limit=BATCH, offset=first + len(hits)).hits
        if not more:
            break
        hits += grouped(more)
    return replace(answer, hits=tuple(hits[offset - first : offset - first + limit]))
