"""The way from an entry down to the primary source, hop by hop."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.evidence.origins import Origins
from tui.library.records import Entry, Footnote, Source
from tui.library.volume import Volume


class Hop(NamedTuple):
    """A source on the way, or an origin that is only named."""

    name: str
    """A source's id, or the free key of an origin."""
    source: Source | None
    """None for a free key."""
    state: str
    """How much of it was seen, as the source's `seen` has it; `named` for an origin that is no source of the briefing and is known by name alone."""
    depth: int
    """How many hops lie between it and what was read."""
    cited: bool
    """Whether the entry cites it."""
    primary: bool
    """Whether it rests on nothing further that the briefing knows."""
    relayed: bool = False
    """Whether it is known through the hop before it alone, and is not what that rests on."""
    direct: bool = False
    """Whether the hop before it has its words directly, and does not only report them."""


def hops(volume: Volume, origins: Origins, note: Footnote) -> tuple[Hop, ...]:
    """Follow a footnote: from the source that was really read, through what it cites, to what that rests on."""
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
    # What the statement itself rests on stands in place of all on which its source does.
    under = note.origin or origins.below(way[-1].id)
    below = list(_below(volume, origins, under, len(way), frozenset(source.id for source in way)))
    found[-1] = found[-1]._replace(primary=not below)
    return (*found, *below)


def chains(volume: Volume, origins: Origins, entry: Entry) -> tuple[tuple[Footnote, tuple[Hop, ...]], ...]:
    """Give the hops of every source that an entry cites, each source once."""
    notes = {note.source: note for note in reversed(entry.notes)}
    return tuple((note, hops(volume, origins, note)) for note in entry.notes if notes[note.source] is note)


def _below(volume: Volume, origins: Origins, under: Iterable[str], depth: int, been: frozenset[str]) -> Iterator[Hop]:
    """Give origins, each with what that rests on behind it; a circle ends where it closes."""
    for origin in under:
        if origin in been:
            continue
        source = volume.sources.get(origin)
        further = tuple(_below(volume, origins, origins.below(origin), depth + 1, been | {origin}))
        yield Hop(origin, source, source.seen if source else "named", depth, cited=False, primary=not further)
        yield from further
