"""The chain of sources from an entry down to the primary source."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.evidence.origins import Origins
from tui.library.records import Entry, Footnote, Source
from tui.library.volume import Volume


class Hop(NamedTuple):
    """A source of a chain, or an origin that is only named."""

    name: str
    """The id of a source, or the free key of an origin."""
    source: Source | None
    """None for a free key."""
    state: str
    """The source's `seen`; `named` for an origin that is no source of the briefing."""
    depth: int
    """The number of hops down from the source that was read."""
    cited: bool
    """Whether the entry cites the source."""
    primary: bool
    """Whether the hop rests on nothing else that the briefing knows."""
    relayed: bool = False
    """Whether the source is known through the hop before it alone, and is not an origin of that hop."""
    direct: bool = False
    """Whether the hop before it quotes the source, and does not only report it."""


def hops(volume: Volume, note: Footnote) -> tuple[Hop, ...]:
    """Follow a footnote from the source that was read to its origins."""
    origins = volume.derived(Origins)
    way = volume.chain(volume.sources[note.source])[::-1]
    found = [
        Hop(
            source.id,
            source,
            source.seen,
            depth,
            source.id == note.source,
            primary=False,
            relayed=depth > 0,
            direct=note.direct and source.id == note.source,
        )
        for depth, source in enumerate(way)
    ]
    # An origin of the footnote itself stands in place of those of its source.
    under = note.origin or origins.below(way[-1].id)
    below = list(_below(volume, origins, under, len(way), frozenset(source.id for source in way)))
    found[-1] = found[-1]._replace(primary=not below)
    return (*found, *below)


def chains(volume: Volume, entry: Entry) -> tuple[tuple[Footnote, tuple[Hop, ...]], ...]:
    """Return the hops of each cited source, with its first footnote."""
    notes = {note.source: note for note in reversed(entry.notes)}
    return tuple((note, hops(volume, note)) for note in entry.notes if notes[note.source] is note)


def _below(volume: Volume, origins: Origins, under: Iterable[str], depth: int, been: frozenset[str]) -> Iterator[Hop]:
    """Yield origins, each followed by its own. A circle ends where it closes."""
    for origin in under:
        if origin in been:
            continue
        source = volume.sources.get(origin)
        further = tuple(_below(volume, origins, origins.below(origin), depth + 1, been | {origin}))
        yield Hop(origin, source, source.seen if source else "named", depth, cited=False, primary=not further)
        yield from further
